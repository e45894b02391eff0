"""Actions and the keys bound to them."""
