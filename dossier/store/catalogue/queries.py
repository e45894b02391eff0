"""Queries to a catalogue."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import msgspec

from dossier.model.anchors import Evidence
from dossier.model.entries import Anchor, Entry, Link
from dossier.model.sheets import FileContents
from dossier.store.catalogue.evidence_rows import COLUMNS, evidence_of
from dossier.store.catalogue.kept_counts import KeptCounts
from dossier.store.catalogue.rows import FIRST_FILES
from dossier.store.files.paths import ARCHIVE

OF_ARCHIVE = f"GLOB '{ARCHIVE}/*'"
"""Behind the name of a column: it is a file of the archive that the dossier extends."""

FILE_ORDER = f"path NOT IN {FIRST_FILES!r}, path {OF_ARCHIVE}, path"
"""The order in which files are told."""

COUNTING = f"file {OF_ARCHIVE} DESC, rank, ord"
"""The order of entries of one id, of which the first counts: what a dossier says never changes the archive."""

ORDER = "rank, ord"
"""The order in which entries and links were written."""

_entry = msgspec.msgpack.Decoder(Entry).decode
_link = msgspec.msgpack.Decoder(Link).decode
_wanted = msgspec.msgpack.Decoder(Anchor).decode
_sheet = msgspec.msgpack.Decoder(FileContents).decode


class CatalogueQueries:
    """The questions to the rows of a catalogue. Use one from one thread at a time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.counts = KeptCounts(db)
        """Counts that are kept beside the rows."""

    @classmethod
    @contextmanager
    def reading(cls, path: Path) -> Iterator[Self]:
        """The last committed state of the catalogue at `path`, for another process than the one that writes to it."""
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            yield cls(db)

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Every row of a query, as tuples."""
        return self._db.execute(sql, values).fetchall()

    def each(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one after another, where they are too many to hold."""
        return iter(self._db.execute(sql, values))

    def values(self, sql: str, *values: Any) -> list[Any]:
        """The first column of every row of a query."""
        return [row[0] for row in self._db.execute(sql, values)]

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row of a query; None when there is no row."""
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def entries(self, where: str, *values: Any) -> list[Entry]:
        """The entries of a condition on the table `entries`."""
        return [_entry(blob) for blob in self.values(f"SELECT record FROM entries WHERE {where}", *values)]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id."""
        found = self.entries("id = ? AND shadow = 0 LIMIT 1", entry_id)
        return found[0] if found else None

    def entry_rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query whose second column is an entry's record, with the entry in its place."""
        return [(n, _entry(blob), *rest) for n, blob, *rest in self.rows(sql, *values)]

    def links(self, where: str, *values: Any) -> list[tuple[str, Link]]:
        """`(key, link)` of a condition on the table `links`, in the order written."""
        sql = f"SELECT key, record FROM links WHERE {where} ORDER BY {ORDER}"
        return [(key, _link(blob)) for key, blob in self.rows(sql, *values)]

    def numbered_links(self, where: str, *values: Any) -> list[tuple[int, str, Link]]:
        """`(n, key, link)` of a condition on the table `links`."""
        sql = f"SELECT n, key, record FROM links WHERE {where}"
        return [(n, key, _link(blob)) for n, key, blob in self.rows(sql, *values)]

    def evidence(self, where: str, *values: Any) -> list[Evidence]:
        """The resolved evidence of a condition on the table `anchors`."""
        sql = f"SELECT {COLUMNS} FROM anchors WHERE record IS NOT NULL AND {where}"
        return [evidence_of(row) for row in self.rows(sql, *values)]

    def anchored(self, where: str, *values: Any) -> list[tuple[str, str, Evidence]]:
        """`(entry, what rests on it, evidence)` of a condition on the table `anchors`."""
        sql = f"SELECT entry, what, {COLUMNS} FROM anchors WHERE record IS NOT NULL AND {where}"
        return [(entry, what, evidence_of(row)) for entry, what, *row in self.rows(sql, *values)]

    def sheets(self) -> list[FileContents]:
        """The statements of every file besides its entries and links, in the order of files."""
        return [
            _sheet(blob) for blob in self.values(f"SELECT sheet FROM files WHERE sheet <> x'' ORDER BY {FILE_ORDER}")
        ]

    def anchors_into(self, article: str) -> list[tuple[int, str, int, bytes, bool]]:
        """Number, owner, ordinal and record of every anchor into an article, and whether it was looked for already."""
        sql = "SELECT n, owner, ordinal, wanted, digest IS NOT NULL FROM anchors WHERE article = ?"
        return [(n, owner, at, blob, bool(done)) for n, owner, at, blob, done in self.rows(sql, article)]

    def unresolved(self, article: str) -> list[tuple[int, str, int, Anchor]]:
        """`(n, owner, ordinal, wanted)` of the anchors into an article that are still to be looked for."""
        sql = "SELECT n, owner, ordinal, wanted FROM anchors WHERE digest IS NULL AND article = ?"
        return [(n, owner, at, _wanted(blob)) for n, owner, at, blob in self.rows(sql, article)]
