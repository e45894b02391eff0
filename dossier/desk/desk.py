"""The desk: an open dossier, and all that a reader can do with it without any screen."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.desk.listing.listing import Listing
from dossier.desk.session import Session
from dossier.desk.user.atomic_write import write_whole
from dossier.model.brief import Brief
from dossier.model.passages import Answer
from dossier.model.problems import Problem
from dossier.model.progress import Cancelled, Progress, never, say_nothing
from dossier.model.search_request import SearchRequest
from dossier.model.views import ALL, ArticleView, EntryView, Filters, LinkRow
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.link_queries import EntryLinks, link_of
from dossier.store.catalogue.rows import FIRST_FILES

if TYPE_CHECKING:  # services that are loaded on first use; a start must not wait for them
    from dossier.desk.annotate.service import AnnotationService
    from dossier.desk.articles import Texts
    from dossier.desk.evidence.anchors import Anchoring
    from dossier.desk.matrix.matrix import MatrixService
    from dossier.desk.search.service import SearchService
    from dossier.search.query.names import Mode


class Desk(Session):
    """An open dossier with all that can be done with it. Not thread-safe; call `clone` for another thread."""

    @cached_property
    def texts(self) -> "Texts":
        """The articles as they are on disk."""
        from dossier.desk.articles import Texts  # noqa: PLC0415

        return Texts(self, self._catalogue, self._folder)

    @cached_property
    def finding(self) -> "SearchService":
        """The full-text search."""
        from dossier.desk.search.service import SearchService  # noqa: PLC0415

        return SearchService(self, self._catalogue, lambda: self.texts, self.engine)

    @cached_property
    def anchoring(self) -> "Anchoring":
        """The evidence: every anchor, and the lock."""
        from dossier.desk.evidence.anchors import Anchoring  # noqa: PLC0415

        return Anchoring(self, self._catalogue, self._folder)

    @cached_property
    def annotations(self) -> "AnnotationService":
        """The service that writes to the dossier: entries, undo, redo, renaming."""
        from dossier.desk.annotate.service import AnnotationService  # noqa: PLC0415

        return AnnotationService(self, self._catalogue, self._folder, self.anchoring)

    @cached_property
    def weighing(self) -> "MatrixService":
        """The positions of sides: matrix, cells, comparison, timeline."""
        from dossier.desk.matrix.matrix import MatrixService  # noqa: PLC0415

        return MatrixService(self, self._catalogue)

    def close(self) -> None:
        """Close its files, those of the index too."""
        if "finding" in self.__dict__:
            self.finding.close()
        super().close()

    def problems(self, *, keep: bool = False) -> list[Problem]:
        """Every problem of the dossier, in the order of files and lines.

        With `keep` they are kept for the next time; to a screen that shows the dossier, writing would look like news.
        """
        from dossier.store.sync import kept_checks  # noqa: PLC0415

        return kept_checks.problems(self._catalogue, self._folder, keep=keep)

    def unreadable_files(self) -> list[str]:
        """The YAML files that cannot be read to their end, the first file first."""
        from dossier.store.sync.unreadable import unread  # noqa: PLC0415

        return sorted(unread(self._catalogue), key=lambda file: (file not in FIRST_FILES, file))

    def anchor_counts(self) -> dict[str, int]:
        """The number of anchors with each status."""
        return self._catalogue.counts.statuses()

    def listing(
        self, pane: str, lens: tuple[str, ...] = (), sort: str = "written", filters: Filters = ALL, words: str = ""
    ) -> Listing:
        """The lines of a pane, narrowed to what is linked with every entry of the lens and passes the filters."""
        return self._lists.listing(pane, lens, sort, filters, words)

    def view(self, entry_id: str) -> EntryView | None:
        """An entry with its evidence and its cross-references both ways, for a delegation also those of its members."""
        entry = self.entry(entry_id)
        if entry is None:
            return None
        here = [entry.id, *(entry_queries.below(self._catalogue, entry.id) if entry.kind == "delegation" else ())]
        links = EntryLinks(self._catalogue, here, self.relations())
        return EntryView(entry, self.evidence_of(entry_id), links, links.groups)

    def link(self, key: str) -> LinkRow | None:
        """The link of a key, as seen from the entry it runs from; None when there is none."""
        return link_of(self._catalogue, key, self.relations())

    def can_mark(self, mark: str) -> bool:
        """Return whether a mark is the id of an entry or the key of a link."""
        return self.entry(mark) is not None or self.link(mark) is not None

    def article(self, article_id: str) -> ArticleView:
        """An article to read, as it is on disk now; when it was changed since it was checked, it is checked again.

        Raises:
            DossierError: there is no such article, or its file cannot be read.

        """
        return self.texts.article(article_id)

    def index(self, progress: Progress = say_nothing, cancelled: Cancelled = never, *, rebuild: bool = False) -> int:
        """Bring the full-text index up to date, or make it anew; gives how many passages are in it.

        Raises:
            Interrupted: `cancelled` said so; what was indexed until then is kept.
            DossierError: the engine is not installed, or another program is writing to the index.

        """
        return self.finding.update(progress, cancelled, rebuild=rebuild)

    def search(
        self,
        text: str,
        *,
        wait: bool = True,
        progress: Progress = say_nothing,
        cancelled: Cancelled = never,
        **fields: Any,
    ) -> Answer:
        """Search for a query; `fields` are those of a `SearchRequest`.

        With `wait` the index is first brought up to date; else what is in it now is searched, and the answer says so.
        """
        return self.finding.find(SearchRequest(text, **fields), wait=wait, progress=progress, cancelled=cancelled)

    def highlights(self, article: str, text: str, mode: "Mode" = "aliases") -> tuple[tuple[int, int], ...]:
        """The matches of a query in the full text of an article, as offsets in it."""
        return self.finding.highlights(article, text, mode)

    def render(self, brief: Brief) -> str:
        """A brief as Markdown."""
        from dossier.export.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(brief)

    def write(self, text: str, path: Path, *, force: bool = False) -> None:
        """Put a document into a file, whole or not at all, never over another unasked; raises `DossierError`."""
        write_whole(path, text, force=force)
