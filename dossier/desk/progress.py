"""Progress and cancellation of long work."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

Cancelled = Callable[[], bool]
"""Asked now and then whether to stop."""


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """Cancelled by nobody."""
    return False
