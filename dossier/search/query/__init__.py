"""The query language: parser, printer, names, suggestions."""
