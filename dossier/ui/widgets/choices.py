"""Lists to choose from in dialogs: check boxes and rounds in one list, and a text to look at."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual.message import Message

from dossier.model.clean import clean
from dossier.ui.drawing.row_layout import EvenRows
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, line
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.framed import Content
from dossier.ui.widgets.row_list import Drawn, ListBox, Rows


class Choice(Struct, frozen=True):
    """A row of a list of choices."""

    key: str
    """The value it stands for; empty for a heading."""
    label: str
    """The text of the row."""
    group: str = ""
    """For a round one: of the rows of one group, one is ticked. Empty for a check box."""
    ticked: bool = False
    """Whether it is chosen."""
    note: str = ""
    """The text at its right end."""


class ChoiceMade(Message):
    """A tick was set or taken away."""


class Answers(Rows):
    """Rows of which one is chosen by Enter: without boxes."""

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self.choices = list(choices)
        """All rows."""
        self.stack = EvenRows(len(self.choices))

    def put(self, choices: Sequence[Choice]) -> None:
        """Put other rows in their place."""
        self.choices = list(choices)
        self.view.replace_rows(EvenRows(len(self.choices)))

    def heading(self) -> str:
        """The title of the list."""
        return self._title

    def rests(self, row: int) -> bool:
        """Return whether a row is no heading."""
        return 0 <= row < len(self.choices) and bool(self.choices[row].key)

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """The label and the note of a row."""
        strong = self.look("row--strong" if row == self.view.cursor else "row--faint")
        return [(self.choices[row].label, strong)], self.note(row)

    def note(self, row: int) -> list[Piece]:
        """The text at the right end of a row."""
        note = self.choices[row].note
        return [(note, self.look("row--faint"))] if note else []


class Choices(Answers):
    """Check boxes, and rounds of which one in each group is ticked."""

    def chosen(self, group: str = "") -> list[str]:
        """Keys of what is ticked: the check boxes, or the one of a group."""
        return [choice.key for choice in self.choices if choice.ticked and choice.key and choice.group == group]

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """The box or round with its label."""
        choice = self.choices[row]
        if not choice.key:
            return [(choice.label, self.look("row--heading"))], []
        box = ("(•)" if choice.ticked else "( )") if choice.group else ("[x]" if choice.ticked else "[ ]")
        left = [(f"{box} ", self.look("row--key") if choice.ticked else NO_STYLE), (choice.label, NO_STYLE)]
        return left, self.note(row)

    def clicked(self, row: int, chain: int) -> None:  # noqa: ARG002 - it is the row under the cursor now
        """Tick the row that was clicked."""
        if chain == 1:
            self.action_choice_toggle()

    def action_choice_toggle(self) -> None:
        """Tick the row under the cursor, or take its tick away; a round stays ticked."""
        if not self.rests(self.view.cursor):
            return
        here = self.choices[self.view.cursor]
        for row, choice in enumerate(self.choices):
            if row == self.view.cursor:
                self.choices[row] = replace(choice, ticked=bool(here.group) or not here.ticked)
            elif here.group and choice.group == here.group:
                self.choices[row] = replace(choice, ticked=False)
        self.view.frame.refresh()
        self.view.frame.post_message(ChoiceMade())

    def tick(self, key: str) -> None:
        """Tick a round one, and take the tick from the others of its group; no message is posted."""
        group = next(choice.group for choice in self.choices if choice.key == key)
        self.choices = [
            replace(choice, ticked=choice.key == key) if choice.group == group else choice for choice in self.choices
        ]
        self.view.frame.refresh()


class ChoiceBox(ListBox):
    """A frame around choices."""

    def __init__(self, rows: Answers, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(rows, id=id)
        self.ticked = isinstance(rows, Choices)
        """Whether rows are ticked, and not just chosen."""

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row under the cursor in sight when the list gets fewer lines."""
        super().on_resize(event)
        if self.size.height and self.list.rows.stack.rows:
            self.list.show_row(self.list.cursor)


class Reader(Content):
    """A text to look at, its lines broken at the width."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._text = ""
        self._spans: list[tuple[int, int]] = []
        self._note = ""
        self._width = 0

    def heading(self) -> str:
        """The title."""
        return self._title

    def tally(self) -> str:
        """The note at the right end of the title."""
        return self._note

    def show(self, text: str, note: str = "") -> None:
        """Show another text, from its beginning."""
        self._text, self._note = clean(text), note
        self._lay_out()
        self.frame.top = 0
        self.frame.refresh()

    def _lay_out(self) -> None:
        self._width = self.frame.size.width
        self._spans = []
        at = 0
        for part in self._text.split("\n"):
            self._spans += wrap(self._text, at, at + len(part), max(self._width - 4, 8))
            at += len(part) + 1

    def prepare(self) -> None:
        """Break the lines anew at another width."""
        if self._width != self.frame.size.width:
            self._lay_out()

    def line_count(self) -> int:
        """The number of lines it takes."""
        return len(self._spans)

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line of it."""
        if number >= len(self._spans):
            return blank(width, self.frame.base)
        start, end = self._spans[number]
        text = self._text[start:end]
        style = self.look("row--heading") if text.startswith("#") else NO_STYLE
        return line([(f" {text}", style)], width, self.frame.base)
