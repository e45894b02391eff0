"""Layer 1: full-text search. One protocol, one analyzer, one query language; an engine per module."""
