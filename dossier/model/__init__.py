"""Layer 0: what a dossier is. Frozen records and pure functions; no file, index or screen is touched here."""
