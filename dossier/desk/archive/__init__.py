"""Archives for a team: what is published for others to read, and where from."""
