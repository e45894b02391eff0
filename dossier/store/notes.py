"""What is noted while a file is read: its problems, each at its place."""

from difflib import get_close_matches
from typing import Protocol

from dossier.model.problems import Place, Problem, Severity
from dossier.store.refusals import shown

MOST = 1_000
"""How many problems of one file are told; the rest are counted."""


class Placed(Protocol):
    """Anything of a YAML file that knows where it stands; line and column from 0."""

    @property
    def line(self) -> int:
        """From 0."""

    @property
    def column(self) -> int:
        """From 0, in characters."""


class Notes:
    """The problems of one file, in the order found."""

    def __init__(self, file: str) -> None:
        self.file = file
        """Its path relative to the dossier's folder."""
        self._problems: list[Problem] = []
        self._untold = 0

    def place(self, node: Placed) -> Place:
        """Where `node` stands."""
        return Place(self.file, node.line + 1, node.column + 1)

    def error(self, node: Placed, code: str, message: str, hint: str = "") -> None:
        """Notes an error at `node`."""
        self._note("error", node, code, message, hint)

    def warning(self, node: Placed, code: str, message: str, hint: str = "") -> None:
        """Notes a warning at `node`."""
        self._note("warning", node, code, message, hint)

    def add(self, problem: Problem) -> None:
        """Notes a problem found elsewhere."""
        if len(self._problems) < MOST:
            self._problems.append(problem)
        else:
            self._untold += 1

    def told(self) -> tuple[Problem, ...]:
        """All that was noted, in the order of the places."""
        problems = sorted(self._problems, key=lambda problem: (problem.place.line, problem.place.column))
        if self._untold:
            message = f"{self._untold:,} more problems of this file are not told"
            problems.append(Problem(problems[-1].place, "error", "too-many-problems", message, "mend the first ones"))
        return tuple(problems)

    def _note(self, severity: Severity, node: Placed, code: str, message: str, hint: str) -> None:
        if len(self._problems) < MOST:
            self._problems.append(Problem(self.place(node), severity, code, message, hint))
        else:
            self._untold += 1


def nearest(word: str, known: list[str]) -> str:
    """A hint that offers the known word most like `word`, or else all of them."""
    close = get_close_matches(shown(word).casefold(), known, 1)
    return f"did you mean “{close[0]}”?" if close else f"known are: {', '.join(known)}"
