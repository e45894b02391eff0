"""An article drawn for reading: its lines at the width there is, what is painted over them, the margin beside them."""

from typing import TYPE_CHECKING

from rich.style import Style

from dossier.model.problems import DossierError
from dossier.model.views import ArticleView, Span
from dossier.ui.drawing.text import NOTHING, Cells, blank, filled, line, words
from dossier.ui.widgets.page import Page, PageLine, painted
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.scroll_view import Scrolled

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan

GLYPHS = {"quote": "“", "link": "→", "event": "◷"}
"""What stands in the margin where a piece of evidence begins, by its kind."""

_MEASURE = 88
"""A line of more cells than this is hard to read; a wider pane has margins instead."""


class DrawnArticle(Scrolled, Pane):
    """The drawing of an article; what one does in it is in the pane made from this."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._page: Page | None = None
        self._view: ArticleView | None = None
        self._due = False
        self._refused = ""
        self.chosen: TextSpan | None = None
        """The words that are selected by keys."""
        self._asked = ("", "", "")
        self._answer: tuple[tuple[int, int], ...] = ()

    @property
    def shown(self) -> Page | None:
        """The article as it is laid out; None when there is none."""
        return self._page

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
        asked = (self._page.view.entry.id, view.query, view.mode)
        if self._asked != asked:
            self._asked = asked
            try:
                self._answer = tuple(self.reading.desk.highlights(*asked[:2], view.mode))
            except DossierError:  # told by the search itself
                self._answer = ()
        return self._answer

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

    def choose(self, span: "TextSpan | None") -> None:
        """Select other words, or none, and bring the edge that was moved into sight."""
        before, self.chosen = self.chosen, span
        page = self._page
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
        if self._page is not None:
            first, last = self._page.lines_of(span.start, span.end)
            if last >= self.top + self.page - lines:
                self.top = max(first - 1, 0)

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
            name = span.what if span.what in GLYPHS else "quote"
            paint.append((span.start, span.end, f"words--{name}"))
        if framed is not None:
            paint.append((framed.start, framed.end, "words--framed"))
        paint += [(start, end, "words--found") for start, end in self._found()]
        if self.chosen is not None:
            paint.append((self.chosen.start, self.chosen.end, "words--selected"))
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
            bar = "▌" if current else GLYPHS.get(span.what, "│") if begins else "│"
            look = "frame--focus" if current else f"words--{span.what if span.what in GLYPHS else 'quote'}"
        style = self.look(look) + Style(underline=False)
        if left < 7:
            return line([(f"{counted:>2}", self.look("row--faint")), (bar, style), (" ", NOTHING)], left, self.base)
        pad = f"{number:>{left - 4}} {counted:>1}"
        return line([(pad, self.look("row--faint")), (bar, style), (" ", NOTHING)], left, self.base)
