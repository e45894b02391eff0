"""Finding: a query typed, its hits beside the panes, and from hit to hit across articles."""

from dossier.desk.state import BrowseState
from dossier.ui.messages import (
    FacetChosen,
    HitSelected,
)
from dossier.ui.panes.results import Results
from dossier.ui.screens.browse.base import Ground
from dossier.ui.screens.browse.results import Answering
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.fold_state import wanted_at
from dossier.ui.widgets.groups import Groups
from dossier.ui.work.reading import Reading
from dossier.ui.work.searcher import Asked


class Finding(Answering):
    """The results, the hits."""

    def watch_reading(self, before: Reading | None, after: Reading | None) -> None:
        """Another dossier is searched anew."""
        if self._searcher is not None and (before is None or after is None or before.desk is not after.desk):
            self._searcher.close()
            self._searcher = None
            self._answer, self._found, self._asking = None, Groups(), Asked()

    def on_unmount(self) -> None:
        """Lets the searching thread end."""
        if self._searcher is not None:
            self._searcher.close()

    async def action_search_open(self) -> None:
        """Opens the search line, with what was typed last, which the next letter replaces."""
        if self.results() is None:
            pane = Results()
            pane.data_bind(Ground.state, Ground.reading)
            await self.query_one(Board).mount(pane)
        line = self.search_line()
        line.choose()
        self._untouched, self._walked = True, -1
        if not self.state.view.searching:
            self.go(searching=True, pane="results", query=line.text, begun=self._asking.typing, hit=-1)
        else:
            self.show_pane("results")
        self.set_focus(line)
        typing = self._asking.typing or line.text != self._asking.text
        if line.text and self.asked_now(line.text, typing=typing) != self._asking:
            self.ask(line.text, typing=typing)
        elif not line.text:
            self.offer()
        self.show_understood()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Searches again when one comes back to another query."""
        super().watch_state(before, after)
        query = after.view.query
        if self.is_mounted and after.moves != before.moves and query:
            asked = self.asked_now(query, typing=after.view.begun)
            if asked != self._asking:
                self.search_line().fill(query)
                self._asking = asked
                self.search(wanted_at(after.view.spot("results")))
            self.show_understood()

    def forget(self) -> None:
        """Takes the results away and offers what may be asked."""
        super().forget()
        self._answer, self._found = None, Groups()
        self.offer()
        self.show_status()

    def offer(self) -> None:
        """Offers the searches of the dossier and those asked before."""
        pane = self.results()
        if pane is not None and self.reading is not None:
            pane.offer([*self.reading.desk.searches().items(), *(("", query) for query in self.queries)])

    def on_facet_chosen(self, message: FacetChosen) -> None:
        """Narrows the query to a kind, or leaves one out."""
        from dossier.desk.search.query_edit import with_kind  # noqa: PLC0415 - not needed to start

        message.stop()
        asking = self._asking
        self.take(with_kind(asking.text, message.kind, exclude=message.exclude, typing=asking.typing))
        self.keep_query()

    def on_hit_selected(self, message: HitSelected) -> None:
        """Links follow the cursor of the results; an opened hit opens its article."""
        message.stop()
        hit = self._found.hit(message.number)
        if hit is None:
            return
        if message.opened:
            self.open_hit(message.number)
        elif hit.kind != "paragraph":
            self.alter(entry=hit.id)

    def open_hit(self, number: int) -> None:
        """Opens the article at a hit; an entry without a place in any article opens with its links."""
        hit = self._found.hit(number)
        if hit is None:
            return
        shown: dict[str, object] = {"article": hit.id, "owner": "", "ordinal": 0, "paragraph": hit.paragraph}
        if hit.kind != "paragraph":
            shown = {**self.shown_for(hit.id), "entry": hit.id}
        if hit.kind == "link" and hit.article:  # its words, and not those of the entry it runs from
            shown |= {"article": hit.article, "owner": "", "ordinal": 0, "paragraph": hit.paragraph}
        asked = {"query": self._asking.text, "begun": self._asking.typing, "hit": number}
        changes = {**shown, "pane": "article", "searching": False, **asked}
        if self.state.view.hit >= 0 and not self.state.view.searching:
            self.alter(**changes)
        else:
            self.keep_query()
            self.go(**changes)
        self.set_focus(self.the_pane("article"))
        results = self.results()
        if results is not None:
            results.come_to(number)

    def _step_hit(self, by: int) -> None:
        view = self.state.view
        if self._asking.text != view.query and view.query:
            self._asking = self.asked_now(view.query, typing=view.begun)
            self.search()
        total = self._found.total if self._answer else 0
        at = (view.hit + by) if view.hit >= 0 else 0
        if not 0 <= at < total:
            which, way = ("last", "hit.previous") if by > 0 else ("first", "hit.next")
            self.refuse(f"This is the {which} hit: {self.keymap.shown(way)} goes the other way.")
        else:
            self._wanted_hit = at
            self.reach()

    def action_hit_next(self) -> None:
        """To the next hit."""
        self._step_hit(1)

    def action_hit_previous(self) -> None:
        """To the hit before."""
        self._step_hit(-1)

    def action_hit_open(self) -> None:
        """From the search line: opens what is under the cursor of the results."""
        pane = self.results()
        if pane is not None:
            pane.action_entry_open()

    def action_hit_below(self) -> None:
        """From the search line: down in the results."""
        pane = self.results()
        self._untouched = False
        if pane is not None:
            pane.action_cursor_down()

    def action_hit_above(self) -> None:
        """From the search line: up in the results; from a line that was not touched yet, to the query before."""
        pane = self.results()
        if self._backwards():
            self.action_query_older()
        elif pane is not None:
            pane.action_cursor_up()

    def _backwards(self) -> bool:
        """Whether up means the query before: the line is untouched or empty, or one goes through queries already."""
        return self._untouched or self._walked >= 0 or not self.search_line().text

    def action_query_correct(self) -> None:
        """Searches for what may have been meant."""
        if self._answer is not None and self._answer.suggestions:
            self.take(self._answer.suggestions[0])

    def action_search_browse(self) -> None:
        """From the search line into the results."""
        self.in_results()

    def action_search_leave(self) -> None:
        """Closes the search; what was typed stays in the line."""
        self.leave_search()

    def leave_search(self) -> None:
        """Closes the search, back to where it was opened."""
        self.keep_query()
        self.set_focus(None)
        super().leave_search()
        self.place()

    def action_level_leave(self) -> None:
        """From an article that was opened at a hit back to the results, as they were."""
        state = self.state
        if not state.zoomed and state.view.hit >= 0 and state.past and state.past[-1].searching:
            self.action_view_back()
        else:
            super().action_level_leave()

    def condition_met(self, need: str) -> bool:
        """Whether there are hits to step through, or something else to choose."""
        if need == "hits":
            pane = self.results()
            return bool(self._hits) or (self.state.view.searching and pane is not None and pane.stack.rows > 0)
        if need == "above":
            return self._backwards() or self.condition_met("hits")
        if need == "spelling":
            return self._answer is not None and bool(self._answer.suggestions)
        return super().condition_met(need)

    def understood(self) -> str:
        """How the query was read."""
        return self._answer.understood if self._answer is not None and self._asking.text else ""

    def remarks(self) -> str:
        """Mistakes with their places, what was bounded, and what may have been meant."""
        if self._answer is None or not self._asking.text:
            return ""
        meant = self._answer.suggestions
        key = self.keymap.shown("query.correct")
        told = [f"Did you mean {' or '.join(meant)}? {key} takes it."] if meant else []
        return " · ".join([*self._answer.notes, *told])

    def show_status(self) -> None:
        """The lines under the query say what the answer says."""
        super().show_status()
        if self.state.view.searching:
            self.show_understood()

    def facts(self) -> list[str]:
        """The hits, before what else there is to say."""
        found = super().facts()
        answer, view = self._answer, self.state.view
        if answer is not None and view.query:
            many = f"{'at least ' if answer.partial else ''}{answer.total:,}"
            hits = "hit" if answer.total == 1 else "hits"
            of = f" of {many}" if answer.partial else f"/{many}"
            found.insert(0, f"hit {view.hit + 1:,}{of}" if view.hit >= 0 else f"{many} {hits}")
        return found
