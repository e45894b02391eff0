"""The matrix of positions: delegations by issues as of a day, each cell opening to its statements."""

from typing import ClassVar

from textual import events

from dossier.desk.state import BrowseState, Spot, View
from dossier.model.matrix import MatrixHeading
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.matrix_table import MatrixContent, at_head
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.table_cursor import HEAD

_ROW = 1_000_000
"""By this a spot keeps row and column in one number: row by it, and column, each from 1."""


class MatrixFolds:
    """Folds and unfolds rows and columns of a matrix, and goes over its columns, members coming out on the way."""

    def __init__(self, content: MatrixContent) -> None:
        self._content = content

    def action_column_next(self) -> None:
        """Move to the next column; from the name of a delegation, its members come out first."""
        content = self._content
        matrix, (row, column) = content.matrix, content.cursor
        if column == HEAD and matrix is not None and matrix.delegations[row].folded:
            self.action_members_fold()
        else:
            content.action_column_next()

    def action_column_previous(self) -> None:
        """Move to the column before; from the first to the name, and from there the members go in."""
        content = self._content
        matrix, (row, column) = content.matrix, content.cursor
        if column != HEAD:
            content.action_column_previous()
        elif matrix is not None and self.foldable()[0] and not matrix.delegations[row].folded:
            self.action_members_fold()

    def foldable(self) -> tuple[str, str]:
        """Ids of the delegation and of the issue that can be folded or unfolded here; empty where there is none."""
        matrix, (row, column) = self._content.matrix, self._content.cursor
        return (
            (_foldable_head(matrix.delegations, row), _foldable_head(matrix.issues, column))
            if matrix is not None
            else ("", "")
        )

    def action_members_fold(self) -> None:
        """Give the members of the row's delegation rows of their own, or count them with it again."""
        content, head = self._content, self.foldable()[0]
        if head and content.matrix is not None:
            content.cursor = (at_head(content.matrix.delegations, head, 0), content.cursor[1])
            self.turn(head)

    def action_parts_fold(self) -> None:
        """Count the issues under the column's with it, or give them columns of their own again."""
        content, head = self._content, self.foldable()[1]
        if head and content.matrix is not None:
            content.cursor = (content.cursor[0], at_head(content.matrix.issues, head, 0))
            self.turn(head)

    def turn(self, head: str) -> None:
        """Fold a head, unfold it, or take in the parts of coalitions; the second time, as before."""
        content = self._content
        if head in content.turned:
            del content.turned[head]
        else:
            content.turned[head] = None
        content.pane.reload()
        content.tell()


class MatrixPane(Pane):
    """The matrix of positions."""

    pane = "matrix"
    SCOPES: ClassVar[tuple[str, ...]] = ("matrix", "weighing")
    content: MatrixContent
    content_class = MatrixContent

    def __init__(self) -> None:
        super().__init__()
        self.folds = MatrixFolds(self.content)
        """The folding of its rows and columns."""
        self.performers = (self.folds, self.content)
        self._seen: object = None

    def on_mount(self) -> None:
        """Read the matrix, and stand where the view has it."""
        self.reload()
        self.restore(self.state.view.spot(self.pane))
        if self.leads:
            self.content.tell()

    def on_focus(self) -> None:
        """Tell what is under the cursor when the focus arrives."""
        self.content.tell()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Go to the next column by the wheel."""
        event.stop()
        self.folds.action_column_next()

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Go to the column before by the wheel."""
        event.stop()
        self.folds.action_column_previous()

    def reload(self) -> None:
        """Read the matrix while it is in sight."""
        if self.reading is not None and self.state.view.centre == self.pane:
            self._seen = self._asked(self.state.view)
            self.content.read()

    def _asked(self, view: View) -> object:
        return self.reading, view.as_of, view.lens, view.filters

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Weigh anew when it is narrowed or seen from another day, and bring the cursor to the cell one came to."""
        view = after.view
        if view.centre != self.pane:
            return
        renewed = self._seen != self._asked(view)
        if renewed:
            self.reload()
        matrix, content = self.content.matrix, self.content
        if matrix and view.cell and view.cell != before.view.cell:
            row = at_head(matrix.delegations, view.cell.delegation, content.cursor[0])
            content.move_to((row, at_head(matrix.issues, view.cell.issue, content.cursor[1])), tell=False)
        if renewed and view.pane == self.pane and content.crossing() != view.cell:
            content.tell()  # its row or column has gone: statements and links follow to the cell that stands there
        if (before.marks, before.view.rival) != (after.marks, view.rival):
            self.refresh()

    def links_in_sight(self) -> list[LinkTarget]:
        """The cells in which something was said, and the names of rows and columns."""
        return self.content.links_in_sight()

    def selected_entry(self) -> str:
        """Id of the delegation of the row; on a label, of the issue."""
        return self.content.entry()

    def spot(self) -> Spot:
        """The present scroll position of the matrix, with what is folded or unfolded."""
        index = (self.content.cursor[0] + 1) * _ROW + self.content.cursor[1] + 1
        return Spot(" ".join(self.content.names()), index, self.top, tuple(self.content.turned), self.content.left)

    def restore(self, spot: Spot) -> None:
        """Put the matrix where it stood."""
        if tuple(self.content.turned) != spot.folded:
            self.content.turned = dict.fromkeys(spot.folded)
            self.reload()
        matrix = self.content.matrix
        if matrix is None:
            return
        row, column = divmod(spot.index, _ROW) if spot.index else (1, 1)
        names = (*spot.cursor.split(" "), "", "")
        self.content.cursor = (
            at_head(matrix.delegations, names[0], row - 1),
            at_head(matrix.issues, names[1], column - 1),
        )
        self.top, self.content.left = spot.top, spot.left
        self.content.show_cursor()
        self.refresh()


def _foldable_head(heads: tuple[MatrixHeading, ...], at: int) -> str:
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
