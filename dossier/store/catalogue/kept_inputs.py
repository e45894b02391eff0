"""The numbers of `page_inputs`, kept from one run of `dossier publish` to the next in a SQLite file of their own.

It lies beside the catalogue and is derived: without it every page is held against all that it is made from.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

import msgspec

from dossier.store.catalogue.page_inputs import BITS, Part

_TABLES = """
CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sums(key TEXT PRIMARY KEY, number BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts(file TEXT PRIMARY KEY, numbers BLOB) WITHOUT ROWID;
"""
_encode = msgspec.msgpack.Encoder().encode
_part = msgspec.msgpack.Decoder(dict[str, bytes]).decode


class KeptInputs:
    """The numbers of one site, in one open file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`, anew when it is damaged; without one that can be written, keep all in memory."""
        for _ in range(2):
            try:
                path.touch(mode=0o600)
                db = sqlite3.connect(path, isolation_level=None)
                db.executescript(_TABLES)
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    path.unlink()
            except OSError:
                break
            else:
                return cls(db)
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.executescript(_TABLES)
        return cls(db)

    def close(self) -> None:
        """Close the file; what was not finished by `commit` is as it was before."""
        self._db.close()

    def state(self) -> bytes:
        """The state kept by the last `commit`; empty when there is nothing, or nothing that can be read."""
        try:
            row = self._db.execute("SELECT value FROM state WHERE name = 'state'").fetchone()
        except sqlite3.DatabaseError:
            return b""
        return bytes(row[0]) if row else b""

    def number(self, key: str) -> int:
        """The sum of a key over all files; 0 when no file contributes to it."""
        row = self._db.execute("SELECT number FROM sums WHERE key = ?", (key,)).fetchone()
        return int.from_bytes(row[0], "big") if row else 0

    def part(self, file: str) -> Part:
        """The contributions of a file."""
        row = self._db.execute("SELECT numbers FROM parts WHERE file = ?", (file,)).fetchone()
        return {key: int.from_bytes(number, "big") for key, number in _part(row[0]).items()} if row else {}

    def begin(self, *, anew: bool) -> None:
        """Begin to write; `anew` forgets all that was kept."""
        self._db.execute("BEGIN IMMEDIATE")
        if anew:
            for table in ("state", "sums", "parts"):
                self._db.execute(f"DELETE FROM {table}")

    def put(self, sums: Mapping[str, int], parts: Mapping[str, Part]) -> None:
        """Replace sums and parts; a sum of 0 is none."""
        told = [(key, _bytes(number)) for key, number in sums.items()]
        self._db.executemany("REPLACE INTO sums VALUES (?,?)", told)
        self._db.executemany("DELETE FROM sums WHERE key = ?", [(key,) for key, number in sums.items() if not number])
        for file, part in parts.items():
            data = _encode({key: _bytes(number) for key, number in part.items()})
            self._db.execute("REPLACE INTO parts VALUES (?,?)", (file, data))

    def commit(self, state: bytes) -> None:
        """Keep all that was put since `begin`, with what it belongs to."""
        self._db.execute("REPLACE INTO state VALUES ('state', ?)", (state,))
        self._db.execute("COMMIT")


def _bytes(number: int) -> bytes:
    return (number & BITS).to_bytes(16, "big")


def changed_sums(old: Iterable[Part], new: Iterable[Part], number_before: "KeptInputs") -> Part:
    """The sums that differ once some parts are replaced by others."""
    change: Part = {}
    for sign, parts in ((-1, old), (1, new)):
        for part in parts:
            for key, number in part.items():
                change[key] = change.get(key, 0) + sign * number
    return {key: (number_before.number(key) + by) & BITS for key, by in change.items() if by & BITS}
