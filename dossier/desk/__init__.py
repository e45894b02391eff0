"""Layer 2: what a reader can do without a screen: open, follow, search, mark, export, check."""
