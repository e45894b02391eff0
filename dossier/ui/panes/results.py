"""What a search found; it stands in the reader's place while the search is open."""

from collections.abc import Sequence

from dossier.desk.state import BrowseState
from dossier.model.passages import Answer
from dossier.model.search_request import SearchRequest
from dossier.ui.drawing.row_layout import Uneven
from dossier.ui.drawing.text import NOTHING
from dossier.ui.messages import FacetChosen, HitSelected, QueryChosen
from dossier.ui.widgets.bars import ActionChosen
from dossier.ui.widgets.facets import Facet, Kinds, facets_of, many
from dossier.ui.widgets.fold_state import HitRow, Unfolding
from dossier.ui.widgets.groups import Groups
from dossier.ui.widgets.hints import Link
from dossier.ui.widgets.hit_list import HitList
from dossier.ui.widgets.list_view import Drawn
from dossier.ui.widgets.pane import ListPane


class Results(HitList):
    """The hits of a query by kind, the kind of the best hit first; before a query, those that may be asked."""

    pane = "results"
    number = "4"
    SCOPES = ("results", "list")

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._asked = SearchRequest()
        self._kinds = Kinds()
        self._offers: list[tuple[str, str]] = []
        self._trouble = ""

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the search
        """The text shown when there are no hits."""
        if self._trouble:
            return self._trouble
        if self._answer is None:
            return "Type what to search for."
        if self._answer.understood or not self._answer.notes:
            if self._answer.partial:
                return "Nothing found so far."
            narrowed = self._asked.lens or self._asked.filters
            return "Nothing found within the lens and the filters." if narrowed else "Nothing found."
        return self._answer.notes[0]

    @property
    def asked(self) -> str:
        """The query whose hits are shown; empty when none are."""
        return self._answer.query if self._answer else ""

    @property
    def dated(self) -> bool:
        """Whether the hits come by their dates, and show them."""
        return self._asked.sort == "date"

    def heading(self) -> str:
        """The title of the list, and what it is narrowed to."""
        if self._answer is None and self._offers and not self._trouble:
            return "Searches"
        lens = self._asked.lens if self.reading is not None else ()
        names = " + ".join(row.title for row in map(self.reading.row, lens) if row) if self.reading else ""
        return " ─ ".join(["Results", *([names] if names else []), *["filtered"] * bool(self._asked.filters)])

    def tally(self) -> str:
        """The number of hits; whether there may be more."""
        if self._answer is None:
            return ""
        return f"{'at least ' if self._answer.partial else ''}{self._answer.total:,}"

    def show(self, answer: Answer, groups: Groups, asked: SearchRequest) -> None:
        """Shows an answer. The cursor goes to the first hit of another query; it stays on a kind that was chosen."""
        fresh = not self._rows or answer.query != self.asked or asked != self._asked
        row = self._row(self.cursor)
        onward = row.what in ("kinds", "group") and asked.text != self._asked.text and self.has_focus
        key = self.key_at(self.cursor) if onward else ""
        chosen = key.removeprefix("kind ") if row.what == "group" else self._kinds.here.kind
        if fresh:
            self._unfolding = self._unfolding.only_folds() if asked.text == self._asked.text else Unfolding()
        self._answer, self._asked, self._groups, self._trouble = answer, asked, groups, ""
        self._hit_lines.forget(dated=self.dated)
        self._kinds.show(facets_of(answer, asked) if answer.facets else [], chosen)
        if fresh:
            self.cursor, self.top = 0, 0
        self.lay_out()
        if fresh:
            found = self.row_of(key) if key else None
            self.move_to(found if found is not None else 0 if onward else self._first, tell=False)

    def offer(self, offers: Sequence[tuple[str, str]]) -> None:
        """Shows queries that may be asked, each with its name where it has one, in place of hits."""
        self._clear("")
        self._offers = list(offers)
        self.cursor, self.top = 0, 0
        self.lay_out()

    def fail(self, why: str) -> None:
        """Shows why a search failed."""
        self._clear(why)
        self.lay_out()

    def _clear(self, trouble: str) -> None:
        self._answer, self._asked, self._groups, self._trouble = None, SearchRequest(), Groups(), trouble
        self._kinds = Kinds()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keeps the cursor on the hit that is open."""
        if before.view.hit != after.view.hit:
            self.come_to(after.view.hit)
        if before.marks != after.marks:
            self.refresh()

    @property
    def offering(self) -> bool:
        """Whether queries are shown in place of hits."""
        return self._answer is None and not self._trouble and bool(self._offers)

    def key_at(self, row: int) -> str:
        """The key of a row of hits; for a query that is offered, one of its own."""
        return f"offer {row}" if self.offering else super().key_at(row)

    def above(self) -> int:
        """The height of the kinds in lines."""
        self._kinds.lay_out(max(self.size.width - 6, 10))
        return len(self._kinds.lines) + 1 if self._kinds else 0

    def lay_out(self, *, draw: bool = True) -> None:
        """Makes the rows anew, of hits or of what is offered."""
        if self._answer is not None:
            super().lay_out(draw=draw)
            return
        self._rows, self._width = [], self.size.width
        self.replace_rows(Uneven([2] * len(self._offers if self.offering else ())), draw=draw)

    def links_in_sight(self) -> list[Link]:
        """The hits; or what is offered."""
        return ListPane.links_in_sight(self) if self.offering else super().links_in_sight()

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - lines were broken at the width
        """A query that is offered; the kinds; a heading; a line of a hit."""
        faint = self.look("row--faint")
        if self.offering:
            name, query = self._offers[row]
            named = [(f"{name}  ", self.look("row--strong"))] if name else []
            return ([*named, (query, faint if name else NOTHING)] if part == 0 else []), []
        hit, group, here = self._hit(row), self._group(row), self._row(row)
        if hit is not None:
            return self._hit_lines.draw(hit, part)
        if group is None:
            return self._kinds.pieces(part, self.look, led=self.cursor == row and self.leads), []
        if here.what == "group":
            sign = "▸ " if self._unfolding.folded(group.kind) else "▾ "
            only = "only these" if self._kinds.only(group.kind) else ""
            return [(sign, faint), (many(group.kind, group.count), self.look("row--heading"))], [(only, faint)]
        left = group.count - self._unfolding.visible(self._groups, here.group)
        return ([("  … ", faint), (f"{left:,} more", NOTHING)] if part == 0 else []), []

    def open_row(self, row: int) -> None:
        """Opens the article at a hit; narrows to a kind; shows more of it; asks what is offered."""
        here, group = self._row(row), self._group(row)
        if self.offering:
            self.post_message(QueryChosen(self._offers[row][1]))
        elif here.what == "hit":
            self.post_message(HitSelected(self._number(here), opened=True))
        elif here.what == "more":
            self._further(here)
        elif group is not None:
            self.post_message(FacetChosen(group.kind, exclude=False))
        elif self._kinds:
            self._choose(self._kinds.here, exclude=False)

    def _choose(self, facet: Facet, *, exclude: bool) -> None:
        if facet.kind or not exclude:
            self.post_message(FacetChosen(facet.kind, exclude=exclude))

    def _kind_here(self, *, exclude: bool) -> None:
        """The kind under the cursor, or that of the hit there, alone or left out."""
        group = self._group(self.cursor)
        if group is not None:
            self.post_message(FacetChosen(group.kind, exclude=exclude))
        elif self._kinds:
            self._choose(self._kinds.here, exclude=exclude)

    def action_facet_include(self) -> None:
        """Show only the kind under the cursor."""
        self._kind_here(exclude=False)

    def action_facet_exclude(self) -> None:
        """Leave out the kind under the cursor."""
        self._kind_here(exclude=True)

    def action_entry_open(self) -> None:
        """Opens the hit under the cursor."""
        if self.stack.rows:
            self.open_row(self.cursor)

    def action_row_in(self) -> None:
        """Opens a hit; unfolds a kind, or goes to its best hit; among the kinds above, to the next one."""
        here, group = self._row(self.cursor), self._group(self.cursor)
        if self.offering or here.what in ("hit", "more"):
            self.action_entry_open()
        elif group is None:
            self._kinds.move(1)
            self.refresh()
        elif self._unfolding.folded(group.kind):
            self._fold(group.kind, folded=False)
        else:
            self.move_to(self.cursor + 1)

    def action_row_out(self) -> None:
        """Go from a hit to its kind; fold a kind, or go from it to the kinds above; among these to the one before."""
        here, group = self._row(self.cursor), self._group(self.cursor)
        if group is None:
            self._kinds.move(-1)
            self.refresh()
        elif here.what != "group":
            self.move_to(next(at for at, row in enumerate(self._rows) if row == HitRow("group", here.group)))
        elif not self._unfolding.folded(group.kind):
            self._fold(group.kind, folded=True)
        else:
            self.move_to(0)

    def action_order_next(self) -> None:
        """Sort by relevance or by date."""
        self.post_message(ActionChosen("search.order"))
