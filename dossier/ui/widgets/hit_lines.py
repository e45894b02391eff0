"""A hit in lines: what it is and how sound, the words with those that matched marked, where it is and why."""

from dossier.model.anchors import GLYPHS, SOUND, Status
from dossier.model.bounded import BoundedDict
from dossier.model.passages import Hit
from dossier.model.views import Row
from dossier.ui.drawing.text import NO_STYLE, Piece, cells
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.page import painted
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.row_list import Drawn

_KEPT = 2_000
"""Hits whose broken lines are held."""

_WORDS = 2
"""Lines of words shown of a hit."""

_BROKEN_BYTES, _LINE_BYTES = 200, 120
"""Bytes at most of what is held of a hit, and of each of its lines: a tuple with two numbers."""

_EDGES = 8
"""Cells beside the words: frame, cursor and mark, indent, and one behind."""

STATUS: dict[str, Status] = {status: status for status in GLYPHS}

_INDENT, _CUT = "  ", " …"
"""What stands before words: the second where there are more words before them."""

_Broken = tuple[list[tuple[int, int]], bool, bool]
"""The lines of words of a hit, and whether there is more before and behind them."""


def size_of_lines(broken: _Broken) -> int:
    """Return how many bytes the lines of a hit take at most: not counted, as this is asked for every hit drawn."""
    return _BROKEN_BYTES + _LINE_BYTES * len(broken[0])


class HitLines:
    """The hits of a pane, broken at its width; what is known of an entry beside its words is read as it is drawn."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._broken: BoundedDict[str, _Broken] = BoundedDict(_KEPT, size=size_of_lines)
        self._several: bool | None = None
        self._dated = False

    def forget(self, *, dated: bool) -> None:
        """Break all lines anew; `dated` says whether the dates are shown."""
        self._broken.clear()
        self._several, self._dated = None, dated

    def height(self, hit: Hit) -> int:
        """The number of lines a hit takes."""
        return max(self._headed(hit) + len(self._words(hit)[0]), 1) + self._told(hit)

    def _in_several(self) -> bool:
        """Return whether the dossier has several articles."""
        if self._several is None:
            reading = self._pane.reading
            self._several = reading is not None and len(reading.listing("articles", (), "written")) > 1
        return self._several

    def _headed(self, hit: Hit) -> bool:
        """Return whether a line of its own says what it is: not so for the paragraphs of the only article."""
        return hit.kind != "paragraph" or self._in_several()

    def _elsewhere(self, hit: Hit) -> bool:
        """Return whether the article must be named: there are several, and the title does not name it."""
        return bool(hit.article) and hit.kind not in ("paragraph", "article") and self._in_several()

    def _told(self, hit: Hit) -> bool:
        """Return whether a last line says where it is or why it is here."""
        return bool(hit.why) or self._elsewhere(hit)

    def _words(self, hit: Hit) -> _Broken:
        """Cut a snippet to two lines, the first match among them, and say whether there is more before and behind.

        There are none when the title says the same.
        """
        found = self._broken.get(hit.key)
        if found is None:
            found = [], False, False
            if hit.snippet != hit.title or hit.kind in ("quote", "paragraph"):
                beside = 0 if self._headed(hit) else sum(cells(text) for text, _ in self._right(hit, None)) + 1
                lines = wrap(hit.snippet, 0, len(hit.snippet), max(self._pane.size.width - _EDGES - beside, 10))
                at = hit.spans[0][0] if hit.spans else 0
                first = next((n for n, (_, end) in enumerate(lines) if at < end), 0)
                start = max(min(first, len(lines) - _WORDS), 0)
                found = lines[start : start + _WORDS], start > 0, start + _WORDS < len(lines)
            self._broken[hit.key] = found
        return found

    def draw(self, hit: Hit, part: int) -> Drawn:
        """A line of a hit."""
        lines, before, behind = self._words(hit)
        head = self._headed(hit)
        at = part - head
        if head and part == 0:
            return self._head(hit)
        if 0 <= at < len(lines):
            pieces: list[Piece] = [(_CUT if before and at == 0 else _INDENT, NO_STYLE), *self._marked(hit, *lines[at])]
            pieces += [("…", NO_STYLE)] if behind and at == len(lines) - 1 else []
            return pieces, [] if head or part else self._right(hit, None)
        if self._told(hit) and at == len(lines):
            return [(_INDENT + self._last(hit), self._pane.look("row--faint"))], []
        return [], []

    def _head(self, hit: Hit) -> Drawn:
        """The title of a hit; for a quote, its speaker. At the right, the facts about its place."""
        reading, faint = self._pane.reading, self._pane.look("row--faint")
        row = reading.row(hit.id) if reading is not None and hit.kind not in ("paragraph", "link") else None
        detail = row.detail if row else ""
        title, beside = (detail or "no speaker", "") if hit.kind == "quote" else (hit.title, detail)
        left: list[Piece] = [(_INDENT, NO_STYLE), (title, self._pane.look("row--strong"))]
        left += [(f"  {beside}", faint)] if beside and not (self._dated and beside == hit.date) else []
        return left, self._right(hit, row)

    def _right(self, hit: Hit, row: Row | None) -> list[Piece]:
        """Its date, the state of its evidence, its paragraph."""
        faint = self._pane.look("row--faint")
        right: list[Piece] = [(f"{hit.date[:10]} ", faint)] if self._dated and hit.date else []
        status = STATUS.get(hit.status) if hit.kind == "link" else row.status if row is not None else None
        if status:
            word = "" if status in SOUND else f" {status}"
            right.append((f"{GLYPHS[status]}{word}", self._pane.look(status_look(status))))
        return [*right, *([(f" ¶{hit.paragraph}", faint)] if hit.paragraph else [])]

    def _last(self, hit: Hit) -> str:
        """The article of a hit, and the reason why it matches."""
        reading = self._pane.reading
        row = reading.row(hit.article) if reading is not None and self._elsewhere(hit) else None
        return " · ".join(filter(None, (hit.why, f"in {row.title}" if row else "")))

    def _marked(self, hit: Hit, start: int, end: int) -> list[Piece]:
        pieces: list[Piece] = []
        at = start
        for first, last, _ in painted([(a, b, "found") for a, b in hit.spans], start, end):
            pieces += [(hit.snippet[at : start + first], NO_STYLE)]
            pieces += [(hit.snippet[start + first : start + last], self._pane.look("words--found"))]
            at = start + last
        return [*pieces, (hit.snippet[at:end], NO_STYLE)]
