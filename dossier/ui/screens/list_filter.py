"""Typing words to narrow the list that has the focus, or to go to a row or column of the matrix."""

from collections.abc import Callable

from textual.widget import Widget

from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import LineTyped
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit


class ListFilterScreen(Dialog):
    """A line below the panes. It is left with the words, which may be none, or with None."""

    def __init__(self, keymap: Keymap, words: str, title: str, narrow: Callable[[str], str]) -> None:
        """`narrow` is called with the words as they are typed, and gives what came of them, in a few words."""
        super().__init__(keymap)
        self._narrow = narrow
        self._title = title
        self._line = LineEdit(f"{title}: ", "words of the name, or of who spoke", scopes=(), id="words")
        self._line.fill(words)

    def fields(self) -> list[Widget]:
        """The line."""
        return [self._line]

    def on_line_typed(self, message: LineTyped) -> None:
        """Narrow by what is typed, as it is typed."""
        message.stop()
        self.say(self._narrow(message.text.strip()))

    def action_dialog_accept(self) -> None:
        """Keep the words."""
        self.dismiss(self._line.text.strip())
