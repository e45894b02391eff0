"""The static site of a dossier: what goes on its pages, and how they reach a folder."""
