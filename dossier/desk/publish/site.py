"""The site of a dossier, page by page, written as it is made so that memory stays bounded."""

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.desk.brief.builder import narrowings
from dossier.desk.publish.article_pages import ArticlePages, SearchPassage
from dossier.desk.publish.article_update import ArticleUpdate
from dossier.desk.publish.entry_pages import EntryPages, comparison_path, position_path
from dossier.desk.publish.evidence import Shown
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.link_pages import links_path
from dossier.desk.publish.list_pages import ListPages
from dossier.desk.publish.output import SiteFolder
from dossier.desk.publish.page_writer import PageWriter
from dossier.desk.publish.scope import LISTS, Extent, Scope
from dossier.desk.user.places import style_sheets
from dossier.model.problems import DossierError
from dossier.publish.pages import script
from dossier.publish.search_data import SHARD, search_script

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.progress import Progress

FOLDERS = frozenset({"article", "entry", "links", "compare", "position"})
"""Folders of a site."""
PASSAGES = 4
"""Passages to search for each entry, about."""


class Site:
    """Publishes one dossier into one folder."""

    def __init__(self, desk: "Desk", extent: Extent, folder: SiteFolder) -> None:
        self.desk = desk
        self.scope = Scope(desk, extent)
        self.folder = folder
        self.menu = self._menu()
        shown = Shown(desk, self.scope)
        site = {"title": desk.title, "menu": self.menu, "notes": self._notes(extent)}
        self.inputs = SiteInputs(desk, self.scope)
        self.writer = PageWriter(folder, site, desk.header("language"))
        self.articles = ArticlePages(shown)
        self.entries = EntryPages(shown, self.inputs, self.writer)
        self.lists = ListPages(shown, self.inputs, self.writer)
        self._stale: set[str] = set()
        """The entries whose pages are to be made."""
        self._issues = dict.fromkeys(one for one, _ in self.scope.rows["issues"])

    def _menu(self) -> list[dict[str, str]]:
        names = (*LISTS, "matrix", "timeline")
        menu = [{"path": f"{name}.html", "label": self.desk.label(name)} for name in names]
        return [*menu, {"path": "search.html", "label": "Search"}]

    def _notes(self, extent: Extent) -> list[str]:
        notes = list(narrowings(self.desk, self.scope.extent.lens, extent.filters))
        if self.scope.only is not None:
            notes.append(f"{len(self.scope.only)} chosen entries")
        return [f"A part of the dossier: {'; '.join(notes)}."] if notes else []

    def write(self, progress: "Progress") -> None:
        """Write all pages whose inputs changed.

        Raises:
            DossierError: a page cannot be written; those written until then are whole.

        """
        update = ArticleUpdate(self.articles, self.inputs, self.writer, self._shard_count)
        if not update.write():
            self._write_all(progress)
            update.keep_whole()

    @property
    def _shard_count(self) -> int:
        """The number of files over which the passages to search are spread."""
        entries = len(self.scope.articles) + len(self.scope.entries)
        return 1 << (entries * PASSAGES // SHARD).bit_length()

    def _write_all(self, progress: "Progress") -> None:
        """Write every page that was made from other inputs."""
        everything = (*self.scope.articles, *self.scope.entries)
        total = len(everything)
        shards = self.inputs.shards(everything, self._shard_count)
        names = [f"search-{at}.js" for at in range(len(shards))]
        files = ["index.html", "site.css", "site.js", "matrix.html", "search.html", *names]
        files += chain.from_iterable(self.lists.pages.values())
        self._stale = {one for one in everything if not self._is_current(one)}
        self.folder.claim([*files, *chain.from_iterable(map(self._files_of, self._stale))])
        self.folder.put("site.css", (style_sheets() / "site.css").read_text(encoding="utf-8"))
        self.folder.put("site.js", script())
        done = count()
        for name, shard in zip(names, shards, strict=True):
            self._write_shard(name, shard, lambda: progress("Publishing", next(done), total))
        self.writer.put("search.html", "search.html", "Search", "", shards=names)
        self.lists.write(self.menu)
        made_from = self.inputs.matrix(self._issues, [one for one, _ in self.scope.rows["delegations"]])
        if self.scope.only is not None or not self.writer.is_current("matrix.html", made_from):
            self.entries.write_matrix(made_from)
        self.folder.finish()

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
        """Whether the page of an entry is there already, with all that belongs to it; then it is kept."""
        path, *rest = self._files_of(entry_id)
        if path.startswith("article/"):
            return self.writer.is_current(path, self.inputs.article(entry_id), rest)
        made = filter(self.folder.was_made, rest)
        return self.scope.only is None and self.writer.is_current(path, self.inputs.page(entry_id), made)

    def _write_shard(self, name: str, entries: list[str], progress: Callable[[], None]) -> None:
        """The pages of some entries, and the file of the passages by which they are found."""
        made_from = self.inputs.passages(entries)
        is_current = self.writer.is_current(name, made_from)
        found: list[SearchPassage] = []
        for one in entries:
            progress()
            passages = self._write_entry(one) if one in self._stale else None
            if not is_current:
                found += self._passages(one) if passages is None else passages
        if not is_current:
            self.folder.put(name, search_script(found), made_from)

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
        entry = self.desk.get_or_raise(entry_id)
        return self.articles.passages(entry) if entry.kind == "article" else self.entries.passages(entry)


def publish(desk: "Desk", out: Path, extent: Extent, progress: "Progress") -> SiteFolder:
    """Write the site of a dossier into the folder `out`, of which only files of an earlier site are replaced.

    Raises:
        DossierError: an id is not in the dossier, or `out` cannot be written to.

    """
    place = out.resolve()
    if place.is_relative_to(desk.root):
        raise DossierError(f"{out} is inside the dossier; name a folder outside of it.")
    if desk.root.is_relative_to(place) and desk.root.relative_to(place).parts[0].casefold() in FOLDERS:
        raise DossierError(f"Pages would be written into the dossier, which is in {out}; name another folder.")
    folder = SiteFolder(out)
    try:
        Site(desk, extent, folder).write(progress)
    finally:
        folder.close()
    return folder
