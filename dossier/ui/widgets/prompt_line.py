"""A line of several parts, such as `who ▸ issues ▸ stance`: letters become the entries that they mean."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from dossier.desk.annotate.completion import Proposal
from dossier.ui.drawing.row_layout import EvenRows
from dossier.ui.drawing.styles import look
from dossier.ui.drawing.text import NO_STYLE, Piece, cells, line, strip
from dossier.ui.widgets.line_input import LineEdit, LineState, insert
from dossier.ui.widgets.row_list import Drawn, ListBox, Rows
from dossier.ui.work.prompt_fields import NEW, PromptField, choose, last_word, nothing_meant, with_last

APART = " ▸ "
"""What stands between two parts."""

Propose = Callable[[str, Sequence[str]], list[Proposal]]
"""From letters and kinds to the entries that they may mean, the likeliest first."""


class Meant(Rows):
    """The completions of the letters at the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str]] = []
        """Of each, what stands in the line for it, and what else is said of it."""
        self._title = ""

    def heading(self) -> str:
        """The question."""
        return self._title

    def show(self, title: str, rows: list[tuple[str, str]]) -> None:
        """Show other rows, the cursor on the first."""
        self._title, self.rows = title, rows
        self.view.cursor, self.view.frame.top = 0, 0
        self.view.replace_rows(EvenRows(len(rows)))

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """The title of a completion; its id at the right."""
        meant, says = self.rows[row]
        return [(says or meant, NO_STYLE)], [(meant, self.look("row--faint"))] if says else []


class PromptLine(LineEdit):
    """The line. The cursor is in one of its parts; `meant` shows what the letters there may mean."""

    def __init__(
        self, parts: Sequence[PromptField], propose: Propose, known: Callable[[str, PromptField], bool]
    ) -> None:
        """`known` tells whether an id is one of an entry that a part may name."""
        super().__init__(scopes=("prompting",), id="prompt")
        self.parts = tuple(parts)
        """Its parts."""
        self.at = 0
        """The part with the cursor."""
        self.meant = Meant()
        """The completions of the letters at the cursor."""
        self.box = ListBox(self.meant, id="meant")
        """The list that shows them."""
        self.box.can_focus = False
        self.untouched = set(range(len(self.parts)))
        """The parts in which nothing was typed yet."""
        self._propose = propose
        self._known = known
        self._lines = [LineState(part.text, len(part.text), whole=bool(part.text)) for part in self.parts]
        self.typed = self._lines[0]

    @property
    def part(self) -> PromptField:
        """The part with the cursor."""
        return self.parts[self.at]

    @property
    def texts(self) -> list[str]:
        """The content of each part."""
        self._lines[self.at] = self.typed
        return [one.text for one in self._lines]

    def put(self, at: int, text: str) -> None:
        """Put another text into a part, unless something was typed there."""
        if at in self.untouched and text:
            self._lines[at] = LineState(text, len(text), whole=True)
            if at == self.at:
                self.typed = self._lines[at]
            self.offer()

    def offer(self) -> None:
        """Show what the letters may mean."""
        part = self.part
        letters = "" if self.typed.whole else last_word(part, self.text)
        if part.kinds and not letters.startswith(NEW):
            rows = [(one.id, _says(one)) for one in self._propose(letters, part.kinds)]
        else:
            rows = [(one, "") for one in choose(part, letters)]
        hint = f"{NEW}name makes a new one" if part.makes else "any text" if part.free else "as below, or empty"
        self.meant.show(f"{part.label} ─ {hint}", rows)
        self.meant.empty = nothing_meant(part, letters)
        self.refresh()

    def settle(self) -> str:
        """Put what the letters mean in their place; why that cannot be done, empty when it can."""
        part, text = self.part, self.text
        letters = last_word(part, text)
        if part.free or not letters or self.typed.whole:
            return ""
        if letters.startswith(NEW) and part.makes:
            return ""
        cursor = self.meant.view.cursor
        rows = self.meant.rows
        if part.kinds and not cursor and self._known(letters, part):
            meant = letters
        elif rows:
            meant = rows[cursor][0]
        elif part.choices and part.name == "rel":
            meant = letters
        else:
            return _unknown(part, letters)
        changed = with_last(part, text, meant)
        self.typed = LineState(changed, len(changed))
        return ""

    def turn(self, by: int) -> str:
        """Go to another part; why that cannot be done, empty when it can."""
        why = self.settle()
        if why:
            return why
        self._lines[self.at] = self.typed
        self.at = (self.at + by) % len(self.parts)
        self.typed = self._lines[self.at]
        self.offer()
        return ""

    def step(self, by: int) -> None:
        """Move the cursor in what the letters may mean; a text that was offered gives way."""
        if self.meant.rows:
            if self.typed.whole:
                self._change(LineState())
            self.meant.view.move_to(self.meant.view.cursor + by, tell=False)

    def _change(self, typed: LineState) -> None:
        comma = (
            typed.text.endswith(",") and len(typed.text) > len(self.text) and self.part.many and not self.typed.whole
        )
        if comma:
            if self.settle() == "" and self.text:
                typed = insert(LineState(self.text, len(self.text)), ", ")
            else:
                return
        if self.typed.whole and typed.text == ",":  # on from what was offered
            typed = insert(LineState(self.text, len(self.text)), ", ")
        self.untouched.discard(self.at)
        super()._change(typed)
        self.offer()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor at the end of the part under the pointer."""
        event.stop()
        column = event.x
        for at, (part, text) in enumerate(zip(self.parts, self.texts, strict=True)):
            column -= cells(text or part.label) + cells(APART)
            if column < 0 or at == len(self.parts) - 1:
                self.turn(at - self.at)
                return

    def render_line(self, y: int) -> Strip:
        """The parts; the cursor in one of them."""
        texts, faint = self.texts, look(self, "row--faint")
        room = self.size.width
        pieces: list[Piece] = []
        column = 0
        for at, (part, text) in enumerate(zip(self.parts, texts, strict=True)):
            if at:
                pieces.append((APART, look(self, "row--key")))
            if at != self.at:
                pieces.append((text or part.label, NO_STYLE if text else faint))
                continue
            column = sum(cells(one) for one, _ in pieces)
            before, under, after = text[: self.typed.at], text[self.typed.at :][:1], text[self.typed.at + 1 :]
            chosen = look(self, "words--selected") if self.typed.whole else NO_STYLE
            pieces += [(before, chosen), (under or " ", look(self, "row--hint")), (after, NO_STYLE)]
            column += cells(before)
        while column >= room and pieces:  # what stands before the cursor gives way
            text, style = pieces[0]
            over, size = column - room + 1, cells(text)
            kept = text[bisect_left(range(len(text)), over, key=lambda gone: size - cells(text[gone:])) :]
            column -= size - cells(kept)
            pieces = [(kept, style), *pieces[1:]] if kept else pieces[1:]
        self.app.cursor_position = self.content_region.offset + Offset(max(column, 0), y)
        return strip(line(pieces, room, self.rich_style), room)


def _says(proposal: Proposal) -> str:
    other = f" · {proposal.matched}" if proposal.matched not in (proposal.name, proposal.id) else ""
    return f"{proposal.name}{other}"


def _unknown(part: PromptField, letters: str) -> str:
    if part.makes:
        return f"“{letters}” is no entry of this dossier: {NEW}{letters} makes one."
    one_of = f"; it may be {', '.join(part.choices)}" if part.choices else ""
    return f"“{letters}” is nothing that can stand here{one_of}."
