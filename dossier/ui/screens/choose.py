"""Choosing a dossier where there are several."""

from collections.abc import Sequence
from pathlib import Path

from textual.widget import Widget

from dossier.ui.choices import Answers, Choice
from dossier.ui.dialog import Dialog
from dossier.ui.keys import Keymap
from dossier.ui.messages import DossierChosen


class ChooseScreen(Dialog):
    """The dossiers that were found; Enter opens one, Escape leaves the program."""

    def __init__(self, keymap: Keymap, paths: Sequence[Path]) -> None:
        super().__init__(keymap)
        self._paths = list(paths)
        rows = [Choice(str(at + 1), path.name, note=str(path.parent)) for at, path in enumerate(self._paths)]
        self._list = Answers("Which dossier?", rows, id="dossiers")

    def fields(self) -> list[Widget]:
        """The dossiers."""
        return [self._list]

    def action_entry_open(self) -> None:
        """Opens the dossier under the cursor."""
        self.post_message(DossierChosen(self._paths[self._list.cursor]))

    def action_dialog_accept(self) -> None:
        """Opens the dossier under the cursor."""
        self.action_entry_open()

    def action_dialog_close(self) -> None:
        """Leaves the program: there is nothing behind this screen."""
        self.app.exit(return_code=0)
