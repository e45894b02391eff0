"""The reader: an article with its evidence underlined, its names dim, and what is current framed."""

import re
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.events import TextSelected
from textual.geometry import Offset
from textual.selection import Selection

from dossier.desk.state import BrowseState, View
from dossier.model.problems import DossierError
from dossier.model.views import Span
from dossier.ui.drawing.text import cells
from dossier.ui.messages import EntryOpened, EvidenceSelected, PaneLeft
from dossier.ui.widgets.article_view import DrawnArticle
from dossier.ui.widgets.hints import Link
from dossier.ui.widgets.page import PageLine

_WORD = re.compile(r"\w+(?:['’\-.]\w+)*")

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan


class Article(DrawnArticle):
    """The article one reads."""

    pane = "article"
    number = "4"
    SCOPES: ClassVar[tuple[str, ...]] = ("reader",)
    ALLOW_SELECT = True

    def __init__(self) -> None:
        super().__init__(id=self.pane)

    def heading(self) -> str:
        """The headline."""
        title = self._page.view.entry.title if self._page else ""
        return f"Article ─ {title}" if title else "Article"

    def tally(self) -> str:
        """The paragraph at the top, of how many."""
        if self._page is None or not self._page.lines:
            return ""
        span = self.framed()
        lines = self._page.lines
        at = lines[min(self.top, len(lines) - 1)]
        if span is not None:
            shown = lines[self._page.line_at(span.start)]
            first, last = self.top, self.top + self.page
            at = shown if first <= self._page.line_at(span.start) < last else at
        return f"¶{at.paragraph}/{len(self._page.view.paragraphs)}"

    def reload(self) -> None:
        """Reads the article of the state; words that are selected stay so as far as they stand where they stood."""
        old = self._view
        self._page, self._view, self._refused = None, None, ""
        article = self.state.view.article
        if self.reading is not None and article:
            try:
                self._view = self.reading.article(article)
            except DossierError as error:
                self._refused = str(error)
        if self.chosen is not None and (self._view is None or old is None or self._view.text != old.text):
            self.chosen = None
        self._asked = ("", "", "")
        self.prepare()
        self.top = self._top
        self.refresh()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Shows another article, other words framed, other words found."""
        old, new = before.view, after.view
        if old.article != new.article:
            self.chosen = None
            self.reload()
            self.top = 0
        elif (old.query, old.mode) != (new.query, new.mode):
            self.refresh()
        if _place(old) != _place(new):
            self._show_place()
            self.refresh()
        elif old.entry != new.entry:
            self.refresh()

    def links_in_sight(self) -> list[Link]:
        """The evidence and the names that begin in sight."""
        page = self._page
        found: dict[tuple[int, int], Link] = {}
        for y in range(self.page if page is not None else 0):
            number = self.top + y
            if page is None or number >= len(page.lines) or page.lines[number].start < 0:
                continue
            here = page.lines[number]
            for span in (*page.mentions_on(here), *page.evidence_on(here)):
                if here.start <= span.start < here.end:
                    column = self._margins()[0] + cells(page.text[here.start : span.start])
                    found[column, y + 1] = Link(column, y + 1, partial(self._follow, span))  # before the word
        return [found[place] for place in sorted(found, key=lambda place: (place[1], place[0]))]

    def _follow(self, span: Span) -> None:
        """Goes to what a name is of, or to what rests on the words."""
        if span.what == "mention":
            self.post_message(EntryOpened(span.entry))
        else:
            self._select(span, opened=True)

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click frames the evidence under the pointer; a second one takes the word, a third one the paragraph."""
        if self._page is None or number >= len(self._page.lines) or x < self._margins()[0]:
            return
        here = self._page.lines[number]
        offset = self._page.offset_in(number, self._column(here, x - self._margins()[0]))
        if chain > 1:
            self._take(offset, chain)
            return
        under = [span for span in self._page.evidence_on(here) if span.start <= offset < span.end]
        if under:
            self._select(min(under, key=lambda span: span.end - span.start), opened=False)

    def _column(self, here: PageLine, x: int) -> int:
        """The character of a line at a cell."""
        assert self._page is not None
        used = 0
        for column, character in enumerate(self._page.text[max(here.start, 0) : here.end]):
            used += cells(character)
            if used > x:
                return column
        return max(here.end - here.start, 0)

    def _take(self, offset: int, chain: int) -> None:
        """Select the word around an offset, or with a third click its paragraph."""
        page = self._page
        assert page is not None
        place = next((one for one in page.view.paragraphs if one.start <= offset < one.end), None)
        if place is None:
            return
        start, end = (place.start, place.end) if chain > 2 else word_at(page.text, offset)
        first, last = page.line_at(start), page.line_at(max(end - 1, start))
        span = Offset(start - page.lines[first].start, first), Offset(end - page.lines[last].start, last)
        self.screen.selections = {self: Selection(*span)}
        self.screen.post_message(TextSelected())

    def _select(self, span: Span, *, opened: bool) -> None:
        if self.reading is None:
            return
        found = self.reading.desk.evidence_of(span.owner, span.file)
        evidence = next((one for one in found if one.ordinal == span.ordinal), None)
        self.post_message(EvidenceSelected(evidence, span.entry, opened=opened))

    def _step(self, by: int) -> None:
        """Frames the next evidence in the order of the text, from what is framed or from the top of the page."""
        if self._page is None or not self._page.view.evidence:
            return
        spans = self._page.view.evidence
        framed = self.framed()
        if framed is not None:
            at = spans.index(framed) + by
        else:
            top = max(self._page.lines[min(self.top, len(self._page.lines) - 1)].start, 0)
            behind = next((n for n, span in enumerate(spans) if span.start >= top), len(spans))
            at = behind if by > 0 else behind - 1
        if 0 <= at < len(spans):
            self._select(spans[at], opened=False)

    def action_evidence_next(self) -> None:
        """Move to the next evidence."""
        self._step(1)

    def action_evidence_previous(self) -> None:
        """Move to the evidence before."""
        self._step(-1)

    def action_evidence_open(self) -> None:
        """Opens the entry that rests on the framed words."""
        span = self.framed()
        if span is None:
            self._step(1)
        else:
            self._select(span, opened=True)

    def action_marks_hide(self) -> None:
        """Show the article without its marks, or with them again; words that need a look stay marked."""
        self.plain = not self.plain
        self.refresh()

    def action_reader_leave(self) -> None:
        """Back to the list."""
        self.post_message(PaneLeft())

    def action_reader_follow(self) -> None:
        """Go on to the links."""
        self.post_message(PaneLeft("links"))

    @property
    def text(self) -> str:
        """The article as on disk; empty when none is open."""
        return self._view.text if self._view is not None else ""

    @property
    def point(self) -> int:
        """The place where the reader is: at the framed words while they are in sight, else at the top of the page."""
        page, framed = self._page, self.framed()
        if page is None or not page.lines:
            return 0
        if framed is not None and self.top <= page.line_at(framed.start) < self.top + self.page:
            return framed.start
        below = page.lines[min(self.top, len(page.lines) - 1) :]
        return next((one.start for one in below if one.start >= 0), 0)

    def selected_span(self) -> "TextSpan | None":
        """The words that are selected, by keys or with the mouse; words that the mouse cut are taken whole."""
        selection = self.text_selection
        if selection is None or self._page is None or not self._page.lines:
            return self.chosen
        from dossier.ui.work.stretches import whole_words  # noqa: PLC0415 - not needed to start

        first = selection.start or Offset(0, 0)
        last = selection.end or Offset(1_000_000, len(self._page.lines) - 1)
        return whole_words(self.text, self._page.offset_in(first.y, first.x), self._page.offset_in(last.y, last.x))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words as they stand in the article, line breaks of the screen not among them."""
        if self._page is None or not self._page.lines:
            return None
        first = selection.start or Offset(0, 0)
        last = selection.end or Offset(1_000_000, len(self._page.lines) - 1)
        start, end = self._page.offset_in(first.y, first.x), self._page.offset_in(last.y, last.x)
        chosen = self._page.text[start:end].strip("\r\n")
        return (chosen, "\n") if chosen else None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - drawn from `text_selection`
        """Called by Textual while words are being selected."""
        self.refresh()


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The word around an offset, its apostrophes and hyphens with it; else the one character."""
    line = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    for found in _WORD.finditer(text, line, len(text) if end < 0 else end):
        if found.start() <= offset < found.end():
            return found.span()
    return offset, offset + 1


def _place(view: View) -> tuple[object, ...]:
    return view.article, view.owner, view.ordinal, view.hit, view.paragraph
