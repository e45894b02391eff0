"""Queries of the matrix on the statements of a catalogue, which `matrix_cache` in this folder keeps."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dossier.model.anchors import SOUND
from dossier.model.dates import first_day, last_day
from dossier.model.views import ALL, Filters
from dossier.model.weighing import CellSummary, StatementRow
from dossier.store.catalogue.catalogue import Catalogue

_tally = msgspec.msgpack.Decoder(CellSummary).decode
_steps = msgspec.msgpack.Decoder(tuple[CellSummary, ...]).decode
FACT = "statement, file, day, date, mask, origin, anchor, article, status, start, end, worst"
"""The columns of `stands` that make a `StatementRow`."""

MANY = "(SELECT value FROM json_each(?))"
"""In SQL, the values that `as_parameter` puts into one parameter: there may be more than a statement can have."""
PAIRS = "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
"""In SQL, the pairs of a list of them in JSON."""


def as_parameter(values: Iterable[str]) -> str:
    """Several values as one parameter."""
    return json.dumps(list(values))


def sums(db: Catalogue) -> dict[tuple[str, str], CellSummary]:
    """The sums that are kept ready, by delegation with its members and issue."""
    return {(side, issue): _tally(total) for side, issue, total in db.rows("SELECT side, issue, total FROM sums")}


def steps(db: Catalogue) -> dict[tuple[str, str], tuple[CellSummary, ...]]:
    """The growth of the sums that are kept ready, day by day."""
    return {(side, issue): _steps(found) for side, issue, found in db.rows("SELECT side, issue, steps FROM steps")}


def days(db: Catalogue) -> list[str]:
    """The days on which something is said, each the last one that a date may mean, the earliest first."""
    return db.values("SELECT DISTINCT day FROM stands WHERE day <> '' ORDER BY day")


class LensScope(Struct, frozen=True):
    """The statements that one entry of a lens lets through; one of its lists has to fit."""

    sides: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def facts(
    db: Catalogue,
    sides: Sequence[str] | None = None,
    issues: Sequence[str] | None = None,
    lens: Sequence[LensScope] = (),
    filters: Filters = ALL,
) -> Iterator[tuple[str, str, str, StatementRow]]:
    """`(who, for which side, issue, fact)` of the statements of some people and sides on some issues; None: all."""
    where, values = _conditions(sides, issues, lens, filters)
    sql = f"SELECT who, side, issue, {FACT} FROM stands WHERE {where}"
    for who, side, issue, statement, file, *rest in db.rows(sql, *values):
        yield who, side, issue, StatementRow((statement, file), *rest)


def _conditions(
    sides: Sequence[str] | None, issues: Sequence[str] | None, lens: Sequence[LensScope], filters: Filters
) -> tuple[str, list[Any]]:
    """The rows of `stands` that are meant, and the values that the condition names."""
    where = ["1"]
    values: list[Any] = []
    if sides is not None:
        where.append(f"(who IN {MANY} OR side IN {MANY})")
        values += [as_parameter(sides)] * 2
    wanted = (("issue", issues), ("attribution", filters.attributions or None))
    for column, chosen in (*wanted, ("worst", filters.statuses or None)):
        if chosen is not None:
            where.append(f"{column} IN {MANY}")
            values.append(as_parameter(chosen))
    sides_or_issues = f"who IN {MANY} OR side IN {MANY} OR issue IN {MANY}"
    scope = f"({sides_or_issues} OR (file = '' AND statement IN {MANY}) OR article IN {MANY})"
    for one in lens:
        where.append(scope)
        values += map(as_parameter, (one.sides, one.sides, one.issues, one.quotes, one.articles))
    if filters.first:
        where.append("day >= ?")
        values.append(first_day(filters.first))
    if filters.last:
        where.append("date <> '' AND since <= ?")
        values.append(last_day(filters.last))
    return " AND ".join(where), values


class CellStatement(Struct, frozen=True):
    """A statement of a cell, with where it stands."""

    statement: str
    """Id of a quote, key of a link."""
    file: str
    """Of a link; empty for a quote."""
    source: str
    who: str
    issue: str
    mask: int
    date: str
    lent: int
    origin: str
    counted: bool
    """Whether all its evidence is sound, or it names none."""
    places: tuple[tuple[str, int, int], ...]
    """`(article, start, end)` of its sound evidence."""


def cell_statements(
    db: Catalogue,
    sides: Sequence[str],
    issues: Sequence[str],
    lens: Sequence[LensScope],
    filters: Filters,
    limit: str,
    without: Sequence[str] = (),
) -> list[CellStatement]:
    """The statements of some sides on some issues, each once, made by the day `limit`; none of those `without`."""
    where, values = _conditions(sides, issues, lens, filters)
    if limit:
        where += " AND day <> '' AND day <= ?"
        values.append(limit)
    if without:
        where += f" AND who NOT IN {MANY}"
        values.append(as_parameter(without))
    order = {one: at for at, one in enumerate((*sides, *issues))}
    found: dict[tuple[str, str], list[Any]] = {}
    sql = f"""SELECT statement, file, source, who, issue, mask, date, lent, origin, article, status, start, end, worst
        FROM stands WHERE {where}"""
    for row in sorted(db.rows(sql, *values), key=lambda row: (order.get(row[3], len(order)), order[row[4]])):
        found.setdefault((row[0], row[1]), []).append(row)
    return [_cell_statements(rows) for rows in found.values()]


def counts(
    db: Catalogue, issue: str, lens: Sequence[LensScope], filters: Filters, only: Collection[str] | None
) -> dict[str, int]:
    """The number of statements on an issue by side and by who made them, those of some entries `only`."""
    where, values = _conditions(None, [issue], lens, filters)
    found: dict[str, set[tuple[str, str]]] = {}
    for who, side, source, statement, file in db.rows(
        f"SELECT DISTINCT who, side, source, statement, file FROM stands WHERE {where}", *values
    ):
        if only is None or source in only:
            for one in {who, side}:
                found.setdefault(one, set()).add((statement, file))
    return {one: len(statements) for one, statements in found.items()}


def each(db: Catalogue, filters: Filters = ALL) -> list[CellStatement]:
    """Every statement, once for each issue it is about and each who makes it."""
    where, values = _conditions(None, None, (), filters)
    sql = f"""SELECT statement, file, source, who, issue, mask, date, lent, origin, article, status, start, end, worst
        FROM stands WHERE {where} ORDER BY statement, file, who, issue, anchor"""
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in db.rows(sql, *values):
        found.setdefault((row[0], row[1], row[3], row[4]), []).append(row)
    return [_cell_statements(rows) for rows in found.values()]


def _cell_statements(rows: list[Any]) -> CellStatement:
    statement, file, source, who, issue, _, date, lent, origin, *_ = rows[0]
    mask = 0
    for row in rows:
        mask |= row[5]
    places = tuple(dict.fromkeys((row[9], row[11], row[12]) for row in rows if row[10] in SOUND))
    counted = all(not row[13] or row[13] in SOUND for row in rows)
    return CellStatement(statement, file, source, who, issue, mask, date, lent, origin, counted, tuple(sorted(places)))


def undated(db: Catalogue, people: Iterable[str], lens: Sequence[LensScope], filters: Filters) -> int:
    """The number of statements of some people and sides of which nobody knows the day."""
    where, values = _conditions(None, None, lens, filters)
    sql = f"SELECT DISTINCT statement, file FROM stands WHERE day = '' AND who IN {MANY} AND {where}"
    return int(db.value(f"SELECT count(*) FROM ({sql})", as_parameter(people), *values))


def titles(db: Catalogue) -> dict[str, tuple[str, str]]:
    """`(title, kind)` of every delegation, person and issue, by id."""
    sql = "SELECT id, title, kind FROM entries WHERE kind IN ('delegation', 'person', 'issue') AND shadow = 0"
    return {one: (title, kind) for one, title, kind in db.rows(sql)}
