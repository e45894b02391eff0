"""Floor 1: rules that propose quotes with their speakers, people with their roles, and dated events; text in, records out."""
