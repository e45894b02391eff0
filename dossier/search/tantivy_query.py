"""Plans as tantivy's queries, and the first of what they find in our order."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from dossier.search.folding import MARK
from dossier.search.plan import (
    BEGUN,
    FAVOURED,
    IN_ORDER,
    NEARBY,
    All,
    Beside,
    Close,
    Days,
    Everything,
    First,
    Highest,
    Leaf,
    Nothing,
    Plan,
    Run,
    Start,
    Tag,
    Without,
)
from dossier.search.plan import Any as Either
from dossier.search.postings import LEVELS, NAMED, WHOLE, rarity

DAYS = 100_000_000
"""Added to days: the fields take no numbers below 0."""

LEVEL = "\x1d"
"""Stands between a term and how much it counts."""

SHORTEST = 2
"""Letters of beginnings that so many words have that the index lists them by themselves, in `letters`."""

AHEAD, FAR = 60, 600
"""Matches that are looked at before a tie is settled by rank; so many where that takes going through them all."""

STRIDE = 256
"""Matches of which the scores are asked for at once while a tie is settled."""

_IMPACTS = (*range(1, LEVELS + 1), NAMED, WHOLE)


class Builder:
    """Makes the queries of one search. What scores nothing is a constant 0, all else a sum of constants."""

    def __init__(self, tantivy: Any, schema: Any, searcher: Any) -> None:
        self._make = tantivy.Query
        self._must, self._should, self._not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
        self._number = tantivy.FieldType.Unsigned
        self._schema = schema
        self._searcher = searcher
        self._everything = searcher.num_docs
        listed = sum(count for _, count in searcher.terms_with_prefix("kind", ""))  # with those that were taken out
        self._whole = listed == self._everything
        self._known: dict[Leaf, Any] = {}
        self._weights: dict[Leaf, int] = {}

    def build(self, plan: Plan) -> Any:
        """The query of a plan."""
        match plan:
            case Leaf():
                return self._leaf(plan)
            case Start(prefix):
                return self._constant(self._begins(prefix), BEGUN)
            case Close(word):
                near = self._make.fuzzy_term_query(self._schema, "forms", word, distance=1, transposition_cost_one=True)
                return self._constant(near, BEGUN)
            case Run():
                return self._worth(self._runs(shapes(plan)), IN_ORDER, plan)
            case Beside(left, right):
                return self._worth(self._runs(together(plan)), NEARBY, left, right)
            case Tag(tags):
                return self._constant(self._make.term_set_query(self._schema, "tags", list(tags)), 0)
            case Days():
                return self._days(plan)
            case Everything():
                return self._constant(self._make.all_query(), 0)
            case Nothing():
                return self._make.empty_query()
            case All(parts):
                return self._all(parts)
            case Either(parts):
                return self._make.boolean_query([(self._should, self.build(part)) for part in parts])
            case Highest(parts):
                return self._make.disjunction_max_query([self.build(part) for part in parts])
            case Without(part):
                return self._all((Everything(), plan))
            case First(part, tags):
                first = self._constant(self._make.term_set_query(self._schema, "tags", list(tags)), FAVOURED)
                return self._make.boolean_query([(self._must, self.build(part)), (self._should, first)])

    def exactly(self, plan: Plan, score: int) -> Any:
        """The query of what scores just `score` by one word, when nothing else in `plan` scores; else None."""
        parts = plan.parts if isinstance(plan, All) else (plan,)
        scoring = [part for part in parts if not _scoreless(part)]
        exact = self._one(scoring[0], score) if len(scoring) == 1 else None
        if exact is None or len(parts) == 1:
            return exact
        rest = self._all(tuple(part for part in parts if part is not scoring[0]))
        return self._make.boolean_query([(self._must, exact), (self._must, rest)])

    def _one(self, part: Plan, score: int) -> Any:
        if isinstance(part, Highest):
            return self._begun(part, score)
        if isinstance(part, Leaf) and len(part.terms) == 1:
            return self._level(part.terms[0], score // self._weights[part])
        return None

    def _begun(self, plan: Highest, score: int) -> Any:
        """The same of a word, or another that begins like it or is near it."""
        leaves = [part for part in plan.parts if isinstance(part, Leaf)]
        others = tuple(part for part in plan.parts if isinstance(part, Start | Close))
        if len(leaves) != 1 or len(leaves[0].terms) != 1 or len(others) != len(plan.parts) - 1:
            return None
        term, weight = leaves[0].terms[0], self._weights[leaves[0]]
        if score > BEGUN:
            return self._level(term, score // weight)
        more = [(self._not, self._level(term, level)) for level in _IMPACTS if weight * level > BEGUN]
        return self._make.boolean_query([(self._must, self.build(Either(others))), *more])

    def _begins(self, prefix: str) -> Any:
        """What has a form that begins so, no letter wrong; a pattern would take fifty times as long to prepare."""
        if len(prefix) <= SHORTEST:
            return self._make.term_query(self._schema, "letters", prefix)
        return self._make.fuzzy_term_query(self._schema, "forms", prefix, distance=0, prefix=True)

    def _level(self, term: str, level: int) -> Any:
        return self._term(f"{term}{LEVEL}{level}")

    def _term(self, text: str) -> Any:
        return self._make.term_query(self._schema, "terms", text)

    def _constant(self, query: Any, score: int) -> Any:
        return self._make.const_score_query(query, float(score))

    def _all(self, parts: tuple[Plan, ...]) -> Any:
        clauses = [
            (self._not, self.build(part.part)) if isinstance(part, Without) else (self._must, self.build(part))
            for part in parts
        ]
        if all(occur == self._not for occur, _ in clauses):
            clauses.append((self._must, self.build(Everything())))
        return self._make.boolean_query(clauses)

    def _leaf(self, leaf: Leaf) -> Any:
        known = self._known.get(leaf)
        if known is None:
            levels = [found for term in leaf.terms for found in self._searcher.terms_with_prefix("terms", term + LEVEL)]
            weight = self._weights[leaf] = rarity(self._having(leaf, levels), self._everything)
            parts = [self._constant(self._term(text), weight * int(text.rpartition(LEVEL)[2])) for text, _ in levels]
            known = self._known[leaf] = self._make.disjunction_max_query(parts) if parts else self._make.empty_query()
        return known

    def _having(self, leaf: Leaf, levels: list[tuple[str, int]]) -> int:
        """How many passages have any of the terms. A term has one level in a passage, so the sum over levels will do
        where nothing was taken out; tantivy counts what was until it is merged away.
        """
        if not levels or (self._whole and len(leaf.terms) == 1):
            return sum(count for _, count in levels)
        counting = self._make.term_set_query(self._schema, "terms", [text for text, _ in levels])
        return int(self._searcher.search(counting, limit=1, count=True).count)

    def _runs(self, found: set[tuple[tuple[int, str], ...]]) -> Any:
        queries = [
            self._make.phrase_query(self._schema, "places", list(words))
            if len(words) > 1
            else self._make.term_query(self._schema, "places", words[0][1])
            for words in sorted(found)
        ]
        return self._make.boolean_query([(self._should, query) for query in queries])

    def _worth(self, query: Any, score: int, *runs: Run) -> Any:
        leaves = [(self._must, self._leaf(leaf)) for run in runs for _, leaf in run.parts]
        return self._make.boolean_query([(self._must, self._constant(query, score)), *leaves])

    def _days(self, days: Days) -> Any:
        number = self._number
        begun = self._make.range_query(self._schema, "since", number, None, days.until + DAYS)
        going = self._make.range_query(self._schema, "until", number, days.since + DAYS, None)
        return self._constant(self._make.boolean_query([(self._must, begun), (self._must, going)]), 0)


def _scoreless(plan: Plan) -> bool:
    if isinstance(plan, All | Either):
        return all(map(_scoreless, plan.parts))
    return isinstance(plan, Tag | Days | Without | Everything)


def shapes(run: Run) -> set[tuple[tuple[int, str], ...]]:
    """A run as terms with offsets, once for each language: a passage has but one."""
    marks = {term.partition(MARK)[2] for _, leaf in run.parts for term in leaf.terms}
    return {tuple((offset, _in_language(leaf.terms, mark)) for offset, leaf in run.parts) for mark in marks}


def _in_language(terms: tuple[str, ...], mark: str) -> str:
    return next((term for term in terms if term.partition(MARK)[2] == mark), terms[0])


def together(plan: Beside) -> set[tuple[tuple[int, str], ...]]:
    """Two runs at every distance allowed, in either order, each as one run."""
    left, right = plan.left, plan.right
    found: set[tuple[tuple[int, str], ...]] = set()
    for gap in range(plan.distance + 1):
        for first, second in ((left, right), (right, left)):
            moved = ((offset + first.width + gap, leaf) for offset, leaf in second.parts)
            found |= shapes(Run((*first.parts, *moved), 0))
    return found


Scored = tuple[int, int, Any]
"""Score, rank and address of a match."""


class Order:
    """The first matches of one query in our order: by score, then by rank, which tantivy does not settle by itself.

    `exactly` gives the query of what has one score, or None when there is none such.
    """

    def __init__(self, tantivy: Any, schema: Any, searcher: Any, query: Any, exactly: Callable[[int], Any]) -> None:
        self._make, self._must, self._rising = tantivy.Query, tantivy.Occur.Must, tantivy.Order.Asc
        self._schema = schema
        self._searcher = searcher
        self._query = query
        self._exactly = exactly

    def first(self, most: int, *, dated: bool) -> list[Scored]:
        """At least the first `most`, and every one that ties with the last of them; in no order."""
        if dated:
            listed = self._by_rank(self._query, most)
            scores = self._scores([rank for rank, _ in listed])
            return [(scores.get(_place(address), 0), rank, address) for rank, address in listed]
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
        """What the matches with these ranks score, by place."""
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
