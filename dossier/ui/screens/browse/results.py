"""Answers as they arrive: the hits by kind, more of them as they are wanted, and the one that is waited for."""

from collections.abc import Mapping

from msgspec.structs import replace

from dossier.model.passages import Answer, Hit
from dossier.ui.messages import AnswerArrived, HitsArrived, MoreWanted, SearchFailed, SpellingsArrived
from dossier.ui.screens.browse.query_line import Asking
from dossier.ui.widgets.fold_state import wanted_at
from dossier.ui.widgets.groups import PAGE, Groups
from dossier.ui.work.scroll_memory import place_of, put_back
from dossier.ui.work.searcher import FEW

_MANY = 400
"""When the index has grown, hits are looked for anew unless more of them than this were read."""


class Answering(Asking):
    """What was found."""

    _answer: Answer | None = None
    _found = Groups()
    _wanted_hit = -1
    _busy = False

    @property
    def _hits(self) -> tuple[Hit, ...]:
        """What was read of the hits, in the order in which they are shown."""
        return tuple(hit for group in self._found.all for hit in group.hits)

    def search(self, wanted: Mapping[str, int] | None = None) -> None:
        """Carries out what is asked; `wanted` says of some kinds how many hits there are to be."""
        self._busy = True
        self.searcher().ask_groups(self._asking, wanted or {})

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Shows what was found, unless something else was asked for since."""
        message.stop()
        if message.request != self.searcher().last:
            return
        self.draw_at_once()
        answer, found = message.answer, message.groups or Groups()
        hit = self._found.hit(self.state.view.hit) if self._answer is not None else None
        again = self._answer is not None and self._answer.query == answer.query
        self._answer, self._found, self._busy = answer, found, not message.whole
        pane = self.results()
        if pane is not None:
            same, place = pane.asked == answer.query, place_of(pane)
            pane.show(answer, found, self._asking)
            if same:
                put_back(pane, place)
        if hit is not None and again:  # found once more, perhaps at another place among the hits
            self.alter(hit=found.number(hit.key))
        self.show_status()
        self.draw_now()
        if not message.whole:
            self.call_after_refresh(self.searcher().first_drawn)
        else:
            self.reach()
            if self._asking.typing and answer.total < FEW and not answer.partial:
                self.searcher().ask_spellings(self._asking)

    def on_hits_arrived(self, message: HitsArrived) -> None:
        """Shows more hits of a kind."""
        message.stop()
        if message.request != self.searcher().last or self._answer is None:
            return
        self.draw_at_once()
        self._busy = False
        self._found = self._found.grown(message.kind, message.hits)
        pane = self.results()
        if pane is not None:
            stays, place = pane.on_more, place_of(pane)
            pane.show(self._answer, self._found, self._asking)
            if not stays:  # else the cursor is on the first of the new ones
                put_back(pane, place)
        if message.hits:
            self.reach()

    def reach(self) -> None:
        """Opens the hit that is waited for, reading on as far as that takes."""
        wanted = self._wanted_hit
        if wanted < 0 or self._busy:
            return
        if self._found.hit(wanted) is not None or wanted >= self._found.total:
            self._wanted_hit = -1
            if wanted < self._found.total:
                self.open_hit(wanted)
            return
        index, at = self._found.place(wanted)
        self._more(self._found.all[index].kind, at + 1)

    def _more(self, kind: str, until: int) -> None:
        """Asks for the hits of a kind up to a number of them, a page at least."""
        have = next((len(group.hits) for group in self._found.all if group.kind == kind), 0)
        self._busy = True
        self.searcher().ask_more(self._asking, kind, have, max(until, have + PAGE))

    def on_spellings_arrived(self, message: SpellingsArrived) -> None:
        """Shows what may have been meant, unless something else was asked for since."""
        message.stop()
        if message.request == self.searcher().last and self._answer is not None:
            self._answer = replace(self._answer, suggestions=message.spellings)
            self.show_status()

    def search_again(self) -> None:
        """Asks once more what was asked last: the index knows more now."""
        pane = self.results()
        if self._answer is not None and self._asking.text and len(self._hits) <= _MANY:
            self.search(wanted_at(pane.spot()) if pane is not None else None)

    def on_search_failed(self, message: SearchFailed) -> None:
        """Says why nothing was found."""
        message.stop()
        if message.request == self.searcher().last:
            self._answer, self._found = None, Groups()
            pane = self.results()
            if pane is not None:
                pane.fail(message.why)
            self.tell(message.why, "row--bad")

    def on_more_wanted(self, message: MoreWanted) -> None:
        """Asks for the next hits of a kind; while a search goes on, the next move of the cursor asks again."""
        message.stop()
        if not self._busy:
            self._more(message.kind, message.until)

    def open_hit(self, number: int) -> None:
        """Opens the article at a hit."""
