"""The browse screen."""
