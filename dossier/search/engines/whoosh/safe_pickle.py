"""Unpickling that makes nothing but what an index of ours holds, whatever a file asks for."""

import pickle
from io import BytesIO
from typing import IO, Any

_HARMLESS = {
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("dossier.search.engines.whoosh.codec", "Codec"),
    ("collections", "defaultdict"),
    ("builtins", "int"),
}


class UnsafePickle(Exception):  # noqa: N818 - said of a file: what it asks for is refused
    """A file would load something that has no business in an index, or its check sum is wrong."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """An unpickler of the classes that an index of ours holds, and of no others."""
        if (module, name) not in _HARMLESS:
            raise UnsafePickle(f"{module}.{name}")
        return super().find_class(module, name)


def load(file: IO[bytes]) -> Any:
    """Unpickle a file from here on; `UnsafePickle` when its content is not harmless."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """Unpickle bytes; `UnsafePickle` when their content is not harmless."""
    return _Unpickler(BytesIO(data)).load()
