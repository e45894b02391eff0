"""The desk: an open dossier, and all that a reader can do with it without any screen."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from dossier.desk.briefs import brief_of
from dossier.desk.listing import Listing, Place
from dossier.desk.mentions import Mentions
from dossier.desk.places import derived
from dossier.desk.sealing import private_folder
from dossier.desk.searching import Search, never, say_nothing
from dossier.desk.writing import write_whole
from dossier.export.exporter import FORMATS
from dossier.model.anchors import Evidence
from dossier.model.articles import body_start, paragraphs
from dossier.model.brief import Brief
from dossier.model.entries import Entry, Kind
from dossier.model.passages import Answer
from dossier.model.problems import DossierError, Problem
from dossier.model.relations import Relation
from dossier.model.views import ArticleView, EntryView, LinkRow, Row
from dossier.search.engine import Sort
from dossier.search.names import Mode
from dossier.search.snippets import highlights
from dossier.store import checking, lookups
from dossier.store.catalogue import Catalogue
from dossier.store.folders import Folder
from dossier.store.refreshing import Change, Progress, Refresh
from dossier.store.refusals import Refused
from dossier.store.texts import decode

PANES: dict[str, tuple[Kind, ...]] = {
    "delegations": ("delegation", "person"),
    "issues": ("issue",),
    "quotes": ("quote",),
    "events": ("event",),
    "articles": ("article",),
    "people": ("person",),
}
"""The lists of a dossier, and the kinds of entries in each."""


class Desk:
    """An open dossier. Use one from one thread; `beside` gives another for another thread."""

    def __init__(self, root: Path, folder: Path, notices: Sequence[str] = (), engine: str = "whoosh") -> None:
        self.root = root
        """The dossier's folder."""
        self.home = folder
        """The folder of what is derived from it, the user's alone."""
        self.notices = list(notices)
        """What the user should be told about how it was opened, a line each."""
        self._catalogue = self._open_catalogue()
        self._folder = Folder(root)
        self.engine = engine
        """The full-text engine, one of `dossier.search.engine.ENGINES`."""
        self._known = -1
        self._forget()
        self._search = Search(self, self._catalogue, engine)

    @classmethod
    def open(cls, path: Path, *, refresh: bool = True, engine: str = "whoosh") -> "Desk":
        """Open the dossier in the folder `path` and, unless told not to, bring what is known of it up to date.

        Raises:
            DossierError: it cannot be read.

        """
        root = path.resolve()
        if not (root / "dossier.yaml").is_file():
            raise DossierError(f"{path} holds no dossier.yaml; give the path of a dossier's folder.")
        folder, notice = private_folder(derived(root))
        desk = cls(root, folder, [notice] if notice else [], engine)
        if refresh:
            desk.refresh()
        return desk

    def beside(self) -> "Desk":
        """The same dossier for another thread."""
        return Desk(self.root, self.home, engine=self.engine)

    def close(self) -> None:
        """Let go of its files."""
        self._search.close()
        self._catalogue.close()

    def _open_catalogue(self) -> Catalogue:
        path = self.home / "catalogue.sqlite"
        try:
            return Catalogue(path)
        except sqlite3.DatabaseError:
            self.notices.append("The catalogue of this dossier was damaged; it was made anew.")
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            return Catalogue(path)

    def refresh(self, progress: Progress = say_nothing, cancelled: Callable[[], bool] = never) -> Change:
        """Read what changed in the folder since it was last read.

        Raises:
            Interrupted: `cancelled` said so; what was read until then is kept.

        """
        change = Refresh(self._catalogue, self._folder, progress, cancelled).run()
        self._forget()
        return change

    def _forget(self) -> None:
        self._listings: dict[tuple[str, tuple[str, ...], str], Listing] = {}
        self._relations: dict[str, Relation] | None = None
        self._mentions: Mentions | None = None
        self._header: dict[str, str] | None = None

    @property
    def generation(self) -> int:
        """Differs whenever what is known of the dossier has changed, by this program or another."""
        known = self._catalogue.generation
        if known != self._known:
            self._known = known
            self._forget()
        return known

    def header(self, field: str) -> str:
        """A field of the dossier's head, such as `title`; empty when it is not given."""
        if self._header is None:
            self._header = {}
            for sheet in self._catalogue.sheets():
                for name, value in sheet.header.items():
                    self._header.setdefault(name, str(value))
                for name, label in sheet.labels.items():
                    self._header.setdefault(f"label {name}", label)
        return self._header.get(field, "")

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
        return self.header(f"label {pane}") or pane.capitalize()

    def relations(self) -> dict[str, Relation]:
        """The relations that links may have, by name."""
        if self._relations is None:
            self._relations = checking.relations(self._catalogue)
        return self._relations

    def problems(self) -> list[Problem]:
        """Everything that is wrong with it, in the order of files and lines."""
        return checking.problems(self._catalogue)

    def anchor_counts(self) -> dict[str, int]:
        """How many anchors have each status."""
        return checking.anchor_counts(self._catalogue)

    def listing(self, pane: str, lens: tuple[str, ...] = (), sort: str = "written") -> Listing:
        """The lines of a pane, narrowed to what is linked with every entry of the lens."""
        key = (pane, lens, sort)
        if key not in self._listings:
            if len(self._listings) > 40:
                self._listings.clear()
            self._listings[key] = self._list(pane, lens, sort)
        return self._listings[key]

    def _list(self, pane: str, lens: tuple[str, ...], sort: str) -> Listing:
        places: list[Place]
        if pane in ("delegations", "issues"):
            places = lookups.tree(self._catalogue, pane, sort)
        else:
            places = [(n, entry, 0) for n, entry in lookups.numbers(self._catalogue, PANES[pane], sort)]
        total = len(places)
        if lens:
            wanted = self._within(lens)
            places = [place for place in places if place[1] in wanted]
        return Listing(places, total, self._read_rows)

    def _read_rows(self, places: list[Place]) -> list[Row]:
        found = lookups.rows(self._catalogue, [(n, depth) for n, _, depth in places])
        return [found[n] for n, _, _ in places]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id; None when there is none."""
        return self._catalogue.entry(entry_id)

    def demand(self, entry_id: str) -> Entry:
        """The entry of that id.

        Raises:
            DossierError: there is none; the nearest ids are offered.

        """
        entry = self.entry(entry_id)
        if entry is None:
            raise DossierError(f"There is no entry {entry_id}; {checking.nearest(self._catalogue, entry_id)}")
        return entry

    def row(self, entry_id: str) -> Row | None:
        """An entry as one line."""
        number = self._catalogue.value("SELECT n FROM entries WHERE id = ? AND shadow = 0", entry_id)
        return None if number is None else lookups.rows(self._catalogue, [(number, 0)])[number]

    def view(self, entry_id: str) -> EntryView | None:
        """An entry with its evidence and its cross-references both ways, for a delegation also those of its members."""
        entry = self.entry(entry_id)
        if entry is None:
            return None
        return EntryView(entry, self.evidence_of(entry_id), tuple(self.links(entry)))

    def links(self, entry: Entry) -> list[LinkRow]:
        """The cross-references of an entry, grouped by relation in the order written."""
        here = [entry.id]
        if entry.kind == "delegation":
            here += lookups.below(self._catalogue, entry.id)
        rows = [row for one in here for row in lookups.link_rows(self._catalogue, one, self.relations())]
        order = {name: at for at, name in enumerate(dict.fromkeys((row.relation, row.outward) for row in rows))}
        return sorted(rows, key=lambda row: order[row.relation, row.outward])

    def evidence_of(self, owner: str) -> tuple[Evidence, ...]:
        """What an entry, or the link of that key, rests on."""
        return lookups.evidence_of(self._catalogue, owner)

    def article(self, article_id: str) -> ArticleView:
        """An article to read, as it is on disk now; when it was changed since it was checked, it is checked again.

        Raises:
            DossierError: there is no such article, or its file cannot be read.

        """
        entry, text, digest = self._text(article_id)
        if digest != self._catalogue.value("SELECT digest FROM articles WHERE id = ?", article_id):
            self.refresh()
            entry, text, digest = self._text(article_id)
        body = body_start(text)
        spans = lookups.spans(self._catalogue, article_id)
        if self._mentions is None:
            self._mentions = Mentions(lookups.mention_names(self._catalogue))
        ranges = tuple(paragraphs(text, body))
        return ArticleView(entry, text, body, ranges, tuple(spans), self._mentions.find(text, body))

    def _text(self, article_id: str) -> tuple[Entry, str, bytes]:
        entry = self.demand(article_id)
        if entry.kind != "article":
            raise DossierError(f"{article_id} is not an article but a {entry.kind}.")
        path = entry.text("file")
        try:
            data = self._folder.read(path)
            return entry, decode(data), hashlib.sha256(data).digest()
        except Refused as refused:
            raise DossierError(f"The article {article_id} cannot be read: {refused.message}.") from refused

    def paragraph_texts(self, article_id: str) -> list[tuple[int, str]]:
        """`(number, text)` of an article's paragraphs."""
        _, text, _ = self._text(article_id)
        return [(one.number, text[one.start : one.end]) for one in paragraphs(text, body_start(text))]

    def index(
        self, progress: Progress = say_nothing, cancelled: Callable[[], bool] = never, *, rebuild: bool = False
    ) -> int:
        """Bring the full-text index up to date, or make it anew; gives how many passages are in it.

        Raises:
            Interrupted: `cancelled` said so; what was indexed until then is kept.
            DossierError: the engine is not installed, or another program is writing to the index.

        """
        return self._search.update(progress, cancelled, rebuild=rebuild)

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        offset: int = 0,
        typing: bool = False,
        mode: Mode = "aliases",
        sort: Sort = "relevance",
        lens: tuple[str, ...] = (),
        wait: bool = True,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """What a query finds, narrowed to what is linked with every entry of the lens.

        With `wait` the index is first brought up to date; else what is in it now is searched, and the answer says so.
        """
        within = self._within(lens) if lens else None
        return self._search.find(
            text, limit=limit, offset=offset, typing=typing, mode=mode, sort=sort, within=within, wait=wait,
            cancelled=cancelled,
        )  # fmt: skip

    def _within(self, lens: tuple[str, ...]) -> frozenset[str]:
        return frozenset.intersection(*(lookups.linked(self._catalogue, entry) for entry in lens))

    def highlights(self, article: str, text: str, mode: Mode = "aliases") -> tuple[tuple[int, int], ...]:
        """Where a query matches in the full text of an article, as offsets in it."""
        asked = self._search.finder().ask(text, mode=mode)
        if asked.searched is None:
            return ()
        view = self.article(article)
        language = view.entry.text("language") or self.header("language")
        found = highlights(view.text[view.body :], language, asked.searched)
        return tuple((start + view.body, end + view.body) for start, end in found)

    def brief(self, panes: Sequence[str], ids: Sequence[str] | None = None, query: str = "") -> Brief:
        """The chosen panes, or of them the entries of `ids`, or those that a query finds, ready to be written down.

        Raises:
            DossierError: a pane or an id is not in the dossier.

        """
        chosen = None if ids is None else {self.demand(one).id for one in ids}
        if query:
            found = {hit.id for hit in self.search(query, limit=1_000_000).hits}
            chosen = found if chosen is None else chosen & found
        return brief_of(self, panes, chosen, query)

    def render(self, brief: Brief, form: str = "markdown") -> str:
        """A brief as a document."""
        return FORMATS[form].render(brief)

    def write(self, text: str, path: Path, *, force: bool = False) -> None:
        """Put a document into a file, whole or not at all, and never over another unasked.

        Raises:
            DossierError: there is such a file already, or it cannot be written.

        """
        write_whole(path, text, force=force)
