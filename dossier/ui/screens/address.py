"""Opening an address: all of it is shown first, with the machine it leads to and the program it is given to."""

from textual.widget import Widget

from dossier.ui.drawing.text import NO_STYLE, Cells, blank, line
from dossier.ui.drawing.wrap import wrap
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.framed import Content
from dossier.ui.widgets.scroll_view import ScrollView
from dossier.ui.work.opener import host


class Address(Content):
    """The address, to its last letter."""

    def __init__(self, address: str, program: str) -> None:
        machine = host(address)
        self._parts = [
            ("row--strong", address),
            ("", ""),
            *([("row--faint", f"leads to {machine}")] if machine else []),
        ]
        self._parts.append(("row--faint", f"is given to {program}"))
        self._lines: list[tuple[str, str]] = []
        self._width = 0

    def heading(self) -> str:
        """The question."""
        return "Open this address?"

    def prepare(self) -> None:
        """Break the lines at another width."""
        if self._width != self.frame.size.width:
            self._width = self.frame.size.width
            self._lines = [
                (look, text[start:end])
                for look, text in self._parts
                for start, end in wrap(text, 0, len(text), max(self._width - 4, 8))
            ]

    def line_count(self) -> int:
        """The number of lines that all take together."""
        return len(self._lines)

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line of it."""
        if number >= len(self._lines):
            return blank(width, self.frame.base)
        look, text = self._lines[number]
        return line([(f" {text}", self.look(look) if look else NO_STYLE)], width, self.frame.base)


class AddressScreen(Dialog):
    """A question whether to open an address. It is left with `open` or with None."""

    def __init__(self, keymap: Keymap, address: str, program: str) -> None:
        super().__init__(keymap)
        self._address = ScrollView(Address(address, program), id="address")

    def fields(self) -> list[Widget]:
        """The address."""
        return [self._address]

    def action_dialog_accept(self) -> None:
        """Open it."""
        self.dismiss("open")
