"""How long work says that it was stopped."""


class Interrupted(Exception):  # noqa: N818
    """The caller asked to stop; what was done so far is kept."""
