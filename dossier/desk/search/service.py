"""Search as the reader has it: the index brought up to date when it must be, made anew when it is damaged."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from dossier.desk.search.index import Index
from dossier.desk.session import Session
from dossier.desk.user.servers import server_of
from dossier.model.passages import Answer
from dossier.model.problems import DossierError
from dossier.model.progress import Cancelled, Progress, never, say_nothing
from dossier.model.query import Query
from dossier.model.search_request import SearchRequest
from dossier.model.views import Filters
from dossier.search.engines.engine import Engine, IndexBusy, IndexDamaged, IndexUnavailable
from dossier.search.finder import Finder
from dossier.search.query.names import Mode, Names
from dossier.search.snippets import highlights
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue

if TYPE_CHECKING:
    from dossier.desk.articles import Texts
    from dossier.desk.search.remote import Remote

LARGE = 20_000
"""Passages from which the larger engine is suggested (issue of the search: Whoosh builds 30 times more slowly)."""

PARAGRAPHS = 10
"""Passages that an article has at the least, as a rule; those of the real archives have 12 to 40."""

LARGER = (
    "This is a large dossier: with the larger engine it is searched and indexed faster: "
    "pip install 'dossier-browser[large]', then --engine tantivy, or engine = \"tantivy\" in the configuration."
)

PATIENCE = 5.0
"""Seconds that an answer waits for another program that is writing to the index."""

SOON = 1_000
"""Articles and files that are indexed before a search answers; when more are left, as after an interrupted build, it
answers from what is there.
"""

FIRST = 20_000
"""Articles and files that a search indexes before it answers, with progress, where no index was begun.

Of more it says how the index is built.
"""

UNFINISHED = "{} of the dossier is indexed, and only that was searched; dossier index does the rest."
BEING_BUILT = "Another program is building the index; nothing can be searched until its first part is written."
NOTHING_INDEXED = "0 % of the dossier is indexed, so nothing was searched; dossier index builds the index."
LOCAL_INDEX = "The index on this machine answers instead."
NO_INDEX = "There is no index on this machine to answer instead; dossier index builds one."
BEHIND = "The index is being brought up to date; what changed last may be missing."


class SearchService:
    """The search of one open dossier."""

    def __init__(self, desk: Session, catalogue: Catalogue, texts: "Callable[[], Texts]", engine: str) -> None:
        self.desk = desk
        self.catalogue = catalogue
        self.texts = texts
        self.index = Index(desk, catalogue, texts, engine)
        self._names: Names | None = None
        self._names_of = -1

    @cached_property
    def remote(self) -> "Remote | None":
        """The server that the user's configuration names for this dossier; None as a rule.

        Raises:
            DossierError: it names one, and cannot be used as it is written.

        """
        server = server_of(self.desk.root)
        if server is None:
            return None
        from dossier.desk.search.remote import Remote  # noqa: PLC0415 - most users have no server

        return Remote(self.desk, self.catalogue, server)

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
            DossierError: the disk is full.

        """
        try:
            with self.index.alone():
                if rebuild:
                    self.index.clear()
                try:
                    self.index.update(progress, cancelled)
                except IndexDamaged:
                    self._renew()
                    self.index.update(progress, cancelled)
        except (OSError, sqlite3.OperationalError) as error:
            reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
            raise DossierError(f"The full-text index cannot be written to {self.index.folder}: {reason}.") from error
        return self.index.count

    def _renew(self) -> None:
        self.index.clear()
        self.desk.notices.append("The full-text index was damaged: rebuilt the index.")

    def finder(self, engine: Engine | None = None) -> Finder:
        """An engine, else that of the index here, with the names of the dossier as they are now."""
        generation = self.desk.generation
        if self._names is None or self._names_of != generation:
            self._names = Names(
                entry_queries.all_names(self.catalogue), lambda: entry_queries.article_names(self.catalogue)
            )
            self._names_of = generation
        return Finder(engine or self.index.engine, self._names)

    def within(self, lens: tuple[str, ...]) -> frozenset[str] | None:
        """The ids of what is linked with every entry of a lens; None without one."""
        if not lens:
            return None
        return frozenset.intersection(*(entry_queries.linked(self.catalogue, entry) for entry in lens))

    def find(
        self,
        request: SearchRequest,
        *,
        wait: bool = True,
        progress: Progress = say_nothing,
        cancelled: Cancelled = never,
    ) -> Answer:
        """Search for a request: with `wait` after the index is up to date, else in what is there now, and saying so.

        Where the user's configuration names a server, that is asked, and the index here only when it fails.
        """

        def ask(engine: Engine, seconds: float) -> Answer:
            within, also = self.within(request.lens), self._filter_query(request.filters)
            return self.finder(engine).answer(request, within=within, also=also, seconds=seconds, cancelled=cancelled)

        try:
            remote = self.remote
        except DossierError as error:
            failure = str(error)
        else:
            if remote is None:
                return self._find_here(request, wait=wait, progress=progress, cancelled=cancelled)
            try:
                return remote.answer(ask)
            except IndexUnavailable as error:
                failure = str(error)
        if not self.index.exists:
            return Answer(request.text, "", 0, (), partial=True, notes=(f"{failure} {NO_INDEX}",))
        answer = self._find_here(request, wait=False, progress=progress, cancelled=cancelled)
        return structs.replace(answer, notes=(f"{failure} {LOCAL_INDEX}", *answer.notes))

    @property
    def is_remote(self) -> bool:
        """Return whether the user's configuration names a server for this dossier, rightly or wrongly."""
        try:
            return self.remote is not None
        except DossierError:
            return True

    def _find_here(self, request: SearchRequest, *, wait: bool, progress: Progress, cancelled: Cancelled) -> Answer:
        """Search the index of this machine."""
        behind = self._is_behind(wait=wait)
        much = behind and wait and self.index.left > SOON
        if much and not self.index.started and self.index.left <= FIRST:
            behind = much = not self._try_update(0, progress, cancelled)  # another program may be building it
        if much and not (self.index.started and self.index.exists):
            asked = self.finder().ask(request.text, typing=request.typing, mode=request.mode)
            note = BEING_BUILT if self.index.busy else NOTHING_INDEXED
            return Answer(request.text, asked.understood, 0, (), partial=True, notes=(*asked.notes, note))
        if behind and wait and not much:
            behind = not self._try_update(0 if request.typing else PATIENCE, progress, cancelled)

        def ask() -> Answer:
            within, also = self.within(request.lens), self._filter_query(request.filters)
            return self.finder().answer(request, within=within, also=also, cancelled=cancelled)

        try:
            answer = ask()
        except IndexDamaged:
            self.index.close()  # another program may be making it anew just now
            again = self._ask_again(ask, progress, cancelled) if wait else None
            if again is None:
                return Answer(request.text, "", 0, (), partial=True, notes=(BEHIND,))
            behind, answer = again
        if behind:
            share = f"{self.index.percent} %" if self.index.percent else "Less than 1 %"
            note = UNFINISHED.format(share) if much else BEHIND
            answer = structs.replace(answer, partial=True, notes=(*answer.notes, note))
        return answer

    def _ask_again(
        self, ask: Callable[[], Answer], progress: Progress, cancelled: Cancelled
    ) -> tuple[bool, Answer] | None:
        """Return whether the index is behind, and an answer, where the index could not be read; None while it is busy.

        It may be that another program was making it anew; what still cannot be read once no other program is at it is
        damaged, and made anew here.
        """
        try:
            with suppress(IndexDamaged):
                return not self._try_update(PATIENCE, progress, cancelled), ask()
            with self.index.alone():
                self.index.close()
                with suppress(IndexDamaged):
                    return not self.index.current, ask()
                self._renew()
                self.update(progress)
                return False, ask()
        except IndexBusy:
            return None

    def _filter_query(self, filters: Filters) -> Query | None:
        if not filters:
            return None
        from dossier.desk.search.filters import filter_query  # noqa: PLC0415 - most searches go by no filters

        return filter_query(self.catalogue, filters)

    def _try_update(self, seconds: float, progress: Progress, cancelled: Cancelled) -> bool:
        """Bring the index up to date; False when another program has been at it for `seconds`."""
        until = time.monotonic() + seconds
        while True:
            try:
                self.update(progress)
            except IndexBusy:
                if time.monotonic() >= until or cancelled():
                    return False
                time.sleep(0.05)
            else:
                return True

    def _is_behind(self, *, wait: bool) -> bool:
        try:
            return not self.index.current
        except IndexDamaged:
            self.index.close()  # another program may be making it anew; else the update finds the damage too
            if not wait:
                with suppress(IndexBusy), self.index.alone():
                    try:
                        _ = self.index.current
                    except IndexDamaged:
                        self._renew()
            return True

    def highlights(self, article: str, text: str, mode: Mode) -> tuple[tuple[int, int], ...]:
        """The matches of a query in the full text of an article, as offsets in it."""
        from dossier.model.markdown_words import NOTHING, as_read, is_markdown  # noqa: PLC0415 - a search needs no texts

        asked = self.finder().ask(text, mode=mode)
        if asked.searched is None:
            return ()
        view = self.texts().article(article)
        language = view.entry.text("language") or self.desk.header("language")
        if not is_markdown(view.entry.text("file")):
            spans = highlights(view.text[view.body :], language, asked.searched)
            return tuple((start + view.body, end + view.body) for start, end in spans)
        shown = as_read(view.text, view.body)
        at = [place for place in range(view.body, len(shown)) if shown[place] != NOTHING]
        spans = highlights("".join([shown[place] for place in at]), language, asked.searched)
        return tuple((at[start], at[end - 1] + 1) for start, end in spans)

    def close(self) -> None:
        """Let go of its files."""
        self.index.close()
        if "remote" in self.__dict__ and self.remote is not None:
            self.remote.close()


def too_large(engine: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return a line that suggests the larger engine before anything is indexed, by the number of articles alone."""
    many = catalogue.value("SELECT count(*) FROM articles") >= LARGE // PARAGRAPHS
    return larger(engine, LARGE + 1) if many else ()


def larger(engine: str, passages: int) -> tuple[str, ...]:
    """A line that suggests the larger engine to who has so many passages in the smaller one; nothing to others."""
    return (LARGER,) if engine == "whoosh" and passages > LARGE else ()
