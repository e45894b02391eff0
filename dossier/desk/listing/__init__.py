"""The rows of the list panes."""
