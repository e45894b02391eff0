"""The table of a matrix: its labels, its names and the cells in sight, with a cursor on one of them."""

from typing import TYPE_CHECKING, Any, cast

from dossier.desk.state import CellSelection
from dossier.model.matrix import Matrix, MatrixHeading
from dossier.ui.drawing.grid import fit, lines_needed
from dossier.ui.drawing.text import Cells, blank, line
from dossier.ui.messages import CellSelected, EntryOpened, EntrySelected, RoomWanted
from dossier.ui.widgets.chart import Chart
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.table_cursor import HEAD, Place, TableCursor

if TYPE_CHECKING:
    from dossier.ui.drawing.styles import Styled

PARTS = "coalition parts"
"""In what is unfolded, that coalitions are counted with their parts. It has a space, as no id has."""


class MatrixContent(TableCursor):
    """The table. Labels and names stay in sight while one scrolls; only cells in sight are drawn."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        """The pane that shows it."""
        self.chart: Chart | None = None
        """The table as it is drawn; None before there is anything to read."""
        self.turned: dict[str, None] = {}
        """The heads that are folded although they are not at first, or unfolded."""
        self._fitted: object = None

    def heading(self) -> str:
        """The name of the pane, the day it is seen from, and what it is narrowed to."""
        if self.pane.reading is None or self.chart is None:
            return "Matrix"
        parts = [self.pane.reading.desk.label(self.pane.pane)]
        view = self.pane.state.view
        if view.as_of:
            undated = self.chart.matrix.undated
            left_out = f", {undated} undated left out" if undated else ""
            parts.append(f"as of {view.as_of}, {self.chart.changes()} changed since{left_out}")
        if view.lens:
            parts.append(" + ".join(row.title for row in map(self.pane.reading.row, view.lens) if row))
        if PARTS in self.turned:
            parts.append("coalitions with their parts")
        if self.chart.matrix.pending:
            parts.append("still reading")
        return " ─ ".join(parts)

    def tally(self) -> str:
        """The numbers of rows and columns."""
        rows, columns = self.extent()
        return f"{rows}×{columns}" if rows else ""

    def read(self) -> None:
        """Read the matrix, the cursor staying on its cell."""
        assert self.pane.reading is not None
        row, column = self.names()
        view = self.pane.state.view
        weigh = self.pane.reading.desk.weighing.matrix
        turned = tuple(self.turned)
        asked: dict[str, Any] = {"lens": view.lens, "filters": view.filters, "unfolded": turned, "folded": turned}
        asked["parts"] = PARTS in self.turned
        matrix = weigh(as_of=view.as_of, **asked)
        later = weigh(since=view.as_of, **asked) if view.as_of else None
        self.chart = Chart(matrix, later, self.look)
        self.cursor = (at_head(matrix.delegations, row, self.cursor[0]), at_head(matrix.issues, column, self.cursor[1]))
        self.prepare()
        self.pane.refresh()
        self.pane.post_message(RoomWanted())

    def names(self) -> tuple[str, str]:
        """Ids of the row and of the column under the cursor; empty for `HEAD`."""
        row, column = self.cursor
        if self.chart is None:
            return "", ""
        return _id(self.chart.matrix.delegations, row), _id(self.chart.matrix.issues, column)

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
        return 2 + lines_needed(width - 2, *self.extent(), self.chart.longest, self.chart.need)

    def prepare(self) -> None:
        """Other columns may have room at another size."""
        self.pane.top = self.pane.top
        if self.chart is not None:
            self.chart.look = cast("Styled", self.pane.screen).look
        if self.chart is None or self._fitted == (self.chart, self.pane.size):
            return
        self._fitted = (self.chart, self.pane.size)
        if self.matrix is not None:
            size = (max(self.pane.size.width - 2, 1), self.pane.page)
            self.grid = fit(size, *self.extent(), self.chart.longest, self.chart.need)
            self.show_cursor()

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line: the first are labels, the last the foot, wherever the rows between them are scrolled to."""
        chart, matrix, grid = self.chart, self.matrix, self.grid
        y = number - self.pane.top
        if chart is None or matrix is None:
            said = "There are no delegations and issues to set against each other." if y == 0 and self.chart else ""
            return line([(f"  {said}", self.look("row--faint"))], width, self.pane.base)
        if y < grid.shown:
            return chart.labels(y, width, grid, self.left, self.cursor, self.pane.base)
        below = min(self.pane.page, self.line_count()) - grid.foot
        if y >= below:
            spare = self.pane.page - below
            if not grid.foot:
                return blank(width, self.pane.base)
            return chart.foot(y - below, width, self.cursor, self.pane.base, max(spare - 3, 1))
        row, part = divmod(number - grid.shown, grid.height)
        head = matrix.delegations[row].id
        sign = "|" if head == self.pane.state.view.rival else "◆" if head in self.pane.state.marks else " "
        return chart.row(row, part, width, grid, self.left, self.cursor, self.pane.base, led=self.pane.leads, sign=sign)

    def crossing(self) -> CellSelection:
        """The cell under the cursor; none on a name."""
        if self.matrix is None or HEAD in self.cursor:
            return CellSelection()
        row, column = self.matrix.delegations[self.cursor[0]], self.matrix.issues[self.cursor[1]]
        return CellSelection(row.id, column.id, bool(row.children) and not row.folded, column.folded, bool(row.parts))

    def links_in_sight(self) -> list[LinkTarget]:
        """The cells in which something was said, and the names of rows and columns."""
        chart, matrix, grid = self.chart, self.matrix, self.grid
        if chart is None or matrix is None:
            return []
        columns = range(self.left, min(self.left + grid.shown, len(matrix.issues)))
        below = min(self.pane.page, self.line_count()) - grid.foot
        found = [self._link((HEAD, column), column - self.left) for column in columns if column - self.left < below]
        for row in range(len(matrix.delegations)):
            y = grid.shown + row * grid.height - self.pane.top
            if grid.shown <= y < below:
                found.append(self._link((row, HEAD), y))
                found += [
                    self._link((row, column), y) for column in columns if chart.cell(row, column).tally.statements
                ]
        return found

    def _link(self, place: Place, y: int) -> LinkTarget:
        """The labels of places whose line is the one at `y`, from 0, of those in sight."""
        column = place[1] - self.left
        x = 1 if place[1] == HEAD else self.grid.head + column * self.grid.column

        def follow() -> None:
            self.move_to(place)
            self.action_entry_open()

        return LinkTarget(x + 1, y + 1, follow)

    def tell(self) -> None:
        """Tell the screen what the cursor came to."""
        if self.matrix is not None:
            cell = self.crossing()
            self.pane.post_message(CellSelected(cell) if cell else EntrySelected(self.entry()))

    def entry(self) -> str:
        """Id of the delegation of the row; on a label, of the issue."""
        row, column = self.names()
        return row or column

    def action_entry_open(self) -> None:
        """Open the cell to its statements; from a name, go to the entry."""
        cell = self.crossing()
        self.pane.post_message(CellSelected(cell, opened=True) if cell else EntryOpened(self.entry()))


def _id(heads: tuple[MatrixHeading, ...], at: int) -> str:
    return heads[at].id if 0 <= at < len(heads) else ""


def at_head(heads: tuple[MatrixHeading, ...], name: str, otherwise: int) -> int:
    """The row of a head; its former number, as far as there is such a one, when it is gone."""
    found = next((at for at, head in enumerate(heads) if head.id == name), None) if name else None
    return min(otherwise, len(heads) - 1) if found is None else found
