"""What a search found; it stands in the reader's place while the search is open."""

from collections.abc import Sequence

from dossier.desk.state import BrowseState, Spot
from dossier.model.passages import Answer, Hit
from dossier.ui.bars import ActionChosen
from dossier.ui.facets import Facet, facets_of, laid_out
from dossier.ui.geometry import Uneven
from dossier.ui.lines import Drawn
from dossier.ui.messages import FacetChosen, HitSelected, MoreWanted, QueryChosen
from dossier.ui.page import painted
from dossier.ui.pane import ListPane
from dossier.ui.searching import Asked
from dossier.ui.text import NOTHING, Piece
from dossier.ui.wrap import wrap

_NEAR = 20
"""So many hits before the end of those that are there, more are asked for."""

_WORDS = 2
"""Lines of words shown of a hit."""


FACETS = "facets"
"""Key of the row of kinds, the first one of a list of hits."""


class Results(ListPane):
    """The hits of a query, the best first, under a row of their kinds; before a query, those that may be asked."""

    pane = "results"
    number = "4"
    gap = 1
    SCOPES = ("results", "list")

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self._answer: Answer | None = None
        self._asked = Asked()
        self._hits: list[Hit] = []
        self._lines: list[list[tuple[int, int]]] = []
        self._facets: list[Facet] = []
        self._facet_lines: list[list[int]] = []
        self._facet = 0
        self._offers: list[tuple[str, str]] = []
        self._trouble = ""
        self._width = 0

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the search
        """What is said when there are no hits."""
        if self._trouble:
            return self._trouble
        if self._answer is None:
            return "Type what to search for."
        if self._answer.understood or not self._answer.notes:
            return "Nothing found."
        return self._answer.notes[0]

    @property
    def asked(self) -> str:
        """The query whose hits are shown; empty when none are."""
        return self._answer.query if self._answer else ""

    def heading(self) -> str:
        """What the list is of."""
        return "Searches" if self._answer is None and self._offers and not self._trouble else "Results"

    def tally(self) -> str:
        """How many hits there are; whether there may be more."""
        if self._answer is None:
            return ""
        return f"{self._answer.total:,}{'+' if self._answer.partial else ''}"

    def show(self, answer: Answer, hits: list[Hit], asked: Asked) -> None:
        """Shows an answer. The cursor goes to the first hit of another query."""
        fresh = self._answer is None or answer.query != self._answer.query or asked != self._asked
        onward = self.cursor == 0 and self._facets and asked.text != self._asked.text
        self._answer, self._asked, self._hits, self._trouble = answer, asked, hits, ""
        chosen = self._facets[self._facet].kind if self._facet < len(self._facets) else ""
        self._facets = facets_of(answer, asked) if answer.facets else []
        self._facet = next((at for at, one in enumerate(self._facets) if one.kind == chosen), 0)
        if fresh:
            self.cursor, self.top = (0 if onward and self.has_focus else self._above), 0
        self._lay_out()

    def offer(self, offers: Sequence[tuple[str, str]]) -> None:
        """Shows queries that may be asked, each with its name where it has one, in place of hits."""
        self._answer, self._asked, self._hits, self._facets, self._trouble = None, Asked(), [], [], ""
        self._offers = list(offers)
        self.cursor, self.top = 0, 0
        self._lay_out()

    def fail(self, why: str) -> None:
        """Shows why a search failed."""
        self._answer, self._hits, self._facets, self._trouble = None, [], [], why
        self._lay_out()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keeps the cursor on the hit that is open."""
        if before.view.hit != after.view.hit and 0 <= after.view.hit < len(self._hits):
            self.move_to(self.row_of_hit(after.view.hit), tell=False)
        if before.marks != after.marks:
            self.refresh()

    @property
    def _above(self) -> int:
        """Rows above the hits."""
        return int(bool(self._facets))

    @property
    def offering(self) -> bool:
        """Whether queries are shown in place of hits."""
        return self._answer is None and not self._trouble and bool(self._offers)

    def row_of_hit(self, number: int) -> int:
        """The row that shows a hit, both from 0."""
        return number + self._above

    def _hit(self, row: int) -> Hit | None:
        number = row - self._above
        return self._hits[number] if 0 <= number < len(self._hits) else None

    def key_at(self, row: int) -> str:
        """The key of a hit; for the kinds above and for a query that is offered, one of their own."""
        hit = self._hit(row)
        if self.offering:
            return f"offer {row}"
        return hit.key if hit else FACETS if row == 0 and self._facets else ""

    def row_of(self, key: str) -> int | None:
        """Where a hit stands."""
        if key == FACETS:
            return 0 if self._facets else None
        return next((self.row_of_hit(at) for at, hit in enumerate(self._hits) if hit.key == key), None)

    def marked(self, row: int) -> bool:
        """Whether the entry of a hit is marked."""
        hit = self._hit(row)
        return hit is not None and hit.id in self.state.marks

    def selected_entry(self) -> str:
        """Id of the entry of the hit under the cursor."""
        hit = self._hit(self.cursor)
        return hit.id if hit else ""

    def restore(self, spot: Spot) -> None:
        """Puts the list where it stood, once the hits are there again."""
        if self.stack.rows:
            super().restore(spot)

    def _lay_out(self, *, draw: bool = True) -> None:
        self._width = self.size.width
        if self.offering:
            self.replace_rows(Uneven([2] * len(self._offers)), draw=draw)
            return
        self._lines = [self._broken(hit) for hit in self._hits]
        self._facet_lines = laid_out(self._facets, max(self.size.width - 6, 10))
        heights = [len(self._facet_lines) + 1] if self._facets else []
        heights += [2 + len(lines) + bool(hit.why) for hit, lines in zip(self._hits, self._lines, strict=True)]
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
        if self.offering:
            name, query = self._offers[row]
            named = [(f"{name}  ", self.look("row--strong"))] if name else []
            return ([*named, (query, self.look("row--faint") if name else NOTHING)] if part == 0 else []), []
        hit = self._hit(row)
        if hit is None:
            return self._draw_facets(part), []
        lines = self._lines[row - self._above]
        if part == 0:
            where = f"¶{hit.paragraph}" if hit.paragraph else ""
            title = hit.title if hit.kind != "quote" else ""
            left = [(f"{hit.kind:<11}", self.look("row--heading")), (title, self.look("row--strong"))]
            dated = f"{hit.date[:10]}  " if hit.date and self._asked.sort == "date" else ""
            return left, [(f"{dated}{where}", self.look("row--faint"))]
        if part <= len(lines):
            return self._words(hit, *lines[part - 1]), []
        return ([(hit.why, self.look("row--faint"))] if hit.why and part == len(lines) + 1 else []), []

    def _draw_facets(self, part: int) -> list[Piece]:
        pieces: list[Piece] = []
        for at in self._facet_lines[part] if part < len(self._facet_lines) else ():
            facet = self._facets[at]
            here = at == self._facet and self.cursor == 0 and self.leads
            look = "row--tab" if here else "row--strong" if facet.sign == "+" else "row--faint"
            pieces += [(f"[{facet.text}]" if here else f" {facet.text} ", self.look(look))]
        return pieces

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
        number = self.cursor - self._above
        self.post_message(HitSelected(number, opened=False))
        if self._answer is not None and number >= len(self._hits) - _NEAR and len(self._hits) < self._answer.total:
            self.post_message(MoreWanted())

    def open_row(self, row: int) -> None:
        """Opens the article at a hit; narrows to a kind; asks what is offered."""
        if self.offering:
            self.post_message(QueryChosen(self._offers[row][1]))
        elif self._hit(row) is not None:
            self.post_message(HitSelected(row - self._above, opened=True))
        elif row == 0 and self._facets:
            self._choose(self._facets[self._facet], exclude=False)

    def _choose(self, facet: Facet, *, exclude: bool) -> None:
        if facet.kind or not exclude:
            self.post_message(FacetChosen(facet.kind, exclude=exclude))

    def _kind_here(self, *, exclude: bool) -> None:
        """The kind under the cursor, or that of the hit there, alone or left out."""
        hit = self._hit(self.cursor)
        if hit is not None:
            self.post_message(FacetChosen(hit.kind, exclude=exclude))
        elif self._facets:
            self._choose(self._facets[self._facet], exclude=exclude)

    def action_facet_include(self) -> None:
        """Only the kind under the cursor."""
        self._kind_here(exclude=False)

    def action_facet_exclude(self) -> None:
        """Without the kind under the cursor."""
        self._kind_here(exclude=True)

    def action_entry_open(self) -> None:
        """Opens the hit under the cursor."""
        if self.stack.rows:
            self.open_row(self.cursor)

    def action_row_in(self) -> None:
        """Opens a hit; among the kinds, to the next one."""
        if self._hit(self.cursor) is not None or not self._facets:
            self.action_entry_open()
        else:
            self._facet = min(self._facet + 1, len(self._facets) - 1)
            self.refresh()

    def action_row_out(self) -> None:
        """To the kinds; among them, to the one before."""
        if self._facets and self.cursor > 0:
            self.move_to(0)
        else:
            self._facet = max(self._facet - 1, 0)
            self.refresh()

    def action_order_next(self) -> None:
        """By relevance or by date."""
        self.post_message(ActionChosen("search.order"))
