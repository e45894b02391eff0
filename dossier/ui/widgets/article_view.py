"""An article drawn for reading: its lines at the width there is, what is painted over them, the margin beside them."""

from typing import TYPE_CHECKING

from dossier.model.anchors import GLYPHS as SIGNS
from dossier.model.anchors import SOUND
from dossier.model.problems import DossierError
from dossier.model.views import ArticleView, Span
from dossier.ui.drawing.text import NO_STYLE, Cells, blank, fill_width, line, words
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.framed import Content
from dossier.ui.widgets.page import Page, PageLine, painted
from dossier.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan

GLYPHS = {"quote": "“", "link": "→", "event": "◷"}
"""What stands in the margin where a piece of evidence begins, by its kind."""

_NOTHING_OPEN = "No article is open: 9 lists them, dossier add FILE takes one in."

_MEASURE = 88
"""A line of more cells than this is hard to read; a wider pane has margins instead."""


class ArticleContent(Content):
    """The drawing of an article."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        """The pane that shows it."""
        self.page: Page | None = None
        """The article as it is laid out; None when there is none."""
        self.view: ArticleView | None = None
        """The article that was read; None when none was."""
        self.refused = ""
        """The reason why an article could not be read."""
        self.chosen: TextSpan | None = None
        """The words that are selected by keys."""
        self.plain = False
        """Whether the article is shown without its marks."""
        self._due = False
        self._asked = ("", "", "")
        self._answer: tuple[tuple[int, int], ...] = ()

    def heading(self) -> str:
        """The headline."""
        title = self.page.view.entry.title if self.page else ""
        return f"Article ─ {title}" if title else "Article"

    def tally(self) -> str:
        """The paragraph at the top, of how many."""
        if self.page is None or not self.page.lines:
            return ""
        span, pane = self.framed(), self.pane
        lines = self.page.lines
        at = lines[min(pane.top, len(lines) - 1)]
        if span is not None:
            shown = self.page.line_at(span.start)
            at = lines[shown] if pane.top <= shown < pane.top + pane.page else at
        return f"¶{at.paragraph}/{len(self.page.view.paragraphs)}"

    def read(self, article: str) -> None:
        """Read an article; words that are selected stay so as far as they stand where they stood."""
        old = self.view
        self.page, self.view, self.refused = None, None, ""
        if self.pane.reading is not None and article:
            try:
                self.view = self.pane.reading.article(article)
            except DossierError as error:
                self.refused = str(error)
        if self.chosen is not None and (self.view is None or old is None or self.view.text != old.text):
            self.chosen = None
        self._asked = ("", "", "")
        self.prepare()

    def prepare(self) -> None:
        """Break the lines anew at another width, the same words staying at the top."""
        view, old = self.view, self.page
        if view is None or not self.pane.size.width or (old is not None and old.width == self._text_width()):
            return
        self.page = Page(view, self._text_width())
        if old is not None and old.lines and self.pane.top:
            self.pane.top = self.page.line_at(max(old.lines[min(self.pane.top, len(old.lines) - 1)].start, 0))
        if old is not None or self._due:
            self._due = False
            self.show_place()

    def _found(self) -> tuple[tuple[int, int], ...]:
        """The place where the words searched for stand; looked up when they come into sight, not at every key typed."""
        view = self.pane.state.view
        if self.pane.reading is None or not view.query or self.page is None:
            return ()
        asked = (self.page.view.entry.id, view.query, view.mode)
        if self._asked != asked:
            self._asked = asked
            try:
                self._answer = tuple(self.pane.reading.desk.highlights(*asked[:2], view.mode))
            except DossierError:  # told by the search itself
                self._answer = ()
        return self._answer

    def framed(self) -> Span | None:
        """The evidence that is framed."""
        view = self.pane.state.view
        if self.page is None or not view.owner:
            return None
        return next((s for s in self.page.view.evidence if (s.owner, s.ordinal) == (view.owner, view.ordinal)), None)

    def show_place(self) -> None:
        """Bring into sight what the state names, as soon as there is a page."""
        self._due = self.page is None
        if self.pane.state.view.owner:
            self.show_framed()
        else:
            self.show_paragraph(self.pane.state.view.paragraph)

    def show_framed(self) -> None:
        """Bring the framed words into sight."""
        span = self.framed()
        if span is not None:
            self.show_stretch(span.start, span.end)

    def show_stretch(self, start: int, end: int) -> None:
        """Bring a stretch of the text into sight: a third down, unless it can be seen already."""
        if self.page is None:
            return
        first, last = self.page.lines_of(start, end)
        if first < self.pane.top + 1 or last > self.pane.top + self.pane.page - 2:
            self.pane.top = first - self.pane.page // 3

    def show_paragraph(self, paragraph: int) -> None:
        """Bring the first words found in a paragraph into sight; its beginning when none are."""
        if self.page is None or not 0 < paragraph <= len(self.page.view.paragraphs):
            return
        place = self.page.view.paragraphs[paragraph - 1]
        found = next(
            (one for one in self._found() if place.start <= one[0] < place.end), (place.start, place.start + 1)
        )
        self.show_stretch(*found)

    def line_count(self) -> int:
        """The number of lines the article takes at this width."""
        return len(self.page.lines) if self.page else 0

    def margins(self) -> tuple[int, int]:
        """Cells to the left of the text (paragraph number, count, bar) and to its right."""
        spare = max(self.pane.size.width - 2 - _MEASURE - 8, 0) // 2
        return (7 + spare if self.pane.size.width >= 50 else 4), 1 + spare

    def _text_width(self) -> int:
        left, right = self.margins()
        return max(self.pane.size.width - 2 - left - right, 8)

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line of the article with its margin."""
        page = self.page
        if page is None:
            said = self.refused or _NOTHING_OPEN
            spans = wrap(said, 0, len(said), width - 4)
            part = said[slice(*spans[number])] if number < len(spans) else ""
            return line([(f"  {part}", self.look("row--faint"))], width, self.pane.base)
        if number >= len(page.lines):
            return blank(width, self.pane.base)
        here = page.lines[number]
        margin = self._margin(page, here)
        if here.start < 0:
            return fill_width(margin, width, self.pane.base)
        pieces = [
            (start, end, self.combined(names))
            for start, end, names in painted(self._paint(page, here, number), here.start, here.end)
        ]
        text = words(page.text[here.start : here.end], pieces, self.pane.base, (0, number))
        return fill_width([*margin, *text], width, self.pane.base)

    def _paint(self, page: Page, here: PageLine, number: int) -> list[tuple[int, int, str]]:
        """The styles drawn over a line, the later over the earlier."""
        framed = self.framed()
        entry = self.pane.state.view.entry
        paint: list[tuple[int, int, str]] = []
        if not self.plain:
            paint += [(span.start, span.end, "words--mention") for span in page.mentions_on(here)]
            paint += [(span.start, span.end, "words--named") for span in page.mentions_on(here) if span.entry == entry]
            paint += [(span.start, span.end, "words--evidence") for span in page.evidence_on(here)]
        paint += [(span.start, span.end, "words--reworded") for span in page.evidence_on(here) if not _is_sound(span)]
        if framed is not None:
            paint.append((framed.start, framed.end, "words--framed" if _is_sound(framed) else "words--reworded"))
        name = "words--current" if self._holds_hit(here) else "words--found"
        paint += [(start, end, name) for start, end in self._found()]
        if self.chosen is not None:
            paint.append((self.chosen.start, self.chosen.end, "words--selected"))
        chosen = self.pane.text_selection.get_span(number) if self.pane.text_selection else None
        if chosen is not None:
            end = here.end if chosen[1] < 0 else here.start + chosen[1]
            paint.append((here.start + chosen[0], end, "words--selected"))
        return paint

    def _margin(self, page: Page, here: PageLine) -> Cells:
        """Paragraph number, how many entries rest on the line, and a bar of the kind of what does."""
        left, _ = self.margins()
        spans = page.evidence_on(here) if here.start >= 0 else []
        if self.plain:
            spans = [span for span in spans if not _is_sound(span)]
        framed = self.framed()
        current = framed is not None and any(span == framed for span in spans)
        number = f"¶{here.paragraph}" if here.first else ""
        count = len({span.entry if span.what != "link" else span.owner for span in spans})
        counted = "" if not count else "+" if count > 9 else str(count)
        bar, look = self._sign(here, spans, framed if current else None)
        pad = f"{counted:>2}" if left < 7 else f"{number:>{left - 4}} {counted:>1}"
        pieces = [(pad, self.look("row--faint")), (bar, self.look(look)), (" ", NO_STYLE)]
        return line(pieces, left, self.pane.base)

    def _sign(self, here: PageLine, spans: list[Span], framed: Span | None) -> tuple[str, str]:
        """The sign beside a line and its style: what is current, what needs a look, else what begins there."""
        doubtful = next((span for span in spans if not _is_sound(span)), None)
        if doubtful is not None:
            return SIGNS[doubtful.status or "missing"], "row--bad"
        if framed is not None:
            return "▌", "frame--focus"
        if self._holds_hit(here):
            return "▶", "frame--focus"
        if not spans:
            return " ", "frame--title"
        kind = spans[0].what if spans[0].what in GLYPHS else "quote"
        return (GLYPHS[kind] if here.start <= spans[0].start else "│"), f"mark--{kind}"

    def _holds_hit(self, here: PageLine) -> bool:
        """Return whether a line belongs to the paragraph of the current hit."""
        view = self.pane.state.view
        return view.hit >= 0 and bool(view.query) and here.start >= 0 and here.paragraph == view.paragraph

    def footnote(self) -> tuple[str, str]:
        """Say under the article that evidence is missing from it, or that its marks are hidden."""
        lost = self.page.view.lost if self.page is not None else 0
        if lost:
            many = "1 piece" if lost == 1 else f"{lost} pieces"
            return f"✗ {many} of evidence not found here: press !", "row--bad"
        return ("marks hidden: press . to show them", "row--faint") if self.plain else ("", "frame--title")


def _is_sound(span: Span) -> bool:
    return span.status is None or span.status in SOUND
