"""Narrowed lists: what is left of a list under a lens, filters and typed words, and what its rows say then."""

from collections.abc import Collection, Container, Mapping, Sequence

from msgspec.structs import replace

from dossier.desk.listing.listing import Place
from dossier.model.views import Row
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.narrowing_queries import count_within, speakers_of


class Narrowed:
    """The places that are left of a list; a row whose parents are gone names them instead of standing under them."""

    def __init__(self, db: Catalogue, places: Sequence[Place], kept: Container[int]) -> None:
        """Keep those of `places` whose numbers in the catalogue are `kept`."""
        self._db = db
        self._paths: dict[int, list[str]] = {}
        self._children: dict[int, int] = {}
        self.places: list[Place] = []
        """Where each row is, at its depth among those that are left."""
        if not any(depth for _, _, depth in places):
            self.places = [place for place in places if place[0] in kept]
            return
        above: list[Place] = []
        for place in places:
            n, entry, depth = place
            while above and above[-1][2] >= depth:
                above.pop()
            if n in kept:
                standing = [one[0] for one in above if one[0] in kept]
                self.places.append((n, entry, len(standing)))
                self._paths[n] = [one[1] for one in above if one[0] not in kept]
                if standing:
                    self._children[standing[-1]] = self._children.get(standing[-1], 0) + 1
            above.append(place)

    def read_rows(self, places: Sequence[Place], lens: Sequence[str], within: Collection[str]) -> list[Row]:
        """Read the rows at some places; with a lens, their counts and sides are those of what is `within` it."""
        found = entry_queries.rows(self._db, [(n, depth) for n, _, depth in places])
        sides = _sides(self._db, lens)
        rows = []
        for n, _, _ in places:
            row = replace(found[n], children=self._children.get(n, 0), detail=self._detail(n, found[n]))
            if lens:
                row = replace(row, count=count_within(self._db, row.id, within))
            if sides and row.kind == "quote":
                row = replace(row, about=_about(self._db, row.id, sides))
            rows.append(row)
        return rows

    def _detail(self, n: int, row: Row) -> str:
        path = " › ".join(entry_queries.title(self._db, one) for one in self._paths.get(n, ()))
        return " · ".join(filter(None, (row.detail, f"in {path}" if path else "")))


def _sides(db: Catalogue, lens: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The persons and delegations of a lens, each with itself and its members."""
    sides = [one for one in lens if entry_queries.is_one(db, one, ("person", "delegation"))]
    return {one: (one, *entry_queries.below(db, one)) for one in sides}


def _about(db: Catalogue, quote: str, sides: Mapping[str, tuple[str, ...]]) -> str:
    """The first side of a lens that did not say a quote: it is linked with it in another way."""
    speakers = speakers_of(db, quote)
    others = (side for side, family in sides.items() if not speakers.intersection(family))
    return next((entry_queries.title(db, side) for side in others), "")
