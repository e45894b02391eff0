"""The question whether a file that is there already may be replaced."""

from pathlib import Path

from textual.widget import Widget

from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog


class Replace(Dialog):
    """Asks whether a file may be replaced. It is left with `replace` or with None."""

    def __init__(self, keymap: Keymap, path: Path) -> None:
        super().__init__(keymap)
        rows = [Choice("keep", "Keep it, and give another name"), Choice("replace", "Replace it")]
        self._path = path
        self._rows = Answers("There is such a file already", rows)

    def fields(self) -> list[Widget]:
        """The two answers: keep or replace."""
        return [ChoiceBox(self._rows, id="answers")]

    def on_mount(self) -> None:
        """Show which file it is."""
        self.refuse(str(self._path))

    def action_dialog_accept(self) -> None:
        """Leave with the answer under the cursor."""
        self.dismiss("replace" if self._rows.choices[self._rows.view.cursor].key == "replace" else None)
