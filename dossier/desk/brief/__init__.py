"""Building a brief from chosen panes."""
