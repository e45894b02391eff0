"""Plans as tantivy's queries."""

from typing import Any

from dossier.search.engines.closeness import beginnings, undoubled
from dossier.search.engines.index_terms import SHORTEST, PhraseTerms, phrases_of_near, phrases_of_run, terms_of_leaf
from dossier.search.engines.plan import (
    BEGUN,
    FAVOURED,
    IN_ORDER,
    NEARBY,
    TYPED,
    All,
    BoostPlan,
    Days,
    Everything,
    ExactFormPlan,
    FuzzyPlan,
    Leaf,
    MaxPlan,
    NearPlan,
    Nothing,
    Plan,
    PrefixPlan,
    Run,
    Tag,
    Without,
)
from dossier.search.engines.plan import Any as Either
from dossier.search.engines.plan_nodes import scoring_parts
from dossier.search.engines.postings import LEVELS, NAMED, WHOLE, rarity
from dossier.search.engines.tantivy.documents import DAYS, LEVEL
from dossier.search.text.tokenizer import EXACT
from dossier.search.text.word_forms import CAPITALS

_IMPACTS = (*range(1, LEVELS + 1), NAMED, WHOLE)
FEW = 8
"""Tags up to which they are asked for one by one; a set of terms takes 0.2 ms to prepare."""


class Builder:
    """Makes the queries of one search.

    What must match is asked for by terms that carry no level, and what it scores is added by constants that need not
    match: so tantivy goes through the rarest word and looks up levels only there.
    """

    def __init__(self, tantivy: Any, schema: Any, searcher: Any, *, whole: bool) -> None:
        """Take what every search of one searcher has in common; `whole` as `nothing_removed` says it."""
        self._make = tantivy.Query
        self._must, self._should, self._not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
        self._number = tantivy.FieldType.Unsigned
        self._schema = schema
        self._searcher = searcher
        self._everything = searcher.num_docs
        self._whole = whole
        self._known: dict[Leaf, tuple[int, dict[str, int]]] = {}
        self._near: dict[str, Any] = {}

    def build(self, plan: Plan) -> Any:
        """The query of a plan, with scores."""
        required, added = self._clauses(plan)
        if not added and len(required) == 1 and required[0][0] == self._must:
            return required[0][1]
        return self._make.boolean_query([*required, *((self._should, one) for one in added)])

    def _clauses(self, plan: Plan) -> tuple[list[tuple[Any, Any]], list[Any]]:
        """`(required, added)`: what must or must not match, and what adds to the score where that does."""
        match plan:
            case Leaf():
                return self._require(self.matching(plan), 0), self._levels(plan)
            case PrefixPlan() | FuzzyPlan():
                return self._require(self.matching(plan), BEGUN), []
            case Run():
                return self._require(self.matching(plan), IN_ORDER), self._levels_of(plan)
            case NearPlan(left, right):
                return self._require(self.matching(plan), NEARBY), self._levels_of(left, right)
            case All(parts):
                required: list[tuple[Any, Any]] = []
                added: list[Any] = []
                for part in parts:
                    one, more = self._clauses(part)
                    required, added = required + one, added + more
                if all(occur == self._not for occur, _ in required):
                    required += self._require(self._make.all_query(), 0)
                return required, added
            case Without(part):
                return [(self._not, self.matching(part))], []
            case ExactFormPlan(part, exact):
                if isinstance(part, Leaf) and self._is_all_typed(plan):
                    return self._require(self.matching(part), TYPED), self._levels(part)
                required, added = self._clauses(part)
                return required, [*added, self._constant(self.matching(exact), TYPED)]
            case BoostPlan(part, tags):
                required, added = self._clauses(part)
                return required, [*added, self._constant(self._tags(tags), FAVOURED)]
            case Either(parts):
                either = self._make.boolean_query([(self._should, self._alone(part)) for part in parts])
                return [(self._must, either)], []
            case MaxPlan(parts):
                return [(self._must, self._make.disjunction_max_query([self._alone(part) for part in parts]))], []
            case Tag() | Days() | Everything() | Nothing():
                return self._require(self.matching(plan), 0), []

    def _alone(self, plan: Plan) -> Any:
        """The query of a part of several, of which any may match."""
        return self.build(All((Everything(), plan)) if isinstance(plan, Without) else plan)

    def _require(self, query: Any, score: int) -> list[tuple[Any, Any]]:
        return [(self._must, self._constant(query, score))]

    def matching(self, plan: Plan) -> Any:
        """The query of what a plan matches, whatever it scores."""
        match plan:
            case Leaf():
                return self._either([one for term in terms_of_leaf(plan) for one in self._standing(term)])
            case PrefixPlan(prefix):
                return self._begins(prefix)
            case FuzzyPlan(word):
                return self._close(word)
            case Run():
                return self._runs(phrases_of_run(plan))
            case NearPlan():
                return self._runs(phrases_of_near(plan))
            case Tag(tags):
                return self._tags(tags)
            case Days():
                return self._days(plan)
            case Everything():
                return self._make.all_query()
            case Nothing():
                return self._make.empty_query()
            case All(parts):
                return self._all(parts)
            case Either(parts) | MaxPlan(parts):
                return self._either([self.matching(part) for part in parts])
            case Without():
                return self._all((plan,))
            case ExactFormPlan(part) | BoostPlan(part):
                return self.matching(part)

    def _standing(self, term: str) -> list[Any]:
        """A query for a term at a place of its own, or as the second form of a word."""
        second = self._term("seconds", term)
        if term[0] == CAPITALS:
            return [second]
        field, word = ("words", term[1:]) if term[0] == EXACT else ("places", term)
        return [self._term(field, word), second]

    def _either(self, queries: list[Any]) -> Any:
        if len(queries) == 1:
            return queries[0]
        return self._make.boolean_query([(self._should, query) for query in queries])

    def _all(self, parts: tuple[Plan, ...]) -> Any:
        clauses = [
            (self._not, self.matching(part.part)) if isinstance(part, Without) else (self._must, self.matching(part))
            for part in parts
        ]
        if all(occur == self._not for occur, _ in clauses):
            clauses.append((self._must, self._make.all_query()))
        return self._make.boolean_query(clauses)

    def _tags(self, tags: tuple[str, ...]) -> Any:
        if len(tags) > FEW:
            return self._make.term_set_query(self._schema, "tags", list(tags))
        return self._either([self._term("tags", tag) for tag in tags])

    def _close(self, word: str) -> Any:
        known = self._near.get(word)
        if known is None:
            near = self._make.fuzzy_term_query(self._schema, "forms", word, distance=1, transposition_cost_one=True)
            alike = undoubled(word)
            listed = {one for start in beginnings(word) for one, _ in self._searcher.terms_with_prefix("forms", start)}
            known = self._near[word] = self._either(
                [near, *(self._term("forms", form) for form in listed if alike.fullmatch(form))]
            )
        return known

    def scores(self, plan: Plan) -> list[int]:
        """Every score that a match can have, the highest first, when one word makes it (see `exactly`); else none."""
        scoring = scoring_parts(plan)
        if len(scoring) != 1:
            return []
        words = scoring[0].parts if isinstance(scoring[0], MaxPlan) else tuple(scoring)
        found: set[int] = set()
        for part in words:
            leaf = part.part if isinstance(part, ExactFormPlan) else part
            if isinstance(part, PrefixPlan | FuzzyPlan) and len(words) > 1:
                found.add(BEGUN)
            elif isinstance(leaf, Leaf):
                weight, levels = self._weighed(leaf)
                listed = {weight * _level_of(text) for text in levels}
                found |= {one + TYPED for one in listed} if isinstance(part, ExactFormPlan) else listed
                found |= listed if isinstance(part, ExactFormPlan) and not self._is_all_typed(part) else set()
            else:
                return []
        return sorted(found, reverse=True) if found and self.exactly(plan, max(found)) is not None else []

    def exactly(self, plan: Plan, score: int) -> Any:
        """The query of what scores just `score` by one word, when nothing else in `plan` scores; else None."""
        scoring = scoring_parts(plan)
        exact = self._one(scoring[0], score) if len(scoring) == 1 else None
        if exact is None or not isinstance(plan, All):
            return exact
        rest = self._all(tuple(part for part in plan.parts if part is not scoring[0]))
        return self._make.boolean_query([(self._must, exact), (self._must, rest)])

    def _one(self, part: Plan, score: int) -> Any:
        if isinstance(part, MaxPlan):
            return self._begun(part, score)
        if isinstance(part, Leaf):
            return self._level(part, score // self._weighed(part)[0])
        if isinstance(part, ExactFormPlan) and isinstance(part.part, Leaf):
            rest = score - TYPED if score > TYPED else score
            level = self._level(part.part, rest // self._weighed(part.part)[0])
            if score > TYPED and self._is_all_typed(part):
                return level
            occur = self._must if score > TYPED else self._not
            return self._make.boolean_query([(self._must, level), (occur, self.matching(part.exact))])
        return None

    def _begun(self, plan: MaxPlan, score: int) -> Any:
        """The same of a word, or another that begins like it or is near it."""
        words = [part for part in plan.parts if isinstance(part, Leaf | ExactFormPlan)]
        others = [part for part in plan.parts if isinstance(part, PrefixPlan | FuzzyPlan)]
        if len(words) != 1 or len(others) != len(plan.parts) - 1:
            return None
        if score > BEGUN:
            return self._one(words[0], score)
        leaf = words[0].part if isinstance(words[0], ExactFormPlan) else words[0]
        if not isinstance(leaf, Leaf):
            return None
        more = [(self._not, self.matching(words[0]))]
        if self._weighed(leaf)[0] == BEGUN:  # then a word may score no more than what begins like it
            more = [(self._not, self._level(leaf, level)) for level in _IMPACTS if level > BEGUN]
            more += [(self._not, self.matching(words[0].exact))] if isinstance(words[0], ExactFormPlan) else []
        return self._make.boolean_query([(self._must, self._either(list(map(self.matching, others)))), *more])

    def _begins(self, prefix: str) -> Any:
        """A query for a form that begins so, no letter wrong; a pattern would take fifty times as long to prepare."""
        if len(prefix) <= SHORTEST:
            return self._term("letters", prefix)
        return self._make.fuzzy_term_query(self._schema, "forms", prefix, distance=0, prefix=True)

    def _level(self, leaf: Leaf, level: int) -> Any:
        """A query for passages whose count of a word is `level`, with no other form of it more often."""
        having = self._any(leaf, (level,))
        if len(terms_of_leaf(leaf)) == 1:
            return having
        more = self._any(leaf, tuple(one for one in _IMPACTS if one > level))
        return self._make.boolean_query([(self._must, having), (self._not, more)])

    def _any(self, leaf: Leaf, levels: tuple[int, ...]) -> Any:
        return self._either(
            [self._term("terms", f"{term}{LEVEL}{one}") for term in terms_of_leaf(leaf) for one in levels]
        )

    def _term(self, field: str, text: str) -> Any:
        return self._make.term_query(self._schema, field, text, index_option="basic")

    def _constant(self, query: Any, score: int) -> Any:
        return self._make.const_score_query(query, float(score))

    def _levels(self, leaf: Leaf) -> list[Any]:
        """A query that scores a word, level by level; of several forms in one passage the highest counts."""
        weight, levels = self._weighed(leaf)
        found = [self._constant(self._term("terms", text), weight * _level_of(text)) for text in levels]
        if len(found) < 2 or len({text.rpartition(LEVEL)[0] for text in levels}) == 1:
            return found
        return [self._make.disjunction_max_query(found)]

    def _levels_of(self, *runs: Run) -> list[Any]:
        return [one for run in runs for _, leaf in run.parts for one in self._levels(leaf)]

    def _is_all_typed(self, plan: ExactFormPlan) -> bool:
        """Return whether all that has the word has it in the very form that was typed; False when that is not sure."""
        if not (isinstance(plan.part, Leaf) and isinstance(plan.exact, Leaf)):
            return False
        if len(terms_of_leaf(plan.part)) > 1 or len(terms_of_leaf(plan.exact)) > 1:
            return False
        return sum(self._weighed(plan.part)[1].values()) == sum(self._weighed(plan.exact)[1].values())

    def _weighed(self, leaf: Leaf) -> tuple[int, dict[str, int]]:
        """`(rarity, terms)` of a word: the terms of all its levels in the index, with how many passages have each."""
        known = self._known.get(leaf)
        if known is None:
            found = [
                one for term in terms_of_leaf(leaf) for one in self._searcher.terms_with_prefix("terms", term + LEVEL)
            ]
            weight = rarity(self._having(leaf, found), self._everything)
            known = self._known[leaf] = weight, dict(found)
        return known

    def _having(self, leaf: Leaf, levels: list[tuple[str, int]]) -> int:
        """The number of passages with any of the terms. A term has one level in a passage, so the sum over levels
        will do where nothing was taken out; tantivy counts what was until it is merged away.
        """
        if not levels or (self._whole and len({text.rpartition(LEVEL)[0] for text, _ in levels}) == 1):
            return sum(count for _, count in levels)
        return int(self._searcher.search(self.matching(leaf), limit=1, count=True).count)

    def _runs(self, found: set[PhraseTerms]) -> Any:
        queries = [
            self._make.phrase_query(self._schema, field, list(words))
            if len(words) > 1
            else self._term(field, words[0][1])
            for field, words in sorted(found)
        ]
        return self._either(queries)

    def _days(self, days: Days) -> Any:
        number = self._number
        begun = self._make.range_query(self._schema, "since", number, None, days.until + DAYS)
        going = self._make.range_query(self._schema, "until", number, days.since + DAYS, None)
        return self._make.boolean_query([(self._must, begun), (self._must, going)])


def _level_of(term: str) -> int:
    return int(term.rpartition(LEVEL)[2])
