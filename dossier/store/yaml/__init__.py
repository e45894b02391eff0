"""YAML to records with their places, and edits of YAML that leave every other character alone."""
