"""The gaps: issues on which nobody said anything, then the other cells of the matrix without a statement."""

from typing import ClassVar

from dossier.desk.state import CellSelection, View
from dossier.model.matrix import Gap, Matrix
from dossier.ui.drawing.row_layout import EvenRows
from dossier.ui.drawing.text import NO_STYLE, cells
from dossier.ui.messages import CellSelected
from dossier.ui.widgets.matrix_table import PARTS
from dossier.ui.widgets.pane import AskingListPane, Pane, TellingRows
from dossier.ui.widgets.row_list import Drawn


class GapRows(TellingRows):
    """The gaps, row by row."""

    empty = "No gaps: something was said by every side on every issue."

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.gaps: tuple[Gap, ...] = ()
        """The gaps that are listed."""
        self.matrix: Matrix | None = None
        """The matrix they are gaps of."""

    def heading(self) -> str:
        """The title of the gaps, and the day they are seen from."""
        day = self.shown.as_of
        return f"Gaps ─ as of {day}" if day else "Gaps"

    def tally(self) -> str:
        """The number of cells without a statement, and of all."""
        matrix = self.matrix
        if matrix is None:
            return ""
        empty = sum(1 if gap.delegation else len(matrix.delegations) for gap in self.gaps)
        return f"{empty}/{len(matrix.delegations) * len(matrix.issues)}"

    def read(self) -> None:
        """List the cells without a statement."""
        view, turned = self.shown, self.shown.spot("matrix").folded
        if self.reading is not None:
            self.matrix = self.reading.desk.weighing.matrix(
                as_of=view.as_of, lens=view.lens, filters=view.filters, unfolded=turned, folded=turned,
                parts=PARTS in turned,
            )  # fmt: skip
            self.gaps = self.matrix.gaps_by_issue()
        self.view.replace_rows(EvenRows(len(self.gaps)))

    def key_at(self, row: int) -> str:
        """The cell of a gap."""
        return f"{self.gaps[row].delegation} {self.gaps[row].issue}" if 0 <= row < len(self.gaps) else ""

    def row_of(self, key: str) -> int | None:
        """The row of a gap."""
        return next((row for row in range(len(self.gaps)) if self.key_at(row) == key), None)

    def entry_on(self, row: int) -> str:
        """Id of the issue that nothing was said on."""
        return self.gaps[row].issue if 0 <= row < len(self.gaps) else ""

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line
        """The sentence; in a narrow pane the side and the issue alone, since the title says that nothing was said."""
        text = self.gaps[row].text
        if cells(text) > width and " that holds; " not in text:
            text = text.replace(": nothing on ", ": ", 1)
        side, colon, rest = text.partition(": ")
        return [(side, self.look("row--strong")), (f"{colon}{rest}", NO_STYLE)], []

    def tell_row(self, row: int, *, opened: bool = False) -> None:
        """Post which cell the cursor is on."""
        if self.gaps:
            gap = self.gaps[row]
            side = gap.delegation or (self.matrix.delegations[0].id if self.matrix else "")
            self.pane.post_message(CellSelected(CellSelection(side, gap.issue), opened=opened, gap=True))


class GapsPane(AskingListPane):
    """The gaps. Moving here moves the cursor of the matrix."""

    pane = "gaps"
    SCOPES: ClassVar[tuple[str, ...]] = ("list", "weighing")
    rows: GapRows
    rows_class = GapRows

    def asked(self, view: View) -> object:
        """The gaps of the matrix, as it is narrowed and folded."""
        return super().asked(view), view.spot("matrix").folded
