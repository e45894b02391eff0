"""Moving over rows and columns whose names stay in sight."""

from dossier.ui.drawing.grid import Grid
from dossier.ui.widgets.framed import Content

HEAD = -1
"""The cursor's row when it is on the labels of the columns, its column when it is on the names of the rows."""

Place = tuple[int, int]
"""A row and a column, each from 0; either may be `HEAD`."""


class TableCursor(Content):
    """A cursor on a grid. A subclass says how many rows and columns there are and draws them."""

    def __init__(self) -> None:
        self.cursor: Place = (0, 0)
        """The row and the column under the cursor; `HEAD` for their names."""
        self.left = 0
        """The first column in sight, from 0."""
        self.grid = Grid()
        """The sizes by which it is drawn."""

    def extent(self) -> tuple[int, int]:
        """The number of rows and columns there are."""
        return 0, 0

    def tell(self) -> None:
        """Called when the cursor came to another place by the reader's doing."""

    def line_count(self) -> int:
        """The number of lines it takes, labels and foot included."""
        rows, columns = self.extent()
        return self.grid.lines(rows) if rows and columns else 0

    def show_cursor(self) -> None:
        """Scroll as little as brings the cursor into sight; sideways also while nothing is in sight.

        A grid that comes into sight again at the size it had is not fitted anew.
        """
        row, column = max(self.cursor[0], 0), max(self.cursor[1], 0)
        left = min(max(self.left, column - self.grid.shown + 1), column, self.extent()[1] - self.grid.shown)
        self.left = max(0, left)
        if not self.frame.page:
            return
        first = row * self.grid.height
        top = max(self.frame.top, first + self.grid.height - self.grid.body(self.frame.page))
        self.frame.top = 0 if self.cursor[0] <= 0 else min(top, first)

    def move_to(self, place: Place, *, tell: bool = True) -> None:
        """Put the cursor on a cell, or on the name of a row or a column, and show it."""
        rows, columns = self.extent()
        if not rows or not columns:
            return
        before, stood = self.cursor, (self.frame.top, self.left)
        row, column = max(HEAD, min(place[0], rows - 1)), max(HEAD, min(place[1], columns - 1))
        self.cursor = (max(row, 0), column) if (row, column) == (HEAD, HEAD) else (row, column)
        self.show_cursor()
        if (self.frame.top, self.left) != stood:
            self.frame.refresh()
        else:
            self._redraw(before)
        if tell and self.cursor != before:
            self.tell()

    def _redraw(self, before: Place) -> None:
        """Draw what a move of the cursor changed: the labels for another column, both rows, the foot."""
        grid = self.grid
        if self.cursor[1] != before[1] or HEAD in (self.cursor[0], before[0]):
            self.frame.refresh_lines(self.frame.top, self.frame.top + grid.shown - 1)
        below = self.frame.top + min(self.frame.page, self.line_count()) - grid.foot
        for row in {self.cursor[0], before[0]} - {HEAD}:
            first = grid.shown + row * grid.height
            self.frame.refresh_lines(max(first, self.frame.top + grid.shown), min(first + grid.height, below) - 1)
        self.frame.refresh_lines(below, self.frame.top + self.frame.page - 1)

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click moves the cursor; a second one opens."""
        grid, y = self.grid, number - self.frame.top
        rows, columns = self.extent()
        row = (number - grid.shown) // grid.height
        if not columns or y >= self.frame.page - grid.foot or row >= rows:
            return
        if y < grid.shown:
            self.move_to((HEAD, self.left + y))
        else:
            column = self.left + min((x - grid.head) // grid.column, grid.shown - 1) if x >= grid.head else HEAD
            self.move_to((row, column))
        if chain == 2:
            self.action_entry_open()

    def action_entry_open(self) -> None:
        """Handle Enter and a double click."""

    def action_cursor_down(self) -> None:
        """Move to the row below."""
        self.move_to((self.cursor[0] + 1, self.cursor[1]))

    def action_cursor_up(self) -> None:
        """Move to the row above; from the first, to the label of the column."""
        self.move_to((max(self.cursor[0] - 1, 0 if self.cursor[1] == HEAD else HEAD), self.cursor[1]))

    def action_column_next(self) -> None:
        """Move to the next column."""
        self.move_to((self.cursor[0], self.cursor[1] + 1))

    def action_column_previous(self) -> None:
        """Move to the column before; from the first, to the name of the row."""
        self.move_to((self.cursor[0], max(self.cursor[1] - 1, 0 if self.cursor[0] == HEAD else HEAD)))

    def action_cursor_first(self) -> None:
        """Move to the first row."""
        self.move_to((0, self.cursor[1]))

    def action_cursor_last(self) -> None:
        """Move to the last row."""
        self.move_to((self.extent()[0] - 1, self.cursor[1]))

    def action_column_first(self) -> None:
        """Move to the first column."""
        self.move_to((self.cursor[0], 0))

    def action_column_last(self) -> None:
        """Move to the last column."""
        self.move_to((self.cursor[0], self.extent()[1] - 1))

    def action_page_down(self) -> None:
        """Half a page down."""
        self.move_to((self.cursor[0] + self._half(), self.cursor[1]))

    def action_page_up(self) -> None:
        """Half a page up."""
        self.move_to((max(self.cursor[0] - self._half(), 0), self.cursor[1]))

    def _half(self) -> int:
        return max(self.grid.body(self.frame.page) // self.grid.height // 2, 1)
