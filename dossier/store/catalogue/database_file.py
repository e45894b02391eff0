"""The file of a catalogue: which one it is, what keeps it from being written, and its removal."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

OPENED: set[Path] = set()
"""The catalogues that this program has opened as its own; one of an archive is not among them."""

_BUSY = (
    "Another program is writing to what is known of this dossier ({}); wait until it is done, and do this once more."
)
_KEPT = "What was read cannot be kept in {} ({}); make room there, or name another place by XDG_CACHE_HOME."


def identity_of(path: Path) -> tuple[int, int] | None:
    """The device and the number of a file; None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - whenever it is asked whether anything has changed
    except OSError:
        return None
    return status.st_dev, status.st_ino


def discard(path: Path) -> None:
    """Remove the catalogue at `path` with all that belongs to it."""
    for suffix in ("", "-wal", "-shm", ".seal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def describe_failure(path: Path, error: sqlite3.DatabaseError) -> str:
    """The sentence about a catalogue that cannot be written, by what keeps it from that."""
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return (_BUSY if busy else _KEPT).format(path.parent, error)


def discard_damaged() -> bool:
    """Remove those of the opened catalogues that are damaged, and return whether there was one.

    Damage in the middle of a file that has a journal is not seen when it is opened; it would break every start.
    """
    damaged = [path for path in OPENED if not _is_sound(path)]
    for path in damaged:
        discard(path)
    return bool(damaged)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:  # it is not there, or cannot be opened
        return True
    except sqlite3.DatabaseError:
        return False
