"""Layer 1: files of other programs read as articles, one module per format behind one protocol."""
