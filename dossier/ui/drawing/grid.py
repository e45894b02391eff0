"""Layout of the rows, columns and labels of a matrix of a given size: arithmetic alone, nothing of Textual.

Columns are too narrow for the names of issues. Each label therefore stands on a line of its own above its column and
runs over those to the right of it, like stairs; a leader joins it with its column. So there are as many lines of labels
as there are columns in sight.
"""

from msgspec import Struct

LAST = 10
"""Cells that the label of the last column has at least: nothing stands to the right of it to run over."""
WIDEST = 14
"""Cells that a column takes at most."""
DATE = 6
"""Cells of a space and a date without its year."""


class Grid(Struct, frozen=True):
    """The sizes of a matrix, in cells and lines."""

    head: int = 0
    """Cells that the names of the rows take."""
    column: int = 1
    """Cells of a column; the first of them is the gap to the one before."""
    shown: int = 0
    """Columns in sight, and lines of labels."""
    height: int = 1
    """Lines of a row."""
    foot: int = 0
    """Lines below the rows."""
    inline: bool = False
    """Whether the date stands behind the numbers; in rows of several lines it is else below them."""

    def lines(self, rows: int) -> int:
        """The number of lines a matrix of so many rows takes."""
        return self.shown + rows * self.height + self.foot

    def body(self, page: int) -> int:
        """The number of lines of rows in sight on a page."""
        return max(page - self.shown - self.foot, 1)


def fit(size: tuple[int, int], rows: int, columns: int, longest: int, need: int) -> Grid:
    """The sizes with which a matrix fits `size` best; `longest` is the longest name, `need` the longest cell.

    Rows come before columns: labels take more than two fifths of the lines only where all rows are in sight.
    """
    width, page = size
    foot = 4 if page >= 14 else 2 if page >= 8 else 0
    head = max(min(longest + 3, 28, width // 3), 8)
    room = width - head
    steps = max(page - foot - rows, page * 2 // 5, 1)
    narrow = need + 1
    shown = max(1, min(columns, 1 + (room - max(LAST, narrow)) // narrow, steps))
    column = min((room - LAST) // (shown - 1), WIDEST) if shown > 1 else WIDEST
    column = max(min(column, room // shown), 1)
    inline = column >= narrow + DATE
    spare = page - foot - shown
    height = next((lines for lines in ((2,) if inline else (3, 2)) if rows * lines <= spare), 1)
    return Grid(head, column, shown, height, foot, inline)


def lines_needed(width: int, rows: int, columns: int, longest: int, need: int) -> int:
    """The lines that a matrix would fill at a width: every row in two lines, every column that has room."""
    return fit((width, rows * 2 + columns + 4), rows, columns, longest, need).shown + rows * 2 + 4
