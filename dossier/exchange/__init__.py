"""Layer 1: files of other programs to records and back. One protocol for each way; a format per module."""
