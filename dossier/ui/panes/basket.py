"""The basket: the marked entries under the reader's own headings, in the order made by hand, each with its note."""

from collections.abc import Mapping
from typing import ClassVar

from dossier.desk.state import TITLE, BrowseState, is_heading
from dossier.model.anchors import GLYPHS, weakest
from dossier.model.bounded import BoundedDict
from dossier.model.clean import clean_line
from dossier.model.verbatim import in_marks
from dossier.model.views import LinkRow
from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.drawing.text import NO_STYLE, Piece, cut
from dossier.ui.drawing.wrap import wrap
from dossier.ui.messages import EntryOpened, StatementSelected
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.pane import DeferredListPane, Pane, PaneRows
from dossier.ui.widgets.row_list import Drawn
from dossier.ui.work.reading import Reading, best

_LINES = 3
"""Lines that the words of a quote take at most; the article shows them all."""


class BasketRows(PaneRows):
    """The marked entries under their headings."""

    empty = "Space marks what is selected."

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.notes: Mapping[str, str] = {}
        """The reader's notes, by id."""
        self._words: BoundedDict[str, list[str]] = BoundedDict()
        self._width = 0

    def heading(self) -> str:
        """The name of the pane, and the title of the basket where it has one."""
        name = self.reading.desk.label("basket") if self.reading else "Basket"
        return " ─ ".join(filter(None, (name, self.notes.get(TITLE, ""))))

    def tally(self) -> str:
        """The number of marked entries."""
        return str(sum(not is_heading(mark) for mark in self.state.marks))

    def read(self) -> None:
        """List the marks."""
        self._width = self.width
        self._words.clear()
        self.view.replace_rows(UnevenRows([self._height(mark) for mark in self.state.marks]))

    def prepare(self) -> None:
        """Break the words into lines anew at another width."""
        if self._width != self.width:
            self.read()

    def _height(self, mark: str) -> int:
        if is_heading(mark):
            return 1 + (mark != self.state.marks[0])
        return 1 + len(self._lines_of_words(mark)) + bool(self.notes.get(mark))

    def _lines_of_words(self, mark: str) -> list[str]:
        """Return the first words of a quote, in as many lines as tell it from others; nothing for other entries."""
        if mark not in self._words:
            self._words[mark] = _broken(_text_of(self.reading, mark), max(self.width - 7, 10))
        return self._words[mark]

    def key_at(self, row: int) -> str:
        """The id of the entry on a row."""
        return self.state.marks[row] if 0 <= row < len(self.state.marks) else ""

    def row_of(self, key: str) -> int | None:
        """The row of an entry."""
        return self.state.marks.index(key) if key in self.state.marks else None

    def entry_on(self, row: int) -> str:
        """Id of the entry on a row, for a link of the one it runs from; empty on a heading."""
        key = self.key_at(row)
        link = self.reading.link(key) if self.reading else None
        return "" if is_heading(key) else link.here if link else key

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - cut by the caller
        """Draw the entry; for a quote who said it, its words under that; last the note."""
        key = self.key_at(row)
        if is_heading(key):
            spaced = row > 0
            text = self.notes.get(key, "") or "Untitled"
            return ([(f"# {text}", self.look("row--heading"))] if part == spaced else []), []
        words = self._lines_of_words(key)
        if 0 < part <= len(words):
            return [("  ", NO_STYLE), (words[part - 1], NO_STYLE)], []
        if part:
            return [("  ", NO_STYLE), (self.notes.get(key, ""), self.look("row--faint"))], []
        entry, link = (self.reading.row(key), self.reading.link(key)) if self.reading else (None, None)
        if link is not None:
            return _link_drawn(self.pane, link)
        if entry is None:
            return [(key, self.look("row--faint"))], []
        state = [(GLYPHS[entry.status], self.look(status_look(entry.status)))] if entry.status else []
        if entry.kind == "quote":
            who = entry.detail or "no speaker"
            place = [(f" ¶{entry.paragraph}", self.look("row--faint"))] if entry.paragraph else []
            return [(who, self.look("row--strong"))], [*state, *place]
        who = f"  {entry.detail}" if entry.detail else ""
        return [(entry.title, NO_STYLE), (who, self.look("row--faint"))], state

    def open_row(self, row: int) -> None:
        """Go to the evidence of the entry on a row; a heading leads nowhere."""
        key = self.key_at(row)
        link = self.reading.link(key) if self.reading else None
        if link is not None:
            self.pane.post_message(StatementSelected(link.here, best(link.evidence), opened=True))
        elif not is_heading(key):
            self.pane.post_message(EntryOpened(key))

    def action_row_out(self) -> None:
        """Do nothing: there is no outer level."""


class Basket(DeferredListPane):
    """The marked entries."""

    pane = "basket"
    SCOPES: ClassVar[tuple[str, ...]] = ("basket", "list")
    rows: BasketRows
    rows_class = BasketRows

    def annotate(self, notes: Mapping[str, str]) -> None:
        """Show other notes."""
        if notes != self.rows.notes:
            self.rows.notes = notes
            self.reload()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keep the cursor on its entry, wherever it was moved to."""
        if before.marks == after.marks:
            return
        entry = before.marks[self.list.cursor] if self.list.cursor < len(before.marks) else ""
        self.reload()
        row = self.rows.row_of(entry)
        if row is not None:
            self.list.move_to(row, tell=False)


def _broken(words: str, width: int) -> list[str]:
    lines = wrap(words, 0, len(words), width)
    shown = [words[start:end] for start, end in lines[:_LINES]]
    if len(lines) > _LINES:
        shown[-1] = cut(words[lines[_LINES - 1][0] :], width)
    return shown


def _text_of(reading: Reading | None, mark: str) -> str:
    """The words of a quote, or what a link says and the words it rests on; empty for other entries."""
    link = reading.link(mark) if reading else None
    if link is not None:
        evidence = weakest(link.evidence)
        words = (evidence.text or evidence.wanted.text) if evidence else link.note
        return clean_line(": ".join(filter(None, (f"{link.relation} {link.other_title}", words))))
    row = reading.row(mark) if reading else None
    return in_marks(row.title, row.attribution) if row and row.kind == "quote" else ""


def _link_drawn(pane: Pane, link: LinkRow) -> Drawn:
    """The side a link runs from, and the state of its evidence."""
    source = pane.reading.row(link.here) if pane.reading else None
    who: list[Piece] = [(source.title if source else link.here, pane.look("row--strong"))]
    evidence = weakest(link.evidence)
    state: list[Piece] = [(GLYPHS[evidence.status], pane.look(status_look(evidence.status)))] if evidence else []
    if evidence is not None and evidence.paragraph:
        state.append((f" ¶{evidence.paragraph}", pane.look("row--faint")))
    return who, state
