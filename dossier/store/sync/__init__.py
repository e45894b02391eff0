"""Bringing catalogue and lock up to date with the files, and checking what takes several files."""
