"""The reader: an article with its evidence underlined, its names dim, and what is current framed."""

import re
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.events import TextSelected
from textual.geometry import Offset
from textual.selection import Selection

from dossier.desk.state import BrowseState, View
from dossier.model.views import Span
from dossier.ui.drawing.text import cells
from dossier.ui.messages import EntryOpened, EvidenceSelected, PaneLeft
from dossier.ui.widgets.article_view import ArticleContent
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.page import PageLine
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.scroll_view import ScrollKeys

_WORD = re.compile(r"\w+(?:['’\-.]\w+)*")

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan


class EvidenceKeys:
    """The actions on the evidence of an article: going from one to the next, opening it, following names."""

    def __init__(self, pane: Pane, content: ArticleContent) -> None:
        self._pane, self._content = pane, content

    def links_in_sight(self) -> list[LinkTarget]:
        """The evidence and the names that begin in sight."""
        page = self._content.page
        found: dict[tuple[int, int], LinkTarget] = {}
        for y in range(self._pane.page if page is not None else 0):
            number = self._pane.top + y
            if page is None or number >= len(page.lines) or page.lines[number].start < 0:
                continue
            here = page.lines[number]
            for span in (*page.mentions_on(here), *page.evidence_on(here)):
                if here.start <= span.start < here.end:
                    column = self._content.margins()[0] + cells(page.text[here.start : span.start])
                    found[column, y + 1] = LinkTarget(column, y + 1, partial(self._follow, span))  # before the word
        return [found[place] for place in sorted(found, key=lambda place: (place[1], place[0]))]

    def _follow(self, span: Span) -> None:
        """Go to what a name is of, or to what rests on the words."""
        if span.what == "mention":
            self._pane.post_message(EntryOpened(span.entry))
        else:
            self.select(span, opened=True)

    def select(self, span: Span, *, opened: bool) -> None:
        """Frame evidence, or go to what rests on it."""
        if self._pane.reading is None:
            return
        found = self._pane.reading.desk.evidence_of(span.owner, span.file)
        evidence = next((one for one in found if one.ordinal == span.ordinal), None)
        self._pane.post_message(EvidenceSelected(evidence, span.entry, opened=opened))

    def _step(self, by: int) -> None:
        """Frame the next evidence in the order of the text, from what is framed or from the top of the page."""
        if self._content.page is None or not self._content.page.view.evidence:
            return
        spans = self._content.page.view.evidence
        framed = self._content.framed()
        if framed is not None:
            at = spans.index(framed) + by
        else:
            top = max(self._content.page.lines[min(self._pane.top, len(self._content.page.lines) - 1)].start, 0)
            behind = next((n for n, span in enumerate(spans) if span.start >= top), len(spans))
            at = behind if by > 0 else behind - 1
        if 0 <= at < len(spans):
            self.select(spans[at], opened=False)

    def action_evidence_next(self) -> None:
        """Move to the next evidence."""
        self._step(1)

    def action_evidence_previous(self) -> None:
        """Move to the evidence before."""
        self._step(-1)

    def action_evidence_open(self) -> None:
        """Open the entry that rests on the framed words."""
        span = self._content.framed()
        if span is None:
            self._step(1)
        else:
            self.select(span, opened=True)

    def action_marks_hide(self) -> None:
        """Show the article without its marks, or with them again; words that need a look stay marked."""
        self._content.plain = not self._content.plain
        self._pane.refresh()

    def action_reader_leave(self) -> None:
        """Back to the list."""
        self._pane.post_message(PaneLeft())

    def action_reader_follow(self) -> None:
        """Go on to the links."""
        self._pane.post_message(PaneLeft("links"))


class ReaderContent(ArticleContent):
    """An article in which words can be clicked."""

    pane: "Article"

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click frames the evidence under the pointer; a second one takes the word, a third one the paragraph."""
        if self.page is None or number >= len(self.page.lines) or x < self.margins()[0]:
            return
        here = self.page.lines[number]
        offset = self.page.offset_in(number, self._column(here, x - self.margins()[0]))
        if chain > 1:
            self._take(offset, chain)
            return
        under = [span for span in self.page.evidence_on(here) if span.start <= offset < span.end]
        if under:
            self.pane.evidence.select(min(under, key=lambda span: span.end - span.start), opened=False)

    def _column(self, here: PageLine, x: int) -> int:
        """The character of a line at a cell."""
        assert self.page is not None
        used = 0
        for column, character in enumerate(self.page.text[max(here.start, 0) : here.end]):
            used += cells(character)
            if used > x:
                return column
        return max(here.end - here.start, 0)

    def _take(self, offset: int, chain: int) -> None:
        """Select the word around an offset, or with a third click its paragraph."""
        page = self.page
        assert page is not None
        place = next((one for one in page.view.paragraphs if one.start <= offset < one.end), None)
        if place is None:
            return
        start, end = (place.start, place.end) if chain > 2 else word_at(page.text, offset)
        first, last = page.line_at(start), page.line_at(max(end - 1, start))
        span = Offset(start - page.lines[first].start, first), Offset(end - page.lines[last].start, last)
        self.pane.screen.selections = {self.pane: Selection(*span)}
        self.pane.screen.post_message(TextSelected())


class Article(Pane):
    """The article one reads."""

    pane = "article"
    SCOPES: ClassVar[tuple[str, ...]] = ("reader",)
    ALLOW_SELECT = True
    content: ReaderContent
    content_class = ReaderContent

    def __init__(self) -> None:
        super().__init__()
        self.evidence = EvidenceKeys(self, self.content)
        """The actions on evidence."""
        self.performers = (self.evidence, ScrollKeys(self))

    def reload(self) -> None:
        """Read the article of the state."""
        self.content.read(self.state.view.article)
        self.top = self.top  # there may be fewer lines
        self.refresh()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Show another article, other words framed, other words found."""
        old, new = before.view, after.view
        if old.article != new.article:
            self.content.chosen = None
            self.reload()
            self.top = 0
        elif (old.query, old.mode) != (new.query, new.mode):
            self.refresh()
        if _place(old) != _place(new):
            self.content.show_place()
            self.refresh()
        elif old.entry != new.entry:
            self.refresh()

    def links_in_sight(self) -> list[LinkTarget]:
        """The evidence and the names that begin in sight."""
        return self.evidence.links_in_sight()

    @property
    def text(self) -> str:
        """The article as on disk; empty when none is open."""
        return self.content.view.text if self.content.view is not None else ""

    @property
    def point(self) -> int:
        """The place where the reader is: at the framed words while they are in sight, else at the top of the page."""
        page, framed = self.content.page, self.content.framed()
        if page is None or not page.lines:
            return 0
        if framed is not None and self.top <= page.line_at(framed.start) < self.top + self.page:
            return framed.start
        below = page.lines[min(self.top, len(page.lines) - 1) :]
        return next((one.start for one in below if one.start >= 0), 0)

    def selected_span(self) -> "TextSpan | None":
        """The words that are selected, by keys or with the mouse; words that the mouse cut are taken whole."""
        selection = self.text_selection
        span = self._offsets(selection) if selection is not None else None
        if span is None:
            return self.content.chosen
        from dossier.ui.work.stretches import whole_words  # noqa: PLC0415 - not needed to start

        return whole_words(self.text, *span)

    def _offsets(self, selection: Selection) -> tuple[int, int] | None:
        """The offsets of words selected with the mouse."""
        page = self.content.page
        if page is None or not page.lines:
            return None
        first = selection.start or Offset(0, 0)
        last = selection.end or Offset(1_000_000, len(page.lines) - 1)
        return page.offset_in(first.y, first.x), page.offset_in(last.y, last.x)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words as they stand in the article, line breaks of the screen not among them."""
        page, span = self.content.page, self._offsets(selection)
        chosen = page.text[slice(*span)].strip("\r\n") if page is not None and span is not None else ""
        return (chosen, "\n") if chosen else None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - drawn from `text_selection`
        """Called by Textual while words are being selected."""
        self.refresh()

    def choose(self, span: "TextSpan | None") -> None:
        """Select other words, or none, and bring the edge that was moved into sight."""
        before, self.content.chosen = self.content.chosen, span
        page = self.content.page
        if page is None:
            return
        for one in (before, span):
            if one is not None:
                self.refresh_lines(*page.lines_of(one.start, one.end))
        if span is not None:
            first, last = page.lines_of(span.start, span.end)
            moved = last if before is not None and before.start == span.start else first
            if last - first + 1 > self.page:
                first = last = moved
            self.reveal(first, last, margin=1)

    def keep_above(self, span: "TextSpan", lines: int) -> None:
        """Scroll so that words are in sight while the last lines of the screen are covered."""
        page = self.content.page
        if page is not None:
            first, last = page.lines_of(span.start, span.end)
            if last >= self.top + self.page - lines:
                self.top = max(first - 1, 0)


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
