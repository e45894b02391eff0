"""A plan carried out over columns of bytes: for engines that hand out postings and leave the rest to us.

A lane has one byte for each passage: how much a term counts there, or 0. A mask is a lane of ones and zeros read as one
whole number, so that and, or, not and counting are single operations of the interpreter, however many passages there
are.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from time import monotonic
from typing import Protocol

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.place_codes import decoded
from dossier.search.engines.postings import EDGE

_ONES = bytes([0] + [1] * 255)
_EVERY = 4096
_RARE = 8
"""One of so many passages and fewer are found one by one; more, by going through all."""


class SearchStopped(Exception):  # noqa: N818 - it is no error: the time is up
    """The time for a search is up, or nobody waits for it any more."""


class PostingsSource(Protocol):
    """Postings of numbered passages."""

    size: int
    """How many numbers there are."""
    live: int
    """Mask of the passages that are there; the others were taken out."""
    memory: "BitsetCache"
    """Lanes that were read lately."""

    def term(self, term: str) -> tuple[Sequence[int], bytes]:
        """Numbers of the passages that have a term, ascending, and how much it counts in each."""

    def places(self, term: str) -> list[str]:
        """The `encoded` places of the term in each of these passages."""

    def listed(self, field: str, text: str) -> Sequence[int]:
        """Numbers of the passages with a tag or an edge."""

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """`(field, text)` of all terms and forms that begin so."""

    def close_to(self, word: str) -> Iterator[tuple[str, str]]:
        """`(field, text)` of all terms and forms at most one letter off."""

    def ranks(self) -> Sequence[int]:
        """The order of passages of equal score, the lowest first."""

    def order(self, doc: int) -> tuple[int, str]:
        """The rank of a passage, and its key, which decides between equal ranks."""

    def days(self) -> tuple[Sequence[int], Sequence[int]]:
        """First and last day of each passage."""


_LANES = 400
"""Lanes that are remembered at most: more than any query has, and five megabytes of a dossier of 300 articles."""


class BitsetCache:
    """Lanes read lately, up to a number of them and of their bytes."""

    def __init__(self, size: int, most: int = 24_000_000) -> None:
        self._lanes: OrderedDict[object, bytes] = OrderedDict()
        self._room = min(_LANES, max(16, most // max(size, 1)))

    def get(self, key: object, make: Callable[[], bytes]) -> bytes:
        """The lane of this key, made when it is not remembered."""
        lane = self._lanes.get(key)
        if lane is None:
            lane = make()
            self._lanes[key] = lane
            if len(self._lanes) > self._room:
                self._lanes.popitem(last=False)
        else:
            self._lanes.move_to_end(key)
        return lane


class BitsetSearch:
    """A search of a source."""

    def __init__(self, source: PostingsSource, seconds: float, cancelled: Callable[[], bool] | None = None) -> None:
        self.source = source
        self._until = monotonic() + seconds
        self._cancelled = cancelled
        self._masks: dict[nodes.Plan, int] = {}
        self.everything = source.live.bit_count()
        self.partial = False

    def check(self) -> None:
        """Raise `SearchStopped` when the time is up."""
        if monotonic() > self._until or (self._cancelled and self._cancelled()):
            self.partial = True
            raise SearchStopped

    def matching(self, plan: nodes.Plan) -> int:
        """The mask of the passages that match; what was found by then when the time is up."""
        try:
            return self.mask(plan) & self.source.live
        except SearchStopped:
            return 0

    def mask(self, plan: nodes.Plan) -> int:
        """The mask of a node; taken-out passages may be in it."""
        known = self._masks.get(plan)
        if known is None:
            self.check()
            known = self._masks[plan] = self._mask(plan)
        return known

    def _mask(self, plan: nodes.Plan) -> int:
        live = self.source.live
        match plan:
            case nodes.Leaf():
                return _number(self.lane(plan).translate(_ONES))
            case nodes.PrefixPlan(prefix):
                return _number(self.source.memory.get(plan, lambda: self._beginning(prefix)))
            case nodes.FuzzyPlan(word):
                return _number(self.source.memory.get(plan, lambda: self.union(self.source.close_to(word))))
            case nodes.Run():
                return self._ids(doc for doc, _ in self.run(plan, self._candidates(plan)))
            case nodes.NearPlan():
                return self._ids(self._beside(plan))
            case nodes.Tag(tags):
                return _number(self.union(("tags", tag) for tag in tags))
            case nodes.Days(since, until):
                return _number(self.source.memory.get(plan, lambda: self._dated(since, until)))
            case nodes.Everything():
                return live
            case nodes.Nothing():
                return 0
            case nodes.All(parts):
                found = live
                for part in sorted(parts, key=_cost):
                    found &= self.mask(part)
                    if not found:
                        break
                return found
            case nodes.Any(parts) | nodes.MaxPlan(parts):
                return self._either(parts)
            case nodes.Without(part):
                return live & ~self.mask(part)
            case nodes.BoostPlan(part) | nodes.ExactFormPlan(part):
                return self.mask(part)

    def _either(self, parts: tuple[nodes.Plan, ...]) -> int:
        found = 0
        for part in parts:
            try:
                found |= self.mask(part)
            except SearchStopped:
                break
        return found

    def lane(self, leaf: nodes.Leaf) -> bytes:
        """The weight of the terms, passage by passage; of several terms the highest."""
        return self.source.memory.get(leaf.terms, lambda: self._read(leaf.terms))

    def _read(self, terms: tuple[str, ...]) -> bytes:
        lane = bytearray(self.source.size)
        for number, term in enumerate(terms):
            ids, impacts = self.source.term(term)
            if number:
                for doc, value in zip(ids, impacts, strict=True):
                    lane[doc] = max(lane[doc], value)
            else:
                for doc, value in zip(ids, impacts, strict=True):
                    lane[doc] = value
        return bytes(lane)

    def _beginning(self, prefix: str) -> bytes:
        if len(prefix) <= EDGE:
            return self.union([("edges", prefix)])
        return self.union(self.source.starting(prefix))

    def union(self, listed: Iterable[tuple[str, str]]) -> bytes:
        """The lane of all passages that have one of these in a field."""
        lane = bytearray(self.source.size)
        for number, (field, text) in enumerate(listed):
            if number % 16 == 15:
                self.check()
            for doc in self.source.term(text)[0] if field == "terms" else self.source.listed(field, text):
                lane[doc] = 1
        return bytes(lane)

    def _dated(self, since: int, until: int) -> bytes:
        first, last = self.source.days()
        return bytes([begin != 0 and begin <= until and end >= since for begin, end in zip(first, last, strict=True)])

    def _ids(self, ids: Iterable[int]) -> int:
        lane = bytearray(self.source.size)
        for doc in ids:
            lane[doc] = 1
        return _number(lane)

    def _candidates(self, run: nodes.Run) -> int:
        found = self.source.live
        for _, leaf in run.parts:
            found &= self.mask(leaf)
        return found

    def run(self, run: nodes.Run, candidates: int) -> Iterator[tuple[int, set[int]]]:
        """The passages among the candidates in which a run stands, with the places where it begins."""
        docs = self.numbers(candidates)
        columns = [(offset, self._column(leaf, docs)) for offset, leaf in run.parts] if docs else []
        for number, doc in enumerate(docs):
            if number % _EVERY == _EVERY - 1:
                self.check()
            begins = decoded(columns[0][1][number])
            for offset, column in columns[1:]:
                begins &= {place - offset for place in decoded(column[number])}
                if not begins:
                    break
            if begins:
                yield doc, begins

    def _column(self, leaf: nodes.Leaf, docs: list[int]) -> list[str]:
        """The encoded places of any of the terms in each of the passages."""
        column = [""] * len(docs)
        for term in leaf.terms:
            self.check()
            ids, places = self.source.term(term)[0], self.source.places(term)
            if len(docs) * 16 < len(ids):
                for number, doc in enumerate(docs):
                    at = bisect_left(ids, doc)
                    if at < len(ids) and ids[at] == doc:
                        column[number] += places[at]
            else:
                known = dict(zip(ids, places, strict=True))
                column = [before + known.get(doc, "") for before, doc in zip(column, docs, strict=True)]
        return column

    def _beside(self, plan: nodes.NearPlan) -> Iterator[int]:
        both = self._candidates(plan.left) & self._candidates(plan.right)
        right = dict(self.run(plan.right, both))
        for doc, begins in self.run(plan.left, both):
            if doc in right and _near(begins, right[doc], plan):
                yield doc

    def numbers(self, mask: int) -> list[int]:
        """Return the numbers of the passages in a mask, ascending."""
        return _places_of_ones(mask.to_bytes(self.source.size, "little"))

    def numbers_of(self, lane: bytes, values: bytes) -> list[int]:
        """Return the numbers of the passages that have one of the values in a lane, ascending."""
        return _places_of_ones(lane.translate(bytes([value in values for value in range(256)])))


def _places_of_ones(lane: bytes) -> list[int]:
    count, found, at = lane.count(1), [], -1
    if count * _RARE > len(lane):
        return list(compress(range(len(lane)), lane))
    for _ in range(count):
        at = lane.index(1, at + 1)
        found.append(at)
    return found


def _number(lane: bytes | bytearray) -> int:
    return int.from_bytes(lane, "little")


def _near(left: set[int], right: set[int], plan: nodes.NearPlan) -> bool:
    reach, first, second = plan.distance, plan.left.width, plan.right.width
    return any(
        0 <= there - here - first <= reach or 0 <= here - there - second <= reach for here in left for there in right
    )


_COSTS = {nodes.Tag: 0, nodes.Days: 0, nodes.Leaf: 1, nodes.Without: 2, nodes.Any: 4}


def _cost(plan: nodes.Plan) -> int:
    return _COSTS.get(type(plan), 3 if isinstance(plan, nodes.PrefixPlan | nodes.MaxPlan | nodes.All) else 5)
