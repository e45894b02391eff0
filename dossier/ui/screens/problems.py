"""The problems of the dossier's files, one to a row; Enter opens the editor at the line where one is written."""

from collections.abc import Sequence

from textual.widget import Widget

from dossier.model.problems import Problem
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import CursorMoved
from dossier.ui.widgets.scroll_view import ScrollView


class ProblemsScreen(Dialog):
    """The problems that `dossier check` names. It is left with the number of the problem to mend, or with None."""

    accepts = "edit the file"

    def __init__(self, keymap: Keymap, problems: Sequence[Problem]) -> None:
        super().__init__(keymap)
        self._problems = problems
        rows = [Choice(str(at), f"{one.place}  {one.message}", note=one.code) for at, one in enumerate(problems)]
        self._list = Answers(f"Problems ({len(problems):,})", rows)
        self._reader = Reader("What to do")

    def fields(self) -> list[Widget]:
        """The problems, and all that is said of the one under the cursor."""
        return [ChoiceBox(self._list, id="answers"), ScrollView(self._reader, id="preview", scopes=("reader",))]

    def on_mount(self) -> None:
        """The first problem is under the cursor."""
        super().on_mount()
        self._show(0)

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Say all of the problem under the cursor."""
        message.stop()
        self._show(self._list.view.cursor)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._problems):
            one = self._problems[row]
            hint = f"\n{one.hint}" if one.hint else ""
            self._reader.show(f"{one.place}: {one.severity} {one.code}\n{one.message}{hint}")

    def action_dialog_accept(self) -> None:
        """Open the editor where the problem under the cursor is written."""
        if self._problems:
            self.dismiss(str(self._list.view.cursor))
