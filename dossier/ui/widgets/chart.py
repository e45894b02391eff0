"""The lines of a matrix: labels in steps, rows of cells, and in words what is under the cursor."""

from collections.abc import Callable

from rich.style import Style

from dossier.desk.matrix.tables import tally_text
from dossier.model.matrix import Cell, Matrix, MatrixHeading
from dossier.ui.drawing import stances
from dossier.ui.drawing.grid import DATE, Grid
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, cells, cut, line
from dossier.ui.widgets.statement_lines import broken
from dossier.ui.widgets.table_cursor import HEAD, Place

Look = Callable[[str], Style]
"""From the name of a style to the style."""


_MOST = 90
"""So many of a hundred cells are shown in full; the others leave out how many origins there are."""


class Chart:
    """A matrix on its grid. It knows neither the screen nor who moves the cursor."""

    def __init__(self, matrix: Matrix, later: Matrix | None, look: Look) -> None:
        """`later` tells of what changed since the day of `matrix`, where it is seen from one."""
        self.matrix = matrix
        """What is shown."""
        self.later = later
        self.look = look
        """Where styles come from."""
        tallies = [cell.tally for cell in matrix.cells.values()]
        self.field = min(max((len(stances.signs(one.stance)) for one in tallies if one.statements), default=1), 2)
        """Cells that signs take, as far as they are not many."""
        sizes = sorted(stances.sizes(tally, self.field) for tally in tallies) or [(1, 1)]
        self.need = max(sizes[len(sizes) * _MOST // 100][0], *(least for _, least in sizes)) + bool(self.changes())
        """Cells that all but the longest cells take, and those without their origins."""
        self.longest = max((_breadth(head) for head in matrix.delegations), default=0)
        """Cells that the longest name of a row takes."""
        self._year = max((tally.last[:4] for tally in tallies), default="")
        self._key = self._key_text()

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its place."""
        return self.matrix.cell(self.matrix.delegations[row].id, self.matrix.issues[column].id)

    def changed(self, cell: Cell) -> bool:
        """Return whether anything came to a cell since the day that is looked at."""
        return self.later is not None and self.later.cell(cell.delegation, cell.issue).changed

    def changes(self) -> int:
        """The number of cells that changed since the day that is looked at."""
        return sum(cell.changed for cell in self.later.cells.values()) if self.later else 0

    def _key_text(self) -> str:
        seen = {sign for cell in self.matrix.cells.values() if cell.tally.statements
                for sign in stances.signs(cell.tally.stance)}  # fmt: skip
        marks = [stances.LOOK] if any(cell.tally.review for cell in self.matrix.cells.values()) else []
        return stances.key_to(seen, [*marks, stances.SINCE] if self.changes() else marks)

    def labels(self, number: int, width: int, grid: Grid, left: int, cursor: Place, base: Style) -> Cells:
        """Line `number` of the labels: the leaders of those above it, then its own."""
        head = self.matrix.issues[left + number]
        before = f"‹ {left} more" if left and number == 0 else ""
        behind = len(self.matrix.issues) - left - grid.shown
        pieces: list[Piece] = [(_pad(f"  {before}", grid.head), self.look("row--faint"))]
        for above in range(number):
            leads = left + above == cursor[1]
            pieces.append((_pad(" ┃" if leads else " │", grid.column), self._leader(leads=leads)))
        here = left + number == cursor[1]
        at = here and cursor[0] == HEAD
        ground = self.look("row--cursor") if at else NO_STYLE
        style = self.look("row--strong") if here else self.look("row--faint") if head.depth else NO_STYLE
        bar = ("▌" if at else " ", self.look("frame--focus"))
        pieces += [bar, (f"{'└ ' if head.depth else ''}{_fold(head)}{head.title}", style + ground)]
        right = [(f"+{behind} › ", self.look("row--faint"))] if behind > 0 and number == 0 else []
        return line(pieces, width, base, right)

    def _leader(self, *, leads: bool) -> Style:
        return self.look("frame--focus" if leads else "frame--line")

    def row(self, row: int, part: int, width: int, grid: Grid, left: int, cursor: Place, base: Style, *,
            led: bool, sign: str) -> Cells:  # fmt: skip
        """Line `part` of a row: its name and numbers, then the dates; `sign` stands before the name."""
        head = self.matrix.delegations[row]
        here = row == cursor[0]
        at = here and cursor[1] == HEAD
        ground = self.look("row--cursor" if led else "row--rest")
        bar = ("▌" if led else "▏") if at else " "
        if part:
            pieces: list[Piece] = [(" " * grid.head, NO_STYLE)]
        else:
            style = self.look("row--strong") if here or not head.depth else NO_STYLE
            name = _pad(cut(f"{'  ' * head.depth}{_fold(head)}{head.title}", grid.head - 3), grid.head - 2)
            pieces = [(bar, self.look("frame--focus")), (sign, self.look("row--mark")),
                      (name, style + ground if at else style)]  # fmt: skip
        for column in range(left, min(left + grid.shown, len(self.matrix.issues))):
            inside = here and column == cursor[1] and part < (1 if grid.inline or grid.height == 1 else 2)
            text, look = self._text(row, column, part, grid)
            edge = ("▌" if led else "▏") if inside else " "
            style = self.look(look) + (ground if inside else NO_STYLE)
            pieces += [(edge, self.look("frame--focus")), (_pad(text, grid.column - 1), style)]
        return line(pieces, width, base)

    def _text(self, row: int, column: int, part: int, grid: Grid) -> tuple[str, str]:
        """The text of a line of a cell, and its style."""
        cell = self.cell(row, column)
        tally, room = cell.tally, grid.column - 1
        if part:
            dated = part == 1 and not grid.inline
            return (stances.short_date(tally.last, room, self._year) if dated else ""), "row--faint"
        since = stances.SINCE if self.changed(cell) else ""
        space = room - DATE if grid.inline and tally.last else room
        text = stances.tally_by_stance(tally, space - len(since)) or stances.short_tally(
            tally, self.field, room - len(since)
        )
        text += since
        if grid.inline and tally.last:
            date = stances.short_date(tally.last, room - max(self.need, len(text)) - 1, self._year)
            text = f"{text:<{self.need}} {date}"
        return text, "row--bad" if tally.review else stances.style_of(tally) if tally.statements else "row--faint"

    def foot(self, number: int, width: int, cursor: Place, base: Style, most: int = 1) -> Cells:
        """A line below the rows: who and what, what the cell says, and in at most so many lines what the signs mean.

        The empty line above them is given to the signs where these need one more.
        """
        if len(broken(self._key, width - 4, most + 1)) > most:
            number, most = number + 1, most + 1
        if number == 0:
            return blank(width, base)
        if number >= 3:
            keys = broken(self._key, width - 4, most)
            text = keys[number - 3] if number - 3 < len(keys) else ""
            return line([(f"  {text}", self.look("row--faint"))], width, base)
        names, words = self.told(cursor)
        if number == 1:
            return line([(f"  {names}", self.look("row--strong"))], width, base)
        return line([(f"  {words}", NO_STYLE)], width, base)

    def told(self, cursor: Place) -> tuple[str, str]:
        """Describe the cell under the cursor in words."""
        row = self.matrix.delegations[cursor[0]] if cursor[0] != HEAD else None
        column = self.matrix.issues[cursor[1]] if cursor[1] != HEAD else None
        if row is None or column is None:
            head = row or column
            return (head.title, _holds(head, members=row is not None)) if head else ("", "")
        cell = self.matrix.cell(row.id, column.id)
        words = tally_text(cell.tally, weights=True) or "nothing was said"
        if self.changed(cell) and self.later is not None:
            words += f" {stances.SINCE} by now: {tally_text(self.later.cell(row.id, column.id).tally)}"
        return f"{row.title} × {column.title}", words


def _breadth(head: MatrixHeading) -> int:
    return cells(head.title) + 2 * head.depth + 2 * bool(head.children)


def _fold(head: MatrixHeading) -> str:
    return ("▸ " if head.folded else "▾ ") if head.children else ""


def _holds(head: MatrixHeading, *, members: bool) -> str:
    if not head.children:
        return ""
    what = "its members" if members else "the issues under it"
    return f"{what} are counted {'with it' if head.folded else 'apart'}"


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - cells(text), 0)
