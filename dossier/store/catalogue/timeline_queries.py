"""Query the dated entries of a catalogue: events, quotes and links, with their dates."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from dossier.model.anchors import Status
from dossier.model.dates import falls_in
from dossier.model.entries import Entry, Link
from dossier.model.relations import SAID_BY
from dossier.model.views import Filters
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.filters import WORST, passing
from dossier.store.catalogue.matrix_queries import MANY, PAIRS, as_parameter
from dossier.store.catalogue.queries import ORDER

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
        values.append(as_parameter(filters.statuses))
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
    return frozenset(map(tuple, db.rows(sql, as_parameter(family))))


def entries_of(db: Catalogue, numbers: Sequence[int]) -> dict[int, tuple[Entry, Status | None]]:
    """Entries by their numbers, each with the worst status of its evidence."""
    sql = f"""SELECT n, record, (SELECT {WORST} FROM anchors WHERE owner = e.id AND record IS NOT NULL)
        FROM entries e WHERE n IN {MANY}"""
    return {n: (entry, status) for n, entry, status in db.entry_rows(sql, _numbers(numbers))}


def speakers_of(db: Catalogue, quotes: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the speakers of some quotes, in the order written, under those of the quotes that have any."""
    sql = f"SELECT source, target FROM links WHERE source IN {MANY} AND relation = ? ORDER BY {ORDER}"
    found: dict[str, dict[str, None]] = {}
    for quote, target in db.rows(sql, as_parameter(quotes), SAID_BY):
        found.setdefault(quote, {}).setdefault(target)
    return {quote: [*targets] for quote, targets in found.items()}


def links_of(db: Catalogue, numbers: Sequence[int]) -> dict[int, tuple[str, Link]]:
    """`(key, link)` by number."""
    found = db.numbered_links(f"n IN {MANY}", _numbers(numbers))
    return {n: (key, link) for n, key, link in found}


def worst_of_links(db: Catalogue, links: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Status]:
    """The worst status of the evidence of some links, by those that have any.

    They are given by key and file: a key alone is that of many, a link in each of their files.
    """
    sql = f"""SELECT owner, file, {WORST} FROM anchors WHERE record IS NOT NULL AND (owner, file) IN {PAIRS}
        GROUP BY owner, file"""
    return {(key, file): status for key, file, status in db.rows(sql, json.dumps([*links]))}


def titles_of(db: Catalogue, entries: Iterable[str]) -> dict[str, str]:
    """The titles of some entries, by id; those that are not in the dossier are left out."""
    return dict(db.rows(f"SELECT id, title FROM entries WHERE id IN {MANY} AND shadow = 0", as_parameter(entries)))


def _numbers(numbers: Sequence[int]) -> Any:
    return f"[{','.join(map(str, numbers))}]"
