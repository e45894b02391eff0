"""The articles of the dossier: date, publisher, title, number of quotes, and a mark where evidence needs a look."""

from dossier.desk.articles import ArticleTally
from dossier.desk.state import BrowseState
from dossier.model.anchors import GLYPHS, SOUND
from dossier.ui.drawing.text import NOTHING
from dossier.ui.widgets.entry_list import EntryList, status_look
from dossier.ui.widgets.list_view import Drawn

_ROOMY = 40
"""In fewer cells the number of quotes is told by a quotation mark, so that the publisher can be read."""


class Articles(EntryList):
    """The list of articles. The one that is open in the reader is marked with a triangle."""

    pane = "articles"
    number = "9"
    nothing = "No articles."
    height = 2

    def __init__(self) -> None:
        super().__init__()
        self._tallies: dict[str, ArticleTally] = {}

    def on_mount(self) -> None:
        """Read the list, and place the cursor where the view has it, else on the open article."""
        self.reload()
        spot = self.state.view.spot(self.pane)
        if spot.cursor:
            self.restore(spot)
        else:
            self._show_open_article()

    def reload(self) -> None:
        """Read the list and its counts again."""
        self._tallies = {}
        super().reload()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keep the cursor on the open article while another one is opened from elsewhere."""
        super().follow(before, after)
        if before.view.article != after.view.article:
            if after.view.pane != self.pane:
                self._show_open_article()
            self.refresh()

    def on_focus(self) -> None:
        """Place the cursor on the open article, before the base class selects what is under the cursor."""
        self._show_open_article()

    def _show_open_article(self) -> None:
        row = self.row_of(self.state.view.article)
        if row is not None:
            self.move_to(row, tell=False)

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """Draw date and publisher with the counts at the right; under them the title."""
        entry, faint = self.entry_at(row), self.look("row--faint")
        opened = entry.id == self.state.view.article
        if part:
            return [("  ", NOTHING), (entry.title, self.look("row--strong") if opened else NOTHING)], []
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


def _count(quotes: int, *, short: bool) -> str:
    if short:
        return f"“{quotes}"
    return f"{quotes} quote{'' if quotes == 1 else 's'}" if quotes else "no quotes"
