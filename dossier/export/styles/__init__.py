"""The styles of a brief beside the full one, and their way back."""
