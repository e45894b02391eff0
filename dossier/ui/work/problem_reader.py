"""Read the problems of a dossier beside the screen: words that are nowhere are looked for in every article."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message

from dossier.desk.desk import Desk
from dossier.desk.separate import CancellationToken, problems_of
from dossier.model.problems import Problem
from dossier.ui.work.thread import HEAVY, Aside


@dataclass
class ProblemsCounted(Message):
    """The number of problems is known."""

    count: int
    """How many there are."""


@dataclass
class ProblemsListed(Message):
    """The problems are known."""

    problems: Sequence[Problem]
    """All of them, in the order of files and lines."""


@dataclass
class ProblemsFailed(Message):
    """The problems could not be read."""

    why: str
    """One sentence."""


class ProblemReader:
    """Reads problems in a thread with its own desk."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._aside = Aside(desk.clone, post, HEAVY)
        self._token = CancellationToken()

    def count(self) -> None:
        """Ask for their number."""
        self._aside.ask(lambda desk: ProblemsCounted(len(problems_of(desk, self._token))), ProblemsFailed)

    def list(self) -> None:
        """Ask for all of them."""
        self._aside.ask(lambda desk: ProblemsListed(problems_of(desk, self._token)), ProblemsFailed)

    def close(self) -> None:
        """End the work, and the thread's desk with it."""
        self._aside.close()
        self._token.cancel()
