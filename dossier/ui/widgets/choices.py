"""Lists to choose from in dialogs: check boxes and rounds in one list, and a text to look at."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.message import Message

from dossier.model.clean import clean
from dossier.ui.drawing.row_layout import Even
from dossier.ui.drawing.text import NOTHING, Cells, Piece, blank, line
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.list_view import Drawn, Lines
from dossier.ui.widgets.scroll_view import Scrolled


class Choice(Struct, frozen=True):
    """A row of a list of choices."""

    key: str
    """What it stands for; empty for a heading."""
    label: str
    """The text of the row."""
    group: str = ""
    """For a round one: of the rows of one group, one is ticked. Empty for a check box."""
    ticked: bool = False
    """Whether it is chosen."""
    note: str = ""
    """What stands at its right end."""


class ChoiceMade(Message):
    """A tick was set or taken away."""


class Choices(Lines):
    """Check boxes, and rounds of which one in each group is ticked."""

    SCOPES: ClassVar[tuple[str, ...]] = ("list",)

    ticked = True
    """Whether rows are ticked, and not just chosen."""

    def __init__(self, title: str, choices: Sequence[Choice], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title = title
        self.choices = list(choices)
        """All rows."""
        self.replace_rows(Even(len(self.choices)))

    def put(self, choices: Sequence[Choice]) -> None:
        """Puts other rows in their place."""
        self.choices = list(choices)
        self.replace_rows(Even(len(self.choices)))

    def heading(self) -> str:
        """The choices."""
        return self._title

    def chosen(self, group: str = "") -> list[str]:
        """Keys of what is ticked: the check boxes, or the one of a group."""
        return [choice.key for choice in self.choices if choice.ticked and choice.key and choice.group == group]

    def rests(self, row: int) -> bool:
        """Headings are passed over."""
        return 0 <= row < len(self.choices) and bool(self.choices[row].key)

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """The box or round, and what it says."""
        choice = self.choices[row]
        if not choice.key:
            return [(choice.label, self.look("row--heading"))], []
        box = ("(•)" if choice.ticked else "( )") if choice.group else ("[x]" if choice.ticked else "[ ]")
        left = [(f"{box} ", self.look("row--key") if choice.ticked else NOTHING), (choice.label, NOTHING)]
        return left, self.note(row)

    def note(self, row: int) -> list[Piece]:
        """The text at the right end of a row."""
        note = self.choices[row].note
        return [(note, self.look("row--faint"))] if note else []

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click ticks."""
        super().clicked(number, x, 1)
        if number < self.stack.lines and chain == 1 and self.rests(number):
            self.action_choice_toggle()

    def action_choice_toggle(self) -> None:
        """Ticks the row under the cursor, or takes its tick away; a round stays ticked."""
        if not self.rests(self.cursor):
            return
        here = self.choices[self.cursor]
        for row, choice in enumerate(self.choices):
            if row == self.cursor:
                self.choices[row] = replace(choice, ticked=bool(here.group) or not here.ticked)
            elif here.group and choice.group == here.group:
                self.choices[row] = replace(choice, ticked=False)
        self.refresh()
        self.post_message(ChoiceMade())

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row under the cursor in sight when the list gets fewer lines."""
        super().on_resize(event)
        if self.size.height and self.choices:
            self._show(self.cursor)

    def tick(self, key: str) -> None:
        """Ticks a round one, and takes the tick from the others of its group; tells nobody."""
        group = next(choice.group for choice in self.choices if choice.key == key)
        self.choices = [
            replace(choice, ticked=choice.key == key) if choice.group == group else choice for choice in self.choices
        ]
        self.refresh()


class Answers(Choices):
    """Rows of which one is chosen by Enter: without boxes."""

    ticked = False

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """Draw the label and the note of a row."""
        return [(self.choices[row].label, self.look("row--strong" if row == self.cursor else "row--faint"))], self.note(
            row
        )


class Reader(Scrolled):
    """A text to look at, its lines broken at the width."""

    SCOPES: ClassVar[tuple[str, ...]] = ("reader",)

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._title = title
        self._text = ""
        self._spans: list[tuple[int, int]] = []
        self._note = ""
        self._width = 0

    def heading(self) -> str:
        """The title."""
        return self._title

    def tally(self) -> str:
        """The number of rows."""
        return self._note

    def show(self, text: str, note: str = "") -> None:
        """Shows another text, from its beginning."""
        self._text, self._note = clean(text), note
        self._lay_out()
        self.top = 0
        self.refresh()

    def _lay_out(self) -> None:
        self._width = self.size.width
        self._spans = []
        at = 0
        for part in self._text.split("\n"):
            self._spans += wrap(self._text, at, at + len(part), max(self.size.width - 4, 8))
            at += len(part) + 1

    def prepare(self) -> None:
        """Breaks the lines anew at another width."""
        if self._width != self.size.width:
            self._lay_out()

    def line_count(self) -> int:
        """The number of lines it takes."""
        return len(self._spans)

    def content_line(self, number: int, width: int) -> Cells:
        """One line of it."""
        if number >= len(self._spans):
            return blank(width, self.base)
        start, end = self._spans[number]
        text = self._text[start:end]
        return line([(f" {text}", self.look("row--heading") if text.startswith("#") else NOTHING)], width, self.base)
