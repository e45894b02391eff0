"""Query the order of lists of entries: a page is read from the key where the one before ended, not from the beginning.

An order has an index where it is in `_INDEXED`; a list in another order is read at once, when its first page is left.
"""

from collections.abc import Sequence
from typing import Any

from dossier.model.entries import Kind
from dossier.store.catalogue.queries import CatalogueQueries

_TERMS = {
    "written": (("rank", ""), ("ord", "")),
    "name": (("title COLLATE NOCASE", ""), ("rank", ""), ("ord", "")),
    "date": (("date = ''", ""), ("moment", ""), ("date", ""), ("rank", ""), ("ord", "")),
    "latest": (("date = ''", ""), ("moment", " DESC"), ("date", " DESC"), ("rank", ""), ("ord", "")),
}
"""What each order goes by, and in which direction. The last two tell any two entries of a kind apart."""
_INDEXED = {"written": ("quote", "event", "article", "person"), "latest": ("article",)}
"""The kinds of which an index has the order (`dossier.store.catalogue.tables`)."""

SORTS = {name: ", ".join(map("".join, terms)) for name, terms in _TERMS.items()}
"""Each order in SQL."""

Key = tuple[Any, ...]
"""The values by which an entry stands where it does in an order."""


def of_kinds(kinds: Sequence[Kind]) -> str:
    """The condition of being one of some kinds, written out: SQLite takes a partial index for nothing else."""
    return f"kind IN ({','.join(map(repr, kinds))})" if len(kinds) > 1 else f"kind = {kinds[0]!r}"


def numbers(
    db: CatalogueQueries, kinds: Sequence[Kind], sort: str = "written", most: int = -1
) -> list[tuple[int, str]]:
    """`(n, id)` of the entries of some kinds, in order: of all, or the first `most`."""
    sql = f"SELECT n, id FROM entries WHERE {of_kinds(kinds)} AND shadow = 0 ORDER BY {SORTS[sort]} LIMIT ?"
    return db.rows(sql, most)


def is_one(db: CatalogueQueries, entry_id: str, kinds: Sequence[Kind]) -> bool:
    """Return whether an entry is of one of some kinds."""
    return db.value(f"SELECT 1 FROM entries WHERE {of_kinds(kinds)} AND shadow = 0 AND id = ?", entry_id) is not None


class OrderedEntries:
    """The entries of a kind in an order that has an index."""

    def __init__(self, db: CatalogueQueries, kind: Kind, sort: str) -> None:
        self._db = db
        self._terms = _TERMS[sort]
        self._of = f"FROM entries WHERE kind = {kind!r} AND shadow = 0"
        self._key = ", ".join(term for term, _ in self._terms)

    @staticmethod
    def exist(kinds: Sequence[Kind], sort: str) -> bool:
        """Return whether there is an index for an order of some kinds."""
        return len(kinds) == 1 and kinds[0] in _INDEXED.get(sort, ())

    def count(self) -> int:
        """The number of them."""
        return int(self._db.value(f"SELECT count(*) {self._of}"))

    def first(self, most: int, *, after: Key = (), skipped: int = 0) -> list[tuple[int, str, Key]]:
        """Number, id and key of the first entries behind a key, or of all, without those that are `skipped`."""
        condition, values = self._behind(after, ">")
        order = ", ".join(map("".join, self._terms))
        return self._read(f"{condition} ORDER BY {order} LIMIT ? OFFSET ?", *values, most, skipped)

    def last(self, most: int, *, skipped: int = 0) -> list[tuple[int, str, Key]]:
        """The same of the last entries, in the order of the list, without those behind them that are `skipped`."""
        order = ", ".join(f"{term}{'' if direction else ' DESC'}" for term, direction in self._terms)
        return self._read(f"ORDER BY {order} LIMIT ? OFFSET ?", most, skipped)[::-1]

    def position(self, entry_id: str) -> int | None:
        """The place of an entry, from 0; None when it is not among them."""
        found = self._db.rows(f"SELECT {self._key} {self._of} AND id = ?", entry_id)
        if not found:
            return None
        condition, values = self._behind(found[0], "<")
        return int(self._db.value(f"SELECT count(*) {self._of} {condition}", *values))

    def _read(self, rest: str, *values: Any) -> list[tuple[int, str, Key]]:
        rows = self._db.rows(f"SELECT n, id, {self._key} {self._of} {rest}", *values)
        return [(n, one, tuple(key)) for n, one, *key in rows]

    def _behind(self, key: Key, side: str) -> tuple[str, list[Any]]:
        """The condition of standing behind (`>`) or before (`<`) a key, with its values; none of an empty key."""
        if not key:
            return "", []
        if not any(direction for _, direction in self._terms):
            return f"AND ({self._key}) {side} ({','.join('?' * len(key))})", [*key]
        condition = "0"
        values: list[Any] = []
        for (term, direction), value in zip(reversed(self._terms), reversed(key), strict=True):
            sign = {">": "<", "<": ">"}[side] if direction else side
            condition, values = f"(({term}) {sign} ? OR (({term}) = ? AND {condition}))", [value, value, *values]
        return f"AND {condition}", values
