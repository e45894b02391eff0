"""A cache that holds no more than it was told to: what was put in first makes room."""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedDict(dict[Key, Value]):
    """A dict of at most `most` items, so that nothing read in an hour of use is held for the rest of it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        """How many items it holds."""

    def __setitem__(self, key: Key, value: Value) -> None:
        if key not in self and len(self) >= self.most:
            del self[next(iter(self))]
        super().__setitem__(key, value)
