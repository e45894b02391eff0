"""The seal of a catalogue: what its file was when the last program let go of it.

SQLite has check sums for its journal alone; a bit turned over in the file itself would be read, and shown, as it
stands. The seal is looked at when a catalogue is opened, and holds the status of the file, so that its content is
summed up only where the status differs. Whoever is to change the file takes the seal off first; while SQLite's journal
holds anything, the seal counts for nothing.

The file is never opened here, only asked of SQLite: on POSIX, closing any descriptor of a file lets go of all locks
that the process has on it, and with them of those by which SQLite keeps several programs apart.
"""

import os
import zlib
from collections.abc import Callable
from pathlib import Path

MOST = 64_000_000
"""Bytes of a catalogue that is sealed; summing up a larger one would be felt."""

Content = Callable[[], bytes]
"""Gives all that is in the file."""


class Seal:
    """The seal of one file, which lies beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seal = path.with_name(f"{path.name}.seal")
        self._journal = path.with_name(f"{path.name}-wal")

    def broken(self, content: Content) -> bool:
        """Return whether the file is not what it was when it was sealed."""
        known = self._known()
        if known is None or self._journalled() or known[:-1] == self._status():
            return False
        if zlib.crc32(content()) == known[-1]:
            return False
        return self._known() == known and not self._journalled()  # else another program is at work on it

    def holds(self) -> bool:
        """Return whether the file is sealed as it is."""
        known = self._known()
        return known is not None and known[:-1] == self._status() and not self._journalled()

    def put(self, content: Content) -> None:
        """Seal the file as it is, unless SQLite's journal holds what it does not."""
        status = self._status()
        if status and status[0] <= MOST and not self._journalled():
            told = " ".join(map(str, (*status, zlib.crc32(content()))))
            if self._status() == status and not self._journalled():
                self._seal.write_text(told, "ascii")

    def take_off(self) -> None:
        """Say that the file is about to change."""
        self._seal.unlink(missing_ok=True)

    def _journalled(self) -> bool:
        try:
            return self._journal.stat().st_size > 0
        except OSError:
            return False

    def _known(self) -> tuple[int, ...] | None:
        try:
            found = tuple(map(int, self._seal.read_text("ascii").split()))
        except (OSError, ValueError):
            return None
        return found if len(found) == 5 else None

    def _status(self) -> tuple[int, ...]:
        try:
            status = os.stat(self._path)  # noqa: PTH116 - on the way of every start
        except OSError:
            return ()
        return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
