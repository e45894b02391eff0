"""Settings of the C library's allocator, so that memory which was needed once goes back to the system.

Where it is not glibc, nothing is set and nothing given back.
"""

import contextlib
import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of `mallopt`, as in malloc.h."""

SETTINGS = {_ARENA_MAX: 2, _MMAP_THRESHOLD: 128 * 1024, _TRIM_THRESHOLD: 256 * 1024}
"""At most two arenas, however many threads there are; a fixed size in bytes from which a block is mapped by itself and
unmapped when it is freed (by default it grows to 32 MB with what is freed); free bytes at an arena's end that are kept.
"""


def limit_memory() -> bool:
    """Sets the allocator's limits for this process, and says whether it took all of them."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        return all(mallopt(option, value) for option, value in SETTINGS.items())
    return False


def release_memory() -> None:
    """Gives free pages of every arena back to the system; takes milliseconds, in which other threads run."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
