"""The site of a dossier, page by page, written as it is made so that memory stays bounded."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from dossier.desk.brief.builder import narrowings
from dossier.desk.publish.article_pages import ArticlePages, SearchPassage
from dossier.desk.publish.entry_pages import EntryPages
from dossier.desk.publish.evidence import Shown, anchor
from dossier.desk.publish.output import SiteFolder
from dossier.desk.publish.scope import LISTS, Extent, Scope
from dossier.desk.user.places import style_sheets
from dossier.model.clean import clean_line
from dossier.model.entries import Entry
from dossier.model.views import Row
from dossier.publish.pages import language, render_page, script
from dossier.publish.search_data import SHARD, search_script

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.progress import Progress

ROWS = 500
"""Lines of a list on one page."""


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
        """Write all pages.

        Raises:
            DossierError: a page cannot be written; those written until then are whole.

        """
        lists = [link["path"] for link in self.menu]
        pages = [*map(self.scope.path, (*self.scope.articles, *self.scope.entries))]
        self.folder.claim(["index.html", "site.css", "site.js", *lists, *pages])
        self.folder.put("site.css", (style_sheets() / "site.css").read_text(encoding="utf-8"))
        self.folder.put("site.js", script())
        shards = self._write_entries(progress)
        self._page("search.html", "search.html", "Search", shards=shards)
        for pane in LISTS:
            self._write_list(pane)
        self.entries.write_matrix(self._page)
        self._write_timeline()
        self._write_index()
        self.folder.finish()

    def _page(self, path: str, template: str, heading: str, **values: Any) -> None:
        root = "../" * path.count("/")
        told = language(self.desk.header("language"))
        self.folder.put(
            path,
            render_page(
                template, site=self.site, root=root, path=path, heading=clean_line(heading).strip() or "Untitled",
                page_language=told, **values,
            ),
        )  # fmt: skip

    def _write_entries(self, progress: "Progress") -> list[str]:
        """The pages of articles and entries; gives the names of the files of passages."""
        total = len(self.scope.articles) + len(self.scope.entries)
        shards: list[list[SearchPassage]] = [[] for _ in range(max(total * 4 // SHARD, 1))]
        for done, (entry, passages) in enumerate(self._pages()):
            progress("Publishing", done, total)
            shards[crc32(entry.id.encode("utf-8", "surrogatepass")) % len(shards)] += passages
        names = []
        for at, passages in enumerate(shards):
            names.append(f"search-{at}.js")
            self.folder.put(names[-1], search_script(passages))
        return names

    def _pages(self) -> Iterator[tuple[Entry, list[SearchPassage]]]:
        for one in self.scope.articles:
            entry = self.desk.get_or_raise(one)
            page = self.articles.page(entry)
            path = self.scope.path(one)
            self._page(path, "article.html", entry.title, **page.values)
            self.folder.put(path.removesuffix(".html") + ".jsonld", page.annotations)
            yield entry, page.passages
        for one in self.scope.entries:
            yield self.entries.write(one, self._page)

    def _write_list(self, pane: str) -> None:
        places = self.scope.rows[pane]
        listing = self.desk.listing(pane, self.scope.extent.lens, filters=self.scope.extent.filters)
        chunks = [places[at : at + ROWS] for at in range(0, len(places), ROWS)] or [[]]
        pages = [f"{pane}{'' if not at else f'-{at + 1}'}.html" for at in range(len(chunks))]
        for page, chunk in zip(pages, chunks, strict=True):
            rows = [self._row(listing[at], depth) for one, depth in chunk if (at := listing.position(one)) is not None]
            self._page(page, "list.html", self.desk.label(pane), rows=rows, pages=pages)

    def _row(self, row: Row, depth: int) -> dict[str, Any]:
        doubt = "" if row.status in (None, "exact", "moved") else row.status
        link = self.shown.link(row.id, row.title)
        return link | {"anchor": anchor(row.id), "detail": row.detail, "doubt": doubt, "depth": min(depth, 3)}

    def _write_timeline(self) -> None:
        from dossier.desk.matrix.tables import kept, when_text  # noqa: PLC0415  only this page needs them

        extent = self.scope.extent
        timeline = self.desk.weighing.timeline(lens=extent.lens, filters=extent.filters)
        pages = [f"timeline{'' if not at else f'-{at + 1}'}.html" for at in range(max(-(-len(timeline) // ROWS), 1))]
        for at, page in enumerate(pages):
            groups: dict[str, list[dict[str, Any]]] = {}
            for item in kept(timeline[at * ROWS : (at + 1) * ROWS], self.scope.only):
                doubt = "" if item.status in (None, "exact", "moved") else item.status
                link = self.shown.link(item.entry, item.title)
                told = {"when": when_text(item), "kind": item.kind, "doubt": doubt}
                detail = ", ".join(filter(None, (item.detail, item.place)))
                groups.setdefault(item.when[:10] or "Undated", []).append(link | told | {"detail": detail})
            shown = [{"label": label, "rows": rows} for label, rows in groups.items()]
            self._page(page, "timeline.html", self.desk.label("timeline"), groups=shown, pages=pages)

    def _write_index(self) -> None:
        cards = []
        for link in self.menu:
            pane = link["path"].removesuffix(".html")
            count = len(self.scope.rows.get(pane, ()))
            says = {"matrix": "Who stands where", "timeline": "What happened when", "search": "Every passage"}
            cards.append(link | {"says": says.get(pane, f"{count} {'entry' if count == 1 else 'entries'}")})
        self._page("index.html", "index.html", self.desk.title, summary=self.desk.summary, cards=cards)


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
