"""A list of entries as a pane shows it: as long as it likes, of which only the lines asked for are read."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from dossier.model.bounded import estimated_size
from dossier.model.paged import LazySequence, Paged
from dossier.model.views import Row
from dossier.store.catalogue.entry_queries import Place

_LOOKED_AT = 30
"""Lines from which the bytes of all of them are estimated."""

_NUMBER = sys.getsizeof(1 << 20)


class FirstPlaces(LazySequence[Place]):
    """The lines of a long list: the first are known at once, the rest is read when it is asked for."""

    def __init__(self, first: list[Place], count: int, read: Callable[[], list[Place]]) -> None:
        """Take the first, how many there are, and how to read all of them."""
        self._count = count
        self._known = first
        self._read = read

    def __len__(self) -> int:
        return self._count

    def read_item(self, at: int) -> Place:
        """Read a line."""
        return self._up_to(at)[at]

    def read_slice(self, wanted: range) -> list[Place]:
        """Read some lines, of which there may be fewer by now."""
        known = self._up_to(max(wanted[0], wanted[-1])) if wanted else []
        return [known[at] for at in wanted if at < len(known)]

    def __iter__(self) -> Iterator[Place]:
        return iter(self._up_to(self._count - 1))

    @property
    def known(self) -> Sequence[Place]:
        """The lines that were read so far: the first, or all."""
        return self._known

    def _up_to(self, last: int) -> list[Place]:
        """The lines that are known, after reading them all where `last` is not among the first."""
        if last >= len(self._known):
            self._known = self._read()
            self._count = len(self._known)
        return self._known


class Listing(Paged[Place, Row]):
    """The lines of a pane, in order."""

    page_size = 32
    """About as many as a pane shows: more would be read for nothing when a screen is drawn for the first time."""

    def __init__(
        self,
        places: Sequence[Place],
        total: int,
        read: Callable[[list[Place]], list[Row]],
        may_hold: Callable[[str], bool] = lambda _entry: True,
    ) -> None:
        """Take where each line is, how many there are without any lens, and how to read a page of them.

        `may_hold` tells cheaply of most entries that are not in the list that they are not.
        """
        super().__init__(places)
        self._may_hold = may_hold
        self.total = total
        """How many there would be without the lens."""
        self._read = read
        self._positions: dict[str, int] = {}
        self._measured = 0, 0

    @property
    def held(self) -> int:
        """The bytes that it takes as far as it was read: where each line is, and the pages of lines."""
        known = self.places.known if isinstance(self.places, FirstPlaces) else self.places
        if self._measured[0] != len(known):
            self._measured = len(known), estimated_size(known, _LOOKED_AT)
        positions = sys.getsizeof(self._positions) + _NUMBER * len(self._positions)
        return self._measured[1] + self._pages.held + positions

    def read_page(self, places: Sequence[Place]) -> list[Row]:
        """Read the lines at some places."""
        return self._read(list(places))

    def position(self, entry_id: str) -> int | None:
        """The first place where an entry stands; None when it is not in the list."""
        if not self._positions:
            self._positions = _positions(self.places.known if isinstance(self.places, FirstPlaces) else self.places)
        if len(self._positions) < len(self) and entry_id not in self._positions and self._may_hold(entry_id):
            self._positions = _positions(self.places)
        return self._positions.get(entry_id)

    def id_at(self, index: int) -> str:
        """The id of a line, without reading the rest of it."""
        return self.places[index][1]

    def depth_at(self, index: int) -> int:
        """The depth of a line, without reading the rest of it."""
        return self.places[index][2]


def _positions(places: Iterable[Place]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, (_, entry, _, _) in enumerate(places):
        found.setdefault(entry, at)
    return found
