"""What a search found; it stands in the reader's place while the search is open."""

from dossier.desk.state import BrowseState
from dossier.model.passages import Answer, Hit
from dossier.ui.geometry import Uneven
from dossier.ui.lines import Drawn
from dossier.ui.messages import HitSelected, MoreWanted
from dossier.ui.page import painted
from dossier.ui.pane import ListPane
from dossier.ui.text import NOTHING, Piece
from dossier.ui.wrap import wrap

_NEAR = 20
"""So many hits before the end of those that are there, more are asked for."""

_WORDS = 2
"""Lines of words shown of a hit."""


class Results(ListPane):
    """The hits of a query, the best first."""

    pane = "results"
    number = "4"
    gap = 1

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self._answer: Answer | None = None
        self._hits: list[Hit] = []
        self._lines: list[list[tuple[int, int]]] = []
        self._trouble = ""
        self._width = 0

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the search
        """What is said when there are no hits."""
        if self._trouble:
            return self._trouble
        if self._answer is None:
            return "Type what to search for."
        return self._answer.notes[0] if self._answer.notes else "Nothing found."

    @property
    def asked(self) -> str:
        """The query whose hits are shown; empty when none are."""
        return self._answer.query if self._answer else ""

    def heading(self) -> str:
        """How the query was read, where that is not plain."""
        answer = self._answer
        if answer is None or not answer.query.strip():
            return "Results"
        facets = " · ".join(
            f"{count} {kind}{'s' if count != 1 else ''}" for kind, count in answer.facets.items() if count
        )
        return f"Results ─ {facets}" if facets else "Results"

    def tally(self) -> str:
        """How many hits there are; whether there may be more."""
        if self._answer is None:
            return ""
        return f"{self._answer.total}{'+' if self._answer.partial else ''}"

    def show(self, answer: Answer, hits: list[Hit], trouble: str) -> None:
        """Shows an answer, or why there is none. The cursor goes to the first hit of another query."""
        fresh = self._answer is None or answer.query != self._answer.query
        self._answer, self._hits, self._trouble = answer, hits, trouble
        if fresh:
            self.cursor, self.top = 0, 0
        self._lay_out()

    def clear(self) -> None:
        """Shows nothing, as before a search."""
        self._answer, self._hits, self._trouble = None, [], ""
        self._lay_out()

    def fail(self, why: str) -> None:
        """Shows why a search failed."""
        self._answer, self._hits, self._trouble = None, [], why
        self._lay_out()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keeps the cursor on the hit that is open."""
        if before.view.hit != after.view.hit and 0 <= after.view.hit < self.stack.rows:
            self.move_to(after.view.hit, tell=False)
        if before.marks != after.marks:
            self.refresh()

    def key_at(self, row: int) -> str:
        """The key of a hit."""
        return self._hits[row].key if 0 <= row < len(self._hits) else ""

    def row_of(self, key: str) -> int | None:
        """Where a hit stands."""
        return next((row for row, hit in enumerate(self._hits) if hit.key == key), None)

    def marked(self, row: int) -> bool:
        """Whether the entry of a hit is marked."""
        return self._hits[row].id in self.state.marks

    def selected_entry(self) -> str:
        """Id of the entry of the hit under the cursor."""
        return self._hits[self.cursor].id if self._hits else ""

    def _lay_out(self, *, draw: bool = True) -> None:
        self._width = self.size.width
        self._lines = [self._broken(hit) for hit in self._hits]
        heights = [2 + len(lines) + bool(hit.why) for hit, lines in zip(self._hits, self._lines, strict=True)]
        self.replace_rows(Uneven(heights), draw=draw)

    def prepare(self) -> None:
        """Breaks the snippets anew at another width."""
        if self._width != self.size.width:
            self._lay_out(draw=False)

    def _broken(self, hit: Hit) -> list[tuple[int, int]]:
        """At most two lines of a hit's snippet, the first match among them; none when the title says the same."""
        if hit.snippet == hit.title and hit.kind != "quote":
            return []
        lines = wrap(hit.snippet, 0, len(hit.snippet), max(self.size.width - 6, 10))
        at = hit.spans[0][0] if hit.spans else 0
        first = next((n for n, (_, end) in enumerate(lines) if at < end), 0)
        start = max(min(first, len(lines) - _WORDS), 0)
        return lines[start : start + _WORDS]

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - lines were broken at the width
        """What a hit is and where it stands; then its words, those that matched marked."""
        hit = self._hits[row]
        if part == 0:
            kind = hit.kind if hit.kind != "paragraph" else "article"
            where = f"¶{hit.paragraph}" if hit.paragraph else ""
            title = hit.title if hit.kind != "quote" else ""
            left = [(f"{kind:<11}", self.look("row--heading")), (title, self.look("row--strong"))]
            return left, [(where, self.look("row--faint"))]
        if part <= len(self._lines[row]):
            return self._words(hit, *self._lines[row][part - 1]), []
        return ([(hit.why, self.look("row--faint"))] if hit.why and part == len(self._lines[row]) + 1 else []), []

    def _words(self, hit: Hit, start: int, end: int) -> list[Piece]:
        pieces: list[Piece] = []
        at = start
        for first, last, _ in painted([(a, b, "found") for a, b in hit.spans], start, end):
            pieces += [(hit.snippet[at : start + first], NOTHING)]
            pieces += [(hit.snippet[start + first : start + last], self.look("words--found"))]
            at = start + last
        return [*pieces, (hit.snippet[at:end], NOTHING)]

    def on_lines_cursor_moved(self, message: ListPane.CursorMoved) -> None:
        """Tells which hit the cursor came to, and asks for more near the end."""
        message.stop()
        self.post_message(HitSelected(self.cursor, opened=False))
        if self._answer is not None and self.cursor >= len(self._hits) - _NEAR and len(self._hits) < self._answer.total:
            self.post_message(MoreWanted())

    def open_row(self, row: int) -> None:
        """Opens the article at a hit."""
        self.post_message(HitSelected(row, opened=True))

    def action_entry_open(self) -> None:
        """Opens the hit under the cursor."""
        if self._hits:
            self.open_row(self.cursor)

    action_row_in = action_entry_open
