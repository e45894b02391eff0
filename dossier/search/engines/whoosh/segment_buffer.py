"""The postings of one new segment: those of new passages gathered in memory, those of older segments merged in."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, Protocol, TypeVar

from dossier.search.engines.postings import edges
from dossier.search.engines.whoosh.layout import BETWEEN
from dossier.search.engines.whoosh.reader import Postings, Segment
from dossier.search.text.tokenizer import EXACT, is_form

TIER = 4
"""Segments of about one size that are made into one."""
SMALL = 500
"""Passages of a segment that is no trouble to take over."""


class Pool:
    """Postings of one new segment, by field and term."""

    def __init__(self) -> None:
        self.listed: dict[str, dict[str, array[int]]] = {"tags": {}}
        self.terms: dict[str, tuple[array[int], bytearray, list[str]]] = {}

    def add(self, field: str, text: str, docs: Iterable[int]) -> None:
        """Passages that have a tag."""
        known = self.listed[field].get(text)
        if known is None:
            known = self.listed[field][text] = array("I")
        known.extend(docs)

    def add_terms(self, doc: int, impacts: Mapping[str, int], places: Mapping[str, str]) -> None:
        """Add a passage with its terms, how much each counts, and where each stands that has a place."""
        known, place = self.terms.get, places.get
        for term, impact in impacts.items():
            having = known(term)
            if having is None:
                self.terms[term] = (array("I", (doc,)), bytearray((impact,)), [place(term, "")])
            else:
                docs, counts, standing = having
                docs.append(doc)
                counts.append(impact)
                standing.append(place(term, ""))

    def cleanup(self) -> None:
        """Let go of all of it."""
        self.__init__()  # type: ignore[misc]

    def postings(self, field: str) -> dict[bytes, Postings]:
        """The postings of a field, by term, in the order of the terms' bytes."""
        if field == "terms":
            found = {
                key: (docs, bytes(impacts), _encoded(places)) for key, (docs, impacts, places) in _keyed(self.terms)
            }
        else:
            listed = self._beginnings() if field == "edges" else self.listed[field]
            found = {key: (docs, b"", []) for key, docs in _keyed(listed)}
        return dict(sorted(found.items()))

    def _beginnings(self) -> dict[str, "array[int]"]:
        """The passages by the beginnings of their words."""
        found: dict[str, set[int]] = {}
        for text, docs in ((term.removeprefix(EXACT), one[0]) for term, one in self.terms.items() if is_form(term)):
            for edge in edges({text}):
                known = found.get(edge)
                if known is None:
                    found[edge] = set(docs)
                else:
                    known.update(docs)
        return {edge: array("I", sorted(docs)) for edge, docs in found.items()}


_Value = TypeVar("_Value")


def _keyed(postings: dict[str, _Value]) -> Iterator[tuple[bytes, _Value]]:
    return ((text.encode("utf-8", "surrogatepass"), one) for text, one in postings.items())


def _encoded(places: list[str]) -> list[bytes]:
    """Return places in bytes, all of them at once: none has the separator in it."""
    return BETWEEN.decode().join(places).encode("utf-8", "surrogatepass").split(BETWEEN)


class MovedSegment(NamedTuple):
    """A segment that a new one takes over."""

    segment: Segment
    first: int
    """The number that its first passage gets."""
    numbers: dict[int, int] | None
    """The new number of each passage that is left; None when none was taken out."""

    def postings(self, found: bytes) -> Postings:
        """The postings of a term, under the new numbers; `found` is what the list of terms says of it."""
        docs, impacts, places = self.segment.postings_of(found)
        if self.numbers is None:
            return array("I", map(self.first.__add__, docs)), impacts, places
        left = [at for at, doc in enumerate(docs) if doc in self.numbers]
        moved = array("I", [self.numbers[docs[at]] for at in left])
        return moved, bytes([impacts[at] for at in left if impacts]), [places[at] for at in left if places]


def merged_postings(
    field: str, new: dict[bytes, Postings], taken: list[MovedSegment]
) -> Iterator[tuple[bytes, Postings]]:
    """Yield the terms of a field, in the order of their bytes, with the postings of new passages and of those taken
    over, one term in memory at a time. A term that no passage has any more is left out.
    """
    if not taken:
        yield from new.items()
        return
    sources = [((key, -1, b"") for key in new), *(_numbered(one.segment, field, at) for at, one in enumerate(taken))]
    for key, having in groupby(merge(*sources), itemgetter(0)):
        docs, impacts, places = array("I"), bytearray(), list[bytes]()
        for _, at, found in having:
            some = new[key] if at < 0 else taken[at].postings(found)
            docs += some[0]
            impacts += some[1]
            places += some[2]
        if docs:
            yield key, (docs, bytes(impacts), places)


def _numbered(segment: Segment, field: str, at: int) -> Iterator[tuple[bytes, int, bytes]]:
    return ((key, at, found) for key, found in segment.records(field))


class Sized(Protocol):
    """A segment, as far as its size goes."""

    def doc_count(self) -> int:
        """Passages that are there."""

    def deleted_count(self) -> int:
        """Passages that were taken out."""


Kept = TypeVar("Kept", bound=Sized)


def crowded(segments: list[Kept], size: int) -> tuple[list[Kept], list[Kept]]:
    """`(taken, rest)`: the segments that a new one of `size` passages is to take over, and the others.

    Taken are those of which most is gone; those no larger than the new one when there are `TIER` of a size; and again
    with the size that makes, so that there are never many.
    """
    rest = sorted(segments, key=lambda segment: segment.doc_count(), reverse=True)
    taken = [segment for segment in rest if segment.doc_count() < segment.deleted_count()]
    rest = [segment for segment in rest if segment not in taken]
    size = size + sum(segment.doc_count() for segment in taken)
    while True:
        alike = [segment for segment in rest if segment.doc_count() <= max(2 * size, SMALL)]
        if len(alike) < TIER - 1:
            break
        taken += alike
        rest = [segment for segment in rest if segment not in alike]
        size += sum(segment.doc_count() for segment in alike)
    return taken, rest
