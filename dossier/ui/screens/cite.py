"""Choosing the form in which words are copied with their source, with a look at it."""

from collections.abc import Callable

from textual.widget import Widget

from dossier.desk.brief.citations import NAMES
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import CursorMoved
from dossier.ui.widgets.scroll_view import ScrollView


class CiteScreen(Dialog):
    """The forms. It is left with the words in the chosen form, or with None."""

    accepts = "copy"

    def __init__(self, keymap: Keymap, cited: Callable[[str], str], now: str) -> None:
        """`cited` gives the words in a form; `now` is the form of the ordinary key."""
        super().__init__(keymap)
        self._cited = cited
        self._forms = list(NAMES)
        notes = {now: "the form of the ordinary key"}
        choices = [Choice(form, name, note=notes.get(form, "")) for form, name in NAMES.items()]
        self._list = Answers("Copy cited as", choices)
        self._preview = Reader("What is copied")

    def fields(self) -> list[Widget]:
        """The forms, and the words in the one under the cursor."""
        return [ChoiceBox(self._list, id="answers"), ScrollView(self._preview, id="told", scopes=("reader",))]

    def on_mount(self) -> None:
        """Show the first form."""
        super().on_mount()
        self._preview.show(self._cited(self._forms[0]))
        self.say("citation = in config.toml sets the form of the ordinary key")

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Show the form under the cursor."""
        message.stop()
        self._preview.show(self._cited(self._forms[self._list.view.cursor]))

    def action_dialog_accept(self) -> None:
        """Take the form under the cursor."""
        self.dismiss(self._cited(self._forms[self._list.view.cursor]))
