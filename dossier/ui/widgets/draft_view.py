"""A draft in its article: its words and the words that say who speaks are lit, the reason stands above."""

from dossier.drafts.records import Draft
from dossier.model.clean import clean_line
from dossier.model.views import ArticleView
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, fill_width, line, words
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.framed import Content
from dossier.ui.widgets.page import Page, painted


class DraftView(Content):
    """The article, the draft under the eye lit."""

    def __init__(self) -> None:
        self._view: ArticleView | None = None
        self._draft: Draft | None = None
        self._title = self._count = ""
        self._head: list[Piece] = []
        self._page: Page | None = None
        self._lines: list[Piece] = []
        self._laid = 0

    def heading(self) -> str:
        """The draft."""
        return self._title

    def tally(self) -> str:
        """The number of this one, and of all."""
        return self._count

    def show(
        self, title: str, count: str, head: list[Piece], view: ArticleView | None = None, draft: Draft | None = None
    ) -> None:
        """Show another draft, or only what `head` says."""
        self._title, self._count, self._head, self._draft = title, count, head, draft
        if view is not self._view:
            self._view, self._page = view, None
        self._laid = 0
        self.prepare()
        self.frame.refresh()

    def prepare(self) -> None:
        """Break the lines at the present width, and bring the draft into sight."""
        if self._laid == self.frame.size.width or not self.frame.size.width:
            return
        self._laid = self.frame.size.width
        width = max(self.frame.size.width - 4, 8)
        head = [(clean_line(text), style) for text, style in self._head]
        self._lines = [
            (text[first:last], style) for text, style in head for first, last in wrap(text, 0, len(text), width)
        ]
        if self._view is not None and (self._page is None or self._page.width != width):
            self._page = Page(self._view, width)
        if self._page is not None and self._draft is not None:
            first = self._page.line_at(self._draft.start)
            self.frame.top = max(first - max((self.frame.page - len(self._lines)) // 3, 1), 0)

    def line_count(self) -> int:
        """The number of lines, those of the reason with them."""
        return len(self._lines) + 1 + (len(self._page.lines) if self._page is not None else 0)

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line: the reason stays at the top while the article is scrolled."""
        at = number - self.frame.top
        if at < len(self._lines):
            return line([(" ", NO_STYLE), self._lines[at]], width, self.frame.base)
        number -= len(self._lines) + 1
        page = self._page
        if page is None or at == len(self._lines) or not 0 <= number < len(page.lines) or page.lines[number].start < 0:
            return blank(width, self.frame.base)
        here = page.lines[number]
        paint: list[tuple[int, int, str]] = []
        if self._draft is not None:
            spans = self._draft.pieces or ((self._draft.start, self._draft.end),)
            paint += [(start, end, "words--framed") for start, end in spans]
            speakers = (*self._draft.joint, self._draft.speaker) if self._draft.speaker is not None else ()
            paint += [(one.start, one.end, "words--named") for one in speakers]
        pieces = [(start, end, self.combined(names)) for start, end, names in painted(paint, here.start, here.end)]
        text = words(page.text[here.start : here.end], pieces, self.frame.base, (0, number))
        return fill_width([*line([("  ", NO_STYLE)], 2, self.frame.base), *text], width, self.frame.base)
