"""The results of a search, shown in the reader's place while the search is open."""

from collections.abc import Sequence
from typing import ClassVar

from dossier.desk.state import BrowseState
from dossier.model.passages import Answer
from dossier.model.search_request import SearchRequest
from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.messages import FacetChosen, HitSelected, QueryChosen
from dossier.ui.widgets.bars import ActionChosen
from dossier.ui.widgets.facets import Kinds, count_of_kind, facets_of
from dossier.ui.widgets.fold_state import HitRow, Unfolding
from dossier.ui.widgets.groups import Groups
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.hit_list import HitList, HitRows, HitView
from dossier.ui.widgets.pane import Pane, PaneRows
from dossier.ui.widgets.row_list import Drawn


class ResultRows(HitRows):
    """The hits of a query under the kinds that were found; before a query, those that may be asked."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.answer: Answer | None = None
        """The answer whose hits are shown; None when none are."""
        self._asked = SearchRequest()
        self.kinds = Kinds()
        """The kinds that were found."""
        self._offers: list[tuple[str, str]] = []
        self._trouble = ""

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the search
        """The text shown when there are no hits."""
        if self._trouble:
            return self._trouble
        if self.answer is None:
            return "Type what to search for."
        if self.answer.understood or not self.answer.notes:
            if self.answer.partial:
                return "Nothing found so far."
            narrowed = self._asked.lens or self._asked.filters
            if narrowed:
                return "Nothing found within the lens and the filters."
            return "Nothing found: Ctrl+T changes how words match."
        return self.answer.notes[0]

    @property
    def asked(self) -> str:
        """The query whose hits are shown; empty when none are."""
        return self.answer.query if self.answer else ""

    @property
    def dated(self) -> bool:
        """Return whether the hits come by their dates, and show them."""
        return self._asked.sort == "date"

    def heading(self) -> str:
        """The title of the list, and what it is narrowed to."""
        if self.answer is None and self._offers and not self._trouble:
            return "Searches"
        lens = self._asked.lens if self.reading is not None else ()
        names = " + ".join(row.title for row in map(self.reading.row, lens) if row) if self.reading else ""
        return " ─ ".join(["Results", *([names] if names else []), *["filtered"] * bool(self._asked.filters)])

    def tally(self) -> str:
        """The number of hits; whether there may be more."""
        if self.answer is None:
            return ""
        return f"{'at least ' if self.answer.partial else ''}{self.answer.total:,}"

    def show(self, answer: Answer, groups: Groups, asked: SearchRequest) -> None:
        """Show an answer. The cursor goes to the first hit of another query; it stays on a kind that was chosen."""
        fresh = not self.all or answer.query != self.asked or asked != self._asked
        row = self.row(self.view.cursor)
        onward = row.what in ("kinds", "group") and asked.text != self._asked.text and self.pane.has_focus
        key = self.key_at(self.view.cursor) if onward else ""
        chosen = key.removeprefix("kind ") if row.what == "group" else self.kinds.here.kind
        if fresh:
            self.unfolding = self.unfolding.only_folds() if asked.text == self._asked.text else Unfolding()
        self.answer, self._asked, self.groups, self._trouble = answer, asked, groups, ""
        self._hit_lines.forget(dated=self.dated)
        self.kinds.show(facets_of(answer, asked) if answer.facets else [], chosen)
        if fresh:
            self.view.cursor, self.pane.top = 0, 0
        self.lay_out()
        if fresh:
            found = self.row_of(key) if key else None
            self.view.move_to(found if found is not None else 0 if onward else self.first, tell=False)

    def offer(self, offers: Sequence[tuple[str, str]]) -> None:
        """Show queries that may be asked, each with its name where it has one, in place of hits."""
        self._clear("")
        self._offers = list(offers)
        self.view.cursor, self.pane.top = 0, 0
        self.lay_out()

    def fail(self, why: str) -> None:
        """Show why a search failed."""
        self._clear(why)
        self.lay_out()

    def _clear(self, trouble: str) -> None:
        self.answer, self._asked, self.groups, self._trouble = None, SearchRequest(), Groups(), trouble
        self.kinds = Kinds()

    @property
    def offering(self) -> bool:
        """Return whether queries are shown in place of hits."""
        return self.answer is None and not self._trouble and bool(self._offers)

    def key_at(self, row: int) -> str:
        """The key of a row of hits; for a query that is offered, one of its own."""
        return f"offer {row}" if self.offering else super().key_at(row)

    def above(self) -> int:
        """The height of the kinds in lines."""
        self.kinds.lay_out(max(self.width - 6, 10))
        return len(self.kinds.lines) + 1 if self.kinds else 0

    def lay_out(self, *, draw: bool = True) -> None:
        """Make the rows anew, of hits or of what is offered."""
        if self.answer is not None:
            super().lay_out(draw=draw)
            return
        self.all, self._width = [], self.width
        self.view.replace_rows(UnevenRows([2] * len(self._offers if self.offering else ())), draw=draw)

    def links_in_sight(self) -> list[LinkTarget]:
        """The hits; or what is offered."""
        return PaneRows.links_in_sight(self) if self.offering else super().links_in_sight()

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - lines were broken at the width
        """A query that is offered; the kinds; a heading; a line of a hit."""
        hit = self.hit(row)
        if hit is not None:
            return self._hit_lines.draw(hit, part)
        faint = self.look("row--faint")
        if self.offering:
            name, query = self._offers[row]
            named = [(f"{name}  ", self.look("row--strong"))] if name else []
            return ([*named, (query, faint if name else NO_STYLE)] if part == 0 else []), []
        group, here = self.group(row), self.row(row)
        if group is None:
            return self.kinds.pieces(part, self.look, led=self.view.cursor == row and self.pane.leads), []
        if here.what == "group":
            sign = "▸ " if self.unfolding.folded(group.kind) else "▾ "
            only = "only these" if self.kinds.only(group.kind) else ""
            return [(sign, faint), (count_of_kind(group.kind, group.count), self.look("row--heading"))], [(only, faint)]
        left = group.count - self.unfolding.visible(self.groups, here.group)
        return ([("  … ", faint), (f"{left:,} more", NO_STYLE)] if part == 0 else []), []

    def open_row(self, row: int) -> None:
        """Open the article at a hit; narrow to a kind; show more of it; ask what is offered."""
        here, group = self.row(row), self.group(row)
        if self.offering:
            self.pane.post_message(QueryChosen(self._offers[row][1]))
        elif here.what == "hit":
            self.pane.post_message(HitSelected(self.groups.first_of(here.group) + here.at, opened=True))
        elif here.what == "more":
            self.further(here)
        elif group is not None:
            self.pane.post_message(FacetChosen(group.kind, exclude=False))
        elif self.kinds:
            self.pane.post_message(FacetChosen(self.kinds.here.kind, exclude=False))

    def action_entry_open(self) -> None:
        """Open the hit under the cursor."""
        if self.stack.rows:
            self.open_row(self.view.cursor)


class ResultKeys:
    """The actions on kinds of hits: folding them, and choosing some of them alone or leaving them out."""

    def __init__(self, rows: ResultRows) -> None:
        self._rows = rows

    def _kind_here(self, *, exclude: bool) -> None:
        """The kind under the cursor, or that of the hit there, alone or left out."""
        rows = self._rows
        group = rows.group(rows.view.cursor)
        if group is not None:
            rows.pane.post_message(FacetChosen(group.kind, exclude=exclude))
        elif rows.kinds and (rows.kinds.here.kind or not exclude):
            rows.pane.post_message(FacetChosen(rows.kinds.here.kind, exclude=exclude))

    def action_facet_include(self) -> None:
        """Show only the kind under the cursor."""
        self._kind_here(exclude=False)

    def action_facet_exclude(self) -> None:
        """Leave out the kind under the cursor."""
        self._kind_here(exclude=True)

    def action_row_in(self) -> None:
        """Open a hit; unfold a kind, or go to its best hit; among the kinds above, to the next one."""
        rows = self._rows
        here, group = rows.row(rows.view.cursor), rows.group(rows.view.cursor)
        if rows.offering or here.what in ("hit", "more"):
            rows.action_entry_open()
        elif group is None:
            rows.kinds.move(1)
            rows.pane.refresh()
        elif rows.unfolding.folded(group.kind):
            self._fold(group.kind, folded=False)
        else:
            rows.view.move_to(rows.view.cursor + 1)

    def action_row_out(self) -> None:
        """Go from a hit to its kind; fold a kind, or go from it to the kinds above; among these to the one before."""
        rows = self._rows
        here, group = rows.row(rows.view.cursor), rows.group(rows.view.cursor)
        if group is None:
            rows.kinds.move(-1)
            rows.pane.refresh()
        elif here.what != "group":
            rows.view.move_to(next(at for at, row in enumerate(rows.all) if row == HitRow("group", here.group)))
        elif not rows.unfolding.folded(group.kind):
            self._fold(group.kind, folded=True)
        else:
            rows.view.move_to(0)

    def _fold(self, kind: str, *, folded: bool) -> None:
        self._rows.unfolding.fold(kind, folded=folded)
        self._rows.lay_out()

    def action_order_next(self) -> None:
        """Sort by relevance or by date."""
        rows = self._rows
        rows.pane.post_message(ActionChosen("search.order"))


class Results(HitList):
    """The results of a search, in the place of the article."""

    pane = "results"
    number = "4"
    SCOPES: ClassVar[tuple[str, ...]] = ("results", "list")
    rows: ResultRows
    rows_class = ResultRows
    view_class = HitView

    def __init__(self) -> None:
        super().__init__()
        self.performers = (ResultKeys(self.rows), *self.performers)

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Keep the cursor on the hit that is open."""
        if before.view.hit != after.view.hit:
            self.come_to(after.view.hit)
        if before.marks != after.marks:
            self.refresh()
