"""Searching without making anyone wait: requests are numbered, so that a stale answer can be told and dropped."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct
from textual.message import Message

from dossier.desk.desk import Desk
from dossier.ui.aside import Aside
from dossier.ui.messages import AnswerArrived, SearchFailed, SpellingsArrived

FEW = 3
"""With fewer hits than this, other spellings are looked for."""

PAGE = 50
"""How many hits are asked for at a time."""


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


class Searcher:
    """Carries searches out beside the screen and posts what comes of them."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._aside = Aside(desk.beside, post, "search")
        self.last = 0
        """Number of the last request; an answer to any other is stale."""

    def ask(self, asked: Asked, *, offset: int = 0) -> int:
        """Asks for a search and returns its number."""
        number = self.drop()
        wait = not self._desk.kept  # else another process brings the index up to date

        def job(desk: Desk) -> Message:
            answer = desk.search(
                asked.text, limit=PAGE, offset=offset, typing=asked.typing, mode=asked.mode, sort=asked.sort,
                lens=asked.lens, wait=wait, cancelled=lambda: number != self.last,
            )  # fmt: skip
            return AnswerArrived(number, answer, offset)

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def ask_spellings(self, asked: Asked) -> None:
        """Asks for other spellings of what was asked for last; they come unless something is asked for before."""
        number = self.last

        def job(desk: Desk) -> Message:
            answer = desk.search(
                asked.text, limit=1, mode=asked.mode, lens=asked.lens, wait=False,
                cancelled=lambda: number != self.last,
            )  # fmt: skip
            return SpellingsArrived(number, answer.suggestions)

        self._aside.ask(job, lambda _why: SpellingsArrived(number, ()))

    def drop(self) -> int:
        """Makes whatever was asked for until now stale; gives the number of the next request."""
        self.last += 1
        return self.last

    def close(self) -> None:
        """Ends the thread when it is done."""
        self._aside.close()
