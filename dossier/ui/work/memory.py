"""Settings of the C library's allocator, so that memory which was needed once goes back to the system.

Where it is not glibc, nothing is set and nothing given back.
"""

import contextlib
import ctypes
import gc
import sys
import time
from collections.abc import Callable

from dossier.model.bounded import clear_call_caches
from dossier.model.mapped_files import release_mapped_pages

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

LONG_REST = 15.0
"""Seconds without input after which results that are kept for the next edit, and pages of the index, are let go of: the
next edit makes the ones again, and the next search reads the others.
"""

BETWEEN = 10.0
"""Seconds between two times at which memory is given back."""

PAUSE = 0.02
"""Seconds after which a key is taken for the last one for now; a key that is held down comes every 30 milliseconds."""

DUE = 5
"""Collections of the younger objects after which the old ones are looked through in the next pause."""

LATEST = 8
"""Collections of the younger objects after which the old ones are looked through at once, if no pause ever comes."""


class RestKeeper:
    """Collects circles of objects, which dialogs leave, while nothing is typed, and gives their pages back.

    To look through all objects takes 10 to 50 milliseconds, for which a key would wait: that is done in the pause
    between two keys, or at rest.
    """

    def __init__(self, run: Callable[[float, Callable[[], object]], object]) -> None:
        """`run` has a function called after some seconds in the thread that the objects belong to, from any thread."""
        self._run = run
        self._heard = time.monotonic()
        self._next = 0.0
        self._collected = False
        self._is_waiting = False
        self._has_garbage_pages = False
        self._is_cleared = False

    def heard(self) -> None:
        """Note that something was typed."""
        self._heard = time.monotonic()
        self._is_cleared = False
        if not self._is_waiting:
            self._is_waiting = True
            self._run(PAUSE, self._pause)

    def tick(self) -> None:
        """Give back what is there to give, if it is time; to be called often while nothing is typed."""
        now = time.monotonic()
        if self._collected:
            self._collected = False
            release_memory()
        elif now - self._heard > REST and now > self._next and (self._has_garbage_pages or any(gc.get_count()[1:])):
            self._next = now + BETWEEN
            self._run(0, self._collect)
        elif now - self._heard > LONG_REST and not self._is_cleared:
            self._is_cleared = True
            self._has_garbage_pages |= clear_call_caches()
            release_mapped_pages()

    def _pause(self) -> None:
        """Collect in a pause if it is due."""
        if time.monotonic() - self._heard < PAUSE:
            self._run(PAUSE, self._pause)
            return
        self._is_waiting = False
        if gc.get_count()[2] >= DUE:
            gc.collect()
            self._has_garbage_pages = True

    def _collect(self) -> None:
        self._has_garbage_pages = False
        gc.collect()
        self._collected = True
