"""Searching without making anyone wait: requests are numbered, so that a stale answer can be told and dropped."""

from collections.abc import Callable, Mapping
from threading import Event
from typing import Literal

from msgspec import Struct
from textual.message import Message

from dossier.desk.desk import Desk
from dossier.model.passages import Answer, Hit, Most
from dossier.model.views import ALL, Filters
from dossier.ui.messages import AnswerArrived, HitsArrived, SearchFailed, SpellingsArrived
from dossier.ui.widgets.groups import ALONE, FIRST, PAGE, filled, gathered, lacking
from dossier.ui.work.thread import Aside

PATIENCE = 0.1
"""Seconds that the rest of an answer waits for its first hits to be drawn."""

FEW = 10
"""With fewer hits than this, other spellings are looked for."""


_AT_FIRST = Most(each=FIRST + 1, alone=ALONE)
"""Hits that are read before the first of them are shown; a group of one more than `FIRST` is shown whole."""


class Asked(Struct, frozen=True):
    """What is searched for, and how."""

    text: str = ""
    """The query as typed."""
    typing: bool = False
    """Whether the last word may be the beginning of one."""
    mode: Literal["exact", "aliases", "fuzzy"] = "aliases"
    """How words are taken."""
    sort: Literal["relevance", "date"] = "relevance"
    """The order of the hits."""
    lens: tuple[str, ...] = ()
    """Ids of the entries that what is found must be linked with."""
    filters: Filters = ALL
    """What else it is narrowed to."""


class Searcher:
    """Carries searches out beside the screen and posts what comes of them."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._post = post
        self._aside = Aside(desk.clone, post, "search")
        self._drawn = Event()
        self.last = 0
        """Number of the last request; an answer to any other is stale."""

    def ask(self, asked: Asked) -> int:
        """Asks for the first hits of a search and returns its number."""
        number = self.drop()
        self._aside.ask(
            lambda desk: AnswerArrived(number, self._find(desk, asked, number, PAGE)),
            lambda why: SearchFailed(number, why),
        )
        return number

    def ask_groups(self, asked: Asked, wanted: Mapping[str, int]) -> int:
        """Asks for the first hits of every kind, of some kinds for so many, and returns the number of the search.

        What was found first arrives by itself where looking for more takes as long again, and the rest is looked for
        once that is drawn (`first_drawn`), or it would take the processor from the drawing. Not where one comes back to
        results and `wanted` says so, for then all must be there at once.
        """
        number = self.drop()

        def job(desk: Desk) -> Message:
            answer = self._find(desk, asked, number, PAGE, most=_AT_FIRST)
            groups = gathered(answer)
            if lacking(groups, wanted) and not wanted:
                self._drawn.clear()
                self._post(AnswerArrived(number, answer, groups, whole=False))
                if number == self.last:
                    self._drawn.wait(PATIENCE)

            def more(kind: str, have: int, most: int) -> tuple[Hit, ...]:
                return self._find(desk, asked, number, most - have, offset=have, kind=kind).hits

            return AnswerArrived(number, answer, filled(groups, wanted, more, dated=asked.sort == "date"))

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def first_drawn(self) -> None:
        """What was found first is on the screen."""
        self._drawn.set()

    def ask_more(self, asked: Asked, kind: str, have: int, most: int) -> int:
        """Asks for the hits of a kind from one number to another, and returns the number of the request."""
        number = self.drop()

        def job(desk: Desk) -> Message:
            return HitsArrived(number, kind, self._find(desk, asked, number, most - have, offset=have, kind=kind).hits)

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def _find(
        self,
        desk: Desk,
        asked: Asked,
        number: int,
        limit: int,
        *,
        offset: int = 0,
        kind: str = "",
        most: Most | None = None,
    ) -> Answer:
        finding = desk.finding
        return finding.find(
            asked.text, limit=limit, offset=offset, typing=asked.typing, mode=asked.mode, sort=asked.sort,
            within=finding.within(asked.lens), filters=asked.filters, kind=kind, most=most,
            wait=not self._desk.synced_elsewhere,  # else another process brings the index up to date
            cancelled=lambda: number != self.last,
        )  # fmt: skip

    def ask_spellings(self, asked: Asked) -> None:
        """Asks for other spellings of what was asked for last; they come unless something is asked for before."""
        number = self.last

        def job(desk: Desk) -> Message:
            answer = desk.search(
                asked.text, limit=1, mode=asked.mode, lens=asked.lens, filters=asked.filters, wait=False,
                cancelled=lambda: number != self.last,
            )  # fmt: skip
            return SpellingsArrived(number, answer.suggestions)

        self._aside.ask(job, lambda _why: SpellingsArrived(number, ()))

    def drop(self) -> int:
        """Makes whatever was asked for until now stale; gives the number of the next request."""
        self.last += 1
        self._drawn.set()
        return self.last

    def close(self) -> None:
        """Ends the thread when it is done."""
        self._post = lambda _message: None
        self._aside.close()
