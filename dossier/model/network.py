"""Networks of who says what: actors by issues, and actors by what they share, with the numbers that DNA would give.

The measures, normalizations and duplicates are those of the Discourse Network Analyzer, so that results compare.
Two things differ: a week and a month know their year, and an edge with as much for as against is still an edge.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

Mode = Literal["one", "two"]
Measure = Literal["ignore", "subtract", "combine", "congruence", "conflict"]
Normalization = Literal["no", "average", "activity", "prominence", "jaccard", "cosine"]
Duplicates = Literal["include", "document", "week", "month", "year", "acrossrange"]

MEASURES: dict[Mode, tuple[Measure, ...]] = {
    "two": ("ignore", "subtract", "combine"),
    "one": ("ignore", "congruence", "conflict", "subtract"),
}
NORMALIZATIONS: dict[Mode, tuple[Normalization, ...]] = {
    "two": ("no", "activity", "prominence"),
    "one": ("no", "average", "jaccard", "cosine"),
}

AGAINST, FOR, OTHER = range(3)
"""The stances as networks tell them apart; `OTHER` is conditional, neutral, or none, and counts with `ignore` alone."""

_Counts = list[list[int]]
"""Statements of one row, counted by column and stance."""


class ActorStatement(Struct, frozen=True):
    """A statement of a row on a column."""

    row: str
    column: str
    stance: int
    day: str = ""
    """As written: a day, a month or a year; empty when it is not known."""
    article: str = ""


class Edge(Struct, frozen=True):
    """An edge between two nodes."""

    source: str
    target: str
    weight: float
    """The value of the cell."""
    positive: int
    """Statements for; between two actors, pairs of statements that agree."""
    negative: int
    """Statements against; between two actors, pairs of statements that disagree."""


class Network(Struct, frozen=True):
    """A network as a table and as edges."""

    mode: Mode
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    """The columns; in a network of one mode, the rows."""
    cells: tuple[tuple[float, ...], ...]
    edges: tuple[Edge, ...]
    """Each once; in a network of one mode without direction."""
    statements: int
    """How many statements are in it."""


def without_duplicates(
    statements: Iterable[ActorStatement], duplicates: Duplicates, *, by_stance: bool
) -> list[ActorStatement]:
    """The statements with those left out that only repeat one of the same document, week, month, year, or of any time.

    What has no document, or no date that tells the week or month, repeats nothing.
    """
    if duplicates == "include":
        return list(statements)
    found: list[ActorStatement] = []
    seen: set[tuple[object, ...]] = set()
    for one in statements:
        period = _period(one, duplicates)
        key = (one.row, one.column, one.stance if by_stance else None, period)
        if not period or key not in seen:
            found.append(one)
            seen.add(key)
    return found


def _period(one: ActorStatement, duplicates: Duplicates) -> str:
    """The document or time within which a statement is only said once; empty when that is not known."""
    if duplicates == "document":
        return one.article
    if duplicates == "acrossrange":
        return "all"
    if duplicates == "week":
        try:
            year, week, _ = date.fromisoformat(one.day).isocalendar()
        except ValueError:
            return ""
        return f"{year} {week}"
    length = 7 if duplicates == "month" else 4
    return one.day[:length] if len(one.day) >= length else ""


def network(
    statements: Sequence[ActorStatement],
    mode: Mode,
    measure: Measure,
    normalization: Normalization,
    order: Callable[[str], object],
) -> Network:
    """The network of statements without duplicates; `order` says how nodes are sorted.

    Measures other than `ignore` leave out statements that are neither for nor against.
    """
    if measure != "ignore":
        statements = [one for one in statements if one.stance != OTHER]
    rows = sorted({one.row for one in statements}, key=order)  # type: ignore[arg-type]
    columns = sorted({one.column for one in statements}, key=order)  # type: ignore[arg-type]
    counted = Counter((one.row, one.column, one.stance) for one in statements)
    counts = [[[counted[row, column, stance] for stance in range(3)] for column in columns] for row in rows]
    if mode == "two":
        cells = _two_mode(counts, measure, normalization)
        edges = _two_mode_edges(rows, columns, counts, cells)
    else:
        cells, edges = _one_mode(rows, counts, measure, normalization)
        columns = rows
    table = tuple(tuple(row) for row in cells)
    return Network(mode, tuple(rows), tuple(columns), table, tuple(edges), len(statements))


def _two_mode(counts: list[_Counts], measure: Measure, normalization: Normalization) -> list[list[float]]:
    values: dict[str, Callable[[list[int]], float]] = {
        "ignore": sum,
        "subtract": lambda cell: cell[FOR] - cell[AGAINST],
        "combine": lambda cell: 2 * bool(cell[AGAINST]) + bool(cell[FOR]),
    }
    cells = [[float(values[measure](cell)) for cell in row] for row in counts]
    shares = [[float(bool(sum(cell)) if measure == "combine" else sum(cell)) for cell in row] for row in counts]
    if normalization == "activity":
        return [[_part(cell, sum(share)) for cell in row] for row, share in zip(cells, shares, strict=True)]
    if normalization == "prominence":
        sums = [sum(column) for column in zip(*shares, strict=True)]
        return [[_part(cell, sums[at]) for at, cell in enumerate(row)] for row in cells]
    return cells


def _two_mode_edges(
    rows: list[str], columns: list[str], counts: list[_Counts], cells: list[list[float]]
) -> Iterable[Edge]:
    for at, row in enumerate(rows):
        for to, column in enumerate(columns):
            cell = counts[at][to]
            if any(cell):
                yield Edge(row, column, cells[at][to], cell[FOR], cell[AGAINST])


def _one_mode(
    rows: list[str], counts: list[_Counts], measure: Measure, normalization: Normalization
) -> tuple[list[list[float]], list[Edge]]:
    """The table of rows by rows, and its edges. Only columns that a row says anything on are looked at."""
    cells = [[0.0] * len(rows) for _ in rows]
    edges: list[Edge] = []
    own = [{at: cell for at, cell in enumerate(row) if any(cell)} for row in counts]
    for one in range(len(rows)):
        for other in range(one + 1, len(rows)):
            shared = own[one].keys() & own[other].keys()
            if not shared:
                continue
            pairs = [(own[one][at], own[other][at]) for at in sorted(shared)]
            agree = sum(a[stance] * b[stance] for a, b in pairs for stance in (AGAINST, FOR))
            differ = sum(a[AGAINST] * b[FOR] + a[FOR] * b[AGAINST] for a, b in pairs)
            both = sum(sum(a) * sum(b) for a, b in pairs)
            raw = {"ignore": both, "congruence": agree, "conflict": differ, "subtract": agree - differ}[measure]
            value = _part(raw, _norm(list(own[one].items()), list(own[other].items()), normalization))
            cells[one][other] = cells[other][one] = value
            edges.append(Edge(rows[one], rows[other], value, agree, differ))
    return cells, edges


def _norm(one: list[tuple[int, list[int]]], other: list[tuple[int, list[int]]], normalization: Normalization) -> float:
    """The divisor that normalises a number between two rows."""
    if normalization == "no":
        return 1.0
    first, second = (sum(sum(cell) for _, cell in side) for side in (one, other))
    if normalization == "average":
        return (first + second) / 2
    if normalization == "cosine":
        return float(first * second)
    left = {(at, stance): count for at, cell in one for stance, count in enumerate(cell) if count}
    right = {(at, stance): count for at, cell in other for stance, count in enumerate(cell) if count}
    apart = sum(count for key, count in left.items() if key not in right)
    apart += sum(count for key, count in right.items() if key not in left)
    return float(apart + sum(count * right[key] for key, count in left.items() if key in right))


def _part(value: float, whole: float) -> float:
    return value / whole if whole else 0.0
