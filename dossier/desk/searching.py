"""Search as the reader has it: the index brought up to date when it must be, made anew when it is damaged."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from dossier.desk.indexing import Index
from dossier.model.passages import Answer
from dossier.search.engine import IndexBusy, IndexDamaged, Sort
from dossier.search.finder import Finder
from dossier.search.names import Mode, Names
from dossier.store import lookups
from dossier.store.catalogue import Catalogue
from dossier.store.refreshing import Progress

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

LARGE = 20_000
"""Passages from which the larger engine is suggested (issue of the search: Whoosh builds 30 times more slowly)."""

BEHIND = "The index is being brought up to date; what changed last may be missing."


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """Cancelled by nobody."""
    return False


class Search:
    """The search of one open dossier."""

    def __init__(self, desk: "Desk", catalogue: Catalogue, engine: str) -> None:
        self.desk = desk
        self.catalogue = catalogue
        self.index = Index(desk, catalogue, engine)
        self._names: Names | None = None
        self._names_of = -1

    def update(
        self,
        progress: Progress = say_nothing,
        cancelled: Callable[[], bool] = never,
        *,
        rebuild: bool = False,
    ) -> int:
        """Bring the index up to date, or make it anew; gives how many passages are in it.

        Raises:
            Interrupted: `cancelled` said so; what was indexed until then is kept.
            IndexBusy: another program is writing to it.
            EngineMissing: the engine is not installed.

        """
        if rebuild:
            self.index.clear()
        try:
            self.index.update(progress, cancelled)
        except IndexDamaged:
            self._renew()
            self.index.update(progress, cancelled)
        return len(self.index.engine.digests())

    def _renew(self) -> None:
        self.index.clear()
        self.desk.notices.append("The full-text index was damaged; it was set aside and built anew.")

    def finder(self) -> Finder:
        """The engine with the names of the dossier as they are now."""
        generation = self.desk.generation
        if self._names is None or self._names_of != generation:
            self._names = Names(lookups.all_names(self.catalogue))
            self._names_of = generation
        return Finder(self.index.engine, self._names)

    def find(
        self,
        text: str,
        *,
        limit: int,
        offset: int,
        typing: bool,
        mode: Mode,
        sort: Sort,
        within: frozenset[str] | None,
        wait: bool,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """What a query finds: with `wait` after the index is up to date, else in what is there now, and saying so."""
        behind = not self.index.current
        if behind and wait:
            try:
                self.update()
                behind = False
            except IndexBusy:
                behind = True  # another program is at it; what is there already is searched
        order = "date" if sort == "date" else "relevance"

        def ask() -> Answer:
            return self.finder().find(
                text,
                limit=limit,
                offset=offset,
                typing=typing,
                mode=mode,
                sort=order,
                within=within,
                cancelled=cancelled,
            )

        try:
            answer = ask()
        except IndexDamaged:
            self._renew()
            self.update()
            answer = ask()
        if behind:
            answer = structs.replace(answer, partial=True, notes=(*answer.notes, BEHIND))
        return answer

    def close(self) -> None:
        """Let go of its files."""
        self.index.close()
