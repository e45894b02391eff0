"""Problems noted while a file is read, each at its place."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn, Protocol

from dossier.model.problems import Place, Problem, Severity
from dossier.store.files.errors import quotable

MOST = 1_000
"""How many warnings of one file are told. As many errors, and the rest of the file is not read."""


class ReadingStopped(Exception):  # noqa: N818 -- not an error of the program: the rest of a file is not read
    """The file cannot be read any further; the notes have the reason."""


class LocatedNode(Protocol):
    """A part of a YAML file that knows its place; line and column from 0."""

    @property
    def line(self) -> int:
        """The line, from 0."""

    @property
    def column(self) -> int:
        """The column, from 0, in characters."""


class Diagnostics:
    """The problems of one file, in the order found."""

    def __init__(self, file: str) -> None:
        self.file = file
        """Its path relative to the dossier's folder."""
        self._problems: list[Problem] = []
        self._untold = 0
        self._errors = 0

    def place(self, node: LocatedNode) -> Place:
        """The place where `node` stands."""
        return Place(self.file, node.line + 1, node.column + 1)

    def error(self, node: LocatedNode, code: str, message: str, hint: str = "") -> None:
        """Note an error at `node`."""
        self._note("error", node, code, message, hint)

    def warning(self, node: LocatedNode, code: str, message: str, hint: str = "") -> None:
        """Note a warning at `node`."""
        self._note("warning", node, code, message, hint)

    def stop(self, node: LocatedNode, code: str, message: str, hint: str = "") -> NoReturn:
        """Note an error at `node`, behind which the file cannot be read; raises `ReadingStopped`."""
        self.error(node, code, message, hint)
        raise ReadingStopped

    def add(self, problem: Problem) -> None:
        """Note a problem found elsewhere; raises `ReadingStopped` when there are too many errors."""
        if problem.severity == "error":
            self._errors += 1
        elif len(self._problems) - self._errors >= MOST:
            self._untold += 1
            return
        self._problems.append(problem)
        if self._errors >= MOST:
            raise ReadingStopped

    def told(self) -> tuple[Problem, ...]:
        """All problems noted, in the order of their places."""
        problems = sorted(self._problems, key=lambda problem: (problem.place.line, problem.place.column))
        message = f"{self._untold:,} more warnings of this file are not told" if self._untold else ""
        if self._errors >= MOST:
            message = f"after {MOST:,} errors the rest of this file is not read"
        if message:
            severity: Severity = "error" if self._errors >= MOST else "warning"
            problems.append(Problem(problems[-1].place, severity, "too-many-problems", message, "mend the first ones"))
        return tuple(problems)

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """A hint that offers the known word most like `word`, or else all of them; nothing when it will not be told."""
        if self._untold:
            return ""
        words = list(known)
        close = get_close_matches(quotable(word).casefold(), words, 1)
        return f"did you mean “{close[0]}”?" if close else f"known are: {', '.join(words)}"

    def slip(self, word: str, known: Iterable[str]) -> str:
        """A hint that offers the known word that was surely meant; empty when none was."""
        close = get_close_matches(quotable(word).casefold(), known, 1, 0.8)
        return f"did you mean “{close[0]}”?" if close else ""

    def _note(self, severity: Severity, node: LocatedNode, code: str, message: str, hint: str) -> None:
        self.add(Problem(self.place(node), severity, code, message, hint))
