"""Writing a note on a marked entry, a heading of the basket, or its title."""

from textual.widget import Widget

from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit


class NoteScreen(Dialog):
    """A line to write. It is left with the note, which may be empty, or with None."""

    def __init__(self, keymap: Keymap, title: str, note: str, label: str = "Note: ") -> None:
        """`title` names what the note is on, `label` stands before the line."""
        super().__init__(keymap)
        self._title = title
        self._note = LineEdit(label, "type here", scopes=(), id="note")
        self._note.fill(note)

    def fields(self) -> list[Widget]:
        """The line."""
        return [self._note]

    def on_mount(self) -> None:
        """Say what the note is on."""
        self.say(self._title)

    def action_dialog_accept(self) -> None:
        """Take the note."""
        self.dismiss(self._note.text)
