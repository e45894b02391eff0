"""Interruption of long work."""


class Interrupted(Exception):  # noqa: N818
    """The caller asked to stop; what was done so far is kept."""
