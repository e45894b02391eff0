"""A list of entries as a pane shows it: as long as it likes, of which only the lines asked for are read."""

from collections.abc import Callable, Sequence
from typing import overload

from dossier.model.views import Row

_PAGE = 100

Place = tuple[int, str, int]
"""Number in the catalogue, id, depth."""


class Listing(Sequence[Row]):
    """The lines of a pane, in order."""

    def __init__(self, places: list[Place], total: int, read: Callable[[list[Place]], list[Row]]) -> None:
        """Take where each line is, how many there are without any lens, and how to read a page of them."""
        self.total = total
        """How many there would be without the lens."""
        self.places = places
        """Where each line is."""
        self._read = read
        self._pages: dict[int, list[Row]] = {}
        self._positions: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        page, at = divmod(index % len(self), _PAGE)
        if page not in self._pages:
            self._pages[page] = self._read(self.places[page * _PAGE : (page + 1) * _PAGE])
        return self._pages[page][at]

    def position(self, entry_id: str) -> int | None:
        """Where an entry stands; None when it is not in the list."""
        if not self._positions:
            self._positions = {entry: at for at, (_, entry, _) in enumerate(self.places)}
        return self._positions.get(entry_id)

    def id_at(self, index: int) -> str:
        """The id of a line, without reading the rest of it."""
        return self.places[index][1]

    def depth_at(self, index: int) -> int:
        """How deep a line stands, without reading the rest of it."""
        return self.places[index][2]
