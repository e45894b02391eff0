"""A list of any length: a cursor, marks and folds over rows of which only those in sight are drawn."""

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.message import Message

from dossier.desk.state import Spot
from dossier.ui.drawing.row_layout import EvenRows, Stack
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, line
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.framed import Captions, Content, Framed

Drawn = tuple[list[Piece], list[Piece]]
"""A line of a row: what stands at its left and what at its right end."""


@dataclass
class CursorMoved(Message):
    """The cursor of a list came to another row by the reader's doing."""

    key: str
    """The key of the row."""


class Rows(Captions):
    """The rows of a list: how many there are, what they are called and how they look."""

    gap = 0
    """The number of empty lines at the end of each row, which the cursor's background does not cover."""

    empty = "Nothing here."
    """The text shown when there are no rows."""

    view: "RowList"
    """The list that shows them, which sets this."""

    def __init__(self) -> None:
        self.stack: Stack = EvenRows(0)
        """The lines of each row."""

    def key_at(self, row: int) -> str:
        """The key of the row, whatever its place."""
        return str(row)

    def row_of(self, key: str) -> int | None:
        """The index of the row called `key`; None when it is not there or not in sight."""
        return int(key) if key.isdigit() and int(key) < self.stack.rows else None

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - a list shows more than the key
        """Line `part` of a row, from 0, in at most `width` cells."""
        return [(self.key_at(row), NO_STYLE)], []

    def rests(self, row: int) -> bool:
        """Return whether the cursor can rest on a row; a heading is passed over."""
        return 0 <= row < self.stack.rows

    def marked(self, row: int) -> bool:  # noqa: ARG002 - nothing is marked unless a list says so
        """Return whether a row bears a mark."""
        return False

    def clicked(self, row: int, chain: int) -> None:
        """Handle a click on a row; `chain` counts clicks in quick succession."""
        if chain == 2:
            self.open_row(row)

    def open_row(self, row: int) -> None:
        """Do what Enter and a double click do on a row."""

    def look(self, name: str) -> Style:
        """The style a sheet gives `name`."""
        return self.view.frame.look(name)

    @property
    def width(self) -> int:
        """The width of the list in cells, frame included."""
        return self.view.frame.size.width


class RowRange:
    """The rows from one at which a range was begun to the cursor."""

    def __init__(self) -> None:
        self.start = ""
        """The key of the first row; empty while no range was begun."""

    def holds(self, view: "RowList", row: int) -> bool:
        """Return whether a row of a list lies in the range."""
        start = view.rows.row_of(self.start) if self.start else None
        if start is None or not view.rows.rests(row):
            return False
        return min(start, view.cursor) <= row <= max(start, view.cursor)


class RowList(Content):
    """Shows rows with a cursor on one of them."""

    header = 0
    """The number of lines that stand above the rows however far they are scrolled."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        """What it lists."""
        rows.view = self
        self.cursor = next((row for row in range(rows.stack.rows) if rows.rests(row)), 0)
        """The row under the cursor, from 0."""
        self.range = RowRange()
        """The rows that are being chosen as a range."""

    def heading(self) -> str:
        """The title of the list."""
        return self.rows.heading()

    def tally(self) -> str:
        """The number of rows."""
        return self.rows.tally()

    def footnote(self) -> tuple[str, str]:
        """The text in the lower edge of the frame, and the name of its style."""
        return self.rows.footnote()

    def prepare(self) -> None:
        """Break lines for the present width."""
        self.rows.prepare()

    def line_count(self) -> int:
        """The height of all rows in lines, with what stands above them."""
        return self.rows.stack.lines + self.header * bool(self.rows.stack.rows)

    def replace_rows(self, stack: Stack, *, draw: bool = True) -> None:
        """Other rows: the cursor stays at its number as far as there is such a row. `draw` unless that is going on."""
        rows = self.rows
        rows.stack = stack
        self.cursor = min(self.cursor, max(stack.rows - 1, 0))
        if not rows.rests(self.cursor):
            self.cursor = next((row for row in range(self.cursor, stack.rows) if rows.rests(row)), self.cursor)
        self.frame.top = self.frame.top
        if draw:
            self.frame.refresh()

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Put the cursor on a row, or the nearest on which it can rest, and show it."""
        rows, before = self.rows, self.cursor
        row = max(0, min(row, rows.stack.rows - 1))
        step = -1 if row < before else 1
        while 0 <= row < rows.stack.rows and not rows.rests(row):
            row += step
        if not rows.rests(row):
            self.show_row(before)
            return
        self.cursor = row
        for one in range(min(before, row), max(before, row) + 1) if self.range.start else (before, row):
            self._redraw(one)
        self.show_row(row)
        if tell and row != before:
            self.frame.post_message(CursorMoved(rows.key_at(row)))

    def show_row(self, row: int) -> None:
        """Scroll as little as shows a row, and the headings right above it."""
        rows, stack = self.rows, self.rows.stack
        if row < stack.rows:
            first = stack.line_of(row)
            over = next((above for above in range(row - 1, -1, -1) if rows.rests(above)), None)
            head = stack.line_of(over) + stack.height_of(over) if over is not None else 0
            last = first + stack.height_of(row) - 1
            self.frame.reveal(head if first - head < 3 else first, last + self.header)

    def _redraw(self, row: int) -> None:
        if row < self.rows.stack.rows:
            first = self.rows.stack.line_of(row) + self.header
            self.frame.refresh_lines(first, first + self.rows.stack.height_of(row) - 1)

    def spot(self) -> Spot:
        """The present scroll position of the list."""
        return Spot(self.rows.key_at(self.cursor) if self.rows.stack.rows else "", self.cursor, self.frame.top)

    def restore(self, spot: Spot) -> None:
        """Put the list where it stood; by the row's key, or by its number where the key is gone."""
        before, rows = self.cursor, self.rows
        same = bool(spot.cursor) and rows.key_at(spot.index) == spot.cursor
        row = spot.index if same else rows.row_of(spot.cursor) if spot.cursor else None
        self.cursor = max(0, min(spot.index if row is None else row, rows.stack.rows - 1))
        self.frame.top = spot.top
        if row is None:
            self.move_to(self.cursor, tell=False)
        if self.cursor != before:
            self.frame.refresh()

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line of a row, with the cursor and the mark at its left."""
        rows, base = self.rows, self.frame.base
        if number >= rows.stack.lines:
            said = rows.empty if not rows.stack.rows else ""
            spans = wrap(said, 0, len(said), width - 4) if said else []
            text = said[slice(*spans[number])] if number < len(spans) else ""
            return line([(f"  {text}", self.look("row--faint"))], width, base) if text else blank(width, base)
        row, part = rows.stack.at(number)
        left, right = rows.draw(row, part, width - 3)
        here = row == self.cursor and rows.rests(row) and part < rows.stack.height_of(row) - self.gap_of(row)
        mark = " " if part else "◆" if rows.marked(row) else "◇" if self.range.holds(self, row) else " "
        pieces: list[Piece] = [(self.bar(here=here), self.look("frame--focus")), (mark, self.look("row--mark")), *left]
        return line(pieces, width, base + self.ground(here=here), [*right, (" ", NO_STYLE)] if right else ())

    def gap_of(self, row: int) -> int:  # noqa: ARG002 - most lists have the same for all
        """The number of empty lines at the end of a row."""
        return self.rows.gap

    def bar(self, *, here: bool) -> str:
        """The sign at the left of a line; `here` when the cursor is on it."""
        return ("▌" if self.frame.leads else "▏") if here else " "

    def ground(self, *, here: bool) -> Style:
        """The background of a line; `here` when the cursor is on it."""
        if not here:
            return NO_STYLE
        return self.look("row--cursor" if self.frame.leads else "row--rest")

    def clicked(self, number: int, x: int, chain: int) -> None:  # noqa: ARG002 - rows are clicked anywhere
        """Move the cursor; open the row at a second click."""
        if number < self.rows.stack.lines:
            row = self.rows.stack.at(number)[0]
            if self.rows.rests(row):
                self.move_to(row)
                self.rows.clicked(row, chain)

    def action_cursor_down(self) -> None:
        """Move to the next row."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move to the row before."""
        if self.cursor == 0:
            self.frame.top = 0
        self.move_to(self.cursor - 1)

    def action_cursor_first(self) -> None:
        """Move to the first row, all of what stands above it in sight."""
        self.move_to(0)
        self.frame.top = 0

    def action_cursor_last(self) -> None:
        """Move to the last row, all of what stands below it in sight."""
        self.move_to(self.rows.stack.rows - 1)
        self.frame.top = self.line_count()

    def action_page_down(self) -> None:
        """Move half a page towards the end."""
        self._move_lines(max(self.frame.page // 2, 1))

    def action_page_up(self) -> None:
        """Move half a page towards the beginning."""
        self._move_lines(-max(self.frame.page // 2, 1))

    def _move_lines(self, count: int) -> None:
        stack = self.rows.stack
        if stack.rows:
            row = stack.at(stack.line_of(self.cursor) + count)[0]
            step = 1 if count > 0 else -1
            self.frame.top += count
            self.move_to(row if row != self.cursor else row + step)


class ListBox(Framed):
    """A frame around a list, for dialogs."""

    SCOPES: ClassVar[tuple[str, ...]] = ("list",)
    """Which keys of the action table hold here."""

    def __init__(self, rows: Rows, *, id: str) -> None:  # noqa: A002 - Textual's name
        self.list = RowList(rows)
        """The cursor on the rows."""
        super().__init__(self.list, id=id)
        self.performers = (self.list, rows)
