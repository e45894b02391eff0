"""Lazy sequences that are read page by page."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar, overload

from dossier.model.bounded import BoundedDict, estimated_size

Place = TypeVar("Place")
Item = TypeVar("Item")


class LazySequence(Sequence[Item]):
    """A sequence whose items are read on access. A subclass reads one of them."""

    @abstractmethod
    def read_item(self, at: int) -> Item:
        """Read the item of a number from 0 up to the length."""

    def read_slice(self, wanted: range) -> list[Item]:
        """Read the items of some numbers."""
        return [self.read_item(at) for at in wanted]

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return self.read_slice(range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.read_item(index % len(self))


class Paged(LazySequence[Item], Generic[Place, Item]):
    """A lazy sequence of items whose places are known, in order. A subclass reads the items at some places."""

    page_size = 100
    """How many are read at once."""

    most_pages = 8
    """How many pages are held."""

    most_bytes = 500_000
    """How many bytes they take at most, as estimated from three items of each."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Take where each item is."""
        self.places = places
        """Where each item is."""
        self._pages: BoundedDict[int, list[Item]] = BoundedDict(self.most_pages, self.most_bytes, estimated_size)

    @abstractmethod
    def read_page(self, places: Sequence[Place]) -> list[Item]:
        """Read the items at some places, in their order."""

    def __len__(self) -> int:
        return len(self.places)

    def read_item(self, at: int) -> Item:
        """Read the page of an item."""
        return self._page(at // self.page_size)[at % self.page_size]

    def read_slice(self, wanted: range) -> list[Item]:
        """Read the pages of some items."""
        if wanted.step != 1 or not wanted:
            return [self[at] for at in wanted]
        first, last = wanted.start // self.page_size, wanted[-1] // self.page_size
        found = [item for page in range(first, last + 1) for item in self._page(page)]
        skipped = wanted.start - first * self.page_size
        return found[skipped : skipped + len(wanted)]

    def _page(self, page: int) -> list[Item]:
        if page not in self._pages:
            self._pages[page] = self.read_page(self.places[page * self.page_size : (page + 1) * self.page_size])
        return self._pages[page]
