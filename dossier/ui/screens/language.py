"""Reading what can be written in a query; a row is taken into the search line."""

from textual.widget import Widget

from dossier.desk.search.query_edit import language
from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.drawing.wrap import wrap
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import Drawn, ListBox, Rows


class LanguageList(Rows):
    """Every construct and every field of the query language."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = language()
        """An example and what it finds."""
        self._broken: list[list[tuple[int, int]]] = []
        self._width = 0

    def heading(self) -> str:
        """The title of the list."""
        return "What can be searched for"

    def prepare(self) -> None:
        """Break what is said anew at another width."""
        if self._width != self.width:
            self._width = self.width
            room = max(self._width - self._column() - 6, 12)
            self._broken = [wrap(says, 0, len(says), room) for _, says in self.rows]
            self.view.replace_rows(UnevenRows([len(lines) for lines in self._broken]), draw=False)

    def _column(self) -> int:
        return 24 if self.width >= 60 else 16

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - lines were broken at the width
        """An example, and what it finds beside it."""
        written, says = self.rows[row]
        start, end = self._broken[row][part]
        column = self._column()
        example = written if part == 0 else ""
        return [(f"{example:<{column}} ", self.look("row--key")), (says[start:end], NO_STYLE)], []

    def open_row(self, row: int) -> None:
        """Take an example into the query."""
        self.view.frame.screen.dismiss(self.rows[row][0])


class LanguageScreen(Dialog):
    """The query language. It is left with an example to search for, or with None."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self._list = ListBox(LanguageList(), id="language").list

    def fields(self) -> list[Widget]:
        """The list."""
        return [self._list.frame]

    def action_entry_open(self) -> None:
        """Take the example under the cursor into the query."""
        self._list.rows.open_row(self._list.cursor)

    def action_dialog_accept(self) -> None:
        """Take the example under the cursor into the query."""
        self.action_entry_open()
