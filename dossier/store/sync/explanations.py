"""Explanations of problems, kept in the catalogue under what each was made from.

A key holds all that the explanation depends on, texts by their digests: what has changed has another key, so nothing
that is found is out of date.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from dossier.store.catalogue.catalogue import Catalogue

Value = TypeVar("Value")

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class Explanations:
    """The explanations that one check asks for."""

    def __init__(self, db: Catalogue) -> None:
        self._db = db
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def get(self, make: Callable[[], Value], *made_from: Any) -> Value:
        """Return what `make` makes of what is named behind it: made before, if it was, else now.

        It must be of types that MessagePack keeps as they are, such as texts, bytes and lists of them.
        """
        key = _key(made_from)
        blob = self._new.get(key) or self._db.value("SELECT value FROM explanations WHERE key = ?", key)
        if blob is None:
            blob = self._new[key] = _encode(make())
        self._used.add(key)
        value: Value = _decode(blob)
        return value

    def use(self, *made_from: Any) -> None:
        """Keep an explanation, if there is one, although nobody asked for it."""
        self._used.add(_key(made_from))

    def keep(self) -> None:
        """Put the new ones into the catalogue, and take out those that were not used; within a transaction."""
        known = set(self._db.values("SELECT key FROM explanations"))
        self._db.run_many("DELETE FROM explanations WHERE key = ?", [(key,) for key in known - self._used])
        self._db.run_many("REPLACE INTO explanations VALUES (?,?)", [*self._new.items()])


def _key(made_from: tuple[Any, ...]) -> bytes:
    return hashlib.blake2b(_encode(made_from), digest_size=16).digest()
