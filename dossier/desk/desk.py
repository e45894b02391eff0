"""The desk: an open dossier, and all that a reader can do with it without any screen."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.desk.articles import Texts
from dossier.desk.header import Head
from dossier.desk.listing.listing import Listing
from dossier.desk.listing.lists import Lists
from dossier.desk.progress import Cancelled, Progress, never, say_nothing
from dossier.desk.sync import Upkeep
from dossier.desk.user.places import derived, first_file
from dossier.desk.user.private_folder import private_folder
from dossier.model.anchors import Evidence
from dossier.model.brief import Brief
from dossier.model.entries import Entry
from dossier.model.passages import Answer
from dossier.model.problems import DossierError, Problem
from dossier.model.relations import Relation
from dossier.model.views import ALL, ArticleView, EntryView, Filters, Row
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.link_queries import Links
from dossier.store.files.folder import Folder

if TYPE_CHECKING:  # rooms that are entered when something is done in them; a start must not wait for them
    from dossier.desk.annotate.service import AnnotationService
    from dossier.desk.evidence.anchors import Anchoring
    from dossier.desk.matrix.matrix import Weighing
    from dossier.desk.search.service import Search
    from dossier.search.engines.engine import Sort
    from dossier.search.query.names import Mode
    from dossier.store.files.folder import Listing as Held
    from dossier.store.sync.refresh import Change


class Desk:
    """An open dossier. Use one from one thread; `beside` gives another for another thread."""

    def __init__(self, root: Path, folder: Path, notices: Sequence[str] = (), engine: str = "whoosh") -> None:
        self.root = root
        """The dossier's folder."""
        self.home = folder
        """The folder of what is derived from it, the user's alone."""
        self._catalogue, notice = Catalogue.sound(folder / "catalogue.sqlite")
        self.notices = [*notices, *filter(None, [notice])]
        """What the user should be told about how it was opened, a line each."""
        self._folder = Folder(root)
        self._upkeep = Upkeep(self._catalogue, self._folder)
        self.engine = engine
        """The full-text engine, one of `dossier.search.engines.table.ENGINES`."""
        self._known = -1
        self.kept = False
        """Whether another process keeps what is known of it up to date: then nothing is read anew here."""
        self.watched = False
        """Whether a screen looks on: then statements are weighed as they are read, and not when somebody asks."""
        self._lists = Lists(self._catalogue)
        self._head: Head | None = None
        self.texts = Texts(self, self._catalogue, self._folder)
        """The articles as they are on disk."""

    @cached_property
    def finding(self) -> "Search":
        """The full-text search."""
        from dossier.desk.search.service import Search  # noqa: PLC0415

        return Search(self, self._catalogue, self.engine)

    @cached_property
    def anchoring(self) -> "Anchoring":
        """The evidence: every anchor, and the lock."""
        from dossier.desk.evidence.anchors import Anchoring  # noqa: PLC0415

        return Anchoring(self, self._catalogue, self._folder)

    @cached_property
    def annotations(self) -> "AnnotationService":
        """What writes to it: entries, undo, redo, renaming."""
        from dossier.desk.annotate.service import AnnotationService  # noqa: PLC0415

        return AnnotationService(self, self._catalogue, self._folder)

    @cached_property
    def weighing(self) -> "Weighing":
        """Who stands where: matrix, cells, sides abreast, timeline."""
        from dossier.desk.matrix.matrix import Weighing  # noqa: PLC0415

        return Weighing(self, self._catalogue)

    @classmethod
    def open(cls, path: Path, *, refresh: bool = True, engine: str = "whoosh") -> "Desk":
        """Open the dossier in the folder `path` and, unless told not to, bring what is known of it up to date.

        Raises:
            DossierError: it cannot be read.

        """
        root = path.resolve()
        if not first_file(root):
            raise DossierError(f"{path} holds no dossier.yaml; give the path of a dossier's folder.")
        folder, notice = private_folder(derived(root))
        desk = cls(root, folder, [notice] if notice else [], engine)
        if refresh:
            desk.refresh()
        return desk

    def beside(self) -> "Desk":
        """The same dossier for another thread."""
        other = Desk(self.root, self.home, engine=self.engine)
        other.watched = self.watched
        return other

    def close(self) -> None:
        """Let go of its files."""
        if "finding" in self.__dict__:
            self.finding.close()
        self._catalogue.close()

    def refresh(
        self, progress: Progress = say_nothing, cancelled: Cancelled = never, listing: "Held | None" = None
    ) -> "Change | None":
        """Read what changed in the folder (`listing`, where that is known) since the last time; None when nothing did.

        Raises:
            Interrupted: `cancelled` said so; what was read until then is kept.
            DossierError: what was read cannot be kept.
        """
        if self.kept:
            return None
        change = self._upkeep.refresh(progress, cancelled, listing, watched=self.watched)
        if change is not None:
            self._forget()
        return change

    def weigh(self, progress: Progress = say_nothing) -> None:
        """Weigh the statements that were read since the last time, unless another process does or did.

        Raises:
            DossierError: what was weighed cannot be kept.

        """
        if not self.kept:
            self._upkeep.weigh(progress)

    def _forget(self) -> None:
        self._lists.forget()
        self._lists = Lists(self._catalogue)
        self._head = None

    @property
    def content(self) -> bytes | None:
        """Differs when what was read of its files does; None until all of them were read once."""
        return self._catalogue.content

    def hold(self) -> None:
        """Show it as it is known at this moment, whatever is written meanwhile, until the next `hold`."""
        self._catalogue.hold()
        self._forget()

    @property
    def generation(self) -> int:
        """Differs whenever what is known of the dossier has changed, by this program or another."""
        known = self._catalogue.generation
        if known != self._known:
            self._known = known
            self._forget()
        return known

    @property
    def _told(self) -> Head:
        if self._head is None:
            self._head = Head(self._catalogue)
        return self._head

    def header(self, field: str) -> str:
        """A field of the dossier's head, such as `title`; empty when it is not given."""
        return self._told.field(field)

    @property
    def title(self) -> str:
        """What the dossier is called; its folder's name when it does not say."""
        return self.header("title") or self.root.name

    @property
    def summary(self) -> str:
        """What it is about."""
        return self.header("summary")

    def label(self, pane: str) -> str:
        """What a pane is called in this dossier."""
        return self._told.label(pane)

    def searches(self) -> dict[str, str]:
        """The searches that its author keeps, by name, in the order of files."""
        return {name: query for sheet in self._catalogue.sheets() for name, query in sheet.searches.items()}

    def relations(self) -> dict[str, Relation]:
        """The relations that links may have, by name."""
        return self._told.relations

    def problems(self) -> list[Problem]:
        """Everything that is wrong with it, in the order of files and lines."""
        from dossier.store.sync import checks  # noqa: PLC0415

        return checks.problems(self._catalogue, self._folder)

    def anchor_counts(self) -> dict[str, int]:
        """How many anchors have each status."""
        from dossier.store.sync import checks  # noqa: PLC0415

        return checks.anchor_counts(self._catalogue)

    def listing(
        self, pane: str, lens: tuple[str, ...] = (), sort: str = "written", filters: Filters = ALL, words: str = ""
    ) -> Listing:
        """The lines of a pane, narrowed to what is linked with every entry of the lens and passes the filters."""
        return self._lists.listing(pane, lens, sort, filters, words)

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id; None when there is none."""
        return self._catalogue.entry(entry_id)

    def get_or_raise(self, entry_id: str) -> Entry:
        """The entry of that id.

        Raises:
            DossierError: there is none; the ids of what is called so are offered, else the nearest.

        """
        try:
            entry = self.entry(entry_id.strip())
        except UnicodeEncodeError:  # bytes of a command line that are no text
            entry = None
        if entry is None:
            from dossier.desk.unknown_id import absent  # noqa: PLC0415

            raise DossierError(absent(self._catalogue, entry_id))
        return entry

    def row(self, entry_id: str) -> Row | None:
        """An entry as one line."""
        number = self._catalogue.value("SELECT n FROM entries WHERE id = ? AND shadow = 0", entry_id)
        return None if number is None else entry_queries.rows(self._catalogue, [(number, 0)])[number]

    def view(self, entry_id: str) -> EntryView | None:
        """An entry with its evidence and its cross-references both ways, for a delegation also those of its members."""
        entry = self.entry(entry_id)
        if entry is None:
            return None
        here = [entry.id, *(entry_queries.below(self._catalogue, entry.id) if entry.kind == "delegation" else ())]
        links = Links(self._catalogue, here, self.relations())
        return EntryView(entry, self.evidence_of(entry_id), links, links.groups)

    def evidence_of(self, owner: str) -> tuple[Evidence, ...]:
        """What an entry, or the link of that key, rests on."""
        return entry_queries.evidence_of(self._catalogue, owner)

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
        limit: int = 50,
        offset: int = 0,
        typing: bool = False,
        mode: "Mode" = "aliases",
        sort: "Sort" = "relevance",
        lens: tuple[str, ...] = (),
        filters: Filters = ALL,
        kind: str = "",
        wait: bool = True,
        cancelled: Cancelled = never,
    ) -> Answer:
        """What a query finds, narrowed to what is linked with every entry of the lens and passes the filters.

        With a `kind` only its hits are given, in the order they have among all. With `wait` the index is first brought
        up to date; else what is in it now is searched, and the answer says so.
        """
        within = self._lists.within(lens) if lens else None
        return self.finding.find(
            text, limit=limit, offset=offset, typing=typing, mode=mode, sort=sort, within=within, filters=filters,
            kind=kind, wait=wait, cancelled=cancelled,
        )  # fmt: skip

    def highlights(self, article: str, text: str, mode: "Mode" = "aliases") -> tuple[tuple[int, int], ...]:
        """Where a query matches in the full text of an article, as offsets in it."""
        return self.finding.highlights(article, text, mode)

    def render(self, brief: Brief) -> str:
        """A brief as Markdown."""
        from dossier.export.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(brief)

    def write(self, text: str, path: Path, *, force: bool = False) -> None:
        """Put a document into a file, whole or not at all, never over another unasked; raises `DossierError`."""
        from dossier.desk.user.atomic_write import write_whole  # noqa: PLC0415

        write_whole(path, text, force=force)
