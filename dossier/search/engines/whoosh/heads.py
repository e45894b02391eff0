"""Columns of every passage of a segment beside its postings: its key, digest, kind, rank and days.

Ranks and kinds are whole arrays, read as they lie; a key is read where a hit is told. An index of 240,000 passages is
opened without making an object for each.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from struct import calcsize, pack, unpack
from typing import Protocol

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

ENDING = ".head"
"""Ending of the file with the heads of a segment."""

_LENGTHS = "<4I"
_NUMBERS = {"rank": "Q", "since": "i", "until": "i", "key_end": "I", "digest_end": "I", "kind": "B"}
"""The columns of numbers in the order of the file, with their types."""
_encode = Encoder().encode
_names = Decoder(list[str]).decode


class Bytes(Protocol):
    """A file of which parts can be read."""

    def get(self, position: int, length: int) -> bytes:
        """The bytes of one part."""


class PassageHeader(Struct, frozen=True, gc=False):
    """The fields that a segment keeps of one passage."""

    key: str
    digest: str
    kind: str
    rank: int
    since: int
    until: int


class Heads:
    """The heads of one segment, read as far as they are asked for."""

    def __init__(self, file: Bytes) -> None:
        self._file = file
        start = calcsize(_LENGTHS)
        self.size, *lengths = unpack(_LENGTHS, file.get(0, start))
        self._parts: dict[str, tuple[int, int]] = {}
        texts = zip(("kinds", "keys", "digests"), lengths, strict=True)
        sizes = [(name, self.size * array(code).itemsize) for name, code in _NUMBERS.items()]
        for name, length in (*sizes, *texts):
            self._parts[name] = start, length
            start += length

    def _bytes(self, name: str) -> bytes:
        return self._file.get(*self._parts[name])

    def numbers(self, name: str) -> "array[int]":
        """Return one column of numbers."""
        found = array(_NUMBERS[name])
        found.frombytes(self._bytes(name))
        return found

    @cached_property
    def ranks(self) -> "array[int]":
        """The rank of each passage."""
        return self.numbers("rank")

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds there are."""
        return _names(self._bytes("kinds"))

    @cached_property
    def kind_numbers(self) -> bytes:
        """The number of each passage's kind, a byte each."""
        return self._bytes("kind")

    @cached_property
    def _key_ends(self) -> "array[int]":
        return self.numbers("key_end")

    def key(self, doc: int) -> str:
        """The key of one passage."""
        begin = self._key_ends[doc - 1] if doc else 0
        start, _ = self._parts["keys"]
        return self._file.get(start + begin, self._key_ends[doc] - begin).decode("utf-8", "surrogatepass")

    def all_keys(self) -> list[str]:
        """Every key, by number."""
        return _cut(self._bytes("keys"), self._key_ends)

    def all_digests(self) -> list[str]:
        """Every digest, by number."""
        return _cut(self._bytes("digests"), self.numbers("digest_end"))


def _cut(blob: bytes, ends: Sequence[int]) -> list[str]:
    found, begin = [], 0
    for end in ends:
        found.append(blob[begin:end].decode("utf-8", "surrogatepass"))
        begin = end
    return found


class HeadsWriter:
    """The heads of a new segment while they are gathered, in columns."""

    def __init__(self) -> None:
        self._numbers = {name: array(code) for name, code in _NUMBERS.items()}
        self._kinds: dict[str, int] = {}
        self._keys, self._digests = bytearray(), bytearray()

    def add(self, head: PassageHeader) -> None:
        """Add that of one passage."""
        self._keys += head.key.encode("utf-8", "surrogatepass")
        self._digests += head.digest.encode("utf-8", "surrogatepass")
        kind = self._kinds.setdefault(head.kind, len(self._kinds))
        row = (head.rank, head.since, head.until, len(self._keys), len(self._digests), kind)
        for column, value in zip(self._numbers.values(), row, strict=True):
            column.append(value)

    def add_all(self, heads: Heads, docs: Iterable[int]) -> None:
        """Add those of some passages of another segment, by number."""
        keys, digests, kinds, numbers = heads.all_keys(), heads.all_digests(), heads.kinds, heads.kind_numbers
        ranks, since, until = heads.ranks, heads.numbers("since"), heads.numbers("until")
        for doc in docs:
            kind = kinds[numbers[doc]]
            self.add(PassageHeader(keys[doc], digests[doc], kind, ranks[doc], since[doc], until[doc]))

    def to_bytes(self) -> bytes:
        """The bytes of a file that `Heads` reads."""
        names = _encode([*self._kinds])
        lengths = pack(_LENGTHS, len(self._numbers["kind"]), len(names), len(self._keys), len(self._digests))
        columns = (column.tobytes() for column in self._numbers.values())
        return b"".join([lengths, *columns, names, self._keys, self._digests])
