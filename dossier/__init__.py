"""A terminal browser for dossiers: annotated articles whose every quotation leads back to its words."""

__version__ = "0.1.0"
