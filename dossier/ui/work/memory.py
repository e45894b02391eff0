"""Settings of the C library's allocator, so that memory which was needed once goes back to the system.

Where it is not glibc, nothing is set and nothing given back.
"""

import contextlib
import ctypes
import gc
import sys
import time
from collections.abc import Callable

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of `mallopt`, as in malloc.h."""

SETTINGS = {_ARENA_MAX: 2, _MMAP_THRESHOLD: 128 * 1024, _TRIM_THRESHOLD: 256 * 1024}
"""At most two arenas, however many threads there are; a fixed size in bytes from which a block is mapped by itself and
unmapped when it is freed (by default it grows to 32 MB with what is freed); free bytes at an arena's end that are kept.
"""


def limit_memory() -> bool:
    """Set the allocator's limits for this process, and say whether it took all of them."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        return all(mallopt(option, value) for option, value in SETTINGS.items())
    return False


def release_memory() -> None:
    """Give free pages of every arena back to the system, in milliseconds, while other threads run."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)


REST = 2.0
"""Seconds without input after which nobody waits for the program."""

BETWEEN = 10.0
"""Seconds between two times at which memory is given back."""


class RestKeeper:
    """Gives memory back while nothing is typed: dialogs leave circles of objects, whose pages are then free."""

    def __init__(self, run: Callable[[Callable[[], object]], object]) -> None:
        """`run` has a function called in the thread that the objects belong to; may be called from any thread."""
        self._run = run
        self._heard = time.monotonic()
        self._next = 0.0
        self._collected = False

    def heard(self) -> None:
        """Note that something was typed."""
        self._heard = time.monotonic()

    def tick(self) -> None:
        """Give back what is there to give, if it is time; to be called often while nothing is typed."""
        now = time.monotonic()
        if self._collected:
            self._collected = False
            release_memory()
        elif now - self._heard > REST and now > self._next and any(gc.get_count()[1:]):
            self._next = now + BETWEEN
            self._run(self._collect)

    def _collect(self) -> None:
        gc.collect()
        self._collected = True
