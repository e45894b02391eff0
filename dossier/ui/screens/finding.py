"""Finding: a query typed, its hits beside the panes, and from hit to hit across articles."""

from msgspec.structs import replace

from dossier.desk.state import BrowseState
from dossier.model.passages import Answer, Hit
from dossier.ui.board import Board
from dossier.ui.messages import (
    AnswerArrived,
    FacetChosen,
    HitSelected,
    MoreWanted,
    SearchFailed,
    SpellingsArrived,
)
from dossier.ui.panes.results import Results
from dossier.ui.place import place_of, put_back
from dossier.ui.reading import Reading
from dossier.ui.screens.asking import Asking
from dossier.ui.screens.ground import Ground
from dossier.ui.searching import FEW, PAGE, Asked


class Finding(Asking):
    """The results, the hits."""

    _answer: Answer | None = None
    _hits: tuple[Hit, ...] = ()
    _wanted_hit = -1

    def watch_reading(self, before: Reading | None, after: Reading | None) -> None:
        """Another dossier is searched anew."""
        if self._searcher is not None and (before is None or after is None or before.desk is not after.desk):
            self._searcher.close()
            self._searcher = None
            self._answer, self._hits, self._asking = None, (), Asked()

    def on_unmount(self) -> None:
        """Lets the searching thread end."""
        if self._searcher is not None:
            self._searcher.close()

    async def action_search_open(self) -> None:
        """Opens the search line, with what was typed last."""
        if self.results() is None:
            pane = Results()
            pane.data_bind(Ground.state, Ground.reading)
            await self.query_one(Board).mount(pane)
        line = self.search_line()
        self._untouched, self._walked = True, -1
        if not self.state.view.searching:
            self.go(searching=True, pane="results", query=line.text, hit=-1)
        else:
            self.show_pane("results")
        self.set_focus(line)
        if line.text and line.text != self._asking.text:
            self.ask(line.text, typing=True)
        elif not line.text:
            self.offer()
        self.show_understood()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Searches again when one comes back to another query."""
        super().watch_state(before, after)
        query = after.view.query
        if self.is_mounted and after.moves != before.moves and query:
            asked = self.asked_now(query, typing=self._asking.typing)
            if asked != self._asking:
                self.search_line().fill(query)
                self._asking = replace(asked, typing=asked.typing and query == self._asking.text)
                self.searcher().ask(self._asking)
            self.show_understood()

    def forget(self) -> None:
        """Takes the results away and offers what may be asked."""
        super().forget()
        self._answer, self._hits = None, ()
        self.offer()
        self.show_status()

    def offer(self) -> None:
        """Offers the searches of the dossier and those asked before."""
        pane = self.results()
        if pane is not None and self.reading is not None:
            pane.offer([*self.reading.desk.searches().items(), *(("", query) for query in self.queries)])

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Shows what was found, unless something else was asked for since."""
        message.stop()
        if message.request != self.searcher().last:
            return
        answer = message.answer
        more = message.offset and message.offset == len(self._hits)
        hit = self.state.view.hit
        open_hit = self._hits[hit].key if 0 <= hit < len(self._hits) and self._answer is not None else ""
        again = self._answer is not None and self._answer.query == answer.query
        self._answer = answer
        self._hits = (*self._hits, *answer.hits) if more else answer.hits
        pane = self.results()
        if pane is not None:
            same, place = pane.asked == answer.query, place_of(pane)
            pane.show(answer, list(self._hits), self._asking)
            if same:
                put_back(pane, place)
        if open_hit and again and not more:  # found once more, perhaps at another place among the hits
            self.alter(hit=next((at for at, one in enumerate(self._hits) if one.key == open_hit), -1))
        self.show_status()
        if 0 <= self._wanted_hit < len(self._hits):
            self._open_hit(self._wanted_hit)
        self._wanted_hit = -1
        if self._asking.typing and answer.total < FEW and not answer.partial:
            self.searcher().ask_spellings(self._asking)

    def on_spellings_arrived(self, message: SpellingsArrived) -> None:
        """Shows what may have been meant, unless something else was asked for since."""
        message.stop()
        if message.request == self.searcher().last and self._answer is not None:
            self._answer = replace(self._answer, suggestions=message.spellings)
            self.show_status()

    def search_again(self) -> None:
        """Asks once more what was asked last: the index knows more now."""
        if self._answer is not None and self._asking.text and len(self._hits) <= PAGE:
            self.searcher().ask(self._asking)

    def on_search_failed(self, message: SearchFailed) -> None:
        """Says why nothing was found."""
        message.stop()
        if message.request == self.searcher().last:
            self._answer, self._hits = None, ()
            pane = self.results()
            if pane is not None:
                pane.fail(message.why)
            self.tell(message.why, "row--bad")

    def on_more_wanted(self, message: MoreWanted) -> None:
        """Asks for the next hits."""
        message.stop()
        self.searcher().ask(self._asking, offset=len(self._hits))

    def on_facet_chosen(self, message: FacetChosen) -> None:
        """Narrows the query to a kind, or leaves one out."""
        from dossier.desk.asking import with_kind  # noqa: PLC0415 - not needed to start

        message.stop()
        asking = self._asking
        self.take(with_kind(asking.text, message.kind, exclude=message.exclude, typing=asking.typing))
        self.keep_query()

    def on_hit_selected(self, message: HitSelected) -> None:
        """Links follow the cursor of the results; an opened hit opens its article."""
        message.stop()
        if not 0 <= message.number < len(self._hits):
            return
        if message.opened:
            self._open_hit(message.number)
            return
        hit = self._hits[message.number]
        if hit.kind != "paragraph":
            self.alter(entry=hit.id)

    def _open_hit(self, number: int) -> None:
        """Opens the article at a hit; an entry without a place in any article opens with its links."""
        hit = self._hits[number]
        shown: dict[str, object] = {"article": hit.id, "owner": "", "ordinal": 0, "paragraph": hit.paragraph}
        if hit.kind != "paragraph":
            shown = {**self.shown_for(hit.id), "entry": hit.id}
        changes = {**shown, "pane": "article", "searching": False, "query": self._asking.text, "hit": number}
        if self.state.view.hit >= 0 and not self.state.view.searching:
            self.alter(**changes)
        else:
            self.keep_query()
            self.go(**changes)
        self.set_focus(self.the_pane("article"))
        results = self.results()
        if results is not None:
            results.move_to(results.row_of_hit(number), tell=False)

    def _step_hit(self, by: int) -> None:
        view = self.state.view
        if self._asking.text != view.query and view.query:
            self._asking = self.asked_now(view.query, typing=False)
            self.searcher().ask(self._asking)
        total = self._answer.total if self._answer else 0
        at = (view.hit + by) if view.hit >= 0 else 0
        if not 0 <= at < total:
            self.refuse("This is the last hit." if by > 0 else "This is the first hit.")
        elif at < len(self._hits):
            self._open_hit(at)
        else:
            self._wanted_hit = at
            self.searcher().ask(self._asking, offset=len(self._hits))

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
        if self._untouched or self._walked >= 0 or not self.search_line().text:
            self.action_query_older()
        elif pane is not None:
            pane.action_cursor_up()

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

    def holds(self, need: str) -> bool:
        """Whether there are hits to step through, or something else to choose."""
        if need == "hits":
            pane = self.results()
            return bool(self._hits) or (self.state.view.searching and pane is not None and pane.stack.rows > 0)
        if need == "spelling":
            return self._answer is not None and bool(self._answer.suggestions)
        return super().holds(need)

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
            many = f"{answer.total:,}{'+' if answer.partial else ''}"
            found.insert(0, f"hit {view.hit + 1}/{many}" if view.hit >= 0 else f"{many} hits")
        return found
