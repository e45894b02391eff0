"""The browser in a web browser."""
