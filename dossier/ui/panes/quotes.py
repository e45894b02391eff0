"""The list of quotes: each with its speaker, its words and the state of its evidence."""

from dossier.model.bounded import BoundedDict
from dossier.model.verbatim import in_marks
from dossier.model.views import Row
from dossier.ui.drawing.row_layout import EvenRows, Stack, UnevenRows, lines_that_fit
from dossier.ui.drawing.text import NO_STYLE, Piece, cut
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.entry_list import EntryList, EntryRows, status_look, status_pieces
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.row_list import Drawn

_FEW = 100
"""Up to so many quotes each row has the height of its words; beyond, every row takes `QuoteRows.height` lines."""

_MOST = 40
"""Lines that the words of one quote take at most."""

_DATED = 44
"""In fewer cells the day of the article is left out."""


class QuoteLines:
    """The lines of the quotes of a pane, broken at its width."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._days: BoundedDict[str, str] = BoundedDict()
        self.several = False
        """Whether the dossier has several articles, so that rows name theirs by its day."""

    def words(self, entry: Row) -> list[str]:
        """The words of a quote, in quotation marks where they are verbatim."""
        words = in_marks(entry.title, entry.attribution)
        return [words[start:end] for start, end in wrap(words, 0, len(words), max(self._pane.size.width - 6, 10))]

    def speaker(self, entry: Row) -> list[Piece]:
        """The speaker of a quote; the side it is about, where that is the side of the lens."""
        about = [(f" · about {entry.about}", self._pane.look("row--faint"))] if entry.about else []
        return [(entry.detail or "no speaker", self._pane.look("row--strong")), *about]

    def place(self, entry: Row, width: int) -> list[Piece]:
        """The state of its evidence, the day of the article where there are several, and the paragraph."""
        found: list[Piece] = [*status_pieces(self._pane, entry.status, sound=True)]
        if self.several and width >= _DATED:
            found.append((f"{self._day_of(entry.article)} ", self._pane.look("row--faint")))
        if entry.paragraph:
            found.append((f"¶{entry.paragraph}", self._pane.look("row--faint")))
        return found

    def _day_of(self, article: str) -> str:
        if article not in self._days:
            found = self._pane.reading.desk.entry(article) if self._pane.reading and article else None
            self._days[article] = found.text("published")[:10] if found else ""
        return self._days[article]


class QuoteRows(EntryRows):
    """The quotes, each with its speaker and as many lines of its words as there is room for."""

    height = 3

    def __init__(self, pane: EntryList) -> None:
        super().__init__(pane)
        self._lines = QuoteLines(pane)
        self._words_shown = self.height - 1
        self._fitted: object = None

    def read(self) -> None:
        """Read the list, and whether there are several articles."""
        self._lines = QuoteLines(self.pane)
        self._lines.several = self.reading is not None and len(self.reading.listing("articles", (), "written")) > 1
        super().read()

    def stacked(self, count: int) -> Stack:
        """Give few quotes the lines of their words: all of them while the pane has room, else fewer."""
        self._fitted = self.pane.size
        self.gap = self.least_gap
        self._words_shown = self.height - 1 - self.gap
        if count > _FEW:
            return EvenRows(count, self.height)
        needed = [min(len(self._lines.words(self.entry_at(row))), _MOST) for row in range(count)]
        least = _MOST if self.state.zoomed else self._words_shown
        self._words_shown, self.gap = lines_that_fit(needed, self.pane.page, least, self.least_gap)
        return UnevenRows([1 + min(lines, self._words_shown) + self.gap for lines in needed])

    def prepare(self) -> None:
        """Break the words into lines anew at another size."""
        if self._fitted != self.pane.size:
            self.fold_rows(draw=False)

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """Draw who said it and where it stands, then the words."""
        entry = self.entry_at(row)
        if part == 0:
            return self._lines.speaker(entry), self._lines.place(entry, width)
        lines = self._lines.words(entry)
        if part > min(len(lines), self._words_shown):
            return [], []
        style = (
            NO_STYLE if entry.status is None or status_look(entry.status) == "row--good" else self.look("row--faint")
        )
        words = lines[part - 1]
        if part == self._words_shown and len(lines) > part:
            words = cut(f"{words} {lines[part]}", width)
        return [(words, style)], []


class Quotes(EntryList):
    """The quotes of the dossier."""

    pane = "quotes"
    nothing = "No quotes: v in the article makes one, d proposes some."
    rows_class = QuoteRows
