"""Layer 1: from files to records and back. The only place that reads YAML, and the catalogue of what was read."""
