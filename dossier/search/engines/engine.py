"""The protocol of a search engine, and how an engine is opened.

Passages go in and keys come out; the query is a tree of `dossier.model.query`. `dossier.search.engines.plan` defines
what matches and how it scores, so that every engine gives the same keys with the same scores in the same order: by
score, highest first; then by rank (`dossier.search.engines.postings.rank`: newest first); then by key. Nothing here is
tied to a process, a file or a thread, so a server can implement it as well as a folder.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from msgspec import Struct

from dossier.model.passages import Passage
from dossier.model.problems import DossierError
from dossier.model.query import Query
from dossier.search.engines.server import Server
from dossier.search.engines.table import ENGINES

Sort = Literal["relevance", "date"]
"""The order of an answer; by date is newest first, what has no date last."""

Progress = Callable[[int, int], None]
"""Told how many passages are done, of how many."""

Cancelled = Callable[[], bool]
"""Asked now and then whether to stop."""


class IndexDamaged(DossierError):  # noqa: N818 - named by what is the case
    """An index cannot be read; the folder is to be emptied and the index built anew."""


class IndexBusy(DossierError):  # noqa: N818 - named by what is the case
    """Another program is writing to the index."""


class EngineMissing(DossierError):  # noqa: N818 - named by what is the case
    """An engine is not installed, or there is none of that name."""


class IndexUnavailable(DossierError):  # noqa: N818 - named by what is the case
    """A server does not answer, or refuses; the sentence says which and why."""


class Ranked(Struct, frozen=True, gc=False):
    """A passage found, with what it scores."""

    key: str
    score: int


class EngineResult(Struct, frozen=True):
    """The result of an engine's search."""

    ranked: tuple[Ranked, ...]
    """The asked-for part of the order."""
    total: int
    """How many passages match; fewer than there are when `partial`."""
    facets: dict[str, int]
    """How many of each kind; kinds without a match are left out."""
    partial: bool = False
    """Whether time ran out, or the search was cancelled."""


class Engine(Protocol):
    """A full-text engine over passages. One object may be used from several threads."""

    name: str
    """As in `ENGINES`."""

    def digests(self) -> dict[str, str]:
        """Key and digest of every passage that is in."""

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """Take passages in, in place of those with the same keys, and others out by key. What was done when it is
        interrupted stays done. Returns whether all was done; `IndexBusy` when another program writes.
        """

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> EngineResult:
        """The matches in order, from `offset` on; within about `seconds`. `IndexDamaged` when it cannot be read."""

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """The passages with these keys, in their order; one that is not there is left out."""

    def forms(self, word: str, most: int) -> Iterator[str]:
        """The words that begin with the letter of `word` and are at most `most` letters off, and perhaps others that
        begin so (or that could be found lately); for suggestions.
        """

    def languages(self) -> frozenset[str]:
        """The languages of the passages, as `dossier.search.text.normalize.language_of` names them."""

    def close(self) -> None:
        """Let go of files and memory."""


def open_engine(name: str, place: Path | Server) -> Engine:
    """The engine `name` over the index in a folder, an empty one when there is none, or on a server.

    Opening reads nothing yet. The caller answers for the folder: that this user's program made what is in it.
    `EngineMissing` when there is no such engine here.
    """
    if name not in ENGINES:
        raise EngineMissing(f"There is no search engine {name}; there are {', '.join(ENGINES)}.")
    row = ENGINES[name]
    engine: Engine = getattr(import_module(row.module), row.class_name)(place)
    return engine
