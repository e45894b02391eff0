"""The reader: an article with its evidence underlined, its names dim, and what is current framed."""

from typing import ClassVar

from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection

from dossier.desk.state import BrowseState, View
from dossier.model.problems import DossierError
from dossier.model.views import ArticleView, Span
from dossier.ui.messages import EvidenceSelected, PaneLeft
from dossier.ui.page import Page, PageLine, painted
from dossier.ui.pane import Pane
from dossier.ui.text import NOTHING, Cells, blank, filled, line, words

_GLYPHS = {"quote": "“", "link": "→", "event": "◷"}
_MEASURE = 88
"""A line of more cells than this is hard to read; a wider pane has margins instead."""


class Article(Pane):
    """The article one reads."""

    pane = "article"
    number = "4"
    SCOPES: ClassVar[tuple[str, ...]] = ("reader",)
    ALLOW_SELECT = True

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self._page: Page | None = None
        self._view: ArticleView | None = None
        self._due = False
        self._refused = ""
        self._asked = ("", "")
        self._answer: tuple[tuple[int, int], ...] = ()

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

    def take_up(self) -> None:
        """Reads the article of the state."""
        self._page, self._view, self._refused = None, None, ""
        article = self.state.view.article
        if self.reading is not None and article:
            try:
                self._view = self.reading.article(article)
            except DossierError as error:
                self._refused = str(error)
        self._asked = ("", "")
        self.prepare()
        self.top = self._top
        self.refresh()

    def prepare(self) -> None:
        """Breaks the lines anew at another width, the same words staying at the top."""
        view, old = self._view, self._page
        if view is None or not self.size.width or (old is not None and old.width == self._text_width()):
            return
        self._page = Page(view, self._text_width())
        if old is not None and old.lines and self.top:
            self._top = self._page.line_at(max(old.lines[min(self.top, len(old.lines) - 1)].start, 0))
        if old is not None or self._due:
            self._due = False
            self._show_place()

    def _found(self) -> tuple[tuple[int, int], ...]:
        """Where the words searched for stand; looked up when they come into sight, not at every key typed."""
        view = self.state.view
        if self.reading is None or not view.query or self._page is None:
            return ()
        asked = (self._page.view.entry.id, view.query)
        if self._asked != asked:
            self._asked = asked
            self._answer = tuple(self.reading.desk.highlights(*asked))
        return self._answer

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Shows another article, other words framed, other words found."""
        old, new = before.view, after.view
        if old.article != new.article:
            self.take_up()
            self.top = 0
        elif old.query != new.query:
            self.refresh()
        if _place(old) != _place(new):
            self._show_place()
            self.refresh()
        elif old.entry != new.entry:
            self.refresh()

    def framed(self) -> Span | None:
        """The evidence that is framed."""
        view = self.state.view
        if self._page is None or not view.owner:
            return None
        return next((s for s in self._page.view.evidence if (s.owner, s.ordinal) == (view.owner, view.ordinal)), None)

    def _show_place(self) -> None:
        """Brings into sight what the state names, as soon as there is a page."""
        self._due = self._page is None
        if self.state.view.owner:
            self.show_framed()
        else:
            self.show_paragraph(self.state.view.paragraph)

    def show_framed(self) -> None:
        """Scrolls as little as brings the framed words into sight."""
        span = self.framed()
        if span is not None and self._page is not None:
            first, last = self._page.lines_of(span.start, span.end)
            self.reveal(first, last, margin=3)

    def show_stretch(self, start: int, end: int) -> None:
        """Scrolls as little as brings a stretch of the text into sight."""
        if self._page is not None:
            first, last = self._page.lines_of(start, end)
            self.reveal(first, last, margin=3)

    def show_paragraph(self, paragraph: int) -> None:
        """Brings the first words found in a paragraph into sight; its beginning when none are."""
        if self._page is None or not 0 < paragraph <= len(self._page.view.paragraphs):
            return
        place = self._page.view.paragraphs[paragraph - 1]
        found = next(
            (one for one in self._found() if place.start <= one[0] < place.end), (place.start, place.start + 1)
        )
        self.show_stretch(*found)

    def line_count(self) -> int:
        """How many lines the article takes at this width."""
        return len(self._page.lines) if self._page else 0

    def _margins(self) -> tuple[int, int]:
        """Cells to the left of the text (paragraph number, count, bar) and to its right."""
        spare = max(self.size.width - 2 - _MEASURE - 8, 0) // 2
        return (7 + spare if self.size.width >= 50 else 4), 1 + spare

    def _text_width(self) -> int:
        left, right = self._margins()
        return max(self.size.width - 2 - left - right, 8)

    def content_line(self, number: int, width: int) -> Cells:
        """One line of the article with its margin."""
        page = self._page
        if page is None:
            said = self._refused or "No article is open."
            return line([(f"  {said if number == 0 else ''}", self.look("row--faint"))], width, self.base)
        if number >= len(page.lines):
            return blank(width, self.base)
        here = page.lines[number]
        margin = self._margin(page, here)
        if here.start < 0:
            return filled(margin, width, self.base)
        pieces = [
            (start, end, self._style(names))
            for start, end, names in painted(self._paint(page, here, number), here.start, here.end)
        ]
        text = words(page.text[here.start : here.end], pieces, self.base, (0, number))
        return filled([*margin, *text], width, self.base)

    def _style(self, names: tuple[str, ...]) -> Style:
        style = NOTHING
        for name in names:
            style += self.look(name)
        return style

    def _paint(self, page: Page, here: PageLine, number: int) -> list[tuple[int, int, str]]:
        """What is drawn over a line, the later over the earlier."""
        framed = self.framed()
        paint = [(span.start, span.end, "words--mention") for span in page.mentions_on(here)]
        entry = self.state.view.entry
        paint += [(span.start, span.end, "words--named") for span in page.mentions_on(here) if span.entry == entry]
        for span in page.evidence_on(here):
            name = span.what if span.what in _GLYPHS else "quote"
            paint.append((span.start, span.end, f"words--{name}"))
        if framed is not None:
            paint.append((framed.start, framed.end, "words--framed"))
        paint += [(start, end, "words--found") for start, end in self._found()]
        chosen = self.text_selection.get_span(number) if self.text_selection else None
        if chosen is not None:
            end = here.end if chosen[1] < 0 else here.start + chosen[1]
            paint.append((here.start + chosen[0], end, "words--selected"))
        return paint

    def _margin(self, page: Page, here: PageLine) -> Cells:
        """Paragraph number, how many entries rest on the line, and a bar of the kind of what does."""
        left, _ = self._margins()
        spans = page.evidence_on(here) if here.start >= 0 else []
        framed = self.framed()
        current = framed is not None and any(span == framed for span in spans)
        number = f"¶{here.paragraph}" if here.first else ""
        count = len({span.entry if span.what != "link" else span.owner for span in spans})
        counted = "" if not count else "+" if count > 9 else str(count)
        bar, look = " ", "frame--line"
        if spans:
            span = framed if current and framed is not None else spans[0]
            begins = here.start <= span.start
            bar = "▌" if current else _GLYPHS.get(span.what, "│") if begins else "│"
            look = "frame--focus" if current else f"words--{span.what if span.what in _GLYPHS else 'quote'}"
        style = self.look(look) + Style(underline=False)
        if left < 7:
            return line([(f"{counted:>2}", self.look("row--faint")), (bar, style), (" ", NOTHING)], left, self.base)
        pad = f"{number:>{left - 4}} {counted:>1}"
        return line([(pad, self.look("row--faint")), (bar, style), (" ", NOTHING)], left, self.base)

    def clicked(self, number: int, x: int, chain: int) -> None:
        """A click frames the evidence under the pointer; a second one opens its entry."""
        if self._page is None or number >= len(self._page.lines):
            return
        here = self._page.lines[number]
        offset = self._page.offset_in(number, x - self._margins()[0])
        under = [span for span in self._page.evidence_on(here) if span.start <= offset < span.end]
        if under and x >= self._margins()[0]:
            smallest = min(under, key=lambda span: span.end - span.start)
            self._select(smallest, opened=False)
            if chain == 2:
                self.action_evidence_open()

    def _select(self, span: Span, *, opened: bool) -> None:
        if self.reading is None:
            return
        evidence = next((one for one in self.reading.desk.evidence_of(span.owner) if one.ordinal == span.ordinal), None)
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
        """To the next evidence."""
        self._step(1)

    def action_evidence_previous(self) -> None:
        """To the evidence before."""
        self._step(-1)

    def action_evidence_open(self) -> None:
        """Opens the entry that rests on the framed words."""
        span = self.framed()
        if span is None:
            self._step(1)
        else:
            self._select(span, opened=True)

    def action_reader_leave(self) -> None:
        """Back to the list."""
        self.post_message(PaneLeft())

    def action_reader_follow(self) -> None:
        """On to the links."""
        self.post_message(PaneLeft("links"))

    def action_cursor_down(self) -> None:
        """One line down."""
        self.top += 1

    def action_cursor_up(self) -> None:
        """One line up."""
        self.top -= 1

    def action_cursor_first(self) -> None:
        """To the beginning."""
        self.top = 0

    def action_cursor_last(self) -> None:
        """To the end."""
        self.top = self.line_count()

    def action_page_down(self) -> None:
        """Half a page down."""
        self.top += max(self.page // 2, 1)

    def action_page_up(self) -> None:
        """Half a page up."""
        self.top -= max(self.page // 2, 1)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words as they stand in the article, line breaks of the screen not among them."""
        if self._page is None or not self._page.lines:
            return None
        first = selection.start or Offset(0, 0)
        last = selection.end or Offset(1_000_000, len(self._page.lines) - 1)
        start, end = self._page.offset_in(first.y, first.x), self._page.offset_in(last.y, last.x)
        return (self._page.text[max(start, 0) : end], "\n") if end > start else None

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - drawn from `text_selection`
        """Called by Textual while words are being selected."""
        self.refresh()


def _place(view: View) -> tuple[object, ...]:
    return view.article, view.owner, view.ordinal, view.hit, view.paragraph
