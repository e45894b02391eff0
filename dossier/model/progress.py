"""Progress and cancellation of long work."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""A callback that gets the name of the work, how much of it is done, and how much there is."""

Cancelled = Callable[[], bool]
"""A callback that is asked now and then whether to stop."""


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Ignore progress."""


def never() -> bool:
    """Return False: the work is not cancelled."""
    return False
