"""The site of a dossier, page by page, written as it is made so that memory stays bounded."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.desk.brief.builder import narrowings
from dossier.desk.publish.article_pages import ArticlePages, SearchPassage
from dossier.desk.publish.entry_pages import EntryPages, comparison_path
from dossier.desk.publish.evidence import Shown, anchor
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.output import SiteFolder
from dossier.desk.publish.scope import LISTS, Extent, Scope
from dossier.desk.user.places import style_sheets
from dossier.model.clean import clean_line
from dossier.model.views import Row
from dossier.publish.pages import language, render_page, script
from dossier.publish.search_data import SHARD, search_script

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.progress import Progress

ROWS = 500
"""Lines of a list on one page."""
PASSAGES = 4
"""Passages to search for each entry, about."""


class Site:
    """Publishes one dossier into one folder."""

    def __init__(self, desk: "Desk", extent: Extent, folder: SiteFolder) -> None:
        self.desk = desk
        self.scope = Scope(desk, extent)
        self.folder = folder
        self.shown = Shown(desk, self.scope)
        self.menu = self._menu()
        self.site: dict[str, Any] = {"title": desk.title, "menu": self.menu, "notes": self._notes(extent)}
        self.articles = ArticlePages(self.shown)
        self.entries = EntryPages(self.shown)
        self._issues = dict.fromkeys(one for one, _ in self.scope.rows["issues"])
        self._timeline = desk.weighing.timeline(lens=extent.lens, filters=extent.filters)
        self.inputs = SiteInputs(desk, self.scope)
        self._made_from = ""
        """Digest of what the page that is being made is made from."""

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
        everything = (*self.scope.articles, *self.scope.entries)
        size = 1 << max((len(everything) * PASSAGES // SHARD).bit_length(), 0)  # by doubling, so that they stay
        shards = self.inputs.shards(everything, size)
        names = [f"search-{at}.js" for at in range(size)]
        lists = {pane: _numbered(pane, len(self.scope.rows[pane])) for pane in LISTS}
        lists["timeline"] = _numbered("timeline", len(self._timeline))
        own = ["index.html", "site.css", "site.js", "matrix.html", "search.html", *names, *chain(*lists.values())]
        self.folder.claim([*own, *chain.from_iterable(map(self._files_of, everything))])
        self.folder.put("site.css", (style_sheets() / "site.css").read_text(encoding="utf-8"))
        self.folder.put("site.js", script())
        done = 0
        for name, shard in zip(names, shards, strict=True):
            self._write_shard(name, shard, lambda at, before=done: progress("Publishing", before + at, len(everything)))
            done += len(shard)
        self._page("search.html", "search.html", "Search", shards=names)
        for pane in LISTS:
            self._write_list(pane, lists[pane])
        self._write_matrix()
        self._write_timeline(lists["timeline"])
        self._write_index()
        self.folder.finish()

    def _files_of(self, entry_id: str) -> list[str]:
        """The files that the page of an entry may consist of; the first of them is always there."""
        path = self.scope.path(entry_id)
        if path.startswith("article/"):
            return [path, path.removesuffix(".html") + ".jsonld"]
        return [path, comparison_path(entry_id)] if entry_id in self._issues else [path]

    def _page(self, path: str, template: str, heading: str, **values: Any) -> None:
        root = "../" * path.count("/")
        told = language(self.desk.header("language"))
        self.folder.put(
            path,
            render_page(
                template, site=self.site, root=root, path=path, heading=clean_line(heading).strip() or "Untitled",
                page_language=told, **values,
            ),
            self._made_from,
        )  # fmt: skip

    def _write_shard(self, name: str, entries: list[str], progress: Callable[[int], None]) -> None:
        """The pages of some entries, and the file of the passages by which they are found."""
        made_from = self.inputs.passages(entries)
        fresh = self.folder.is_current([name], made_from)
        found: list[SearchPassage] = []
        for at, one in enumerate(entries):
            progress(at)
            passages = self._write_entry(one)
            if not fresh:
                found += passages if passages is not None else self._passages(one)
        if not fresh:
            self.folder.put(name, search_script(found), made_from)

    def _write_entry(self, entry_id: str) -> list[SearchPassage] | None:
        """The page of an article or another entry; gives its passages unless the page is there already."""
        files = self._files_of(entry_id)
        article = files[0].startswith("article/")
        made_from = self.inputs.article(entry_id) if article else self.inputs.page(entry_id)
        whole = [files[0], *(name for name in files[1:] if article or self.folder.was_made(name))]
        if (article or self.scope.only is None) and self.folder.is_current(whole, made_from):
            return None
        self._made_from = made_from
        entry = self.desk.get_or_raise(entry_id)
        if article:
            page = self.articles.page(entry)
            self._page(files[0], "article.html", entry.title, **page.values)
            self.folder.put(files[1], page.annotations, made_from)
        else:
            self.entries.write(entry, self._page)
        self._made_from = ""
        return page.passages if article else self.entries.passages(entry)

    def _passages(self, entry_id: str) -> list[SearchPassage]:
        entry = self.desk.get_or_raise(entry_id)
        return self.articles.passages(entry) if entry.kind == "article" else self.entries.passages(entry)

    def _write_list(self, pane: str, pages: list[str]) -> None:
        places = self.scope.rows[pane]
        listing = self.desk.listing(pane, self.scope.extent.lens, filters=self.scope.extent.filters)
        for at, page in enumerate(pages):
            chunk = places[at * ROWS : (at + 1) * ROWS]
            self._made_from = self.inputs.rows(chunk, len(pages))
            if self.folder.is_current([page], self._made_from):
                continue
            rows = [self._row(listing[at], depth) for one, depth in chunk if (at := listing.position(one)) is not None]
            self._page(page, "list.html", self.desk.label(pane), rows=rows, pages=pages)
        self._made_from = ""

    def _write_matrix(self) -> None:
        sides = [one for one, _ in self.scope.rows["delegations"]]
        self._made_from = self.inputs.matrix(self._issues, sides)
        if self.scope.only is not None or not self.folder.is_current(["matrix.html"], self._made_from):
            self.entries.write_matrix(self._page)
        self._made_from = ""

    def _row(self, row: Row, depth: int) -> dict[str, Any]:
        doubt = "" if row.status in (None, "exact", "moved") else row.status
        link = self.shown.link(row.id, row.title)
        return link | {"anchor": anchor(row.id), "detail": row.detail, "doubt": doubt, "depth": min(depth, 3)}

    def _write_timeline(self, pages: list[str]) -> None:
        from dossier.desk.matrix.tables import kept, when_text  # noqa: PLC0415  only this page needs them

        for at, page in enumerate(pages):
            first, last = at * ROWS, (at + 1) * ROWS
            self._made_from = self.inputs.timeline(self._timeline, first, last, len(pages))
            if self.folder.is_current([page], self._made_from):
                continue
            groups: dict[str, list[dict[str, Any]]] = {}
            for item in kept(self._timeline[first:last], self.scope.only):
                doubt = "" if item.status in (None, "exact", "moved") else item.status
                link = self.shown.link(item.entry, item.title)
                told = {"when": when_text(item), "kind": item.kind, "doubt": doubt}
                detail = ", ".join(filter(None, (item.detail, item.place)))
                groups.setdefault(item.when[:10] or "Undated", []).append(link | told | {"detail": detail})
            shown = [{"label": label, "rows": rows} for label, rows in groups.items()]
            self._page(page, "timeline.html", self.desk.label("timeline"), groups=shown, pages=pages)
        self._made_from = ""

    def _write_index(self) -> None:
        cards = []
        for link in self.menu:
            pane = link["path"].removesuffix(".html")
            count = len(self.scope.rows.get(pane, ()))
            says = {"matrix": "Who stands where", "timeline": "What happened when", "search": "Every passage"}
            cards.append(link | {"says": says.get(pane, f"{count} {'entry' if count == 1 else 'entries'}")})
        self._page("index.html", "index.html", self.desk.title, summary=self.desk.summary, cards=cards)


def _numbered(name: str, rows: int) -> list[str]:
    """The names of the pages of a list of so many rows."""
    return [f"{name}{'' if not at else f'-{at + 1}'}.html" for at in range(max(-(-rows // ROWS), 1))]


def publish(desk: "Desk", out: Path, extent: Extent, progress: "Progress") -> SiteFolder:
    """Write the site of a dossier into the folder `out`, of which only files of an earlier site are replaced.

    Raises:
        DossierError: an id is not in the dossier, or `out` cannot be written to.

    """
    from dossier.model.problems import DossierError  # noqa: PLC0415

    if out.resolve().is_relative_to(desk.root):
        raise DossierError(f"{out} is inside the dossier; name a folder outside of it.")
    folder = SiteFolder(out)
    Site(desk, extent, folder).write(progress)
    return folder
