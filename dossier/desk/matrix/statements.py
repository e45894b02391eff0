"""Statements of a cell of the matrix by date, each read on access."""

import sys
from collections.abc import Sequence

from msgspec.structs import replace

from dossier.model.anchors import Evidence, weakest
from dossier.model.bounded import BoundedDict
from dossier.model.brief import join_names
from dossier.model.dates import sort_key
from dossier.model.entries import Entry, Link
from dossier.model.folding import fold
from dossier.model.matrix import Changes, Statement
from dossier.model.paged import LazySequence
from dossier.model.relations import STANCES
from dossier.model.weighing import groups
from dossier.model.word_diff import differences
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.matrix_queries import CellStatement

CLOSE = 0.5
"""The share of words two wordings have in common, from which on they are shown as one wording that changed
(2·common/all, the Dice coefficient); below, they are two different statements. Ours, stated so that it can be doubted.
"""
_KEPT = 2_000
"""Statements and titles that are held."""

_LOOK_BACK = 40
"""How many earlier statements of a side a wording is compared with."""


class Statements(LazySequence[Statement]):
    """Statements, the earliest first, those without a date last."""

    def __init__(self, db: Catalogue, rows: Sequence[CellStatement]) -> None:
        """Take the rows of the catalogue that they are read from."""
        self._db = db
        self._titles: BoundedDict[str, str] = BoundedDict(_KEPT, size=sys.getsizeof)
        self._rows = sorted(
            rows, key=lambda row: (not row.date, sort_key(row.date), row.date, row.places[:1], row.statement)
        )
        self._same = _number_duplicates(self._rows)
        self._read: BoundedDict[int, Statement] = BoundedDict(_KEPT)

    def _title(self, entry_id: str) -> str:
        if entry_id not in self._titles:
            self._titles[entry_id] = entry_queries.title(self._db, entry_id)
        return self._titles[entry_id]

    def __len__(self) -> int:
        return len(self._rows)

    def read_item(self, at: int) -> Statement:
        """Read a statement, unless it is cached."""
        if at not in self._read:
            self._read[at] = self._statement(self._rows[at], self._same[at])
        return self._read[at]

    @property
    def counted(self) -> int:
        """The statements that the cell of the matrix counts: those that share words once, those in doubt not at all."""
        return len(set(groups([row.places for row in self._rows if row.counted])))

    def with_changes(self, most: int) -> list[Statement]:
        """The latest `most` of them, each with how its words differ from the closest earlier ones."""
        told: list[Statement] = []
        words: list[frozenset[str]] = []
        for one in self[max(len(self) - most, 0) :]:
            mine = frozenset(fold(one.text).casefold().split())
            recent = range(max(len(told) - _LOOK_BACK, 0), len(told))
            near = [(_dice(mine, words[at]), at) for at in recent if sort_key(told[at].date) < sort_key(one.date)]
            score, at = max(near, default=(0.0, 0))
            changed = one
            if score >= CLOSE and fold(one.text) != fold(told[at].text):
                found = differences(told[at].text, one.text)
                changed = replace(one, changes=Changes(told[at].key, told[at].date, told[at].text, found))
            told.append(changed)
            words.append(mine)
        return told

    def _statement(self, row: CellStatement, same: int) -> Statement:
        stance = tuple(stance for at, stance in enumerate(STANCES) if row.mask >> at & 1)
        origin = (
            row.origin.removeprefix("via ")
            if row.origin.startswith("via ")
            else join_names([self._title(one) for one in row.origin.split("+")])
        )
        base = Statement(
            row.source, row.statement, "link" if row.file else "quote", row.who, self._title(row.who), row.issue,
            "", "", stance, row.date, bool(row.lent), origin, same=same, counted=row.counted,
        )  # fmt: skip
        if row.file:
            source = row.statement.partition(" ")[0]  # with which its key begins, and by which there is an index
            found = self._db.numbered_links("file = ? AND source = ? AND key = ?", row.file, source, row.statement)
            evidence = entry_queries.evidence_of(self._db, row.statement, row.file)
            return _with_link(base, found[0][2] if found else None, evidence)
        return _with_quote(base, self._db.entry(row.statement), entry_queries.evidence_of(self._db, row.statement))


def _with_quote(base: Statement, quote: Entry | None, evidence: tuple[Evidence, ...]) -> Statement:
    if quote is None:
        return base
    via = tuple(quote.texts("via"))
    return replace(
        base,
        text=quote.text("text"),
        attribution=quote.text("attribution") or "direct",
        translated=bool(quote.text("original")),
        via=via,
        origin=via[0] if via else base.origin,
        note=quote.text("note"),
        evidence=evidence,
    )


def _with_link(base: Statement, link: Link | None, evidence: tuple[Evidence, ...]) -> Statement:
    if link is None:
        return base
    doubt = weakest(evidence)
    words = link.note if doubt is None else evidence[0].text if doubt.sound else doubt.wanted.text
    return replace(
        base,
        text=words,
        relation=link.relation,
        credibility=link.credibility,
        note=link.note,
        evidence=evidence,
    )


def _number_duplicates(rows: Sequence[CellStatement]) -> list[int]:
    """Number the statements that share words, from 0; one that is not counted never makes one of two that are."""
    counted = groups([row.places if row.counted else () for row in rows])
    joined = groups([row.places for row in rows])
    within: dict[int, set[int]] = {}
    for row, own, wide in zip(rows, counted, joined, strict=True):
        if row.counted:
            within.setdefault(wide, set()).add(own)
    numbers: dict[tuple[bool, frozenset[int]], int] = {}
    found = []
    for row, own, wide in zip(rows, counted, joined, strict=True):
        group = frozenset([own]) if row.counted else frozenset(within.get(wide, ()))
        key = (True, group) if len(group) == 1 else (False, frozenset([wide]))
        found.append(numbers.setdefault(key, len(numbers)))
    return found


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
