"""Search as the reader has it: the index brought up to date when it must be, made anew when it is damaged."""

from typing import TYPE_CHECKING

from msgspec import structs

from dossier.desk.indexing import Index
from dossier.desk.watching import Cancelled, Progress, never, say_nothing
from dossier.model.passages import Answer
from dossier.search.engine import IndexBusy, IndexDamaged, Sort
from dossier.search.finder import Finder
from dossier.search.names import Mode, Names
from dossier.search.snippets import highlights
from dossier.store import lookups
from dossier.store.catalogue import Catalogue

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

LARGE = 20_000
"""Passages from which the larger engine is suggested (issue of the search: Whoosh builds 30 times more slowly)."""

BEHIND = "The index is being brought up to date; what changed last may be missing."


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
        cancelled: Cancelled = never,
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
        cancelled: Cancelled = never,
    ) -> Answer:
        """What a query finds: with `wait` after the index is up to date, else in what is there now, and saying so."""
        behind = not self.index.current
        if behind and wait:
            try:
                self.update()
                behind = False
            except IndexBusy:
                behind = True  # another program is at it; what is there already is searched

        def ask() -> Answer:
            return self.finder().find(
                text,
                limit=limit,
                offset=offset,
                typing=typing,
                mode=mode,
                sort=sort,
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

    def highlights(self, article: str, text: str, mode: Mode) -> tuple[tuple[int, int], ...]:
        """Where a query matches in the full text of an article, as offsets in it."""
        asked = self.finder().ask(text, mode=mode)
        if asked.searched is None:
            return ()
        view = self.desk.article(article)
        language = view.entry.text("language") or self.desk.header("language")
        found = highlights(view.text[view.body :], language, asked.searched)
        return tuple((start + view.body, end + view.body) for start, end in found)

    def close(self) -> None:
        """Let go of its files."""
        self.index.close()
