"""Layer 1: rules that propose quotes with speakers, people with roles, and dated events; text in, records out."""
