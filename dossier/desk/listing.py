"""A list of entries as a pane shows it: as long as it likes, of which only the lines asked for are read."""

from collections.abc import Callable, Sequence

from dossier.model.paged import Paged
from dossier.model.views import Row

Place = tuple[int, str, int]
"""Number in the catalogue, id, depth."""


class Listing(Paged[Place, Row]):
    """The lines of a pane, in order."""

    def __init__(self, places: list[Place], total: int, read: Callable[[list[Place]], list[Row]]) -> None:
        """Take where each line is, how many there are without any lens, and how to read a page of them."""
        super().__init__(places)
        self.total = total
        """How many there would be without the lens."""
        self._read = read
        self._positions: dict[str, int] = {}

    def read_page(self, places: Sequence[Place]) -> list[Row]:
        """Read the lines at some places."""
        return self._read(list(places))

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
