"""A list of any length: a cursor, marks and folds over rows of which only those in sight are drawn."""

from typing import ClassVar

from rich.style import Style
from textual.message import Message

from dossier.desk.state import Spot
from dossier.ui.drawing.frame import Framed
from dossier.ui.drawing.row_layout import Even, Stack
from dossier.ui.drawing.text import NOTHING, Cells, Piece, blank, line
from dossier.ui.drawing.wrap import wrap

Drawn = tuple[list[Piece], list[Piece]]
"""A line of a row: what stands at its left and what at its right end."""


class RowRange:
    """The rows from one at which a range was begun to the cursor."""

    def __init__(self) -> None:
        self.start = ""
        """What the first row is called; empty while no range was begun."""

    def holds(self, lines: "Lines", row: int) -> bool:
        """Whether a row of a list lies in the range."""
        start = lines.row_of(self.start) if self.start else None
        return start is not None and min(start, lines.cursor) <= row <= max(start, lines.cursor) and lines.rests(row)


class Lines(Framed):
    """Rows with a cursor. A subclass says how many there are, what they are called and how they look."""

    SCOPES: ClassVar[tuple[str, ...]] = ("list",)
    """Which keys of the action table hold here."""

    gap = 0
    """So many lines at the end of each row part it from the next; the cursor's ground does not cover them."""

    empty = "Nothing here."
    """What is said when there are no rows."""

    class CursorMoved(Message):
        """The cursor came to another row by the reader's doing."""

        def __init__(self, lines: "Lines", key: str) -> None:
            super().__init__()
            self.lines = lines
            """The list."""
            self.key = key
            """What the row is called."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self.stack: Stack = Even(0)
        """Where each row stands."""
        self.cursor = 0
        """The row under the cursor, from 0."""
        self.range = RowRange()
        """The rows that are being chosen as a range."""

    def key_at(self, row: int) -> str:
        """The key of the row, whatever its place."""
        return str(row)

    def row_of(self, key: str) -> int | None:
        """The index of the row called `key`; None when it is not there or not in sight."""
        return int(key) if key.isdigit() and int(key) < self.stack.rows else None

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - a list shows more than the key
        """Line `part` of a row, from 0, in at most `width` cells."""
        return [(self.key_at(row), NOTHING)], []

    def rests(self, row: int) -> bool:
        """Whether the cursor can rest on a row; a heading is passed over."""
        return 0 <= row < self.stack.rows

    def marked(self, row: int) -> bool:  # noqa: ARG002 - nothing is marked unless a list says so
        """Whether a row bears a mark."""
        return False

    def line_count(self) -> int:
        """The height of all rows in lines."""
        return self.stack.lines

    def replace_rows(self, stack: Stack, *, draw: bool = True) -> None:
        """Other rows: the cursor stays at its number as far as there is such a row. `draw` unless that is going on."""
        self.stack = stack
        self.cursor = min(self.cursor, max(stack.rows - 1, 0))
        if not self.rests(self.cursor):
            self.cursor = next((row for row in range(self.cursor, stack.rows) if self.rests(row)), self.cursor)
        self.top = self.top
        if draw:
            self.refresh()

    def move_to(self, row: int, *, tell: bool = True) -> None:
        """Puts the cursor on a row, or the nearest on which it can rest, and shows it."""
        before = self.cursor
        row = max(0, min(row, self.stack.rows - 1))
        step = -1 if row < before else 1
        while 0 <= row < self.stack.rows and not self.rests(row):
            row += step
        if not self.rests(row):
            self._show(before)
            return
        self.cursor = row
        for one in range(min(before, row), max(before, row) + 1) if self.range.start else (before, row):
            self._redraw(one)
        self._show(row)
        if tell and row != before:
            self.post_message(self.CursorMoved(self, self.key_at(row)))

    def _show(self, row: int) -> None:
        if row < self.stack.rows:
            first = self.stack.line_of(row)
            over = next((above for above in range(row - 1, -1, -1) if self.rests(above)), None)
            head = self.stack.line_of(over) + self.stack.height_of(over) if over is not None else 0
            self.reveal(head if first - head < 3 else first, first + self.stack.height_of(row) - 1)

    def _redraw(self, row: int) -> None:
        if row < self.stack.rows:
            first = self.stack.line_of(row)
            self.refresh_lines(first, first + self.stack.height_of(row) - 1)

    def spot(self) -> Spot:
        """The present scroll position of the list."""
        return Spot(self.key_at(self.cursor) if self.stack.rows else "", self.cursor, self.top)

    def restore(self, spot: Spot) -> None:
        """Puts the list where it stood; by the row's key, or by its number where the key is gone."""
        before = self.cursor
        same = bool(spot.cursor) and self.key_at(spot.index) == spot.cursor
        row = spot.index if same else self.row_of(spot.cursor) if spot.cursor else None
        self.cursor = max(0, min(spot.index if row is None else row, self.stack.rows - 1))
        self.top = spot.top
        if row is None:
            self.move_to(self.cursor, tell=False)
        if self.cursor != before:
            self.refresh()

    def content_line(self, number: int, width: int) -> Cells:
        """One line of a row, with the cursor and the mark at its left."""
        if number >= self.stack.lines:
            said = self.empty if not self.stack.rows else ""
            spans = wrap(said, 0, len(said), width - 4) if said else []
            text = said[slice(*spans[number])] if number < len(spans) else ""
            return line([(f"  {text}", self.look("row--faint"))], width, self.base) if text else blank(width, self.base)
        row, part = self.stack.at(number)
        left, right = self.draw(row, part, width - 3)
        inside = part < self.stack.height_of(row) - self.gap
        here = row == self.cursor and self.rests(row) and inside
        ground = self._ground(here=here)
        bar = "▌" if here and self.leads else "▏" if here else " "
        mark = " " if part else "◆" if self.marked(row) else "◇" if self.range.holds(self, row) else " "
        pieces: list[Piece] = [(bar, self.look("frame--focus")), (mark, self.look("row--mark")), *left]
        return line(pieces, width, self.base + ground, [*right, (" ", NOTHING)] if right else ())

    def _ground(self, *, here: bool) -> Style:
        if not here:
            return NOTHING
        return self.look("row--cursor" if self.leads else "row--rest")

    def clicked(self, number: int, x: int, chain: int) -> None:  # noqa: ARG002 - rows are clicked anywhere
        """A click moves the cursor; a second one opens."""
        if number < self.stack.lines:
            row = self.stack.at(number)[0]
            if self.rests(row):
                self.move_to(row)
                if chain == 2:
                    self.open_row(row)

    def open_row(self, row: int) -> None:
        """Handle Enter and a double click on a row."""

    def action_cursor_down(self) -> None:
        """Move to the next row."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move to the row before."""
        if self.cursor == 0:
            self.top = 0
        self.move_to(self.cursor - 1)

    def action_cursor_first(self) -> None:
        """Move to the first row."""
        self.cursor_to_end(0)

    def action_cursor_last(self) -> None:
        """Move to the last row."""
        self.cursor_to_end(self.stack.rows - 1)

    def cursor_to_end(self, row: int) -> None:
        """Move to a row at either end, all of what stands there in sight."""
        self.move_to(row)
        self.top = 0 if row == 0 else self.line_count()

    def action_page_down(self) -> None:
        """Half a page towards the end."""
        self._move_lines(max(self.page // 2, 1))

    def action_page_up(self) -> None:
        """Half a page towards the beginning."""
        self._move_lines(-max(self.page // 2, 1))

    def _move_lines(self, count: int) -> None:
        if self.stack.rows:
            here = self.stack.line_of(self.cursor)
            row = self.stack.at(here + count)[0]
            step = 1 if count > 0 else -1
            self.top += count
            self.move_to(row if row != self.cursor else row + step)
