"""A cache of bounded size, which evicts the oldest items first."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST = 2_000
"""Default maximum number of items."""

MOST_BYTES = 4_000_000
"""Default maximum number of bytes."""


def size_of(value: object) -> int:
    """Return the bytes that a value of texts, numbers, records and containers of them takes.

    What they share counts once. Of any other object the object itself counts, not what it leads to.
    """
    seen: set[int] = set()
    waiting, total = [value], 0
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        if isinstance(one, str | bytes | int | float):
            continue
        if isinstance(one, dict):
            waiting += one
            waiting += one.values()
        elif isinstance(one, list | tuple | set | frozenset):
            waiting += one
        elif isinstance(one, Struct):
            waiting += [getattr(one, name) for name in one.__struct_fields__]
    return total


def estimated_size(items: Sequence[object], looked_at: int = 3) -> int:
    """Estimate the bytes of a sequence from some of its items, spread over it: to measure every one takes long."""
    if not items:
        return 0
    count = min(looked_at, len(items))
    some = [items[at * (len(items) - 1) // max(count - 1, 1)] for at in range(count)]
    return size_of(some) * len(items) // count


class BoundedDict(dict[Key, Value]):
    """A dict of at most `most` items and `most_bytes` bytes; the oldest items are evicted.

    The item put in last is held however large it is.
    """

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES, size: Callable[[Value], int] = size_of) -> None:
        """`size` says how many bytes a value takes."""
        super().__init__()
        self.most = most
        """Maximum number of items."""
        self.most_bytes = most_bytes
        """Maximum number of bytes of its values, measured when they are put in."""
        self.held = 0
        """Bytes of its values now."""
        self._size = size
        self._sizes: dict[Key, int] = {}

    def __setitem__(self, key: Key, value: Value) -> None:
        if key in self:
            del self[key]
        size = self._size(value)
        while self and (len(self) >= self.most or self.held + size > self.most_bytes):
            del self[next(iter(self))]
        super().__setitem__(key, value)
        self._sizes[key] = size
        self.held += size

    def __delitem__(self, key: Key) -> None:
        super().__delitem__(key)
        self.held -= self._sizes.pop(key)

    def clear(self) -> None:
        """Remove all items."""
        super().clear()
        self._sizes.clear()
        self.held = 0

    def use(self, key: Key) -> Value:
        """Return a cached value, and make it the last to be evicted."""
        value, size = self[key], self._sizes[key]
        super().__delitem__(key)
        super().__setitem__(key, value)
        self._sizes[key] = size
        return value
