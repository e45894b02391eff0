"""Query the dated entries of a catalogue: events, quotes and links, with their dates."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from dossier.model.anchors import Status
from dossier.model.dates import falls_in
from dossier.model.entries import Entry, Link
from dossier.model.views import Filters
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.filters import WORST, passing
from dossier.store.catalogue.matrix_queries import MANY, PAIRS, many

Dated = tuple[str, Literal["entry", "link"], int, str, bool]
"""Date as written, which table, number in it, id or key, whether the date is only that of its article."""

_LENT = """(SELECT a.date FROM anchors x JOIN entries a ON a.id = x.article WHERE x.owner = e.id AND x.ordinal = 0
    AND +a.kind = 'article' AND +a.shadow = 0 LIMIT 1)"""


def dated(db: Catalogue, lens: Sequence[tuple[frozenset[str], frozenset[str]]], filters: Filters) -> list[Dated]:
    """The events, quotes and dated links that are left under a lens and filters, in the order written.

    Each entry of the lens is given as what is linked with it, and as its family: a link has to touch the family.
    """
    entries = db.rows(
        f"""SELECT n, id, date, CASE WHEN kind = 'quote' AND date = '' THEN {_LENT} END FROM entries e
        WHERE kind IN ('event', 'quote') AND shadow = 0 ORDER BY kind, rank, ord"""
    )
    passes = passing(db, ("event", "quote"), filters) if filters else None
    found: list[Dated] = []
    for n, one, date, lent in entries:
        if (passes is None or n in passes) and all(one in linked for linked, _ in lens):
            found.append((date or lent or "", "entry", n, one, bool(lent)))
    return found + _links(db, lens, filters)


def _links(db: Catalogue, lens: Sequence[tuple[frozenset[str], frozenset[str]]], filters: Filters) -> list[Dated]:
    if filters.attributions:
        return []
    where, values = "l.date <> ''", []
    if filters.statuses:
        where += f" AND (SELECT {WORST} FROM anchors a WHERE a.owner = l.key AND a.file = l.file) IN {MANY}"
        values.append(many(filters.statuses))
    sql = f"SELECT l.n, l.key, l.date, l.source, l.target, l.file FROM links l WHERE {where} ORDER BY l.rank, l.ord"
    evidence_in = [_resting_on(db, family) for _, family in lens]
    return [
        (date, "link", n, key, False)
        for n, key, date, source, target, file in db.rows(sql, *values)
        if (not (filters.first or filters.last) or falls_in(date, filters.first, filters.last))
        and all(
            source in family or target in family or (key, file) in resting
            for (_, family), resting in zip(lens, evidence_in, strict=True)
        )
    ]


def _resting_on(db: Catalogue, family: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The links that rest on words of an article of the family."""
    sql = f"SELECT owner, file FROM anchors WHERE article IN {MANY} AND +what = 'link'"
    return frozenset(map(tuple, db.rows(sql, many(family))))


def entries_of(db: Catalogue, numbers: Sequence[int]) -> dict[int, Entry]:
    """Entries by their numbers."""
    return dict(db.entry_rows(f"SELECT n, record FROM entries WHERE n IN {MANY}", _numbers(numbers)))


def links_of(db: Catalogue, numbers: Sequence[int]) -> dict[int, tuple[str, Link]]:
    """`(key, link)` by number."""
    found = db.numbered_links(f"n IN {MANY}", _numbers(numbers))
    return {n: (key, link) for n, key, link in found}


def worst_of_entries(db: Catalogue, entries: Iterable[str]) -> dict[str, Status]:
    """The worst status of the evidence of some entries, by the ids of those that have any."""
    sql = f"SELECT owner, {WORST} FROM anchors WHERE record IS NOT NULL AND owner IN {MANY} GROUP BY owner"
    return dict(db.rows(sql, many(entries)))


def worst_of_links(db: Catalogue, links: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Status]:
    """The same of some links, given by key and file: a key alone is that of many, a link in each of their files."""
    sql = f"""SELECT owner, file, {WORST} FROM anchors WHERE record IS NOT NULL AND (owner, file) IN {PAIRS}
        GROUP BY owner, file"""
    return {(key, file): status for key, file, status in db.rows(sql, json.dumps([*links]))}


def titles_of(db: Catalogue, entries: Iterable[str]) -> dict[str, str]:
    """The titles of some entries, by id; those that are not in the dossier are left out."""
    return dict(db.rows(f"SELECT id, title FROM entries WHERE id IN {MANY} AND shadow = 0", many(entries)))


def _numbers(numbers: Sequence[int]) -> Any:
    return f"[{','.join(map(str, numbers))}]"
