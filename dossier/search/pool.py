"""The postings of one new segment while it is gathered: in memory, by term, in order of passages."""

from array import array
from collections.abc import Iterable
from typing import Protocol, TypeVar

from dossier.search.analysis import EXACT, is_form
from dossier.search.postings import edges

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

    def add_term(self, term: str, doc: int, impact: int, places: str) -> None:
        """A passage that has a term."""
        known = self.terms.get(term)
        if known is None:
            self.terms[term] = (array("I", (doc,)), bytearray((impact,)), [places])
        else:
            known[0].append(doc)
            known[1].append(impact)
            known[2].append(places)

    def cleanup(self) -> None:
        """Let go of all of it."""
        self.__init__()  # type: ignore[misc]

    def beginnings(self) -> dict[str, "array[int]"]:
        """Beginnings of words."""
        found: dict[str, set[int]] = {}
        for text, docs in ((term.removeprefix(EXACT), one[0]) for term, one in self.terms.items() if is_form(term)):
            for edge in edges({text}):
                known = found.get(edge)
                if known is None:
                    found[edge] = set(docs)
                else:
                    known.update(docs)
        return {edge: array("I", sorted(docs)) for edge, docs in found.items()}


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
