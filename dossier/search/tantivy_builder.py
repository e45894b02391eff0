"""Plans as tantivy's queries."""

from typing import Any

from dossier.search.closeness import doubled
from dossier.search.folding import MARK, root
from dossier.search.plan import (
    BEGUN,
    FAVOURED,
    IN_ORDER,
    NEARBY,
    TYPED,
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
    Typed,
    Without,
)
from dossier.search.plan import Any as Either
from dossier.search.postings import LEVELS, NAMED, WHOLE, rarity
from dossier.search.tantivy_documents import DAYS, LEVEL, SHORTEST, looked_up

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
                return self._constant(self._close(word), BEGUN)
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
            case Typed(part, exact):
                typed = self._constant(self._matching(exact), TYPED)
                return self._make.boolean_query([(self._must, self.build(part)), (self._should, typed)])
            case First(part, tags):
                first = self._constant(self._make.term_set_query(self._schema, "tags", list(tags)), FAVOURED)
                return self._make.boolean_query([(self._must, self.build(part)), (self._should, first)])

    def _matching(self, plan: Plan) -> Any:
        """What a plan matches, whatever it scores."""
        return self._any(plan, _IMPACTS) if isinstance(plan, Leaf) else self.build(plan)

    def _close(self, word: str) -> Any:
        near = self._make.fuzzy_term_query(self._schema, "forms", word, distance=1, transposition_cost_one=True)
        alike = doubled(word)
        others = [form for form, _ in self._searcher.terms_with_prefix("forms", word[0]) if doubled(form) == alike]
        either = self._make.term_set_query(self._schema, "forms", others)
        return self._make.boolean_query([(self._should, near), (self._should, either)]) if others else near

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
        if isinstance(part, Leaf):
            return self._level(part, score // self._weights[part])
        if isinstance(part, Typed) and isinstance(part.part, Leaf):
            typed, rest = self._matching(part.exact), score - TYPED if score > TYPED else score
            occur = self._must if score > TYPED else self._not
            level = self._level(part.part, rest // self._weights[part.part])
            return self._make.boolean_query([(self._must, level), (occur, typed)])
        return None

    def _begun(self, plan: Highest, score: int) -> Any:
        """The same of a word, or another that begins like it or is near it."""
        words = [part for part in plan.parts if isinstance(part, Leaf | Typed)]
        others = tuple(part for part in plan.parts if isinstance(part, Start | Close))
        if len(words) != 1 or len(others) != len(plan.parts) - 1:
            return None
        if score > BEGUN:
            return self._one(words[0], score)
        leaf = words[0].part if isinstance(words[0], Typed) else words[0]
        if not isinstance(leaf, Leaf):
            return None
        more = [(self._not, self.build(words[0]))]
        if self._weights[leaf] == BEGUN:  # then a word may score no more than what begins like it
            more = [(self._not, self._level(leaf, level)) for level in _IMPACTS if level > BEGUN]
            more += [(self._not, self._matching(words[0].exact))] if isinstance(words[0], Typed) else []
        return self._make.boolean_query([(self._must, self.build(Either(others))), *more])

    def _begins(self, prefix: str) -> Any:
        """What has a form that begins so, no letter wrong; a pattern would take fifty times as long to prepare."""
        if len(prefix) <= SHORTEST:
            return self._make.term_query(self._schema, "letters", prefix)
        return self._make.fuzzy_term_query(self._schema, "forms", prefix, distance=0, prefix=True)

    def _level(self, leaf: Leaf, level: int) -> Any:
        """What has a word as often as counts `level`, and no other form of it more often."""
        having = self._any(leaf, (level,))
        if len(looked_up(leaf)) == 1:
            return having
        more = self._any(leaf, tuple(one for one in _IMPACTS if one > level))
        return self._make.boolean_query([(self._must, having), (self._not, more)])

    def _any(self, leaf: Leaf, levels: tuple[int, ...]) -> Any:
        texts = [f"{term}{LEVEL}{level}" for term in looked_up(leaf) for level in levels]
        return self._term(texts[0]) if len(texts) == 1 else self._make.term_set_query(self._schema, "terms", texts)

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
            levels = [
                found for term in looked_up(leaf) for found in self._searcher.terms_with_prefix("terms", term + LEVEL)
            ]
            weight = self._weights[leaf] = rarity(self._having(levels), self._everything)
            parts = [self._constant(self._term(text), weight * int(text.rpartition(LEVEL)[2])) for text, _ in levels]
            known = self._known[leaf] = self._make.disjunction_max_query(parts) if parts else self._make.empty_query()
        return known

    def _having(self, levels: list[tuple[str, int]]) -> int:
        """How many passages have any of the terms. A term has one level in a passage, so the sum over levels will do
        where nothing was taken out; tantivy counts what was until it is merged away.
        """
        if not levels or (self._whole and len({text.rpartition(LEVEL)[0] for text, _ in levels}) == 1):
            return sum(count for _, count in levels)
        counting = self._make.term_set_query(self._schema, "terms", [text for text, _ in levels])
        return int(self._searcher.search(counting, limit=1, count=True).count)

    def _runs(self, found: "set[Shape]") -> Any:
        queries = [
            self._make.phrase_query(self._schema, field, list(words))
            if len(words) > 1
            else self._make.term_query(self._schema, field, words[0][1])
            for field, words in sorted(found)
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


Shape = tuple[str, tuple[tuple[int, str], ...]]
"""The field in which words stand, and the words with their offsets."""


def shapes(run: Run) -> set[Shape]:
    """A run as terms with offsets, once for each language: a passage has but one."""
    if all(leaf.exact for _, leaf in run.parts):
        return {("words", tuple((offset, leaf.terms[0]) for offset, leaf in run.parts))}
    terms = [(offset, tuple(map(root, leaf.terms))) for offset, leaf in run.parts]
    marks = {term.partition(MARK)[2] for _, one in terms for term in one}
    return {("places", tuple((offset, _in_language(one, mark)) for offset, one in terms)) for mark in marks}


def _in_language(terms: tuple[str, ...], mark: str) -> str:
    return next((term for term in terms if term.partition(MARK)[2] == mark), terms[0])


def together(plan: Beside) -> set[Shape]:
    """Two runs at every distance allowed, in either order, each as one run."""
    left, right = plan.left, plan.right
    found: set[Shape] = set()
    for gap in range(plan.distance + 1):
        for first, second in ((left, right), (right, left)):
            moved = ((offset + first.width + gap, leaf) for offset, leaf in second.parts)
            found |= shapes(Run((*first.parts, *moved), 0))
    return found
