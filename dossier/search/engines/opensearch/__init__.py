"""The engine on an OpenSearch server: HTTP, mapping, queries, and the engine itself."""
