"""The articles of the dossier: date, publisher, title, number of quotes, and a mark where evidence needs a look."""

from dossier.desk.articles import ArticleTally
from dossier.desk.state import BrowseState
from dossier.model.anchors import GLYPHS, SOUND
from dossier.model.bounded import BoundedDict
from dossier.model.clean import clean_line
from dossier.ui.drawing.row_layout import EvenRows, Stack, UnevenRows
from dossier.ui.drawing.text import NO_STYLE, cut
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.entry_list import EntryList, EntryRows, status_look
from dossier.ui.widgets.row_list import Drawn

_ROOMY = 40
"""In fewer cells the number of quotes is told by a quotation mark, so that the publisher can be read."""


_FEW = 60
"""Up to so many articles each row has the lines of its title; beyond, every row has as many as a long title takes."""

_LINES = 3
"""Lines that a title takes at most."""

_WIDE = 72
"""In fewer cells each of many articles has two lines for its title."""

_INDENT = 7
"""Cells of a line of the pane that its title does not have: frame, cursor, mark, indent and an empty one at the end."""


class ArticleRows(EntryRows):
    """The articles, each with its source, its title and its counts. A triangle marks the one that is open."""

    height = 2

    def __init__(self, pane: EntryList) -> None:
        super().__init__(pane)
        self._tallies: BoundedDict[str, ArticleTally] = BoundedDict()
        self._laid_out_for = 0

    def read(self) -> None:
        """Read the list and its counts again."""
        self._tallies.clear()
        super().read()

    def stacked(self, count: int) -> Stack:
        """Give each article a line for its source, and its title the lines it needs, or two where many are narrow."""
        self._laid_out_for = self.width
        self.gap = self.least_gap
        if count > _FEW:
            return EvenRows(count, self.height + (self.width < _WIDE))
        titles = (self.entry_at(row).title for row in range(count))
        return UnevenRows([1 + len(_lines(title, self.width)) + self.gap for title in titles])

    def prepare(self) -> None:
        """Break the titles anew at another width."""
        if self._laid_out_for != self.width:
            self.fold_rows(draw=False)

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """Draw date and publisher with the counts at the right; under them the title."""
        entry, faint = self.entry_at(row), self.look("row--faint")
        opened = entry.id == self.shown.article
        if part:
            many = self.stack.rows > _FEW
            title = _lines(entry.title, self.width, 1 + (self.width < _WIDE) if many else _LINES)
            text = title[part - 1] if part <= len(title) else ""
            return [("  ", NO_STYLE), (text, self.look("row--strong") if opened else NO_STYLE)], []
        tally = self._tally_of(entry.id)
        source = "  ".join(filter(None, (tally.published or "no date given", tally.publisher)))
        right = [(_count(tally.quotes, short=width < _ROOMY), faint)]
        if tally.status is not None and tally.status not in SOUND:
            right.insert(0, (f"{tally.doubtful}{GLYPHS[tally.status]} ", self.look(status_look(tally.status))))
        return [("▸ " if opened else "  ", faint), (source, faint)], right

    def _tally_of(self, article: str) -> ArticleTally:
        if article not in self._tallies and self.reading is not None:
            self._tallies[article] = self.reading.desk.texts.tally(article)
        return self._tallies[article]


class Articles(EntryList):
    """The articles of the dossier."""

    pane = "articles"
    nothing = "No articles: dossier add FILE takes one in."
    rows_class = ArticleRows

    def on_mount(self) -> None:
        """Read the list, and place the cursor where the view has it, else on the open article."""
        self.reload()
        spot = self.state.view.spot(self.pane)
        if spot.cursor:
            self.restore(spot)
        else:
            self._show_open_article()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keep the cursor on the open article while another one is opened from elsewhere."""
        super().follow(before, after)
        if before.view.article != after.view.article:
            if after.view.pane != self.pane:
                self._show_open_article()
            self.refresh()

    def on_focus(self) -> None:
        """Place the cursor on the open article, before the base class tells what is under the cursor."""
        self._show_open_article()

    def _show_open_article(self) -> None:
        row = self.rows.row_of(self.state.view.article)
        if row is not None:
            self.list.move_to(row, tell=False)


def _lines(title: str, width: int, most: int = _LINES) -> list[str]:
    """A title in lines of a pane of some width; an ellipsis tells that there are more."""
    inert, room = clean_line(title), max(width - _INDENT, 10)
    spans = wrap(inert, 0, len(inert), room)
    lines = [inert[start:end] for start, end in spans[:most]] or [""]
    if len(spans) > most:
        lines[-1] = cut(inert[spans[most - 1][0] :], room)
    return lines


def _count(quotes: int, *, short: bool) -> str:
    if short:
        return f"“{quotes}"
    return f"{quotes} quote{'' if quotes == 1 else 's'}" if quotes else "no quotes"
