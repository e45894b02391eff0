"""Comparison of two delegations on one issue side by side, aligned by date; what one of them words anew is marked."""

from functools import partial
from typing import ClassVar

from msgspec import Struct

from dossier.desk.state import View
from dossier.model.bounded import BoundedDict
from dossier.model.matrix import Comparison, Statement
from dossier.model.problems import DossierError
from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, line
from dossier.ui.messages import StatementSelected
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.pane import AskingListPane, Pane, TellingRows
from dossier.ui.widgets.row_list import Drawn, RowList
from dossier.ui.widgets.statement_lines import Told, told
from dossier.ui.work.reading import best

_KEPT = 2_000
"""Statements whose broken lines are held."""

_WORDS = 12
"""Lines of words shown of a statement; the article shows them all."""


class _Pair(Struct, frozen=True):
    """A row: the name of a day, or a statement of either side or of both."""

    date: str = ""
    heading: bool = False
    sides: tuple[Statement | None, Statement | None] = (None, None)

    def holds(self, side: int) -> bool:
        """Return whether there is a statement on a side."""
        return self.sides[side] is not None


class ComparisonRows(TellingRows):
    """The days, and under each the statements of both sides."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.comparison: Comparison | None = None
        """The comparison that is shown; None when there is nothing to compare."""
        self.side = 0
        """The side the cursor is on: 0 for the left one, 1 for the right one."""
        self.pairs: list[_Pair] = []
        """All rows."""
        self._lines: BoundedDict[tuple[int, int], list[Told]] = BoundedDict(_KEPT)
        self._trouble = ""
        self._width = 0

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the cell
        """The text shown when there is nothing."""
        if self._trouble or self.comparison is None:
            return self._trouble
        left, right = self.comparison.left.title, self.comparison.right.title
        return f"Neither {left} nor {right} said anything on it: Escape goes back."

    def heading(self) -> str:
        """The issue, and the day it is seen from."""
        if self.comparison is None:
            return "Side by side"
        day = self.shown.as_of
        return f"Side by side ─ {self.comparison.issue.title}{f' ─ as of {day}' if day else ''}"

    def tally(self) -> str:
        """The number of statements of either side, and how many more there are."""
        if self.comparison is None:
            return ""
        left, right = (sum(row.holds(side) for row in self.pairs) for side in (0, 1))
        more = f", {self.comparison.left_out} earlier not shown" if self.comparison.left_out else ""
        return f"{left} | {right}{more}"

    def read(self) -> None:
        """Read both sides."""
        view, cell = self.shown, self.shown.cell
        self.comparison, self.pairs, self._trouble = None, [], ""
        if self.reading is not None and cell and view.rival:
            try:
                self.comparison = self.reading.desk.weighing.compare(
                    view.rival, cell.delegation, cell.issue, as_of=view.as_of, deep=cell.deep
                )
            except DossierError as error:
                self._trouble = str(error)
        for row in self.comparison.rows if self.comparison else ():
            self.pairs.append(_Pair(row.date, heading=True))
            for at in range(max(len(row.left), len(row.right))):
                sides = (side[at] if at < len(side) else None for side in (row.left, row.right))
                self.pairs.append(_Pair(row.date, sides=(next(sides), next(sides))))
        self._lay_out()

    def _lay_out(self, *, draw: bool = True) -> None:
        self._lines.clear()
        self._width = self.width
        heights = []
        for row, pair in enumerate(self.pairs):
            heights.append(1 if pair.heading else 1 + max(len(self.told(row, side)) for side in (0, 1)))
        self.view.replace_rows(UnevenRows(heights), draw=draw)
        self.settle()

    def widths(self) -> tuple[int, int]:
        """Cells of the left and of the right side, a rule of three between them."""
        room = max(self.width - 5, 8)
        return room - room // 2, room // 2

    def told(self, row: int, side: int) -> list[Told]:
        """The lines of a statement."""
        if (row, side) not in self._lines:
            one = self.pairs[row].sides[side]
            width = max(self.widths()[side] - 3, 6)
            above = (pair.sides[side] for pair in self.pairs[:row])
            again = one is not None and any(other is not None and other.same == one.same for other in above)
            self._lines[row, side] = told(one, width, words=_WORDS, again=again) if one else []
        return self._lines[row, side]

    def prepare(self) -> None:
        """Break the lines anew at another width."""
        if self._width != self.width:
            self._lay_out(draw=False)

    def rests(self, row: int) -> bool:
        """Return whether the cursor may rest on a row: not on a day."""
        return 0 <= row < len(self.pairs) and not self.pairs[row].heading

    def key_at(self, row: int) -> str:
        """The keys of both statements."""
        if not self.rests(row):
            return ""
        return " ".join(one.key if one else "-" for one in self.pairs[row].sides)

    def row_of(self, key: str) -> int | None:
        """The place where a pair stands."""
        return next((row for row in range(len(self.pairs)) if key and self.key_at(row) == key), None)

    def settle(self) -> None:
        """Put the cursor on the side that has something."""
        if self.rests(self.view.cursor) and not self.pairs[self.view.cursor].holds(self.side):
            self.side = 1 - self.side

    def statement_on(self, row: int) -> Statement | None:
        """The statement of a row, on the side of the cursor."""
        return self.pairs[row].sides[self.side] if self.rests(row) else None

    def entry_on(self, row: int) -> str:
        """Id of the entry of the statement on a row."""
        one = self.statement_on(row)
        return one.entry if one else ""

    def tell_row(self, row: int, *, opened: bool = False) -> None:
        """Post which statement the cursor is on."""
        one = self.statement_on(row)
        if one is not None:
            self.pane.post_message(StatementSelected(one.entry, best(one.evidence), opened=opened))

    def links_in_sight(self) -> list[LinkTarget]:
        """The statements of both sides, one line below what their rows are on: the names of the sides stand above."""
        found = []
        for y in range(1, self.pane.page):
            number = self.pane.top + y - 1
            row, part = self.stack.at(number)
            if number < self.stack.lines and part == 0 and self.rests(row):
                for side in (0, 1):
                    if self.pairs[row].holds(side):
                        x = side * (self.widths()[0] + 3) + 2
                        found.append(LinkTarget(x, y + 1, partial(self._open_side, row, side)))
        return found

    def _open_side(self, row: int, side: int) -> None:
        """Go to the words of the statement on one side of a row."""
        self.side = side
        self.open_row(row)

    def pieces(self, row: int, side: int, part: int) -> Drawn:
        """The pieces of a line of a statement."""
        lines = self.told(row, side)
        if part >= len(lines):
            return [], []
        left, right = ([(text, self.look(look) if look else NO_STYLE) for text, look in end] for end in lines[part])
        return left, right

    def _turn(self, side: int) -> None:
        if self.rests(self.view.cursor) and self.pairs[self.view.cursor].holds(side) and side != self.side:
            self.side = side
            self.pane.refresh()
            self.tell_row(self.view.cursor)

    def action_row_in(self) -> None:
        """Move to the right side; from there, to the words."""
        self._turn(1)

    def action_row_out(self) -> None:
        """Move to the left side."""
        self._turn(0)


class ComparisonView(RowList):
    """Draws both sides beside each other, their names above them."""

    header = 1
    rows: ComparisonRows

    def content_line(self, number: int, width: int) -> Cells:
        """The names of both sides; a day; or a line of either statement, side by side."""
        if self.rows.comparison is None or not self.rows.pairs:
            said = f"  {self.rows.empty}" if number == self.frame.top else ""
            return line([(said, self.look("row--faint"))], width, self.frame.base)
        if number == self.frame.top:
            names = [head.title for head in (self.rows.comparison.left, self.rows.comparison.right)]
            silent = ["" if any(row.holds(side) for row in self.rows.pairs) else "  nothing on this" for side in (0, 1)]
            return self._both(
                [
                    ([(name, self.look("row--strong")), (none, self.look("row--faint"))], [])
                    for name, none in zip(names, silent, strict=True)
                ],
                width,
            )
        number -= 1
        if number >= self.rows.stack.lines:
            return blank(width, self.frame.base)
        row, part = self.rows.stack.at(number)
        pair = self.rows.pairs[row]
        if pair.heading:
            day = pair.date.replace("T", " ").replace("/", " to ") or "Undated"
            fill = "─" * max(width - len(day) - 4, 0)
            return line([("  ", NO_STYLE), (f"{day} ", self.look("row--heading")), (fill, self.look("frame--line"))],
                        width, self.frame.base)  # fmt: skip
        return self._both([self.rows.pieces(row, side, part) for side in (0, 1)], width, row, part)

    def _both(self, sides: list[Drawn], width: int, row: int = -1, part: int = 0) -> Cells:
        found: Cells = []
        widths = self.rows.widths()
        for side, (pieces, right) in enumerate(sides):
            inside = row >= 0 and part < self.rows.stack.height_of(row) - 1 and bool(self.rows.told(row, side))
            here = inside and row == self.cursor and side == self.rows.side and self.rows.rests(row)
            base = self.frame.base + self.ground(here=here)
            shown: list[Piece] = [(self.bar(here=here), self.look("frame--focus")), (" ", NO_STYLE), *pieces]
            found += line(shown, widths[side], base, [*right, (" ", NO_STYLE)] if right else [])
            if not side:
                found += line([(" │ ", self.look("frame--line"))], 3, self.frame.base)
        return [*found, *line([], max(width - sum(widths) - 3, 0), self.frame.base)]

    def clicked(self, number: int, x: int, chain: int) -> None:
        """Move the cursor to the side that was clicked; open the statement at a second click."""
        if number > self.frame.top:
            self.rows.side = int(x > self.rows.widths()[0] + 1)
            super().clicked(number - 1, x, chain)
            self.rows.settle()
            self.rows.tell_row(self.cursor)

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Put the cursor on a row, on the side it was on where there is something."""
        super().move_to(row, tell=tell)
        self.rows.settle()


class ComparisonPane(AskingListPane):
    """The comparison. The cursor is on one side of a row."""

    pane = "comparison"
    SCOPES: ClassVar[tuple[str, ...]] = ("list", "weighing")
    rows: ComparisonRows
    rows_class = ComparisonRows
    view_class = ComparisonView
    place = "centre"
    starts_anew = True

    def asked(self, view: View) -> object:
        """The cell and the delegation beside it, as of a day."""
        return self.reading, view.cell, view.rival, view.as_of
