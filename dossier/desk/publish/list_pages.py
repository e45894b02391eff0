"""The lists of a site, its timeline and its first page."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dossier.desk.matrix.tables import kept
from dossier.desk.publish.evidence import EvidenceRenderer, anchor
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.page_writer import PageWriter
from dossier.desk.publish.scope import LISTS, ROWS
from dossier.model.dates import day_of
from dossier.model.spoken_dates import spoken_date
from dossier.model.views import Row

if TYPE_CHECKING:
    from dossier.desk.matrix.timeline import TimeItem, Timeline

_SAYS = {"matrix": "Who stands where", "timeline": "What happened when", "search": "Every passage"}


class ListPages:
    """Makes the pages that list entries."""

    def __init__(self, shown: EvidenceRenderer, inputs: SiteInputs, writer: PageWriter) -> None:
        self.shown = shown
        self.desk = shown.desk
        self.scope = shown.scope
        self.inputs = inputs
        self.writer = writer

    @cached_property
    def pages(self) -> dict[str, list[str]]:
        """The pages of each list and of the timeline."""
        counts = {pane: len(self.scope.rows[pane]) for pane in LISTS}
        if not self.inputs.is_timeline_same:
            counts["timeline"] = len(self._timeline)
        return {name: _numbered(name, count) for name, count in counts.items()}

    @property
    def files(self) -> list[str]:
        """All pages of lists that may be written; those of a timeline that is the same are not."""
        return [page for pages in self.pages.values() for page in pages]

    @cached_property
    def _timeline(self) -> "Timeline":
        extent = self.scope.extent
        return self.desk.weighing.timeline(lens=extent.lens, filters=extent.filters)

    def write(self, menu: list[dict[str, str]]) -> None:
        """Write all of them; `menu` leads to each."""
        for pane in LISTS:
            self._write_list(pane)
        if not self.inputs.is_timeline_same:
            self._write_timeline()
        self._write_index(menu)

    def _write_list(self, pane: str) -> None:
        places, pages = self.scope.rows[pane], self.pages[pane]
        listing, numbers = self.scope.listing(pane), self.scope.numbers[pane]
        for at, page in enumerate(pages):
            chunk = places[at * ROWS : (at + 1) * ROWS]
            if self.inputs.is_same_list(page, chunk, len(pages)):
                continue
            made_from = self.inputs.rows(chunk, len(pages))
            if self.writer.is_current(page, made_from):
                continue
            rows = self._rows(listing[number] for number in numbers[at * ROWS : (at + 1) * ROWS])
            self.writer.put(page, "list.html", self.desk.label(pane), made_from, rows=rows, pages=pages)

    def _rows(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """The lines of a page; of a person under several delegations the first line has the address."""
        shown: dict[str, None] = {}
        found = []
        for row in rows:
            address = "" if row.id in shown else anchor(row.id)
            told = {"anchor": address, "detail": row.detail, "doubt": _doubt(row.status), "depth": min(row.depth, 3)}
            found.append(self.shown.link(row.id, row.title) | told)
            shown[row.id] = None
        return found

    def _write_timeline(self) -> None:
        pages = self.pages["timeline"]
        for at, page in enumerate(pages):
            first, last = at * ROWS, (at + 1) * ROWS
            made_from = self.inputs.timeline(self._timeline, first, last, len(pages))
            if self.writer.is_current(page, made_from):
                continue
            groups: dict[str, list[dict[str, Any]]] = {}
            for item in kept(self._timeline[first:last], self.scope.only):
                link = self.shown.link(item.entry, item.title)
                told = {"when": _when(item), "kind": item.kind, "doubt": _doubt(item.status)}
                detail = ", ".join(filter(None, (item.detail, item.place)))
                groups.setdefault(spoken_date(day_of(item.when)) or "Undated", []).append(
                    link | told | {"detail": detail}
                )
            shown = [{"label": label, "rows": rows} for label, rows in groups.items()]
            self.writer.put(page, "timeline.html", self.desk.label("timeline"), made_from, groups=shown, pages=pages)

    def _write_index(self, menu: list[dict[str, str]]) -> None:
        cards = []
        for link in menu:
            pane = link["path"].removesuffix(".html")
            count = len(self.scope.rows.get(pane, ()))
            cards.append(link | {"says": _SAYS.get(pane, f"{count} {'entry' if count == 1 else 'entries'}")})
        self.writer.put("index.html", "index.html", self.desk.title, "", summary=self.desk.summary, cards=cards)


def _when(item: "TimeItem") -> str:
    """The time of something in words: `9 June 2025, 14:00 to 20:00`, `10 June 2025 (the article's day)`."""
    when = spoken_date("/".join(filter(None, (item.when, item.until)))) or "undated"
    return f"{when} (the article's day)" if item.lent else when


def _doubt(status: str | None) -> str:
    return "" if status in (None, "exact", "moved") else str(status)


def _numbered(name: str, rows: int) -> list[str]:
    """The names of the pages of a list of so many rows."""
    return [f"{name}{'' if not at else f'-{at + 1}'}.html" for at in range(max(-(-rows // ROWS), 1))]
