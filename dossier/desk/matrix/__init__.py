"""Positions: matrix, statements, timeline."""
