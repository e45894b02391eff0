"""Finding: a query typed, its hits beside the panes, and from hit to hit across articles."""

from dossier.desk.state import BrowseState
from dossier.model.passages import Answer, Hit
from dossier.ui.board import Board
from dossier.ui.editing import LineEdit
from dossier.ui.messages import AnswerArrived, HitSelected, LineTyped, MoreWanted, SearchFailed
from dossier.ui.panes.results import Results
from dossier.ui.place import place_of, put_back
from dossier.ui.reading import Reading
from dossier.ui.screens.following import Following
from dossier.ui.screens.ground import Ground
from dossier.ui.searching import PAGE, Searcher


class Finding(Following):
    """The search line, the results, the hits."""

    _searcher: Searcher | None = None
    _answer: Answer | None = None
    _hits: tuple[Hit, ...] = ()
    _asked = ""
    _wanted_hit = -1

    def searcher(self) -> Searcher:
        """What carries searches out."""
        if self._searcher is None:
            assert self.reading is not None
            self._searcher = Searcher(self.reading.desk, self.post_message)
        return self._searcher

    def watch_reading(self, before: Reading | None, after: Reading | None) -> None:
        """Another dossier is searched anew."""
        if self._searcher is not None and (before is None or after is None or before.desk is not after.desk):
            self._searcher.close()
            self._searcher = None
            self._answer, self._hits, self._asked = None, (), ""

    def on_unmount(self) -> None:
        """Lets the searching thread end."""
        if self._searcher is not None:
            self._searcher.close()

    def results(self) -> Results | None:
        """The pane of the results, once there is one."""
        pane = self.the_pane("results")
        return pane if isinstance(pane, Results) else None

    def search_line(self) -> LineEdit:
        """Where one types."""
        return self.query_one("#search", LineEdit)

    async def action_search_open(self) -> None:
        """Opens the search line, with what was typed last."""
        if self.results() is None:
            pane = Results()
            pane.data_bind(Ground.state, Ground.reading)
            await self.query_one(Board).mount(pane)
        line = self.search_line()
        if not self.state.view.searching:
            self.go(searching=True, pane="results", query=line.text, hit=-1)
        else:
            self.show_pane("results")
        self.set_focus(line)
        if line.text and line.text != self._asked:
            self._ask(line.text, typing=True)

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Searches again when one comes back to another query."""
        super().watch_state(before, after)
        query = after.view.query
        if self.is_mounted and after.moves != before.moves and query and query != self._asked:
            self.search_line().fill(query)
            self._ask(query, typing=False)

    def _ask(self, text: str, *, typing: bool, offset: int = 0) -> None:
        self._asked = text
        self.searcher().ask(text, typing=typing, offset=offset, lens=self.state.view.lens)

    def on_line_typed(self, message: LineTyped) -> None:
        """Searches as one types."""
        message.stop()
        self.alter(query=message.text, hit=-1)
        pane = self.results()
        if message.text.strip():
            self._ask(message.text, typing=True)
        else:
            self._asked = ""
            self.searcher().drop()
            self._answer, self._hits = None, ()
            if pane is not None:
                pane.clear()
            self.show_status()

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Shows what was found, unless something else was asked for since."""
        message.stop()
        pane = self.results()
        if message.request != self.searcher().last:
            return
        self._answer = message.answer
        more = message.offset and message.offset == len(self._hits)
        self._hits = (*self._hits, *message.answer.hits) if more else message.answer.hits
        if pane is not None:
            same, place = pane.asked == message.answer.query, place_of(pane)
            pane.show(message.answer, list(self._hits), "")
            if same:
                put_back(pane, place)
        self.show_status()
        if 0 <= self._wanted_hit < len(self._hits):
            self._open_hit(self._wanted_hit)
        self._wanted_hit = -1

    def search_again(self) -> None:
        """Asks once more what was asked last: the index knows more now."""
        if self._answer is not None and self._asked and len(self._hits) <= PAGE:
            self._ask(self._asked, typing=isinstance(self.focused, LineEdit))

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
        self._ask(self._asked, typing=False, offset=len(self._hits))

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
        changes = {**shown, "pane": "article", "searching": False, "query": self._asked, "hit": number}
        if self.state.view.hit >= 0 and not self.state.view.searching:
            self.alter(**changes)
        else:
            self.go(**changes)
        self.set_focus(self.the_pane("article"))
        results = self.results()
        if results is not None:
            results.move_to(number, tell=False)

    def _step_hit(self, by: int) -> None:
        view = self.state.view
        if self._asked != view.query and view.query:
            self._ask(view.query, typing=False)
        total = self._answer.total if self._answer else 0
        at = (view.hit + by) if view.hit >= 0 else 0
        if not 0 <= at < total:
            self.refuse("This is the last hit." if by > 0 else "This is the first hit.")
        elif at < len(self._hits):
            self._open_hit(at)
        else:
            self._wanted_hit = at
            self._ask(self._asked, typing=False, offset=len(self._hits))

    def action_hit_next(self) -> None:
        """To the next hit."""
        self._step_hit(1)

    def action_hit_previous(self) -> None:
        """To the hit before."""
        self._step_hit(-1)

    def action_hit_open(self) -> None:
        """From the search line: opens the hit under the cursor."""
        pane = self.results()
        if pane is not None and self._hits:
            self._open_hit(pane.cursor)

    def action_hit_below(self) -> None:
        """From the search line: down in the results."""
        pane = self.results()
        if pane is not None:
            pane.action_cursor_down()

    def action_hit_above(self) -> None:
        """From the search line: up in the results."""
        pane = self.results()
        if pane is not None:
            pane.action_cursor_up()

    def action_search_browse(self) -> None:
        """From the search line into the results."""
        self.set_focus(self.results())

    def action_search_leave(self) -> None:
        """Closes the search; what was typed stays in the line."""
        self.leave_search()

    def leave_search(self) -> None:
        """Closes the search, back to where it was opened."""
        self.set_focus(None)
        super().leave_search()
        self.place()

    def holds(self, need: str) -> bool:
        """Whether there are hits to step through."""
        return bool(self._hits) if need == "hits" else super().holds(need)

    def facts(self) -> list[str]:
        """The hits, before what else there is to say."""
        found = super().facts()
        answer, view = self._answer, self.state.view
        if answer is not None and view.query:
            many = f"{answer.total}{'+' if answer.partial else ''}"
            found.insert(0, f"hit {view.hit + 1}/{many}" if view.hit >= 0 else f"{many} hits")
            if view.searching and answer.notes:
                found.insert(0, answer.notes[0])
        return found
