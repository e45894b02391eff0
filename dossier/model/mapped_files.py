"""Files mapped into memory for reading; pages that are given back are read again when they are asked for."""

import mmap
from contextlib import suppress
from pathlib import Path
from threading import Lock
from weakref import WeakSet

_mapped: WeakSet[mmap.mmap] = WeakSet()
_lock = Lock()


def map_file(path: Path) -> mmap.mmap:
    """Map a file that is not empty, to be read only.

    Raises:
        OSError: it cannot be read.

    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with _lock:
        _mapped.add(mapped)
    return mapped


def release_mapped_pages() -> None:
    """Give the pages of all mapped files back where the system takes them: they count as this program's memory."""
    if hasattr(mmap, "MADV_DONTNEED"):
        with _lock:
            known = tuple(_mapped)
        for mapped in known:
            with suppress(ValueError):  # it was closed
                mapped.madvise(mmap.MADV_DONTNEED)
