"""A cache of bounded size, which evicts the oldest items first."""

import sys
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from msgspec import Struct
from msgspec.structs import astuple

Key = TypeVar("Key")
Value = TypeVar("Value")

MOST = 2_000
"""Default maximum number of items."""

MOST_BYTES = 4_000_000
"""Default maximum number of bytes."""

_LEAVES = frozenset({str, bytes, int, float, bool})
_CONTAINERS = (list, tuple, set, frozenset)


def size_of(value: object) -> int:
    """Return the bytes that a value of texts, numbers, records and containers of them takes.

    What they share counts once. Of any other object the object itself counts, not what it leads to.
    """
    seen = {id(None)}
    waiting, total = [value], 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        kind = type(one)
        if kind in _LEAVES:
            continue
        if isinstance(one, Struct):
            waiting += astuple(one)
        elif isinstance(one, dict):
            waiting += one
            waiting += one.values()
        elif isinstance(one, _CONTAINERS):
            waiting += one
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
        """Maximum number of bytes of its values, measured once there are two."""
        self._held = 0
        self._size = size
        self._sizes: dict[Key, int] = {}

    @property
    def held(self) -> int:
        """Bytes that the values take now."""
        if len(self) == 1:
            self._measure(next(iter(self)))
        return self._held

    def _measure(self, key: Key) -> None:
        if key not in self._sizes:
            self._sizes[key] = self._size(self[key])
            self._held += self._sizes[key]

    def __setitem__(self, key: Key, value: Value) -> None:
        if key in self:
            del self[key]
        while self and len(self) >= self.most:
            del self[next(iter(self))]
        super().__setitem__(key, value)
        if len(self) < 2:
            return  # a single value is held however large it is: most are the only one, and need not be measured
        self._measure(next(iter(self)))
        self._measure(key)
        while len(self) > 1 and self._held > self.most_bytes:
            del self[next(iter(self))]

    def __delitem__(self, key: Key) -> None:
        super().__delitem__(key)
        self._held -= self._sizes.pop(key, 0)

    def clear(self) -> None:
        """Remove all items."""
        super().clear()
        self._sizes.clear()
        self._held = 0

    def use(self, key: Key) -> Value:
        """Return a value that is held, which is let go of after all others."""
        value = self[key]
        super().__delitem__(key)
        super().__setitem__(key, value)
        return value


class CallCache(Generic[Value]):
    """The results of the last calls of a function: at most so many, and so many bytes; several threads may call it."""

    def __init__(self, function: Callable[..., Value], most: int, most_bytes: int, size: Callable[..., int]) -> None:
        """`size` estimates the bytes of a result from the arguments of its call."""
        self._function = function
        self._size = size
        self._lock = Lock()
        self._kept: BoundedDict[tuple[Hashable, ...], tuple[Value, int]] = BoundedDict(
            most, most_bytes, lambda kept: kept[1]
        )
        with _call_caches_lock:
            _call_caches.add(self)

    def __call__(self, *arguments: Hashable) -> Value:
        """Return the result of a call; of one that is kept, the same object."""
        with self._lock:
            if arguments in self._kept:
                return self._kept.use(arguments)[0]
        result = self._function(*arguments)
        with self._lock:
            self._kept[arguments] = result, self._size(*arguments)
        return result

    def clear(self) -> bool:
        """Remove all results; returns whether there were any."""
        with self._lock:
            had_some = bool(self._kept)
            self._kept.clear()
        return had_some


_call_caches: WeakSet[CallCache[Any]] = WeakSet()
_call_caches_lock = Lock()


def clear_call_caches() -> bool:
    """Remove the results of every `CallCache`; returns whether there were any."""
    with _call_caches_lock:
        caches = tuple(_call_caches)
    return sum(cache.clear() for cache in caches) > 0
