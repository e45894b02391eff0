"""The lists of a dossier: which entries a pane shows, in which order, narrowed by a lens and by filters."""

from collections.abc import Sequence

from dossier.desk.listing.listing import FirstPlaces, Listing
from dossier.model.bounded import BoundedDict
from dossier.model.entries import Kind
from dossier.model.views import ALL, Filters, Row
from dossier.store.catalogue import entry_queries, header
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.entry_queries import Place, SpeakDate

PANES: dict[str, tuple[Kind, ...]] = {
    "delegations": ("delegation", "person"),
    "issues": ("issue",),
    "quotes": ("quote",),
    "events": ("event",),
    "articles": ("article",),
    "people": ("person",),
}
"""The lists there are, and the kinds of entries in each."""

FIRST = 100
"""Lines of a long list that are enough to draw it for the first time."""

_BYTES = 20_000_000
"""Bytes that all lists take at most beside the one that was asked for last; a line takes some hundred."""

_KEPT = 40
"""Lists that are kept: coming back to one must not read it again."""

_Key = tuple[str, tuple[str, ...], str, Filters, str]


class Lists:
    """The lists of one open dossier, as the catalogue stands."""

    def __init__(self, catalogue: Catalogue, speak: SpeakDate | None = None) -> None:
        """Take the catalogue, and how rows put dates into words, if not in the way of the browser."""
        self.catalogue = catalogue
        self._speak = speak
        self._within: BoundedDict[tuple[str, ...], frozenset[str]] = BoundedDict(_KEPT)
        self._kept: dict[_Key, Listing] = {}
        self._last: _Key | None = None

    def forget(self) -> None:
        """Let go of all lists: each leads back to here, and they would stay until somebody looks for such circles."""
        self._kept.clear()
        self._within.clear()

    def listing(
        self, pane: str, lens: tuple[str, ...] = (), sort: str = "written", filters: Filters = ALL, words: str = ""
    ) -> Listing:
        """The lines of a pane, narrowed to what is linked with every entry of the lens and passes the filters.

        With `words`, each of them must stand in a row's name, id or speaker.
        """
        key = (pane, lens, sort, filters, words)
        if key != self._last or key not in self._kept:
            found = self._kept.pop(key, None) or self._list(pane, lens, sort, filters, words)
            self._kept[key], self._last = found, key
            self._make_room()
        return self._kept[key]

    def _make_room(self) -> None:
        """Let go of the lists asked for longest ago while there are too many, or all take too many bytes.

        That is looked at when another list is asked for: a list grows as it is read.
        """
        held = sum(one.held for one in self._kept.values())
        while len(self._kept) > 1 and (len(self._kept) > _KEPT or held > _BYTES):
            held -= self._kept.pop(next(iter(self._kept))).held

    def within(self, lens: Sequence[str]) -> frozenset[str]:
        """The ids that are linked with every entry of a lens."""
        key = tuple(lens)
        if key not in self._within:
            self._within[key] = frozenset.intersection(*(entry_queries.linked(self.catalogue, entry) for entry in lens))
        return self._within[key]

    def _list(self, pane: str, lens: tuple[str, ...], sort: str, filters: Filters, words: str) -> Listing:
        if lens or filters or words:
            return self._narrowed(self.listing(pane, sort=sort), pane, lens, filters, words)
        if pane in ("delegations", "issues"):
            places = entry_queries.tree(self.catalogue, pane, sort)
            return Listing(places, len(places), self._read_rows)
        db, kinds = self.catalogue, PANES[pane]
        count = sum(header.head(db).counts.get(kind, 0) for kind in kinds)
        first = FirstPlaces(self._flat(pane, sort, FIRST), count, lambda: self._flat(pane, sort))
        return Listing(first, len(first), self._read_rows, lambda entry: entry_queries.is_one(db, entry, kinds))

    def _flat(self, pane: str, sort: str, most: int = -1) -> list[Place]:
        return [(n, entry, 0, ()) for n, entry in entry_queries.numbers(self.catalogue, PANES[pane], sort, most)]

    def _narrowed(self, whole: Listing, pane: str, lens: tuple[str, ...], filters: Filters, words: str) -> Listing:
        from dossier.desk.listing import narrowing  # noqa: PLC0415 - no start needs it
        from dossier.store.catalogue import filters as filtering  # noqa: PLC0415 - no start needs it
        from dossier.store.catalogue.narrowing_queries import matching  # noqa: PLC0415 - no start needs it

        places: Sequence[Place] = list(whole.places)
        within = self.within(lens) if lens else frozenset()
        kept = {place[0] for place in places if not lens or place[1] in within}
        if filters:
            kept &= filtering.passing(self.catalogue, PANES[pane], filters)
        if words:
            kept &= matching(self.catalogue, PANES[pane], words)
        narrowed = narrowing.Narrowed(self.catalogue, places, kept, self._speak)
        return Listing(narrowed.places, len(whole), lambda some: narrowed.read_rows(some, lens, within))

    def _read_rows(self, places: list[Place]) -> list[Row]:
        return entry_queries.rows(self.catalogue, places, speak=self._speak)
