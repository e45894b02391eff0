"""Score and rank the passages of one search."""

from collections import Counter
from heapq import nsmallest
from operator import add

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.bitsets import BitsetSearch, SearchStopped
from dossier.search.engines.postings import WHOLE, rarity

_BEGUN, _TYPED = 15, 16
"""In a lane: what has but the beginning of a word, and what is added for the form that was typed."""


class Scores:
    """Scores of the matches of one search."""

    def __init__(self, search: BitsetSearch) -> None:
        self._search = search

    def scores(self, plan: nodes.Plan, docs: list[int], mask: int) -> list[int]:
        """The score of each of the passages."""
        match plan:
            case nodes.Leaf():
                weight = self._weight(plan)
                scaled = self._search.lane(plan).translate(bytes([min(weight * impact, 255) for impact in range(256)]))
                return list(map(scaled.__getitem__, docs))
            case nodes.Run() | nodes.NearPlan():
                return self._run_scores(plan, docs, mask)
            case nodes.PrefixPlan() | nodes.FuzzyPlan():
                return self._where(plan, [nodes.BEGUN] * len(docs), docs)
            case nodes.All(parts):
                return self._where(plan, _summed([self.scores(part, docs, mask) for part in parts]), docs)
            case nodes.Any(parts):
                return _summed([self.scores(part, docs, mask) for part in parts])
            case nodes.MaxPlan(parts):
                return list(map(max, *([self.scores(part, docs, mask) for part in parts] + [[0] * len(docs)])))
            case nodes.ExactFormPlan(part, exact):
                typed = (self._search.mask(exact) & self._search.mask(part)) * nodes.TYPED
                more = typed.to_bytes(self._search.source.size, "little")
                return list(map(add, self.scores(part, docs, mask), map(more.__getitem__, docs)))
            case nodes.BoostPlan(part, tags):
                favoured = self._search.union(("tags", tag) for tag in tags)
                return [
                    value + nodes.FAVOURED * favoured[doc]
                    for value, doc in zip(self.scores(part, docs, mask), docs, strict=True)
                ]
            case _:
                return [0] * len(docs)

    def _run_scores(self, plan: nodes.Run | nodes.NearPlan, docs: list[int], mask: int) -> list[int]:
        runs = (plan,) if isinstance(plan, nodes.Run) else (plan.left, plan.right)
        bonus = nodes.IN_ORDER if isinstance(plan, nodes.Run) else nodes.NEARBY
        columns = [self.scores(leaf, docs, mask) for run in runs for _, leaf in run.parts]
        return self._where(plan, [bonus + value for value in _summed(columns)], docs)

    def _where(self, plan: nodes.Plan, values: list[int], docs: list[int]) -> list[int]:
        lane = self._search.mask(plan).to_bytes(self._search.source.size, "little")
        return [value * lane[doc] for value, doc in zip(values, docs, strict=True)]

    def best(self, plan: nodes.Plan, mask: int, most: int, *, dated: bool) -> list[tuple[int, int]]:
        """Return the first `most` of the matching passages in order, each with its score."""
        try:
            lane = None if dated else self._lane(plan, mask)
        except SearchStopped:
            lane = None
        if lane:
            return self._by_class(*lane, most)
        docs = self._search.numbers(mask)
        if dated:
            docs = self.first(docs, most)
            return list(zip(docs, self._scored(plan, docs, mask), strict=True))
        values = self._scored(plan, docs, mask)
        least = _least(values, most)
        chosen = [(-value, doc) for value, doc in zip(values, docs, strict=True) if value > least]
        tied = [doc for value, doc in zip(values, docs, strict=True) if value == least]
        chosen += ((-least, doc) for doc in self.first(tied, most - len(chosen)))
        order = self._search.source.order
        return [(doc, -value) for value, doc in sorted(chosen, key=lambda one: (one[0], *order(one[1])))]

    def _weight(self, leaf: nodes.Leaf) -> int:
        having = (self._search.mask(leaf) & self._search.source.live).bit_count()
        return rarity(having, self._search.everything)

    def _lane(self, plan: nodes.Plan, mask: int) -> tuple[bytes, dict[int, int]] | None:
        """Return a byte for each passage, and the score each byte stands for, when one word makes the score; else None.

        So the best are found without looking at every match in turn.
        """
        scoring = nodes.scoring_parts(plan)
        parts = scoring[0].parts if len(scoring) == 1 and isinstance(scoring[0], nodes.MaxPlan) else tuple(scoring)
        word, others = parts[0] if parts else None, parts[1:]
        leaf = word.part if isinstance(word, nodes.ExactFormPlan) else word
        if not isinstance(leaf, nodes.Leaf) or not all(
            isinstance(part, nodes.PrefixPlan | nodes.FuzzyPlan) for part in others
        ):
            return None
        size = self._search.source.size
        impacts = int.from_bytes(self._search.lane(leaf), "little")
        scores = {impact: self._weight(leaf) * impact for impact in range(1, WHOLE + 1)}
        if isinstance(word, nodes.ExactFormPlan):
            impacts += (self._search.mask(word.exact) & self._search.mask(leaf)) * _TYPED
            scores |= {impact + _TYPED: score + nodes.TYPED for impact, score in scores.items()}
        for part in others:
            impacts |= (self._search.mask(part) & ~self._search.mask(leaf)) * _BEGUN
            scores[_BEGUN] = nodes.BEGUN
        return (impacts & mask * 255).to_bytes(size, "little"), scores

    def _by_class(self, lane: bytes, scores: dict[int, int], most: int) -> list[tuple[int, int]]:
        """Return the same from what `_lane` gives, score by score."""
        best: list[tuple[int, int]] = []
        for score in sorted(set(scores.values()), reverse=True):
            of_score = bytes([byte for byte, value in scores.items() if value == score])
            if len(best) < most and any(map(lane.__contains__, of_score)):
                docs = self._search.numbers_of(lane, of_score)
                best += [(doc, score) for doc in self.first(docs, most - len(best))]
        return best

    def first(self, docs: list[int], most: int) -> list[int]:
        """The first `most` of passages with the same score, in order."""
        ranks, order = self._search.source.ranks(), self._search.source.order
        if len(docs) > most:
            last = nsmallest(most, map(ranks.__getitem__, docs))[-1] if most else -1
            docs = [doc for doc in docs if ranks[doc] <= last]
        return sorted(docs, key=order)[:most]

    def _scored(self, plan: nodes.Plan, docs: list[int], mask: int) -> list[int]:
        try:
            return self.scores(plan, docs, mask)
        except SearchStopped:
            return [0] * len(docs)


def _summed(columns: list[list[int]]) -> list[int]:
    return columns[0] if len(columns) == 1 else list(map(sum, zip(*columns, strict=True)))


def _least(values: list[int], most: int) -> int:
    """The score of the last that can be among the first `most`."""
    counted = 0
    for value, count in sorted(Counter(values).items(), reverse=True):
        counted += count
        if counted >= most:
            return value
    return 0
