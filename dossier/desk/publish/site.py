"""The site of a dossier, page by page, written as it is made so that memory stays bounded."""

from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.desk.brief.builder import narrowings
from dossier.desk.publish.article_pages import ArticlePages
from dossier.desk.publish.entry_pages import EntryPages, comparison_path, position_path
from dossier.desk.publish.evidence import EvidenceRenderer
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.link_pages import links_path
from dossier.desk.publish.list_pages import ListPages
from dossier.desk.publish.output import SiteFolder
from dossier.desk.publish.page_writer import PageWriter
from dossier.desk.publish.scope import LISTS, PublicationScope, SitePages, file_name
from dossier.desk.user.places import style_sheets
from dossier.model.problems import DossierError
from dossier.publish.pages import script
from dossier.publish.search_data import SearchPassage, replace_passages, search_script

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.progress import Progress

FOLDERS = frozenset({"article", "entry", "links", "compare", "position"})
"""Folders of a site."""


class Site:
    """Publishes one dossier into one folder."""

    def __init__(self, desk: "Desk", extent: PublicationScope, folder: SiteFolder) -> None:
        self.desk = desk
        self.scope = SitePages(desk, extent)
        self.folder = folder
        self.menu = self._menu()
        shown = EvidenceRenderer(desk, self.scope)
        site = {"title": desk.title, "menu": self.menu, "notes": self._notes(extent)}
        self.inputs = SiteInputs(desk, self.scope, folder.root)
        self.writer = PageWriter(folder, site, desk.header("language"))
        self.articles = ArticlePages(shown)
        self.entries = EntryPages(shown, self.inputs, self.writer)
        self.lists = ListPages(shown, self.inputs, self.writer)
        self._stale: dict[str, None] = {}
        """The entries whose pages are to be made."""
        self._issues = dict.fromkeys(one for one, *_ in self.scope.rows["issues"])

    def close(self) -> None:
        """Let go of what it was made from; unless all was written, the next run looks at every page."""
        self.inputs.close()

    def _menu(self) -> list[dict[str, str]]:
        names = (*LISTS, "matrix", "timeline")
        menu = [{"path": f"{name}.html", "label": self.desk.label(name)} for name in names]
        return [*menu, {"path": "search.html", "label": "Search"}]

    def _notes(self, extent: PublicationScope) -> list[str]:
        notes = list(narrowings(self.desk, self.scope.extent.lens, extent.filters))
        if self.scope.only is not None:
            notes.append(f"{len(self.scope.only)} chosen entries")
        return [f"A part of the dossier: {'; '.join(notes)}."] if notes else []

    def write(self, progress: "Progress") -> None:
        """Write all pages whose inputs changed.

        Raises:
            DossierError: a page cannot be written; those written until then are whole.

        """
        inputs = self.inputs
        inputs.load(self.folder.manifest if self.folder.is_whole else b"")
        if inputs.change is None:
            shards, looked_at = inputs.shards(), self.scope.everything
        else:
            shards = inputs.changed_shards()
            looked_at = [one for one in inputs.changed_pages if self.scope.path(one)]
            self.folder.keep_all(but=self._may_be_gone())
        self._stale = dict.fromkeys(one for one in looked_at if not self._is_current(one))
        files = ["index.html", "site.css", "site.js", "matrix.html", "search.html", *map(shard_path, shards)]
        self.folder.claim([*files, *self.lists.files, *chain.from_iterable(map(self._files_of, self._stale))])
        self._write_entries(shards, progress)
        self._write_rest()
        self.folder.finish()
        inputs.keep(self.folder.manifest)

    def _may_be_gone(self) -> set[str]:
        """The files of the last run that this one may not write again, since what they show has changed."""
        stems = {file_name(one) for one in self.inputs.changed_pages}
        found = {f"{folder}/{stem}.html" for folder in FOLDERS for stem in stems}
        found.update(f"article/{stem}.jsonld" for stem in stems)
        apart = self.folder.listed(("links/", "position/"))
        found.update(name for name in apart if name.split("/")[1].rpartition("-")[0] in stems)
        same = {position_path(*one) for one in self.inputs.same_positions}
        found.update(name for name in apart if name.split("/")[1] in stems and name not in same)
        kept = {"index.html", "matrix.html", "search.html", *self.lists.files}
        top = (name for name in self.folder.listed("") if "/" not in name and name.endswith(".html"))
        beginning = ("timeline.", "timeline-") if self.inputs.is_timeline_same else ()
        found.update(name for name in top if name not in kept and not name.startswith(beginning))
        return found

    def _write_entries(self, shards: dict[int, list[str]], progress: "Progress") -> None:
        """Write the pages of entries, and the files of passages by which they are found."""
        total, done = len(self._stale | dict.fromkeys(chain.from_iterable(shards.values()))), count()
        written: set[str] = set()
        for at, entries in shards.items():
            made_from = self.inputs.passages(at)
            is_current = self.writer.is_current(shard_path(at), made_from)
            found: dict[str, list[SearchPassage]] = {}
            for one in entries:
                progress("Publishing", next(done), total)
                passages = self._write_entry(one) if one in self._stale else None
                if not is_current:
                    found[self._page_of(one)] = self._passages(one) if passages is None else passages
            written.update(entries)
            if not is_current:
                self.folder.put(shard_path(at), self._search_script(at, found), made_from)
        for one in self._stale:
            if one not in written:
                progress("Publishing", next(done), total)
                self._write_entry(one)

    def _search_script(self, at: int, found: dict[str, list[SearchPassage]]) -> str:
        if self.inputs.change is None:
            return search_script(chain.from_iterable(found.values()))
        return replace_passages(self.folder.read(shard_path(at)), found)

    def _write_rest(self) -> None:
        """Write what is no page of an entry."""
        if self.inputs.change is None:
            self.folder.put("site.css", (style_sheets() / "site.css").read_text(encoding="utf-8"))
            self.folder.put("site.js", script())
        shards = [shard_path(at) for at in range(self.inputs.shard_count)]
        self.writer.put("search.html", "search.html", "Search", "", shards=shards)
        self.lists.write(self.menu)
        made_from = self.inputs.matrix(self.scope.rows["issues"], self.scope.rows["delegations"])
        if self.scope.only is not None or not self.writer.is_current("matrix.html", made_from):
            self.entries.write_matrix(made_from)

    def _files_of(self, entry_id: str) -> list[str]:
        """The files that the page of an entry may consist of; the first of them is always there."""
        path = self.scope.path(entry_id)
        if path.startswith("article/"):
            return [path, path.removesuffix(".html") + ".jsonld"]
        files = [path, *(links_path(path, at) for at in range(1, self.inputs.link_pages(entry_id)))]
        if entry_id in self._issues:
            sides = self.inputs.positions.get(entry_id, ())
            files += [comparison_path(entry_id), *(position_path(entry_id, side) for side in sides)]
        return files

    def _is_current(self, entry_id: str) -> bool:
        """Return whether the page of an entry is there already, with all that belongs to it; then it is kept."""
        path, *rest = self._files_of(entry_id)
        if path.startswith("article/"):
            return self.writer.is_current(path, self.inputs.article(entry_id), rest)
        if self.scope.only is not None or entry_id in self.inputs.positions:  # whose pages are looked at one by one
            return False
        return self.writer.is_current(path, self.inputs.page(entry_id), filter(self.folder.was_made, rest))

    def _write_entry(self, entry_id: str) -> list[SearchPassage]:
        """Write the page of an article or another entry; gives its passages."""
        path, *rest = self._files_of(entry_id)
        entry = self.desk.get_or_raise(entry_id)
        if not path.startswith("article/"):
            self.entries.write(entry)
            return self.entries.passages(entry)
        page = self.articles.page(entry)
        self.writer.put(path, "article.html", entry.title, self.inputs.article(entry_id), **page.values)
        self.folder.put(rest[0], page.annotations)
        return page.passages

    def _passages(self, entry_id: str) -> list[SearchPassage]:
        """The passages of an entry; none of one that is not there any more."""
        if not self.scope.path(entry_id):
            return []
        entry = self.desk.get_or_raise(entry_id)
        return self.articles.passages(entry) if entry.kind == "article" else self.entries.passages(entry)

    def _page_of(self, entry_id: str) -> str:
        """The page of an entry, also of one that is not there any more."""
        return self.scope.path(entry_id) or f"entry/{file_name(entry_id)}.html"


def shard_path(number: int) -> str:
    """The path of a file of passages."""
    return f"search-{number}.js"


def publish(desk: "Desk", out: Path, extent: PublicationScope, progress: "Progress") -> SiteFolder:
    """Write the site of a dossier into the folder `out`, of which only files of an earlier site are replaced.

    Raises:
        DossierError: an id is not in the dossier, or `out` cannot be written to.

    """
    place = out.resolve()
    if place.is_relative_to(desk.root):
        raise DossierError(f"{out} is inside the dossier; name a folder outside of it.")
    if desk.root.is_relative_to(place) and desk.root.relative_to(place).parts[0].casefold() in FOLDERS:
        raise DossierError(f"Pages would be written into the dossier, which is in {out}; name another folder.")
    with closing(SiteFolder(out)) as folder, closing(Site(desk, extent, folder)) as site:
        site.write(progress)
    return folder
