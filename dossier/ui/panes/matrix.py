"""The matrix of positions: delegations by issues as of a day, each cell opening to its statements."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from dossier.desk.state import BrowseState, Crossing, Spot, View
from dossier.model.matrix import Head, Matrix
from dossier.ui.drawing.grid import fit, wanted
from dossier.ui.drawing.text import Cells, blank, line
from dossier.ui.messages import CellSelected, EntryOpened, EntrySelected, RoomWanted
from dossier.ui.widgets.chart import Chart
from dossier.ui.widgets.hints import Link
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.table_cursor import HEAD, Crosswise, Place

if TYPE_CHECKING:
    from dossier.ui.drawing.styles import Styled

PARTS = "coalition parts"
"""In what is unfolded, that coalitions are counted with their parts. It has a space, as no id has."""

_ROW = 1_000_000
"""By this a spot keeps row and column in one number: row by it, and column, each from 1."""


class MatrixPane(Crosswise, Pane):
    """The matrix. Labels and names stay in sight while one scrolls; only cells in sight are drawn."""

    pane = "matrix"
    number = "6"
    SCOPES: ClassVar[tuple[str, ...]] = ("matrix", "weighing")

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self.chart: Chart | None = None
        """What is drawn; None before there is anything to read."""
        self._turned: dict[str, None] = {}
        self._seen: object = None
        self._fitted: object = None

    def on_mount(self) -> None:
        """Reads the matrix, and stands where the view has it."""
        self.reload()
        self.restore(self.state.view.spot(self.pane))
        if self.leads:
            self.tell()

    def heading(self) -> str:
        """The name of the pane, the day it is seen from, and what it is narrowed to."""
        if self.reading is None or self.chart is None:
            return "Matrix"
        parts = [self.reading.desk.label(self.pane)]
        view = self.state.view
        if view.as_of:
            undated = self.chart.matrix.undated
            left_out = f", {undated} undated left out" if undated else ""
            parts.append(f"as of {view.as_of}, {self.chart.changes()} changed since{left_out}")
        if view.lens:
            parts.append(" + ".join(row.title for row in map(self.reading.row, view.lens) if row))
        if PARTS in self._turned:
            parts.append("coalitions with their parts")
        if self.chart.matrix.pending:
            parts.append("still reading")
        return " ─ ".join(parts)

    def tally(self) -> str:
        """The numbers of rows and columns."""
        rows, columns = self.extent()
        return f"{rows}×{columns}" if rows else ""

    def reload(self) -> None:
        """Weighs anew, the cursor staying on its cell."""
        if self.reading is None or self.state.view.centre != self.pane:
            return
        row, column = self._names()
        view = self.state.view
        weigh = self.reading.desk.weighing.matrix
        turned = tuple(self._turned)
        asked: dict[str, Any] = {"lens": view.lens, "filters": view.filters, "unfolded": turned, "folded": turned}
        asked["parts"] = PARTS in self._turned
        matrix = weigh(as_of=view.as_of, **asked)
        later = weigh(since=view.as_of, **asked) if view.as_of else None
        self.chart = Chart(matrix, later, self.look)
        self._seen = self._asked(view)
        self.cursor = (_at(matrix.delegations, row, self.cursor[0]), _at(matrix.issues, column, self.cursor[1]))
        self.prepare()
        self.refresh()
        self.post_message(RoomWanted())

    def _asked(self, view: View) -> object:
        return self.reading, view.as_of, view.lens, view.filters

    def _names(self) -> tuple[str, str]:
        """Ids of the row and of the column under the cursor; empty for `HEAD`."""
        row, column = self.cursor
        if self.chart is None:
            return "", ""
        return _id(self.chart.matrix.delegations, row), _id(self.chart.matrix.issues, column)

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Weighs anew when it is narrowed or seen from another day, and brings the cursor to the cell one came to."""
        view = after.view
        if view.centre != self.pane:
            return
        if self._seen != self._asked(view):
            self.reload()
        matrix = self.matrix
        if matrix and view.cell and view.cell != before.view.cell:
            row = _at(matrix.delegations, view.cell.delegation, self.cursor[0])
            self.move_to((row, _at(matrix.issues, view.cell.issue, self.cursor[1])), tell=False)
        if (before.marks, before.view.rival) != (after.marks, view.rival):
            self.refresh()

    @property
    def matrix(self) -> Matrix | None:
        """The table that is shown; None when it has no rows or no columns."""
        matrix = self.chart.matrix if self.chart else None
        return matrix if matrix and matrix.delegations and matrix.issues else None

    def extent(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        matrix = self.matrix
        return (len(matrix.delegations), len(matrix.issues)) if matrix else (0, 0)

    def room_wanted(self, width: int) -> int:
        """The lines that it would fill at a width, frame included."""
        if self.chart is None or self.matrix is None:
            return 6
        return 2 + wanted(width - 2, *self.extent(), self.chart.longest, self.chart.need)

    def prepare(self) -> None:
        """Other columns may have room at another size."""
        self.top = self.top
        if self.chart is not None:
            self.chart.look = cast("Styled", self.screen).look
        if self.chart is None or self._fitted == (self.chart, self.size):
            return
        self._fitted = (self.chart, self.size)
        if self.matrix is not None:
            size = (max(self.size.width - 2, 1), self.page)
            self.grid = fit(size, *self.extent(), self.chart.longest, self.chart.need)
            self.show_cursor()

    def content_line(self, number: int, width: int) -> Cells:
        """One line: the first are labels, the last the foot, wherever the rows between them are scrolled to."""
        chart, matrix, grid = self.chart, self.matrix, self.grid
        y = number - self.top
        if chart is None or matrix is None:
            said = "There are no delegations and issues to set against each other." if y == 0 and self.chart else ""
            return line([(f"  {said}", self.look("row--faint"))], width, self.base)
        if y < grid.shown:
            return chart.labels(y, width, grid, self.left, self.cursor, self.base)
        below = min(self.page, self.line_count()) - grid.foot
        if y >= below:
            spare = self.page - below
            if not grid.foot:
                return blank(width, self.base)
            return chart.foot(y - below, width, self.cursor, self.base, max(spare - 3, 1))
        row, part = divmod(number - grid.shown, grid.height)
        head = matrix.delegations[row].id
        sign = "|" if head == self.state.view.rival else "◆" if head in self.state.marks else " "
        return chart.row(row, part, width, grid, self.left, self.cursor, self.base, led=self.leads, sign=sign)

    def crossing(self) -> Crossing:
        """The cell under the cursor; none on a name."""
        if self.matrix is None or HEAD in self.cursor:
            return Crossing()
        row, column = self.matrix.delegations[self.cursor[0]], self.matrix.issues[self.cursor[1]]
        return Crossing(row.id, column.id, bool(row.children) and not row.folded, column.folded, bool(row.parts))

    def links_in_sight(self) -> list[Link]:
        """The cells in which something was said, and the names of rows and columns."""
        chart, matrix, grid = self.chart, self.matrix, self.grid
        if chart is None or matrix is None:
            return []
        columns = range(self.left, min(self.left + grid.shown, len(matrix.issues)))
        below = min(self.page, self.line_count()) - grid.foot
        found = [self._link((HEAD, column), column - self.left) for column in columns if column - self.left < below]
        for row in range(len(matrix.delegations)):
            y = grid.shown + row * grid.height - self.top
            if grid.shown <= y < below:
                found.append(self._link((row, HEAD), y))
                found += [
                    self._link((row, column), y) for column in columns if chart.cell(row, column).tally.statements
                ]
        return found

    def _link(self, place: Place, y: int) -> Link:
        """The labels of places whose line is the one at `y`, from 0, of those in sight."""
        column = place[1] - self.left
        x = 1 if place[1] == HEAD else self.grid.head + column * self.grid.column

        def follow() -> None:
            self.move_to(place)
            self.action_entry_open()

        return Link(x + 1, y + 1, follow)

    def tell(self) -> None:
        """Tells the screen what the cursor came to."""
        if self.matrix is not None:
            cell = self.crossing()
            self.post_message(CellSelected(cell) if cell else EntrySelected(self.selected_entry()))

    def on_focus(self) -> None:
        """Select what is under the cursor when the focus arrives."""
        self.tell()

    def selected_entry(self) -> str:
        """Id of the delegation of the row; on a label, of the issue."""
        row, column = self._names()
        return row or column

    def spot(self) -> Spot:
        """The present scroll position of the matrix, with what is folded or unfolded."""
        index = (self.cursor[0] + 1) * _ROW + self.cursor[1] + 1
        return Spot(" ".join(self._names()), index, self.top, tuple(self._turned), self.left)

    def restore(self, spot: Spot) -> None:
        """Puts the matrix where it stood."""
        if tuple(self._turned) != spot.folded:
            self._turned = dict.fromkeys(spot.folded)
            self.reload()
        matrix = self.matrix
        if matrix is None:
            return
        row, column = divmod(spot.index, _ROW) if spot.index else (1, 1)
        names = (*spot.cursor.split(" "), "", "")
        self.cursor = (_at(matrix.delegations, names[0], row - 1), _at(matrix.issues, names[1], column - 1))
        self.top, self.left = spot.top, spot.left
        self.show_cursor()
        self.refresh()

    def action_entry_open(self) -> None:
        """Opens the cell to its statements; from a name, goes to the entry."""
        cell = self.crossing()
        self.post_message(CellSelected(cell, opened=True) if cell else EntryOpened(self.selected_entry()))

    def action_column_next(self) -> None:
        """Move to the next column; from the name of a delegation, its members come out first."""
        if self.cursor[1] == HEAD and self.matrix is not None and self.matrix.delegations[self.cursor[0]].folded:
            self.action_members_fold()
        else:
            super().action_column_next()

    def action_column_previous(self) -> None:
        """Move to the column before; from the first to the name, and from there the members go in."""
        if self.cursor[1] != HEAD:
            super().action_column_previous()
        elif self.matrix is not None and self.foldable()[0] and not self.matrix.delegations[self.cursor[0]].folded:
            self.action_members_fold()

    def foldable(self) -> tuple[str, str]:
        """Ids of the delegation and of the issue that can be folded or unfolded here; empty where there is none."""
        if self.matrix is None:
            return "", ""
        return _over(self.matrix.delegations, self.cursor[0]), _over(self.matrix.issues, self.cursor[1])

    def action_members_fold(self) -> None:
        """Gives the members of the row's delegation rows of their own, or counts them with it again."""
        head = self.foldable()[0]
        if head and self.matrix is not None:
            self.cursor = (_at(self.matrix.delegations, head, 0), self.cursor[1])
            self.turn(head)

    def action_parts_fold(self) -> None:
        """Counts the issues under the column's with it, or gives them columns of their own again."""
        head = self.foldable()[1]
        if head and self.matrix is not None:
            self.cursor = (self.cursor[0], _at(self.matrix.issues, head, 0))
            self.turn(head)

    def turn(self, head: str) -> None:
        """Fold a head, unfold it, or take in the parts of coalitions; the second time, as before."""
        if head in self._turned:
            del self._turned[head]
        else:
            self._turned[head] = None
        self.reload()
        self.tell()


def _id(heads: tuple[Head, ...], at: int) -> str:
    return heads[at].id if 0 <= at < len(heads) else ""


def _at(heads: tuple[Head, ...], name: str, otherwise: int) -> int:
    """The row of a head; its former number, as far as there is such a one, when it is gone."""
    found = next((at for at, head in enumerate(heads) if head.id == name), None) if name else None
    return min(otherwise, len(heads) - 1) if found is None else found


def _over(heads: tuple[Head, ...], at: int) -> str:
    """Id of the head at a place, or of the nearest one over it, that has others under it; empty where there is none."""
    if at < 0:
        return ""
    depth = heads[at].depth + 1
    for head in reversed(heads[: at + 1]):
        if head.depth < depth:
            if head.children:
                return head.id
            depth = head.depth
    return ""
