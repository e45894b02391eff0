"""The first of what tantivy finds, in our order."""

from functools import cached_property
from operator import itemgetter
from typing import Any

from dossier.search.engines.plan_nodes import Plan
from dossier.search.engines.tantivy.builder import Builder

AHEAD, FAR = 60, 600
"""Matches that are looked at before a tie is settled by rank; so many where that takes going through them all."""

STRIDE = 256
"""Matches of which the scores are asked for at once while a tie is settled."""

Scored = tuple[int, int, Any]
"""Score, rank and address of a match."""


class Order:
    """The first matches of one query in our order: by score, then by rank, which tantivy does not settle by itself.

    `builder` gives the query of the plan, and that of what has one score where it has one (`Builder.exactly`).
    """

    def __init__(self, tantivy: Any, schema: Any, searcher: Any, builder: Builder, plan: Plan) -> None:
        self._make, self._must, self._rising = tantivy.Query, tantivy.Occur.Must, tantivy.Order.Asc
        self._schema = schema
        self._searcher = searcher
        self._builder = builder
        self._plan = plan

    @cached_property
    def _query(self) -> Any:
        return self._builder.build(self._plan)

    def _exactly(self, score: int) -> Any:
        return self._builder.exactly(self._plan, score)

    def first(self, most: int, *, dated: bool) -> list[Scored]:
        """The first `most` matches and every one that ties with the last of them, in no order."""
        if dated:
            listed = self._by_rank(self._query, most)
            scores = self._scores([rank for rank, _ in listed])
            return [(scores.get(_place(address), 0), rank, address) for rank, address in listed]
        if classes := self._builder.scores(self._plan):
            return self._by_score(classes, most)
        for ahead in (most + AHEAD, most + FAR):
            hits = self._searcher.search(self._query, limit=ahead, count=False).hits
            if not hits:
                return []
            least, last = hits[-1][0], hits[min(most, len(hits)) - 1][0]
            if len(hits) < ahead or last > least:
                return _cut(self._ranked([hit for hit in hits if hit[0] >= last]), most)
            above = [hit for hit in hits if hit[0] > least]
            exactly = self._exactly(round(least))
            if exactly is not None:
                tied = self._by_rank(exactly, most - len(above))
                return self._ranked(above) + [(round(least), *one) for one in tied]
        return self._ranked(above) + self._tied(round(least), most - len(above))

    def _by_score(self, scores: list[int], most: int) -> list[Scored]:
        """The same where the matches of each score can be asked for, the highest score first."""
        found: list[Scored] = []
        for score in scores:
            found += [(score, *one) for one in self._by_rank(self._exactly(score), most - len(found))]
            if len(found) >= most:
                break
        return found

    def _ranked(self, hits: list[tuple[float, Any]]) -> list[Scored]:
        """Hits with their ranks."""
        ranks = self._searcher.fast_field_values("rank", [address for _, address in hits]) if hits else ()
        return [(round(score), rank, address) for (score, address), rank in zip(hits, ranks, strict=True)]

    def _tied(self, score: int, most: int) -> list[Scored]:
        """The first `most` by rank of the many that score `score`, found by going through all by rank."""
        batch, done = max(4 * most, STRIDE), 0
        tied: list[Scored] = []
        while True:
            found = self._by_rank(self._query, done + batch)
            scores = self._scores([rank for rank, _ in found[done:]])
            tied += [(score, rank, address) for rank, address in found[done:] if scores.get(_place(address)) == score]
            if len(tied) >= most or len(found) < done + batch:
                return _cut(tied, most)
            done, batch = len(found), batch * 4

    def _by_rank(self, query: Any, most: int) -> list[tuple[int, Any]]:
        """Rank and address of the first matches by rank, all that tie with the last included."""
        limit = most + 64
        while True:
            hits = self._searcher.search(
                query, limit=limit, count=False, order_by_field="rank", order=self._rising
            ).hits
            if len(hits) < limit or hits[-1][0] != hits[most - 1][0]:
                last = hits[most - 1][0] if len(hits) >= most else None
                return [hit for hit in hits if last is None or hit[0] <= last]
            limit *= 4

    def _scores(self, ranks: list[int]) -> dict[tuple[int, int], int]:
        """The scores of the matches with these ranks, by place."""
        wanted = self._make.const_score_query(self._make.term_set_query(self._schema, "rank", ranks), 0.0)
        both = self._make.boolean_query([(self._must, self._query), (self._must, wanted)])
        limit = len(ranks) + 64
        while True:
            hits = self._searcher.search(both, limit=limit, count=False).hits
            if len(hits) < limit:
                return {_place(address): round(score) for score, address in hits}
            limit *= 4


def _cut(found: list[Scored], most: int) -> list[Scored]:
    """The first `most`, and what ties with the last of them."""
    found = sorted(sorted(found, key=itemgetter(1)), key=itemgetter(0), reverse=True)
    if len(found) <= most:
        return found
    last = found[most - 1][:2]
    return [one for number, one in enumerate(found) if number < most or one[:2] == last]


def _place(address: Any) -> tuple[int, int]:
    return address.segment_ord, address.doc
