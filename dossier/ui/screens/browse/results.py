"""The search and its hits: answers as they arrive, more of them as they are wanted, and the way from hit to hit."""

from collections.abc import Mapping

from msgspec.structs import replace
from textual import events

from dossier.desk.user.saved_state import add_query
from dossier.model.passages import Answer, Hit
from dossier.model.search_request import SearchRequest
from dossier.ui.messages import AnswerArrived, HitsArrived, HitSelected, MoreWanted, SearchFailed, SpellingsArrived
from dossier.ui.panes.results import Results
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.navigation import NavigationController
from dossier.ui.widgets.fold_state import hits_wanted_at
from dossier.ui.widgets.groups import PAGE, Groups
from dossier.ui.widgets.screen import Conditions
from dossier.ui.work.reading import Reading
from dossier.ui.work.scroll_memory import place_of, put_back
from dossier.ui.work.searcher import FEW, Searcher

_MANY = 400
"""When the index has grown, hits are looked for anew unless more of them than this were read."""


class ResultsController(Controller):
    """The query and its results."""

    def __init__(self, screen: BrowseBase, navigation: NavigationController) -> None:
        super().__init__(screen)
        self._navigation = navigation
        self._searcher: Searcher | None = None
        self._wanted_hit = -1
        self._last_opened = -1
        self.asked = SearchRequest()
        """The search that is carried out or was carried out last."""
        self.answer: Answer | None = None
        """What was found; None before anything was and after a failure."""
        self.groups = Groups()
        """The hits by kind, as far as they were read."""
        self.busy = False
        """Whether more of the answer is to arrive."""
        self.queries: tuple[str, ...] = ()
        """What was searched for, the latest first, each once."""

    @property
    def searcher(self) -> Searcher:
        """The worker that carries searches out."""
        if self._searcher is None:
            self._searcher = Searcher(self.reading.desk, self.screen.post_message)
        return self._searcher

    @property
    def pane(self) -> Results | None:
        """The pane of the results; None while it is not mounted."""
        pane = self.screen.the_pane("results")
        return pane if isinstance(pane, Results) else None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits that were read, in the order in which they are shown."""
        return tuple(hit for group in self.groups.all for hit in group.hits)

    def conditions(self) -> Conditions:
        """Conditions on hits and on other spellings."""
        return {"hits": self.has_rows, "spelling": lambda: self.answer is not None and bool(self.answer.suggestions)}

    def has_rows(self) -> bool:
        """Return whether there are hits to step through, or other rows to choose in the results."""
        return bool(self.hits) or (self.view.searching and self.pane is not None and self.pane.rows.stack.rows > 0)

    def facts(self) -> list[str]:
        """The number of hits, and the one that is open."""
        answer, view = self.answer, self.view
        if answer is None or not view.query:
            return []
        total = f"{'at least ' if answer.partial else ''}{answer.total:,}"
        if view.hit < 0:
            return [f"{total} {'hit' if answer.total == 1 else 'hits'}"]
        return [f"hit {view.hit + 1:,}{' of ' if answer.partial else '/'}{total}"]

    def request(self, text: str, *, typing: bool) -> SearchRequest:
        """The search for a text as the state has mode, order, lens and filters."""
        view = self.view
        order = view.sort("results")
        return SearchRequest(
            text, typing, view.mode, "date" if order == "date" else "relevance", view.lens, view.filters
        )

    def ask(self, text: str, *, typing: bool) -> None:
        """Search for a text; an empty one clears the results."""
        self.screen.alter(query=text, begun=typing, hit=-1)
        if text.strip():
            self.search(self.request(text, typing=typing))
        else:
            self.clear()

    def search(self, request: SearchRequest, wanted: Mapping[str, int] | None = None) -> None:
        """Carry a search out; `wanted` gives for some kinds how many hits there are to be."""
        self._last_opened = self._last_opened if request == self.asked else -1
        self.asked, self.busy = request, True
        self.searcher.ask_groups(request, wanted or {})

    def search_again(self) -> None:
        """Carry the last search out once more: the index knows more now."""
        if self.answer is not None and self.asked.text and len(self.hits) <= _MANY:
            self.search(self.asked, hits_wanted_at(self.pane.spot()) if self.pane is not None else None)

    def clear(self) -> None:
        """Take the results away and offer what may be searched for."""
        self.searcher.drop()
        self.asked, self.answer, self.groups = SearchRequest(), None, Groups()
        self.offer()
        self.screen.show_status()

    def offer(self) -> None:
        """Offer the searches of the dossier and the latest queries."""
        if self.pane is not None:
            searches = self.reading.desk.searches().items()
            self.pane.rows.offer([*searches, *(("", query) for query in self.queries)])

    def keep_query(self) -> None:
        """Keep the current query among those to come back to."""
        self.queries = add_query(self.queries, self.asked.text.strip())

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Show what was found, unless something else was asked for since."""
        message.stop()
        if message.request != self.searcher.last:
            return
        self.screen.draw_at_once()
        before, answer, groups = self.answer, message.answer, message.groups or Groups()
        hit = self.groups.hit(self.view.hit) if before is not None else None
        self.answer, self.groups, self.busy = answer, groups, not message.whole
        pane = self.pane
        if pane is not None:
            same, place = pane.rows.asked == answer.query, place_of(pane)
            pane.rows.show(answer, groups, self.asked)
            if same:
                put_back(pane, place)
        if hit is not None and before is not None and before.query == answer.query:  # perhaps it has another number now
            self.screen.alter(hit=groups.number(hit.key))
        self.screen.show_status()
        self.screen.draw_now()
        if not message.whole:
            self.screen.call_after_refresh(self.searcher.first_drawn)
        else:
            self._reach()
            if self.asked.typing and answer.total < FEW and not answer.partial:
                self.searcher.ask_spellings(self.asked)

    def on_hits_arrived(self, message: HitsArrived) -> None:
        """Show more hits of a kind."""
        message.stop()
        if message.request != self.searcher.last or self.answer is None:
            return
        self.screen.draw_at_once()
        self.busy = False
        self.groups = self.groups.grown(message.kind, message.hits)
        pane = self.pane
        if pane is not None:
            stays, place = pane.on_more, place_of(pane)
            pane.rows.show(self.answer, self.groups, self.asked)
            if not stays:  # else the cursor is on the first of the new ones
                put_back(pane, place)
        if message.hits:
            self._reach()

    def on_spellings_arrived(self, message: SpellingsArrived) -> None:
        """Show what may have been meant, unless something else was asked for since."""
        message.stop()
        if message.request == self.searcher.last and self.answer is not None:
            self.answer = replace(self.answer, suggestions=message.spellings)
            self.screen.show_status()

    def on_search_failed(self, message: SearchFailed) -> None:
        """Say why nothing was found."""
        message.stop()
        if message.request == self.searcher.last:
            self.answer, self.groups = None, Groups()
            if self.pane is not None:
                self.pane.rows.fail(message.why)
            self.screen.tell(message.why, "row--bad")

    def on_more_wanted(self, message: MoreWanted) -> None:
        """Ask for the next hits of a kind; while a search is running, the next move of the cursor asks again."""
        message.stop()
        if not self.busy:
            self._ask_more(message.kind, message.until)

    def _ask_more(self, kind: str, until: int) -> None:
        """Ask for the hits of a kind up to a number of them, a page at least."""
        have = next((len(group.hits) for group in self.groups.all if group.kind == kind), 0)
        self.busy = True
        self.searcher.ask_more(self.asked, kind, have, max(until, have + PAGE))

    def on_hit_selected(self, message: HitSelected) -> None:
        """Let links follow the cursor of the results; an opened hit opens its article."""
        message.stop()
        hit = self.groups.hit(message.number)
        if hit is None:
            return
        if message.opened:
            self.open_hit(message.number)
        else:
            self.screen.alter(entry=hit.id)

    def open_hit(self, number: int) -> None:
        """Open the article at a hit; an entry without a place in any article opens with its links."""
        hit = self.groups.hit(number)
        if hit is None:
            return
        shown: dict[str, object] = {"article": hit.id, "owner": "", "ordinal": 0, "paragraph": hit.paragraph}
        if hit.kind != "paragraph":
            shown = {**self._navigation.shown_for(hit.id), "entry": hit.id}
        if hit.kind == "link" and hit.article:  # its words, and not those of the entry it runs from
            shown |= {"article": hit.article, "owner": "", "ordinal": 0, "paragraph": hit.paragraph}
        query = {"query": self.asked.text, "begun": self.asked.typing, "hit": number}
        changes = {**shown, "pane": "article", "searching": False, **query}
        self._last_opened = number
        if self.view.hit >= 0 and not self.view.searching:
            self.screen.alter(**changes)
        else:
            self.keep_query()
            self.screen.go(**changes)
        self.screen.set_focus(self.screen.the_pane("article"))
        if self.pane is not None:
            self.pane.come_to(number)

    def action_hit_next(self) -> None:
        """Go to the next hit."""
        self._step(1)

    def action_hit_previous(self) -> None:
        """Go to the hit before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        view = self.view
        if self.asked.text != view.query and view.query:
            self.search(self.request(view.query, typing=view.begun))
        last = view.hit if view.hit >= 0 else self._last_opened
        number = last + by if last >= 0 else 0
        if not 0 <= number < (self.groups.total if self.answer else 0):
            which, way = ("last", "hit.previous") if by > 0 else ("first", "hit.next")
            self.screen.refuse(f"This is the {which} hit: {self.keymap.shown(way)} goes the other way.")
        else:
            self._wanted_hit = number
            self._reach()

    def _reach(self) -> None:
        """Open the hit that is waited for, reading on as far as that takes."""
        wanted = self._wanted_hit
        if wanted < 0 or self.busy:
            return
        if self.groups.hit(wanted) is not None or wanted >= self.groups.total:
            self._wanted_hit = -1
            if wanted < self.groups.total:
                self.open_hit(wanted)
            return
        index, position = self.groups.place(wanted)
        self._ask_more(self.groups.all[index].kind, position + 1)

    def leave_level(self) -> bool:
        """Leave an article that was opened at a hit for the results, as they were."""
        state = self.screen.state
        if state.zoomed or state.view.hit < 0 or not state.past or not state.past[-1].searching:
            return False
        self._navigation.action_view_back()
        return True

    def reading_changed(self, before: Reading | None, after: Reading | None) -> None:
        """Search another dossier anew."""
        if self._searcher is not None and (before is None or after is None or before.desk is not after.desk):
            self._searcher.close()
            self._searcher = None
            self.answer, self.groups, self.asked = None, Groups(), SearchRequest()

    def on_unmount(self, _event: events.Unmount) -> None:
        """Let the searching thread end."""
        if self._searcher is not None:
            self._searcher.close()
