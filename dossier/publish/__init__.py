"""A dossier as a static web site: pages from records, without any file access."""
