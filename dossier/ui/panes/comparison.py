"""Two delegations on one issue side by side, aligned by date; what one of them words anew is marked."""

from functools import partial
from typing import ClassVar

from msgspec import Struct
from rich.style import Style

from dossier.desk.state import BrowseState, View
from dossier.model.bounded import BoundedDict
from dossier.model.matrix import Comparison, Statement
from dossier.model.problems import DossierError
from dossier.ui.drawing.row_layout import Uneven
from dossier.ui.drawing.text import NOTHING, Cells, Piece, blank, line
from dossier.ui.messages import StatementSelected
from dossier.ui.widgets.hints import Link
from dossier.ui.widgets.list_view import Drawn
from dossier.ui.widgets.pane import TellingPane
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
        """Whether there is a statement on a side."""
        return self.sides[side] is not None


class ComparisonPane(TellingPane):
    """The comparison. The cursor is on one side of a row."""

    pane = "comparison"
    SCOPES: ClassVar[tuple[str, ...]] = ("list", "weighing")

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self.comparison: Comparison | None = None
        """What is shown; None when there is nothing to compare."""
        self.side = 0
        """Which side the cursor is on: 0 for the left one, 1 for the right one."""
        self._rows: list[_Pair] = []
        self._lines: BoundedDict[tuple[int, int], list[Told]] = BoundedDict(_KEPT)
        self._trouble = ""
        self._seen: object = None
        self._width = 0

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the cell
        """The text shown when there is nothing."""
        return self._trouble or "Neither side said anything on it."

    def on_mount(self) -> None:
        """Reads both sides, and stands where the view has it."""
        self.reload()
        self.restore(self.state.view.spot(self.pane))

    def heading(self) -> str:
        """The issue, and the day it is seen from."""
        if self.comparison is None:
            return "Side by side"
        day = self.state.view.as_of
        return f"Side by side ─ {self.comparison.issue.title}{f' ─ as of {day}' if day else ''}"

    def tally(self) -> str:
        """The number of statements of either side, and how many more there are."""
        if self.comparison is None:
            return ""
        left, right = (sum(row.holds(side) for row in self._rows) for side in (0, 1))
        more = f", {self.comparison.left_out} earlier not shown" if self.comparison.left_out else ""
        return f"{left} | {right}{more}"

    def _asked(self, view: View) -> object:
        return self.reading, view.cell, view.rival, view.as_of

    def reload(self) -> None:
        """Reads both sides."""
        view = self.state.view
        if view.centre != self.pane:
            return
        self._seen = self._asked(view)
        self.comparison, self._rows, self._trouble = None, [], ""
        if self.reading is not None and view.cell and view.rival:
            cell = view.cell
            try:
                self.comparison = self.reading.desk.weighing.compare(
                    view.rival, cell.delegation, cell.issue, as_of=view.as_of, deep=cell.deep
                )
            except DossierError as error:
                self._trouble = str(error)
        for row in self.comparison.rows if self.comparison else ():
            self._rows.append(_Pair(row.date, heading=True))
            for at in range(max(len(row.left), len(row.right))):
                sides = (side[at] if at < len(side) else None for side in (row.left, row.right))
                self._rows.append(_Pair(row.date, sides=(next(sides), next(sides))))
        self._lay_out()

    def _lay_out(self, *, draw: bool = True) -> None:
        self._lines.clear()
        self._width = self.size.width
        heights = []
        for row, pair in enumerate(self._rows):
            heights.append(1 if pair.heading else 1 + max(len(self._told(row, side)) for side in (0, 1)))
        self.replace_rows(Uneven(heights), draw=draw)
        self._settle()

    def _widths(self) -> tuple[int, int]:
        """Cells of the left and of the right side, a rule of three between them."""
        room = max(self.size.width - 5, 8)
        return room - room // 2, room // 2

    def _told(self, row: int, side: int) -> list[Told]:
        if (row, side) not in self._lines:
            one = self._rows[row].sides[side]
            width = max(self._widths()[side] - 3, 6)
            above = (pair.sides[side] for pair in self._rows[:row])
            again = one is not None and any(other is not None and other.same == one.same for other in above)
            self._lines[row, side] = told(one, width, words=_WORDS, again=again) if one else []
        return self._lines[row, side]

    def prepare(self) -> None:
        """Breaks the lines anew at another width."""
        if self._width != self.size.width:
            self._lay_out(draw=False)

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Shows other sides from their beginning."""
        if after.view.centre != self.pane:
            return
        if self._seen != self._asked(after.view):
            self.cursor = 0
            self.reload()
            self.top = 0
        if before.marks != after.marks:
            self.refresh()

    def rests(self, row: int) -> bool:
        """The days are passed over."""
        return 0 <= row < len(self._rows) and not self._rows[row].heading

    def key_at(self, row: int) -> str:
        """The keys of both statements."""
        if not self.rests(row):
            return ""
        return " ".join(one.key if one else "-" for one in self._rows[row].sides)

    def row_of(self, key: str) -> int | None:
        """The place where a pair stands."""
        return next((row for row in range(len(self._rows)) if key and self.key_at(row) == key), None)

    def _settle(self) -> None:
        """Puts the cursor on the side that has something."""
        if self.rests(self.cursor) and not self._rows[self.cursor].holds(self.side):
            self.side = 1 - self.side

    def statement(self) -> Statement | None:
        """The statement under the cursor."""
        return self._rows[self.cursor].sides[self.side] if self.rests(self.cursor) else None

    def selected_entry(self) -> str:
        """Id of the entry of the statement under the cursor."""
        one = self.statement()
        return one.entry if one else ""

    def line_count(self) -> int:
        """The number of lines there are, with the names of both sides above them."""
        return super().line_count() + (1 if self._rows else 0)

    def reveal(self, first: int, last: int, *, margin: int = 0) -> None:
        """Scrolls with the names of both sides staying above."""
        super().reveal(first, last + 1, margin=margin)

    def links_in_sight(self) -> list[Link]:
        """The statements of both sides, one line below what their rows are on: the names of the sides stand above."""
        found = []
        for y in range(1, self.page):
            number = self.top + y - 1
            row, part = self.stack.at(number)
            if number < self.stack.lines and part == 0 and self.rests(row):
                for side in (0, 1):
                    if self._rows[row].holds(side):
                        x = side * (self._widths()[0] + 3) + 2
                        found.append(Link(x, y + 1, partial(self._open_side, row, side)))
        return found

    def _open_side(self, row: int, side: int) -> None:
        """Goes to the words of the statement on one side of a row."""
        self.side = side
        self.open_row(row)

    def refresh_lines(self, first: int, last: int) -> None:
        """Draws lines anew, which stand one below the names of both sides."""
        super().refresh_lines(first + 1, last + 1)

    def content_line(self, number: int, width: int) -> Cells:
        """The names of both sides; a day; or a line of either statement, side by side."""
        if self.comparison is None or not self._rows:
            said = f"  {self.empty}" if number == self.top else ""
            return line([(said, self.look("row--faint"))], width, self.base)
        if number == self.top:
            names = [head.title for head in (self.comparison.left, self.comparison.right)]
            silent = ["" if any(row.holds(side) for row in self._rows) else "  nothing on this" for side in (0, 1)]
            return self._both(
                [
                    ([(name, self.look("row--strong")), (none, self.look("row--faint"))], [])
                    for name, none in zip(names, silent, strict=True)
                ],
                width,
            )
        number -= 1
        if number >= self.stack.lines:
            return blank(width, self.base)
        row, part = self.stack.at(number)
        pair = self._rows[row]
        if pair.heading:
            day = pair.date.replace("T", " ").replace("/", " to ") or "Undated"
            fill = "─" * max(width - len(day) - 4, 0)
            return line([("  ", NOTHING), (f"{day} ", self.look("row--heading")), (fill, self.look("frame--line"))],
                        width, self.base)  # fmt: skip
        return self._both([self._pieces(row, side, part) for side in (0, 1)], width, row, part)

    def _pieces(self, row: int, side: int, part: int) -> Drawn:
        lines = self._told(row, side)
        if part >= len(lines):
            return [], []
        left, right = ([(text, self.look(look) if look else NOTHING) for text, look in end] for end in lines[part])
        return left, right

    def _both(self, sides: list[Drawn], width: int, row: int = -1, part: int = 0) -> Cells:
        found: Cells = []
        widths = self._widths()
        for side, (pieces, right) in enumerate(sides):
            inside = row >= 0 and part < self.stack.height_of(row) - 1 and bool(self._told(row, side))
            here = inside and row == self.cursor and side == self.side and self.rests(row)
            ground: Style = (self.look("row--cursor") if self.leads else self.look("row--rest")) if here else NOTHING
            bar = ("▌" if self.leads else "▏") if here else " "
            shown: list[Piece] = [(bar, self.look("frame--focus")), (" ", NOTHING), *pieces]
            found += line(shown, widths[side], self.base + ground, [*right, (" ", NOTHING)] if right else [])
            if not side:
                found += line([(" │ ", self.look("frame--line"))], 3, self.base)
        return [*found, *line([], max(width - sum(widths) - 3, 0), self.base)]

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click moves the cursor to that side; a second one opens."""
        if number > self.top:
            self.side = int(x > self._widths()[0] + 1)
            super().clicked(number - 1, x, chain)
            self._settle()
            self.tell_row()

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Puts the cursor on a row, on the side it was on where there is something."""
        super().move_to(row, tell=tell)
        self._settle()

    def tell_row(self, *, opened: bool = False) -> None:
        """Tells the screen what the cursor is on."""
        one = self.statement()
        if one is not None:
            self.post_message(StatementSelected(one.entry, best(one.evidence), opened=opened))

    def _turn(self, side: int) -> None:
        if self.rests(self.cursor) and self._rows[self.cursor].holds(side) and side != self.side:
            self.side = side
            self.refresh()
            self.tell_row()

    def action_row_in(self) -> None:
        """Move to the right side; from there, to the words."""
        self._turn(1)

    def action_row_out(self) -> None:
        """Move to the left side."""
        self._turn(0)
