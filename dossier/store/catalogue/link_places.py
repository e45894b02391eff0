"""Places of the links of an entry in the catalogue: counted by relation, and read when they are shown."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain

from dossier.model.paged import LazySequence
from dossier.store.catalogue.queries import ORDER, CatalogueQueries

Place = tuple[int, int, bool]
"""Number of a link in the catalogue, which of the entries it is seen from, and whether it runs outward."""

End = tuple[str, int, bool]
"""Id of the entry at which links are looked for, its number among the entries, and whether they run outward from it."""

MANY = 2_000
"""Links of an entry and its members from which they are counted and not read at once."""

ENDS = {True: "source = ?", False: "target = ? AND source <> target"}
"""The conditions of running outward from an entry, and to it from another."""

_BLOCK = 50
"""Places that are read at once when one is asked for."""


class RelationPlaces(LazySequence[Place]):
    """The places of the links of an entry by some relations in one direction, in the order written."""

    def __init__(self, db: CatalogueQueries, end: End, relations: Sequence[str], count: int) -> None:
        """Take the end that they share, their relations, and how many there are."""
        self._db = db
        self._entry, self._at, self._outward = end
        self._relations = relations
        self._count = count
        self._before: dict[int, tuple[str, int, int]] = {}
        """The key behind which a place stands, of those of which it is known."""

    def __len__(self) -> int:
        return self._count

    def read_item(self, at: int) -> Place:
        """Read one place."""
        return self.read_slice(range(at, at + 1))[0]

    def read_slice(self, wanted: range) -> list[Place]:
        """Read some places, which follow each other, from the nearest one of which the key is known."""
        known = wanted.start
        if known not in self._before:
            known = max((one for one in self._before if one < known), default=0)
        key = self._before.get(known, ())
        sql = f"""SELECT rank, ord, n FROM links WHERE {ENDS[self._outward]}
            AND relation IN ({",".join("?" * len(self._relations))}) {"AND (rank, ord, n) > (?,?,?)" if key else ""}
            ORDER BY {ORDER}, n LIMIT ? OFFSET ?"""
        found = self._db.rows(sql, self._entry, *self._relations, *key, len(wanted), wanted.start - known)
        if found:
            self._before[wanted.start + len(found)] = found[-1]
        return [(n, self._at, self._outward) for _, _, n in found]


class JoinedPlaces(LazySequence[Place]):
    """Several sequences of places as one."""

    def __init__(self, parts: Sequence[Sequence[Place]]) -> None:
        self._parts = parts
        self._ends = [*accumulate(map(len, parts))]
        self._block: tuple[int, list[Place]] = 0, []

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Place]:
        return chain.from_iterable(part[:] for part in self._parts)

    def read_item(self, at: int) -> Place:
        """Read the block of a place, which is kept until another is asked for."""
        first, block = self._block
        if not first <= at < first + len(block):
            first = at - at % _BLOCK
            block = self.read_slice(range(first, min(first + _BLOCK, len(self))))
            self._block = first, block
        return block[at - first]

    def read_slice(self, wanted: range) -> list[Place]:
        """Read some places, which follow each other."""
        found: list[Place] = []
        first, last = wanted.start, wanted.stop
        while first < last:
            part = bisect_right(self._ends, first)
            begin = self._ends[part - 1] if part else 0
            end = min(last, self._ends[part])
            found += self._parts[part][first - begin : end - begin]
            first = end
        return found


def read_places(
    db: CatalogueQueries, end: End, name_of: Callable[[str], str], is_heard: Callable[[str], bool] | None = None
) -> list[tuple[str, Sequence[Place]]]:
    """Read the links of an entry in one direction: the names of their relations, as each comes first, with places.

    Links from an entry of which it is not so that it `is_heard` are left out.
    """
    entry, at, outward = end
    names: dict[str, str] = {}
    found: dict[str, list[Place]] = {}
    sql = f"SELECT n, relation, source FROM links WHERE {ENDS[outward]} ORDER BY {ORDER}, n"
    for n, relation, source in db.rows(sql, entry):
        if is_heard is None or is_heard(source):
            if relation not in names:
                names[relation] = name_of(relation)
            found.setdefault(names[relation], []).append((n, at, outward))
    return [*found.items()]


def count_places(db: CatalogueQueries, end: End, name_of: Callable[[str], str]) -> list[tuple[str, RelationPlaces]]:
    """Count the links of an entry in one direction: the names of their relations, as each comes first, with places."""
    entry, _, outward = end
    counts = db.rows(f"SELECT relation, count(*) FROM links WHERE {ENDS[outward]} GROUP BY relation", entry)
    first = f"SELECT rank, ord, n FROM links WHERE {ENDS[outward]} AND relation = ? ORDER BY {ORDER}, n LIMIT 1"
    counts.sort(key=lambda row: db.rows(first, entry, row[0])[0])
    named: dict[str, list[tuple[str, int]]] = {}
    for relation, count in counts:
        named.setdefault(name_of(relation), []).append((relation, count))
    return [
        (name, RelationPlaces(db, end, [relation for relation, _ in some], sum(count for _, count in some)))
        for name, some in named.items()
    ]
