"""Files of the user: configuration, saved state, private folders."""
