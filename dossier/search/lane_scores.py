"""What passages score, and which come first, over the lanes of one search."""

from collections import Counter
from heapq import nsmallest

from dossier.search.lanes import Search, Stopped
from dossier.search.plan import (
    BEGUN,
    FAVOURED,
    IN_ORDER,
    NEARBY,
    TYPED,
    All,
    Any,
    Beside,
    Close,
    First,
    Highest,
    Leaf,
    Plan,
    Run,
    Start,
    Typed,
)
from dossier.search.postings import rarity


class Scores:
    """Scores of the matches of one search."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def scores(self, plan: Plan, docs: list[int], mask: int) -> list[int]:
        """What each of the passages scores."""
        match plan:
            case Leaf():
                lane = self._search.lane(plan)
                having = (self._search.mask(plan) & self._search.source.live).bit_count()
                weight = rarity(having, self._search.everything)
                return [weight * lane[doc] for doc in docs]
            case Run() | Beside():
                return self._run_scores(plan, docs, mask)
            case Start() | Close():
                return self._where(plan, [BEGUN] * len(docs), docs)
            case All(parts):
                return self._where(plan, _summed([self.scores(part, docs, mask) for part in parts]), docs)
            case Any(parts):
                return _summed([self.scores(part, docs, mask) for part in parts])
            case Highest(parts):
                return list(map(max, *([self.scores(part, docs, mask) for part in parts] + [[0] * len(docs)])))
            case Typed(part, exact):
                values = self.scores(part, docs, mask)
                typed = self._search.mask(exact).to_bytes(self._search.source.size, "little")
                return [value + TYPED * typed[doc] if value else value for value, doc in zip(values, docs, strict=True)]
            case First(part, tags):
                favoured = self._search.union(("tags", tag) for tag in tags)
                return [
                    value + FAVOURED * favoured[doc]
                    for value, doc in zip(self.scores(part, docs, mask), docs, strict=True)
                ]
            case _:
                return [0] * len(docs)

    def _run_scores(self, plan: Run | Beside, docs: list[int], mask: int) -> list[int]:
        runs = (plan,) if isinstance(plan, Run) else (plan.left, plan.right)
        bonus = IN_ORDER if isinstance(plan, Run) else NEARBY
        columns = [self.scores(leaf, docs, mask) for run in runs for _, leaf in run.parts]
        return self._where(plan, [bonus + value for value in _summed(columns)], docs)

    def _where(self, plan: Plan, values: list[int], docs: list[int]) -> list[int]:
        lane = self._search.mask(plan).to_bytes(self._search.source.size, "little")
        return [value * lane[doc] for value, doc in zip(values, docs, strict=True)]

    def best(self, plan: Plan, mask: int, most: int, *, dated: bool) -> list[tuple[int, int]]:
        """The first `most` of the matching passages in order, each with its score."""
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

    def first(self, docs: list[int], most: int) -> list[int]:
        """The first `most` of passages with the same score, in order."""
        ranks, order = self._search.source.ranks(), self._search.source.order
        if len(docs) > most:
            last = nsmallest(most, map(ranks.__getitem__, docs))[-1] if most else -1
            docs = [doc for doc in docs if ranks[doc] <= last]
        return sorted(docs, key=order)[:most]

    def _scored(self, plan: Plan, docs: list[int], mask: int) -> list[int]:
        try:
            return self.scores(plan, docs, mask)
        except Stopped:
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
