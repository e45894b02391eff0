"""Choosing a dossier where there are several."""

from collections.abc import Sequence
from pathlib import Path

from textual.widget import Widget

from dossier.desk.listing.titles import title_of
from dossier.ui.drawing.text import NO_STYLE, cells
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import DossierChosen
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import Drawn

_FRAME = 4
"""Lines of the box beside the dossiers: the frame's two, what went wrong, the keys."""
_WIDEST = 28
"""Cells that names of folders take at most, so that titles stand in one column near them."""


class ChooseScreen(Dialog):
    """The dossiers that were found; Enter opens one, Escape leaves the program."""

    accepts = "open"

    def __init__(self, keymap: Keymap, paths: Sequence[Path]) -> None:
        super().__init__(keymap)
        self._paths = list(paths)
        self._list = ChoiceBox(Dossiers(self._paths), id="dossiers").list

    def fields(self) -> list[Widget]:
        """The dossiers."""
        return [self._list.frame]

    def on_mount(self) -> None:
        """Make the box as high as what is in it, where there is room."""
        super().on_mount()
        self.query_one("#box").styles.height = len(self._paths) + _FRAME

    def action_dialog_accept(self) -> None:
        """Open the dossier under the cursor."""
        self.post_message(DossierChosen(self._paths[self._list.cursor]))

    def action_dialog_close(self) -> None:
        """Leave the program: there is nothing behind this screen."""
        self.app.exit(return_code=0)


class Dossiers(Answers):
    """A row for each dossier: its folder and its title. Only of those in sight the title is looked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        parents = {path.parent for path in paths}
        rows = [Choice(str(path), path.name, note="" if len(parents) == 1 else str(path.parent)) for path in paths]
        super().__init__("Which dossier?", rows)
        self._column = min(max((cells(path.name) for path in paths), default=0), _WIDEST)
        self._titles: dict[str, str] = {}
        self._inside = parents.pop().name if len(parents) == 1 else ""

    def tally(self) -> str:
        """The folder that holds them all, if one does."""
        return self._inside

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """The folder, the title, and where the folder is when they are not all in one."""
        left, right = super().draw(row, part, width)
        folder = self.choices[row]
        if folder.key not in self._titles:
            self._titles[folder.key] = title_of(Path(folder.key))
        room = " " * max(self._column - cells(folder.label), 0)
        return [*left, (f"{room}  {self._titles[folder.key]}", NO_STYLE)], right
