"""Choosing a theme: the one under the cursor is shown at once, Enter keeps it, Escape goes back to the one before."""

from textual.widget import Widget

from dossier.ui.drawing.themes import AUTO, DAY, NIGHT, SIXTEEN, theme_names
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import CursorMoved

_NOTES = {
    AUTO: "light or dark, as the terminal is",
    NIGHT.name: "our own, dark",
    DAY.name: "our own, light",
    SIXTEEN.name: "16 colours, high contrast",
}


class ThemeScreen(Dialog):
    """The themes. It is left with the name of the one that was chosen, or with None."""

    def __init__(self, keymap: Keymap, builtin: dict[str, bool], now: str, automatic: str) -> None:
        """`builtin` says of each of Textual's themes whether it is dark; `automatic` is what `auto` comes to."""
        super().__init__(keymap)
        self._before = now
        self._automatic = automatic
        names = [AUTO, *theme_names(builtin)]
        kinds = {name: "dark" if dark else "light" for name, dark in builtin.items()}
        self._names = names
        choices = [Choice(name, name, note=_NOTES.get(name, kinds.get(name, ""))) for name in names]
        self._list = Answers("Theme", choices)

    def fields(self) -> list[Widget]:
        """The names."""
        box = ChoiceBox(self._list, id="answers")
        self._list.view.cursor = self._names.index(self._before) if self._before in self._names else 0
        return [box]

    def on_mount(self) -> None:
        """The theme in use is under the cursor."""
        self.call_after_refresh(self._list.view.move_to, self._list.view.cursor, tell=False)
        self.say("Move to see a theme. Enter keeps it, Esc goes back.")

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Show the theme under the cursor."""
        message.stop()
        name = self._names[self._list.view.cursor]
        self.app.theme = self._automatic if name == AUTO else name

    def action_dialog_accept(self) -> None:
        """Keep what is under the cursor."""
        self.dismiss(self._names[self._list.view.cursor])

    def action_dialog_close(self) -> None:
        """Go back to the theme before."""
        self.app.theme = self._before
        self.dismiss(None)
