"""Old and new words side by side, or one above the other where it is narrow; what differs is marked by signs."""

from collections.abc import Sequence

from dossier.desk.evidence.review import Candidate, ReviewItem
from dossier.model.clean import clean_line
from dossier.model.locked import CONTEXT
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, cells, line
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.framed import Content
from dossier.ui.widgets.page import painted

_BESIDE = 84
"""From so many cells on, the two stand side by side."""

_FEW = 100
"""Characters shown on either side of the words."""

Marked = tuple[str, list[tuple[int, int, str]]]
"""A text with named styles over parts of it."""

Drawn = list[Piece]
"""One line."""


class Wording:
    """An of two wordings: a heading, and the words with what stands around them."""

    def __init__(
        self,
        heading: str,
        told: tuple[str, str, str],
        parts: Sequence[tuple[int, int]],
        signs: tuple[str, str],
        look: str,
    ) -> None:
        """`told` is what stands before the words, the words, what stands behind them. The `parts` of the words, as
        offsets, differ from the other wording: they stand between `signs`, in `look`.
        """
        before, words, after = told
        self.heading = heading
        """What it is, and where."""
        self._pieces: list[tuple[str, str]] = [(before, "row--faint")]
        at = 0
        for start, end in parts:
            if start < end:
                self._pieces += [(words[at:start], "row--strong"), (f"{signs[0]}{words[start:end]}{signs[1]}", look)]
                at = end
        self._pieces += [(words[at:], "row--strong"), (after, "row--faint")]

    def marked(self) -> Marked:
        """The text in one line, and how its parts look."""
        text, spans = "", []
        for piece, look in self._pieces:
            inert = clean_line(piece)
            spans.append((len(text), len(text) + len(inert), look))
            text += inert
        return text, spans


def wordings(item: ReviewItem, candidate: Candidate | None) -> tuple[Wording, Wording | None]:
    """The words as annotated, and those at a place of the article; without the latter where there is no such place."""
    wanted, locked = item.evidence.wanted, item.locked
    parts = candidate.differences if candidate else ()
    before, after = (locked.before, locked.after) if locked else (f"{wanted.before} ", f" {wanted.after}")
    before, after = _context_words(before, first=True), _context_words(after)
    old = Wording("As annotated", (before, item.old, after), [one.old for one in parts], ("[-", "-]"), "row--bad")
    if candidate is None:
        return old, None
    around = (_context_words(candidate.before, first=True), candidate.text, _context_words(candidate.after))
    heading = f"In the article ¶{candidate.paragraph}"
    return old, Wording(heading, around, [one.new for one in parts], ("{+", "+}"), "row--good")


def _context_words(text: str, *, first: bool = False) -> str:
    """Words around those that are meant, none of them cut, parted from them as they are in the article."""
    words = " ".join(text.split())
    if not words:
        return ""
    if len(text) >= CONTEXT:
        words = words[-_FEW:].partition(" ")[2] if first else words[:_FEW].rpartition(" ")[0]
    space = " " * text[-1 if first else 0].isspace()
    return f"… {words}{space}" if first else f"{space}{words} …"


class TwoWordings(Content):
    """The match of a piece of evidence: the words that are annotated, and those in the article."""

    def __init__(self) -> None:
        self._title = self._count = ""
        self._head: Drawn = []
        self._pair: tuple[Wording, Wording | None] | None = None
        self._lines: list[tuple[Drawn, Drawn]] = []
        self._laid = self._columns = 0

    def heading(self) -> str:
        """The owner of the evidence."""
        return self._title

    def tally(self) -> str:
        """The number of this one, and of all."""
        return self._count

    def show(self, title: str, count: str, head: Drawn, pair: tuple[Wording, Wording | None] | None) -> None:
        """Show another one, from its beginning."""
        self._title, self._count, self._head, self._pair = title, count, head, pair
        self._laid, self.frame.top = 0, 0
        self.frame.refresh()

    @property
    def beside(self) -> bool:
        """Return whether the two stand side by side."""
        return self.frame.size.width >= _BESIDE

    def prepare(self) -> None:
        """Break the lines at the present width."""
        if self._laid == self.frame.size.width:
            return
        self._laid = self.frame.size.width
        inner = max(self.frame.size.width - 2, 8)
        head = [(clean_line(text), style) for text, style in self._head]
        self._lines = [
            ([(text[start:end], style)], [])
            for text, style in head
            for start, end in wrap(text, 0, len(text), inner - 2)
        ]
        self._columns = len(self._lines)
        if self._pair is None:
            return
        old, new = self._pair
        self._lines.append(([], []))
        if self.beside and new is not None:
            left, right = (self._column(one, inner // 2 - 3) for one in (old, new))
            for at in range(max(len(left), len(right))):
                self._lines.append((left[at] if at < len(left) else [], right[at] if at < len(right) else []))
        else:
            for one in (old, new):
                if one is not None:
                    self._lines += [(drawn, []) for drawn in self._column(one, inner - 3)]
                    self._lines.append(([], []))

    def _column(self, wording: Wording, width: int) -> list[Drawn]:
        """A wording broken into lines of `width` cells, its heading first."""
        text, spans = wording.marked()
        found: list[Drawn] = [[(wording.heading, self.look("row--heading"))]]
        for start, end in wrap(text, 0, len(text), width):
            found.append(
                [
                    (text[start + first : start + last], self.combined(names))
                    for first, last, names in painted(spans, start, end)
                ]
            )
        return found

    def line_count(self) -> int:
        """The number of lines there are."""
        return len(self._lines)

    def content_line(self, number: int, width: int) -> Cells:
        """Return one line: both columns, or one."""
        if number >= len(self._lines):
            return blank(width, self.frame.base)
        left, right = self._lines[number]
        if not right and not (self.beside and self._pair and self._pair[1] and number > self._columns):
            return line([(" ", NO_STYLE), *left], width, self.frame.base)
        half = width // 2
        used = sum(cells(text) for text, _ in left) + 1
        gap = (" " * max(half - used - 1, 0), NO_STYLE)
        return line([(" ", NO_STYLE), *left, gap, ("│ ", self.look("frame--line")), *right], width, self.frame.base)
