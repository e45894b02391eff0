"""Narrowed lists: what is left of a list under a lens, filters and typed words, and what its rows say then."""

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence

from msgspec.structs import replace

from dossier.model.views import Row
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.entry_queries import Place, SpeakDate
from dossier.store.catalogue.list_pages import is_one
from dossier.store.catalogue.narrowing_queries import count_within, speakers_of


class Narrowed:
    """The places that are left of a list; a row whose parents are gone names them instead of standing under them."""

    def __init__(
        self, db: Catalogue, places: Sequence[Place], kept: Container[int], speak: SpeakDate | None = None
    ) -> None:
        """Keep those of `places` whose numbers in the catalogue are `kept`, each as deep as what is left of its path.

        A row that has a parent which is left is not repeated for its parents that are gone.
        """
        self._db = db
        self._speak = speak
        self._children: Counter[str] = Counter()
        left = [place for place in places if place[0] in kept]
        self._left = frozenset(entry for _, entry, _, _ in left)
        under = {entry for _, entry, _, path in left if path and path[-1] in self._left}
        self.places: list[Place] = []
        """Where each row is, at its depth among those that are left."""
        if not any(path for _, _, _, path in left):
            self.places = left
            return
        for n, entry, _, path in left:
            if path and path[-1] not in self._left and entry in under:
                continue
            standing = [above for above in path if above in self._left]
            self.places.append((n, entry, len(standing), path))
            self._children.update(standing[-1:])

    def read_rows(self, places: Sequence[Place], lens: Sequence[str], within: Collection[str]) -> list[Row]:
        """Read the rows at some places; with a lens, their counts and sides are those of what is `within` it."""
        sides = _sides(self._db, lens)
        rows = []
        for found in entry_queries.rows(self._db, places, self._left, self._speak):
            row = replace(found, children=self._children[found.id])
            if lens:
                row = replace(row, count=count_within(self._db, row.id, within))
            if sides and row.kind == "quote":
                row = replace(row, about=_lens_side(self._db, row.id, sides))
            rows.append(row)
        return rows


def _sides(db: Catalogue, lens: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The persons and delegations of a lens, each with itself and its members."""
    sides = [one for one in lens if is_one(db, one, ("person", "delegation"))]
    return {one: (one, *entry_queries.below(db, one)) for one in sides}


def _lens_side(db: Catalogue, quote: str, sides: Mapping[str, tuple[str, ...]]) -> str:
    """The first side of a lens that did not say a quote: it is linked with it in another way."""
    speakers = speakers_of(db, quote)
    others = (side for side, family in sides.items() if not speakers.intersection(family))
    return next((entry_queries.title(db, side) for side in others), "")
