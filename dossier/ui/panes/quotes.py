"""The list of quotes: each with its speaker, its words and the state of its evidence."""

from rich.style import Style

from dossier.model.verbatim import in_marks
from dossier.model.views import Row
from dossier.ui.drawing.row_layout import Even, Stack, Uneven, lines_that_fit
from dossier.ui.drawing.text import NOTHING, cut
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.entry_list import EntryList, status_look
from dossier.ui.widgets.list_view import Drawn

_FEW = 100
"""Up to so many quotes each row has the height of its words; beyond, every row takes `Quotes.height` lines."""

_MOST = 40
"""Lines that the words of one quote take at most."""

_DATED = 44
"""In fewer cells the day of the article is left out."""


class Quotes(EntryList):
    """The quotes: who said it, then the words, in as many lines as there is room for."""

    pane = "quotes"
    number = "3"
    height = 3

    def __init__(self) -> None:
        super().__init__()
        self._words_shown = self.height - 1
        self._fitted: object = None
        self._several = False

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on what narrows the list
        """Say why there are no rows, and which key shows them again."""
        return self.why_empty("No quotes.")

    def read_context(self) -> None:
        """Read whether there are several articles, so that rows name theirs by its day."""
        self._several = self.reading is not None and len(self.reading.listing("articles", (), "written")) > 1

    def stacked(self, count: int) -> Stack:
        """Give few quotes the lines of their words: all of them while the pane has room, else fewer."""
        self._fitted = self.size
        self.gap = 0
        self._words_shown = self.height - 1
        if count > _FEW:
            return Even(count, self.height)
        needed = [min(len(self._lines(row)), _MOST) for row in range(count)]
        least = _MOST if self.state.zoomed else self._words_shown
        self._words_shown, self.gap = lines_that_fit(needed, self.page, least)
        return Uneven([1 + min(lines, self._words_shown) + self.gap for lines in needed])

    def prepare(self) -> None:
        """Break the words into lines anew at another size."""
        if self._fitted != self.size:
            self.fold_rows(draw=False)

    def _lines(self, row: int) -> list[str]:
        entry = self.entry_at(row)
        words = in_marks(entry.title, entry.attribution)
        return [words[start:end] for start, end in wrap(words, 0, len(words), max(self.size.width - 6, 10))]

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """Draw who said it and where it stands, then the words."""
        entry = self.entry_at(row)
        if part == 0:
            return self._speaker(entry), self._place(entry, width)
        lines = self._lines(row)
        if part > min(len(lines), self._words_shown):
            return [], []
        style = NOTHING if entry.status is None or status_look(entry.status) == "row--good" else self.look("row--faint")
        words = lines[part - 1]
        if part == self._words_shown and len(lines) > part:
            words = cut(f"{words} {lines[part]}", width)
        return [(words, style)], []

    def _speaker(self, entry: Row) -> list[tuple[str, Style]]:
        found = [(entry.detail or "no speaker", self.look("row--strong"))]
        if entry.about:
            found.append((f" · about {entry.about}", self.look("row--faint")))
        return found

    def _place(self, entry: Row, width: int) -> list[tuple[str, Style]]:
        found = self.status_pieces(entry.status, sound=True)
        if self._several and width >= _DATED:
            found.append((f"{self.day_of(entry.article)} ", self.look("row--faint")))
        if entry.paragraph:
            found.append((f"¶{entry.paragraph}", self.look("row--faint")))
        return found
