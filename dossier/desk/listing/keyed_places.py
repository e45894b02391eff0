"""The lines of a list in an order that has an index, however long: read by blocks, also when one jumps to the end."""

from collections.abc import Iterator

from dossier.model.bounded import BoundedDict, estimated_size
from dossier.model.paged import LazySequence
from dossier.store.catalogue.entry_queries import Place
from dossier.store.catalogue.list_pages import Key, OrderedEntries

_BLOCKS = 100
"""Blocks that are held."""


class KeyedPlaces(LazySequence[Place]):
    """The places of entries, of which there may be fewer by now than were counted."""

    def __init__(self, entries: OrderedEntries, count: int, size: int) -> None:
        """Take the entries, how many there are, and how many are read at once."""
        self._entries = entries
        self._count = count
        self._size = size
        self._blocks: BoundedDict[int, list[Place]] = BoundedDict(_BLOCKS, size=estimated_size)
        self._before: dict[int, Key] = {0: ()}
        """The key behind which a block begins, of those of which it is known."""
        self._positions: BoundedDict[str, int | None] = BoundedDict()

    @property
    def held(self) -> int:
        """The bytes that it takes as far as it was read."""
        return self._blocks.held + self._positions.held + estimated_size([*self._before.values()])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Place]:
        return ((n, entry, 0, ()) for n, entry, _ in self._entries.first(-1))  # with one question for all

    def read_item(self, at: int) -> Place:
        """Read the block of a line."""
        return self._block(at // self._size)[at % self._size]

    def read_slice(self, wanted: range) -> list[Place]:
        """Read the blocks of some lines."""
        blocks = {at: self._block(at) for at in sorted({at // self._size for at in wanted})}
        places = ((blocks[at // self._size], at % self._size) for at in wanted)
        return [block[at] for block, at in places if at < len(block)]

    def position(self, entry_id: str) -> int | None:
        """The place of an entry; None when it is not in the list."""
        if entry_id not in self._positions:
            self._positions[entry_id] = self._entries.position(entry_id)
        return self._positions[entry_id]

    def _block(self, block: int) -> list[Place]:
        if block not in self._blocks:
            found = self._read(block)
            if len(found) == self._size:
                self._before[block + 1] = found[-1][2]
            self._blocks[block] = [(n, entry, 0, ()) for n, entry, _ in found]
        return self._blocks.use(block)

    def _read(self, block: int) -> list[tuple[int, str, Key]]:
        """Read a block from the nearest place of which the key is known, or from the end."""
        known = block if block in self._before else max(one for one in self._before if one < block)
        skipped, behind = (block - known) * self._size, self._count - (block + 1) * self._size
        if skipped > max(behind, 0) and self._entries.count() == self._count:
            return self._entries.last(self._size + min(behind, 0), skipped=max(behind, 0))
        return self._entries.first(self._size, after=self._before[known], skipped=skipped)
