"""Files of one folder: opening, listing, fingerprints, encoding."""
