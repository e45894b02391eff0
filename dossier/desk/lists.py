"""The lists of a dossier: which entries a pane shows, in which order, narrowed by a lens and by filters."""

from collections.abc import Sequence

from dossier.desk.listing import Listing, Place
from dossier.model.entries import Kind
from dossier.model.views import ALL, Filters, Row
from dossier.store import lookups
from dossier.store.catalogue import Catalogue

PANES: dict[str, tuple[Kind, ...]] = {
    "delegations": ("delegation", "person"),
    "issues": ("issue",),
    "quotes": ("quote",),
    "events": ("event",),
    "articles": ("article",),
    "people": ("person",),
}
"""The lists there are, and the kinds of entries in each."""

_KEPT = 40
"""Lists that are kept: coming back to one must not read it again."""


class Lists:
    """The lists of one open dossier, as the catalogue stands."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._kept: dict[tuple[str, tuple[str, ...], str, Filters], Listing] = {}

    def listing(self, pane: str, lens: tuple[str, ...] = (), sort: str = "written", filters: Filters = ALL) -> Listing:
        """The lines of a pane, narrowed to what is linked with every entry of the lens and passes the filters."""
        key = (pane, lens, sort, filters)
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = self._list(pane, lens, sort, filters)
        return self._kept[key]

    def within(self, lens: Sequence[str]) -> frozenset[str]:
        """The ids that are linked with every entry of a lens."""
        return frozenset.intersection(*(lookups.linked(self.catalogue, entry) for entry in lens))

    def _list(self, pane: str, lens: tuple[str, ...], sort: str, filters: Filters) -> Listing:
        places: list[Place]
        if pane in ("delegations", "issues"):
            places = lookups.tree(self.catalogue, pane, sort)
        else:
            places = [(n, entry, 0) for n, entry in lookups.numbers(self.catalogue, PANES[pane], sort)]
        total = len(places)
        if lens:
            wanted = self.within(lens)
            places = [place for place in places if place[1] in wanted]
        if filters:
            from dossier.store import filtering  # noqa: PLC0415 - no start needs it

            passing = filtering.passing(self.catalogue, PANES[pane], filters)
            places = [place for place in places if place[0] in passing]
        return Listing(places, total, self._read_rows)

    def _read_rows(self, places: list[Place]) -> list[Row]:
        found = lookups.rows(self.catalogue, [(n, depth) for n, _, depth in places])
        return [found[n] for n, _, _ in places]
