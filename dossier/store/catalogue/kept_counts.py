"""Counts kept beside the rows that they count, in the same transaction, so that a first screen reads them alone.

What is not kept yet is counted when it is asked for; what is kept is right at every commit.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dossier.model.anchors import STATUSES

LINKED = "kind IN ('delegation', 'person', 'issue') AND shadow = 0"
"""The entries whose links are counted: each other entry has a few of its own."""

LINKS_OF = """coalesce((SELECT count FROM link_counts WHERE entry = {id}),
    (SELECT count(*) FROM links WHERE source = {id}) + (SELECT count(*) FROM links WHERE target = {id}))"""
"""In SQL, the number of links from and to the entry `id`."""


class KeptCounts:
    """The counts in one catalogue: links of entries, and anchors of each status."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def statuses(self) -> dict[str, int]:
        """The number of anchors with each status, of those that were looked for."""
        counts: dict[str, int] = dict.fromkeys(STATUSES, 0)
        kept = self._db.execute("SELECT status, count FROM status_counts").fetchall()
        sql = "SELECT status, count(*) FROM anchors WHERE status IS NOT NULL GROUP BY status"
        return counts | dict(kept or self._db.execute(sql).fetchall())

    def links(self, entries: Sequence[str]) -> int:
        """Return how many links some entries have together, as far as they are kept."""
        sql = "SELECT total(count) FROM link_counts WHERE entry IN (SELECT value FROM json_each(?))"
        return int(self._db.execute(sql, (json.dumps(entries),)).fetchone()[0])

    def take_out(self, file: str) -> None:
        """Take the rows of a file out of the counts, before they are deleted."""
        if self._are_kept():
            links = self._db.execute("SELECT source, target FROM links WHERE file = ?", (file,)).fetchall()
            self._add_links(links, -1)
            sql = "SELECT status, count(*) FROM anchors WHERE file = ? AND status IS NOT NULL GROUP BY status"
            self._add_statuses({status: -count for status, count in self._db.execute(sql, (file,))})

    def put_in(self, links: Iterable[Sequence[Any]]) -> None:
        """Add rows of links, source and target at the first and third place; no anchor among new rows has a status."""
        if self._are_kept():
            self._add_links([(row[0], row[2]) for row in links], 1)

    def resolve(self, found: Iterable[Sequence[Any]]) -> None:
        """Count anchors anew, before their rows are: the status at the second place, their number at the last."""
        if self._are_kept():
            rows = list(found)
            changes = Counter(row[1] for row in rows)
            sql = """SELECT status, count(*) FROM anchors WHERE n IN (SELECT value FROM json_each(?))
                AND status IS NOT NULL GROUP BY status"""
            changes.subtract(dict(self._db.execute(sql, (json.dumps([row[-1] for row in rows]),)).fetchall()))
            self._add_statuses(changes)

    def settle(self) -> None:
        """Begin to keep what is not kept yet, and stop for entries that are gone."""
        self._db.execute(f"DELETE FROM link_counts WHERE entry NOT IN (SELECT id FROM entries WHERE {LINKED})")
        self._db.execute(
            f"""INSERT INTO link_counts SELECT id, {LINKS_OF.format(id="e.id")} FROM entries e
            WHERE {LINKED} AND id NOT IN (SELECT entry FROM link_counts)"""
        )
        if not self._are_kept():
            self._db.executemany("INSERT INTO status_counts VALUES (?,?)", self.statuses().items())

    def _are_kept(self) -> bool:
        return self._db.execute("SELECT 1 FROM status_counts LIMIT 1").fetchone() is not None

    def _add_links(self, ends: Iterable[tuple[str, str]], sign: int) -> None:
        counts = Counter(end for link in ends for end in link)
        sql = "UPDATE link_counts SET count = count + ? WHERE entry = ?"
        self._db.executemany(sql, [(sign * count, entry) for entry, count in counts.items()])

    def _add_statuses(self, changes: Mapping[str, int]) -> None:
        sql = "UPDATE status_counts SET count = count + ? WHERE status = ?"
        self._db.executemany(sql, [(change, status) for status, change in changes.items() if change])
