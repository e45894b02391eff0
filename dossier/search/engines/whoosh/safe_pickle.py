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


class Refused(Exception):  # noqa: N818 - said of a file: what it asks for is refused
    """A file would load something that has no business in an index, or its check sum is wrong."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only what an index of ours holds."""
        if (module, name) not in _HARMLESS:
            raise Refused(f"{module}.{name}")
        return super().find_class(module, name)


def load(file: IO[bytes]) -> Any:
    """What a file holds from here on; `Refused` when that is not harmless."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """What the bytes hold; `Refused` when that is not harmless."""
    return _Unpickler(BytesIO(data)).load()
