"""Searching without making anyone wait: requests are numbered, so that a stale answer can be told and dropped."""

from collections.abc import Callable, Mapping
from threading import Event

from msgspec.structs import replace
from textual.message import Message

from dossier.desk.desk import Desk
from dossier.model.passages import Answer, Hit, Most
from dossier.model.search_request import SearchRequest
from dossier.ui.messages import AnswerArrived, HitsArrived, SearchFailed, SpellingsArrived
from dossier.ui.widgets.groups import ALONE, FIRST, PAGE, fill_groups, group_hits, missing_hits
from dossier.ui.work.thread import Aside

PATIENCE = 0.1
"""Seconds that the rest of an answer waits for its first hits to be drawn."""

FEW = 10
"""With fewer hits than this, other spellings are looked for."""


_AT_FIRST = Most(each=FIRST + 1, alone=ALONE)
"""Hits that are read before the first of them are shown; a group of one more than `FIRST` is shown whole."""


class Searcher:
    """Carries searches out beside the screen and posts what comes of them."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._post = post
        self._aside = Aside(desk.clone, post, "search")
        self._drawn = Event()
        self.last = 0
        """Number of the last request; an answer to any other is stale."""

    def ask(self, request: SearchRequest) -> int:
        """Ask for the first hits of a search and return its number."""
        number = self.drop()
        self._aside.ask(
            lambda desk: AnswerArrived(number, self._find(desk, replace(request, limit=PAGE), number)),
            lambda why: SearchFailed(number, why),
        )
        return number

    def ask_groups(self, request: SearchRequest, wanted: Mapping[str, int]) -> int:
        """Ask for the first hits of every kind, of some kinds for so many, and return the number of the search.

        What was found first arrives by itself where looking for more takes as long again, and the rest is looked for
        once that is drawn (`first_drawn`), or it would take the processor from the drawing. Not where one comes back to
        results and `wanted` says so, for then all must be there at once.
        """
        number = self.drop()

        def job(desk: Desk) -> Message:
            answer = self._find(desk, replace(request, limit=PAGE, most=_AT_FIRST), number)
            groups = group_hits(answer)
            if missing_hits(groups, wanted) and not wanted:
                self._drawn.clear()
                self._post(AnswerArrived(number, answer, groups, whole=False))
                if number == self.last:
                    self._drawn.wait(PATIENCE)

            def more(kind: str, have: int, most: int) -> tuple[Hit, ...]:
                return self._find(desk, replace(request, limit=most - have, offset=have, kind=kind), number).hits

            return AnswerArrived(number, answer, fill_groups(groups, wanted, more, dated=request.sort == "date"))

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def first_drawn(self) -> None:
        """Note that the first results are on the screen."""
        self._drawn.set()

    def ask_more(self, request: SearchRequest, kind: str, have: int, most: int) -> int:
        """Ask for the hits of a kind from one number to another, and return the number of the request."""
        number, rest = self.drop(), replace(request, limit=most - have, offset=have, kind=kind)

        def job(desk: Desk) -> Message:
            return HitsArrived(number, kind, self._find(desk, rest, number).hits)

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def _find(self, desk: Desk, request: SearchRequest, number: int) -> Answer:
        wait = not self._desk.synced_elsewhere  # else another process brings the index up to date
        return desk.finding.find(request, wait=wait, cancelled=lambda: number != self.last)

    def ask_spellings(self, request: SearchRequest) -> None:
        """Ask for other spellings of the last request; they come unless something is asked for before."""
        number, whole_words = self.last, replace(request, typing=False, sort="relevance", kind="", limit=1)

        def job(desk: Desk) -> Message:
            answer = desk.finding.find(whole_words, wait=False, cancelled=lambda: number != self.last)
            return SpellingsArrived(number, answer.suggestions)

        self._aside.ask(job, lambda _why: SpellingsArrived(number, ()))

    def drop(self) -> int:
        """Make whatever was asked for until now stale; give the number of the next request."""
        self.last += 1
        self._drawn.set()
        return self.last

    def close(self) -> None:
        """End the thread when it is done."""
        self._post = lambda _message: None
        self._aside.close()
