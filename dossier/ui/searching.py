"""Searching without making anyone wait: requests are numbered, so that a stale answer can be told and dropped."""

from collections.abc import Callable

from textual.message import Message

from dossier.desk.desk import Desk
from dossier.ui.aside import Aside
from dossier.ui.messages import AnswerArrived, SearchFailed

PAGE = 50
"""How many hits are asked for at a time."""


class Searcher:
    """Carries searches out beside the screen and posts what comes of them."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._desk = desk
        self._aside = Aside(desk.beside, post, "search")
        self.last = 0
        """Number of the last request; an answer to any other is stale."""

    def ask(self, text: str, *, typing: bool, offset: int = 0, lens: tuple[str, ...] = ()) -> int:
        """Asks for a search and returns its number. `typing` lets the last word be the beginning of one."""
        number = self.drop()
        wait = not self._desk.kept  # else another process brings the index up to date

        def job(desk: Desk) -> Message:
            answer = desk.search(text, limit=PAGE, offset=offset, typing=typing, lens=lens, wait=wait)
            return AnswerArrived(number, answer, offset)

        self._aside.ask(job, lambda why: SearchFailed(number, why))
        return number

    def drop(self) -> int:
        """Makes whatever was asked for until now stale; gives the number of the next request."""
        self.last += 1
        return self.last

    def close(self) -> None:
        """Ends the thread when it is done."""
        self._aside.close()
