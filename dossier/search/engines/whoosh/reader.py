"""An open generation of a Whoosh index: the source of searches by `bitsets`."""
# ruff: noqa: SLF001 - see `codec` in this folder

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from msgspec.msgpack import Decoder

from dossier.model.passages import Passage
from dossier.search.engines.bitsets import BitsetCache
from dossier.search.engines.closeness import may_be_near, near_miss, undoubled
from dossier.search.engines.whoosh.heads import Heads
from dossier.search.engines.whoosh.layout import BETWEEN, FIELD, LENGTH, LENGTHS, MAGIC, TERM
from dossier.search.engines.whoosh.safe_pickle import load
from dossier.search.text.tokenizer import EXACT, is_form

_AHEAD = 1 << 14
"""Bytes of the list of terms that are read at once."""

Postings = tuple["array[int]", bytes, list[bytes]]
"""Of a term: the numbers of the passages that have it, how much it counts in each, and its places in each, encoded;
only the numbers in a field that has no more.
"""


class Segment:
    """The postings of one segment, read in bulk."""

    def __init__(self, reader: Any, heads: Heads, name: str = "") -> None:
        self.reader = reader
        self.heads = heads
        """What is kept of each of its passages."""
        self.name = name
        self.size: int = reader.doc_count_all()
        self._terms = reader._terms
        self._schema = reader.schema
        self._columns: dict[str, Any] = {}

    def gone(self) -> list[int]:
        """Numbers of the passages that were taken out."""
        return list(self.reader._perdoc.deleted_docs())

    def column(self, name: str) -> Any:
        """The values of a column, by number."""
        if name not in self._columns:
            self._columns[name] = self.reader._perdoc.column_reader(name, self._schema[name].column_type)
        return self._columns[name]

    def term(self, term: str) -> "tuple[array[int], bytes]":
        """Numbers of the passages that have a term, and how much it counts in each."""
        docs, impacts, _ = self.postings("terms", term.encode("utf-8", "surrogatepass"))
        return docs, impacts

    def places(self, term: str) -> list[str]:
        """The places of a term in each of the passages that have it, as characters."""
        places = self.postings("terms", term.encode("utf-8", "surrogatepass"))[2]
        return BETWEEN.join(places).decode("utf-8", "surrogatepass").split(BETWEEN.decode()) if places else []

    def listed(self, field: str, text: str) -> "array[int]":
        """Numbers of the passages that have `text` in `field`."""
        return self.postings(field, text.encode("utf-8", "surrogatepass"))[0]

    def postings(self, field: str, key: bytes) -> Postings:
        """The postings of a term in a field; empty where it has none."""
        number = self._terms._fieldmap.get(field)
        found = self._terms._tindex.get(FIELD.pack(number) + key) if number is not None else None
        return (array("I"), b"", []) if found is None else self.postings_of(found)

    def postings_of(self, found: bytes) -> Postings:
        """The postings of a term, by what the list of terms says of it."""
        start, length = TERM.unpack(found)[-2:]
        written = self._terms._postfile.get(start, length)
        if not written.startswith(MAGIC):
            raise ValueError("there are no postings where the list of terms says so")
        docs, impacts, places = array("I"), bytearray(), list[bytes]()
        at, last = len(MAGIC), False
        while not last:
            (size,) = LENGTH.unpack_from(written, at)
            last = size < 0
            block = BytesIO(written[at + LENGTH.size : at + LENGTH.size + abs(size)])
            load(block)  # what Whoosh wants to know before it reads one
            ids, _, values = load(block)
            docs.frombytes(ids)
            if values:
                impacts += values[0]
                places += values[1].split(BETWEEN)
            at += LENGTH.size + abs(size)
        return docs, bytes(impacts), places

    def texts(self, field: str, prefix: str) -> Iterator[str]:
        """All that begins so in a field."""
        for key in self.keys(field, prefix.encode("utf-8", "surrogatepass")):
            yield key.decode("utf-8", "surrogatepass")

    def keys(self, field: str, start: bytes = b"") -> Iterator[bytes]:
        """The terms of a field that begin so, in the order of their bytes."""
        for key, _ in self.records(field, start):
            yield key

    def records(self, field: str, start: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """The terms of a field that begin so, in the order of their bytes, with what the list of terms says of each."""
        number = self._terms._fieldmap.get(field)
        if number is None:
            return
        index, wanted = self._terms._tindex, FIELD.pack(number) + start
        at = index.closest_key_pos(wanted)
        read, begun = b"", at
        while at is not None and at < index.endofdata:
            if len(read) < at - begun + LENGTHS.size:
                read, begun = index.dbfile.get(at, _AHEAD), at
            key_length, length = LENGTHS.unpack_from(read, at - begun)
            size = LENGTHS.size + key_length + length
            if len(read) < at - begun + size:
                read, begun = index.dbfile.get(at, max(size, _AHEAD)), at
            first = at - begun + LENGTHS.size
            key = read[first : first + key_length]
            if not key.startswith(wanted):
                return
            yield key[FIELD.size :], read[first + key_length : first + key_length + length]
            at += size


_passage = Decoder(Passage).decode


class IndexGeneration:
    """A generation of an index, open: the source of searches."""

    def __init__(self, generation: int, segments: list[Segment]) -> None:
        self.generation = generation
        self._segments = segments
        self._bases = [0]
        gone: list[int] = []
        for segment in segments:
            if segment.heads.size != segment.size:
                raise ValueError("the heads are not those of the segment")
            gone += (self._bases[-1] + doc for doc in segment.gone())
            self._bases.append(self._bases[-1] + segment.size)
        self.size = self._bases[-1]
        lane = bytearray(b"\x01") * self.size
        for doc in gone:
            lane[doc] = 0
        self.live = int.from_bytes(lane, "little")
        self.memory = BitsetCache(self.size)
        self._gone = frozenset(gone)
        self._numbers: dict[str, int] | None = None
        self._languages: frozenset[str] | None = None
        self._kinds: dict[str, int] | None = None
        self._ranks: array[int] | None = None
        self._days: tuple[array[int], array[int]] | None = None
        self._forms: list[tuple[str, str, str]] | None = None

    def _column(self, name: str) -> "array[int]":
        """Return one column of numbers of all passages."""
        found = array("Q" if name == "rank" else "i")
        for segment in self._segments:
            found += segment.heads.numbers(name)
        return found

    def digests(self) -> dict[str, str]:
        """Key and digest of every passage that is there."""
        found = (
            (key, digest)
            for s in self._segments
            for key, digest in zip(s.heads.all_keys(), s.heads.all_digests(), strict=True)
        )
        return {key: digest for doc, (key, digest) in enumerate(found) if doc not in self._gone}

    def numbers(self) -> dict[str, int]:
        """The number of every passage that is there, by key."""
        if self._numbers is None:
            keys = (key for segment in self._segments for key in segment.heads.all_keys())
            self._numbers = {key: doc for doc, key in enumerate(keys) if doc not in self._gone}
        return self._numbers

    def number(self, key: str) -> int | None:
        """The number of one passage; None when it is not there."""
        if self._numbers is not None:
            return self._numbers.get(key)
        return next((doc for doc in self.listed("tags", f"key={key}") if doc not in self._gone), None)

    def key(self, doc: int) -> str:
        """The key of one passage."""
        segment = bisect_right(self._bases, doc) - 1
        return self._segments[segment].heads.key(doc - self._bases[segment])

    def languages(self) -> frozenset[str]:
        """The languages of the passages."""
        if self._languages is None:
            tags = {tag for segment in self._segments for tag in segment.texts("tags", "language=")}
            self._languages = frozenset(tag.partition("=")[2] for tag in tags)
        return self._languages

    def kinds(self) -> dict[str, int]:
        """The mask of every kind."""
        if self._kinds is None:
            self._kinds = {}
            for kind in dict.fromkeys(kind for segment in self._segments for kind in segment.heads.kinds):
                lane = b"".join([_lane_of(segment.heads, kind) for segment in self._segments])
                self._kinds[kind] = int.from_bytes(lane, "little")
        return self._kinds

    def ranks(self) -> Sequence[int]:
        """See `bitsets.Source`."""
        if self._ranks is None:
            self._ranks = self._column("rank")
        return self._ranks

    def order(self, doc: int) -> tuple[int, str]:
        """See `bitsets.Source`."""
        return self.ranks()[doc], self.key(doc)

    def days(self) -> tuple[Sequence[int], Sequence[int]]:
        """See `bitsets.Source`."""
        if self._days is None:
            self._days = self._column("since"), self._column("until")
        return self._days

    def term(self, term: str) -> tuple[Sequence[int], bytes]:
        """See `bitsets.Source`."""
        found = [segment.term(term) for segment in self._segments]
        if len(found) == 1:
            return found[0]
        return self._renumbered([ids for ids, _ in found]), b"".join(impacts for _, impacts in found)

    def places(self, term: str) -> list[str]:
        """See `bitsets.Source`."""
        return [places for segment in self._segments for places in segment.places(term)]

    def listed(self, field: str, text: str) -> Sequence[int]:
        """See `bitsets.Source`."""
        return self._renumbered([segment.listed(field, text) for segment in self._segments])

    def _renumbered(self, found: list[Sequence[int]]) -> Sequence[int]:
        if len(found) == 1:
            return found[0]
        return [doc + base for base, ids in zip(self._bases, found, strict=False) for doc in ids]

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """See `bitsets.Source`."""
        for start in (prefix, EXACT + prefix):
            found = {text for segment in self._segments for text in segment.texts("terms", start)}
            yield from (("terms", text) for text in found if is_form(text))

    def close_to(self, word: str) -> Iterator[tuple[str, str]]:
        """See `bitsets.Source`."""
        if self._forms is None:
            self._forms = [(field, text, text.removeprefix(EXACT)) for field, text in set(self.starting(""))]
        first, alike = word[:1], undoubled(word)
        for field, text, form in self._forms:
            if (may_be_near(form, word) and near_miss(form, word)) or (form[:1] == first and alike.fullmatch(form)):
                yield field, text

    def passage(self, doc: int) -> Passage:
        """The passage of a number."""
        segment = bisect_right(self._bases, doc) - 1
        return _passage(self._segments[segment].column("passage")[doc - self._bases[segment]])

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.reader.close()


def _lane_of(heads: Heads, kind: str) -> bytes:
    """A byte for each passage of a segment: 1 where it is of a kind."""
    numbers = bytes([one == kind for one in heads.kinds])
    return heads.kind_numbers.translate(numbers.ljust(256, b"\0"))
