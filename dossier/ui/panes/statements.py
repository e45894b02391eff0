"""The statements of a cell of the matrix by date, each with the state of its evidence."""

from collections.abc import Sequence
from typing import ClassVar

from dossier.desk.state import View
from dossier.model.bounded import BoundedDict
from dossier.model.matrix import Statement
from dossier.model.problems import DossierError
from dossier.ui.drawing.row_layout import EvenRows, Stack, UnevenRows
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.messages import StatementSelected
from dossier.ui.widgets.pane import AskingListPane, Pane, TellingRows
from dossier.ui.widgets.row_list import Drawn
from dossier.ui.widgets.statement_lines import Told, told
from dossier.ui.work.reading import best

_KEPT = 2_000
"""Statements whose broken lines are held."""

_FEW = 60
"""So many statements are shown with all their words; of more, each takes `_HEIGHT` lines."""
_HEIGHT = 5
_NARROW = 60
"""In fewer cells the title says only whose statements they are, and on what."""
_WORDS = 8
"""Lines of words shown of a statement; the article shows them all."""


class StatementRows(TellingRows):
    """The statements of a cell, the earliest first."""

    gap = 1

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.statements: Sequence[Statement] = ()
        """The statements that are listed."""
        self._trouble = ""
        self._lines: BoundedDict[int, list[Told]] = BoundedDict(_KEPT)
        self._width = 0

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the cell
        """The text shown when there are none."""
        return self._trouble or ("Nothing was said." if self.shown.cell else "No cell is selected.")

    def heading(self) -> str:
        """The side and the issue."""
        cell = self.shown.cell
        rows = [self.reading.row(one) for one in (cell.delegation, cell.issue)] if self.reading and cell else []
        names = " × ".join(row.title for row in rows if row)
        short = self.width < _NARROW and names
        return names if short else " ─ ".join(filter(None, ("Statements", names)))

    def tally(self) -> str:
        """The number of rows, and how many of them the cell counts where that is another number."""
        counted = getattr(self.statements, "counted", len(self.statements))
        return f"{len(self.statements)}, {counted} count" if counted != len(self.statements) else str(counted)

    def read(self) -> None:
        """Read the statements of the cell."""
        view, cell = self.shown, self.shown.cell
        self.statements, self._trouble = (), ""
        if self.reading is not None and cell:
            try:
                self.statements = self.reading.desk.weighing.statements(
                    cell.delegation, cell.issue, as_of=view.as_of, lens=view.lens, filters=view.filters,
                    alone=cell.alone, deep=cell.deep, parts=cell.parts,
                )  # fmt: skip
            except DossierError as error:
                self._trouble = str(error)
        self._lay_out()

    def _lay_out(self, *, draw: bool = True) -> None:
        self._lines.clear()
        self._width = self.width
        count = len(self.statements)
        stack: Stack = EvenRows(count, _HEIGHT)
        if count <= _FEW:
            stack = UnevenRows([len(self._told(row)) + self.gap for row in range(count)])
        self.view.replace_rows(stack, draw=draw)

    def _told(self, row: int) -> list[Told]:
        if row not in self._lines:
            few = len(self.statements) <= _FEW
            one = self.statements[row]
            again = few and any(self.statements[above].same == one.same for above in range(row))
            lines = told(one, max(self.width - 7, 10), words=_WORDS if few else 2, again=again)
            self._lines[row] = lines if few else lines[: _HEIGHT - self.gap]
        return self._lines[row]

    def prepare(self) -> None:
        """Break the lines anew at another width."""
        if self._width != self.width:
            self._lay_out(draw=False)

    def key_at(self, row: int) -> str:
        """The key of a statement."""
        return self.statements[row].key if 0 <= row < len(self.statements) else ""

    def row_of(self, key: str) -> int | None:
        """The row of a statement."""
        return next((row for row in range(len(self.statements)) if self.statements[row].key == key), None)

    def entry_on(self, row: int) -> str:
        """Id of the entry of a statement."""
        return self.statements[row].entry if 0 <= row < len(self.statements) else ""

    def marked(self, row: int) -> bool:
        """Return whether it is marked."""
        return bool(self.state.marks) and self.key_at(row) in self.state.marks

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - lines were broken at the width
        """A line of a statement."""
        lines = self._told(row)
        if part >= len(lines):
            return [], []
        left, right = lines[part]
        indent = [("  ", NO_STYLE)] if part else []
        return ([*indent, *((text, self.look(look) if look else NO_STYLE) for text, look in left)],
                [(text, self.look(look)) for text, look in right])  # fmt: skip

    def tell_row(self, row: int, *, opened: bool = False) -> None:
        """Post which statement the cursor is on."""
        if self.statements:
            one = self.statements[row]
            self.pane.post_message(StatementSelected(one.entry, best(one.evidence), opened=opened))


class StatementsPane(AskingListPane):
    """The statements of the cell one came to."""

    pane = "statements"
    SCOPES: ClassVar[tuple[str, ...]] = ("list", "weighing")
    rows: StatementRows
    rows_class = StatementRows
    starts_anew = True

    def asked(self, view: View) -> object:
        """The cell, and what narrows its statements."""
        return super().asked(view), view.cell
