"""The links of an entry, in pages where there are many."""

from itertools import chain
from typing import Any

from dossier.desk.publish.evidence import EvidenceRenderer
from dossier.desk.publish.scope import ROWS
from dossier.model.views import EntryView
from dossier.store.catalogue.link_places import Place
from dossier.store.catalogue.link_queries import EntryLinks


class LinkPages:
    """Reads the links of one entry page by page."""

    def __init__(self, shown: EvidenceRenderer, view: EntryView, path: str, *, but: str) -> None:
        """Take the entry, its page, and a relation that is left out, if any."""
        self._shown = shown
        assert isinstance(view.links, EntryLinks)
        self._here = view.entry.id
        self._links = view.links
        ends, last = [], 0
        for group in view.groups:
            first, last = last, last + group.count
            if group.relation != but:
                ends.append(range(first, last))
        self._kept = list(chain.from_iterable(ends))
        count = max(-(-len(self._kept) // ROWS), 1)
        self.pages = [path, *(links_path(path, at) for at in range(1, count))]
        """The pages of the links, the first of which is that of the entry."""

    def places(self, page: int) -> list[Place]:
        """The places in the catalogue of the links of one page."""
        return [self._links.places[at] for at in self._kept[page * ROWS : (page + 1) * ROWS]]

    def groups(self, page: int) -> list[dict[str, Any]]:
        """The links of one page by relation; those of members say whose they are."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for at in self._kept[page * ROWS : (page + 1) * ROWS]:
            row = self._links[at]
            if (shown := self._shown.link_row(row, self._here)) is not None:
                groups.setdefault(row.relation, []).append(shown)
        return [{"relation": relation, "rows": rows} for relation, rows in groups.items()]


def links_path(path: str, at: int) -> str:
    """The page of further links of the entry whose page is `path`; the first is 1."""
    return f"links/{path.rpartition('/')[2].removesuffix('.html')}-{at + 1}.html"
