"""The matrix, the timeline and the links of an entry as chapters of a brief."""

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from dossier.model.anchors import Evidence
from dossier.model.brief import Chapter, Citation, Table, TableCell
from dossier.model.dates import span_text
from dossier.model.matrix import Cell, Matrix, MatrixHeading
from dossier.model.views import ALL, Filters
from dossier.model.weighing import CellSummary

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.matrix.timeline import TimeItem

_Cite = Callable[[Iterable[Evidence]], tuple[Citation, ...]]

_MOST = 20
"""Statements of one cell whose evidence is cited; how many more there are is told."""
_WIDE = 8
"""More sides than this, and they become rows, the issues columns."""


def matrix_chapter(
    desk: "Desk", matrix: Matrix, cite: _Cite, lens: tuple[str, ...] = (), filters: Filters = ALL
) -> Chapter:
    """The matrix as a table whose cells are footnoted, and what is not in it as sentences."""
    sides, issues = matrix.delegations, matrix.issues

    def cell(side: MatrixHeading, issue: MatrixHeading) -> TableCell:
        return _cell(desk, matrix, side, issue, cite, lens, filters)

    turned = len(sides) > _WIDE
    rows, columns = (sides, issues) if turned else (issues, sides)
    lines = [
        (
            TableCell(f"{'– ' * row.depth}{row.title}", entry=row.id),
            *(cell(*((row, column) if turned else (column, row))) for column in columns),
        )
        for row in rows
    ]
    table = Table(("", *(column.title for column in columns)), tuple(lines))
    return Chapter(desk.label("matrix"), (), table, tuple(matrix_notes(matrix)))


def matrix_notes(matrix: Matrix) -> Iterable[str]:
    """The notes on a matrix besides its cells: gaps, and what is left out."""
    if matrix.as_of:
        undated = _count(matrix.undated, "statement without a date is", "statements without a date are")
        yield f"As of {matrix.as_of}." + (f" {undated} left out." if matrix.undated else "")
    if matrix.pending:
        yield "Some files are still to be read; what they say is not in it."
    titles = {row.id: row.title for row in matrix.delegations}
    for row in matrix.delegations:
        if row.parts:
            yield f"{row.title} is counted with its parts: {', '.join(titles.get(one, one) for one in row.parts)}."
    for gap in matrix.gaps():
        yield f"{gap.text}."


def tally_text(tally: CellSummary, *, short: bool = False, weights: bool = False) -> str:
    """The sum of a cell in words: `for; 2 statements of 1 origin; last 2025-06-10`.

    With `weights`, each stance has the number of its statements: `for 60, against 20`.
    """
    counts = tally.counts if weights and len(tally.stance) > 1 else {}
    held = [f"{one} {counts[one]}" if counts else one for one in tally.stance]
    parts = [", ".join(held) or "no stance"] if tally.statements else []
    if tally.statements:
        origins = f" of {_count(tally.origins, 'origin', 'origins')}"
        parts.append(_count(tally.statements, "statement", "statements") + origins)
        parts.append(("" if short else "last ") + tally.last if tally.last else "not dated")
    if tally.bare:
        parts.append(f"{tally.bare} without words to rest on")
    if tally.review:
        parts.append(_count(tally.review, "piece of evidence needs a look", "pieces of evidence need a look"))
    return "; ".join(parts)


def _cell(
    desk: "Desk",
    matrix: Matrix,
    side: MatrixHeading,
    issue: MatrixHeading,
    cite: _Cite,
    lens: tuple[str, ...],
    filters: Filters,
) -> TableCell:
    cell: Cell = matrix.cell(side.id, issue.id)
    if not cell.tally:
        return TableCell("–")
    statements = desk.weighing.statements(
        side.id,
        issue.id,
        as_of=matrix.as_of,
        lens=lens,
        filters=filters,
        alone=not side.folded,
        deep=issue.folded,
        parts=bool(side.parts),
    )
    evidence = [one for statement in statements[:_MOST] for one in statement.evidence]
    more = f"; the first {_MOST} are cited" if len(statements) > _MOST else ""
    return TableCell(tally_text(cell.tally, short=True) + more, cite(evidence))


def timeline_chapter(desk: "Desk", items: "Iterable[TimeItem]", cite: _Cite) -> Chapter:
    """The timeline as a table with a footnote for the words that bear each line out."""
    rows = []
    for item in items:
        told = ", ".join(filter(None, (item.detail, item.place)))
        what = TableCell(item.words, cite(desk.evidence_of(item.id, item.file)), item.entry)
        rows.append((TableCell(when_text(item)), what, TableCell(told)))
    return Chapter(desk.label("timeline"), (), Table(("When", "What", "Who or where"), tuple(rows)))


def when_text(item: "TimeItem") -> str:
    """The time of something in words: `2025-06-09 14:00 to 20:00`, `2025-06-10 (the article's day)`, `undated`."""
    if not item.when:
        return "undated"
    return span_text(item.when, item.until) + (" (the article's day)" if item.lent else "")


def kept(items: "Iterable[TimeItem]", ids: Collection[str] | None) -> "Iterable[TimeItem]":
    """The items that are, or open, one of the entries of `ids`; without `ids`, all of them."""
    return (item for item in items if ids is None or item.id in ids or item.entry in ids)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
