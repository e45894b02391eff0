"""Full-text search: index, passages, service."""
