"""Layer 1: from records to a document. One protocol; a format per module."""
