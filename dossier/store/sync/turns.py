"""Work on a shared file that programs do one after the other."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a turn is waited for, so that one stopped program does not stop all others."""
_LOOK = 0.02
"""Seconds between two tries."""


@contextmanager
def wait_for_turn(
    path: Path, give_up: Callable[[], bool] = lambda: False, patience: float = PATIENCE
) -> Iterator[bool]:
    """Wait for the lock of the file `path`, and hold it; the context says whether it is held.

    It is not when `give_up` says so, when `patience` runs out, or when there can be no such file.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield False
        return
    try:
        yield _try_lock(descriptor, give_up, time.monotonic() + patience)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int, give_up: Callable[[], bool], until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if give_up() or time.monotonic() > until:
                return False
            time.sleep(_LOOK)
        except OSError:
            return False
        else:
            return True
