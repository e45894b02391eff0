"""Plans as tantivy's queries, with scores."""

from typing import Any

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.index_terms import terms_of_leaf
from dossier.search.engines.postings import LEVELS, NAMED, WHOLE, rarity
from dossier.search.engines.tantivy.documents import LEVEL
from dossier.search.engines.tantivy.matching_queries import MatchingQueries

_IMPACTS = (*range(1, LEVELS + 1), NAMED, WHOLE)


class Builder(MatchingQueries):
    """Makes the queries of one search.

    What must match is asked for by terms that carry no level, and what it scores is added by constants that need not
    match: so tantivy goes through the rarest word and looks up levels only there.
    """

    def __init__(self, tantivy: Any, schema: Any, searcher: Any, *, whole: bool) -> None:
        """Take what every search of one searcher has in common; `whole` as `nothing_removed` says it."""
        super().__init__(tantivy, schema, searcher)
        self._everything = searcher.num_docs
        self._whole = whole
        self._known: dict[nodes.Leaf, tuple[int, dict[str, int]]] = {}

    def build(self, plan: nodes.Plan) -> Any:
        """The query of a plan, with scores."""
        required, added = self._clauses(plan)
        if not added and len(required) == 1 and required[0][0] == self._must:
            return required[0][1]
        return self._make.boolean_query([*required, *((self._should, one) for one in added)])

    def _clauses(self, plan: nodes.Plan) -> tuple[list[tuple[Any, Any]], list[Any]]:
        """`(required, added)`: what must or must not match, and what adds to the score where that does."""
        match plan:
            case nodes.Leaf():
                return self._require(self.matching(plan), 0), self._levels(plan)
            case nodes.PrefixPlan() | nodes.FuzzyPlan():
                return self._require(self.matching(plan), nodes.BEGUN), []
            case nodes.Run():
                return self._require(self.matching(plan), nodes.IN_ORDER), self._levels_of(plan)
            case nodes.NearPlan(left, right):
                return self._require(self.matching(plan), nodes.NEARBY), self._levels_of(left, right)
            case nodes.All(parts):
                required: list[tuple[Any, Any]] = []
                added: list[Any] = []
                for part in parts:
                    one, more = self._clauses(part)
                    required, added = required + one, added + more
                if all(occur == self._not for occur, _ in required):
                    required += self._require(self._make.all_query(), 0)
                return required, added
            case nodes.Without(part):
                return [(self._not, self.matching(part))], []
            case nodes.ExactFormPlan(part, exact):
                if isinstance(part, nodes.Leaf) and self._is_all_typed(plan):
                    return self._require(self.matching(part), nodes.TYPED), self._levels(part)
                required, added = self._clauses(part)
                return required, [*added, self._constant(self.matching(exact), nodes.TYPED)]
            case nodes.BoostPlan(part, tags):
                required, added = self._clauses(part)
                return required, [*added, self._constant(self.tagged(tags), nodes.FAVOURED)]
            case nodes.Any(parts):
                either = self._make.boolean_query([(self._should, self._alone(part)) for part in parts])
                return [(self._must, either)], []
            case nodes.MaxPlan(parts):
                return [(self._must, self._make.disjunction_max_query([self._alone(part) for part in parts]))], []
            case nodes.Tag() | nodes.Days() | nodes.Everything() | nodes.Nothing():
                return self._require(self.matching(plan), 0), []

    def _alone(self, plan: nodes.Plan) -> Any:
        """The query of a part of several, of which any may match."""
        return self.build(nodes.All((nodes.Everything(), plan)) if isinstance(plan, nodes.Without) else plan)

    def _require(self, query: Any, score: int) -> list[tuple[Any, Any]]:
        return [(self._must, self._constant(query, score))]

    def scores(self, plan: nodes.Plan) -> list[int]:
        """Every score that a match can have, the highest first, when one word makes it (see `exactly`); else none."""
        scoring = nodes.scoring_parts(plan)
        if len(scoring) != 1:
            return []
        words = scoring[0].parts if isinstance(scoring[0], nodes.MaxPlan) else tuple(scoring)
        found: set[int] = set()
        for part in words:
            leaf = part.part if isinstance(part, nodes.ExactFormPlan) else part
            if isinstance(part, nodes.PrefixPlan | nodes.FuzzyPlan) and len(words) > 1:
                found.add(nodes.BEGUN)
            elif isinstance(leaf, nodes.Leaf):
                weight, levels = self._weighed(leaf)
                listed = {weight * _level_of(text) for text in levels}
                found |= {one + nodes.TYPED for one in listed} if isinstance(part, nodes.ExactFormPlan) else listed
                found |= listed if isinstance(part, nodes.ExactFormPlan) and not self._is_all_typed(part) else set()
            else:
                return []
        return sorted(found, reverse=True) if found and self.exactly(plan, max(found)) is not None else []

    def exactly(self, plan: nodes.Plan, score: int) -> Any:
        """The query of what scores just `score` by one word, when nothing else in `plan` scores; else None."""
        scoring = nodes.scoring_parts(plan)
        exact = self._one(scoring[0], score) if len(scoring) == 1 else None
        if exact is None or not isinstance(plan, nodes.All):
            return exact
        rest = self.conjunction(tuple(part for part in plan.parts if part is not scoring[0]))
        return self._make.boolean_query([(self._must, exact), (self._must, rest)])

    def _one(self, part: nodes.Plan, score: int) -> Any:
        if isinstance(part, nodes.MaxPlan):
            return self._begun(part, score)
        if isinstance(part, nodes.Leaf):
            return self._level(part, score // self._weighed(part)[0])
        if isinstance(part, nodes.ExactFormPlan) and isinstance(part.part, nodes.Leaf):
            rest = score - nodes.TYPED if score > nodes.TYPED else score
            level = self._level(part.part, rest // self._weighed(part.part)[0])
            if score > nodes.TYPED and self._is_all_typed(part):
                return level
            occur = self._must if score > nodes.TYPED else self._not
            return self._make.boolean_query([(self._must, level), (occur, self.matching(part.exact))])
        return None

    def _begun(self, plan: nodes.MaxPlan, score: int) -> Any:
        """The same of a word, or another that begins like it or is near it."""
        words = [part for part in plan.parts if isinstance(part, nodes.Leaf | nodes.ExactFormPlan)]
        others = [part for part in plan.parts if isinstance(part, nodes.PrefixPlan | nodes.FuzzyPlan)]
        if len(words) != 1 or len(others) != len(plan.parts) - 1:
            return None
        if score > nodes.BEGUN:
            return self._one(words[0], score)
        leaf = words[0].part if isinstance(words[0], nodes.ExactFormPlan) else words[0]
        if not isinstance(leaf, nodes.Leaf):
            return None
        more = [(self._not, self.matching(words[0]))]
        if self._weighed(leaf)[0] == nodes.BEGUN:  # then a word may score no more than what begins like it
            more = [(self._not, self._level(leaf, level)) for level in _IMPACTS if level > nodes.BEGUN]
            more += [(self._not, self.matching(words[0].exact))] if isinstance(words[0], nodes.ExactFormPlan) else []
        return self._make.boolean_query([(self._must, self.either(list(map(self.matching, others)))), *more])

    def _level(self, leaf: nodes.Leaf, level: int) -> Any:
        """A query for passages whose count of a word is `level`, with no other form of it more often."""
        having = self._any(leaf, (level,))
        if len(terms_of_leaf(leaf)) == 1:
            return having
        more = self._any(leaf, tuple(one for one in _IMPACTS if one > level))
        return self._make.boolean_query([(self._must, having), (self._not, more)])

    def _any(self, leaf: nodes.Leaf, levels: tuple[int, ...]) -> Any:
        return self.either(
            [self.term("terms", f"{term}{LEVEL}{one}") for term in terms_of_leaf(leaf) for one in levels]
        )

    def _constant(self, query: Any, score: int) -> Any:
        return self._make.const_score_query(query, float(score))

    def _levels(self, leaf: nodes.Leaf) -> list[Any]:
        """A query that scores a word, level by level; of several forms in one passage the highest counts."""
        weight, levels = self._weighed(leaf)
        found = [self._constant(self.term("terms", text), weight * _level_of(text)) for text in levels]
        if len(found) < 2 or len({text.rpartition(LEVEL)[0] for text in levels}) == 1:
            return found
        return [self._make.disjunction_max_query(found)]

    def _levels_of(self, *runs: nodes.Run) -> list[Any]:
        return [one for run in runs for _, leaf in run.parts for one in self._levels(leaf)]

    def _is_all_typed(self, plan: nodes.ExactFormPlan) -> bool:
        """Return whether all that has the word has it in the very form that was typed; False when that is not sure."""
        if not (isinstance(plan.part, nodes.Leaf) and isinstance(plan.exact, nodes.Leaf)):
            return False
        if len(terms_of_leaf(plan.part)) > 1 or len(terms_of_leaf(plan.exact)) > 1:
            return False
        return sum(self._weighed(plan.part)[1].values()) == sum(self._weighed(plan.exact)[1].values())

    def _weighed(self, leaf: nodes.Leaf) -> tuple[int, dict[str, int]]:
        """`(rarity, terms)` of a word: the terms of all its levels in the index, with how many passages have each."""
        known = self._known.get(leaf)
        if known is None:
            found = [
                one for term in terms_of_leaf(leaf) for one in self._searcher.terms_with_prefix("terms", term + LEVEL)
            ]
            weight = rarity(self._having(leaf, found), self._everything)
            known = self._known[leaf] = weight, dict(found)
        return known

    def _having(self, leaf: nodes.Leaf, levels: list[tuple[str, int]]) -> int:
        """The number of passages with any of the terms. A term has one level in a passage, so the sum over levels
        will do where nothing was taken out; tantivy counts what was until it is merged away.
        """
        if not levels or (self._whole and len({text.rpartition(LEVEL)[0] for text, _ in levels}) == 1):
            return sum(count for _, count in levels)
        return int(self._searcher.search(self.matching(leaf), limit=1, count=True).count)


def _level_of(term: str) -> int:
    return int(term.rpartition(LEVEL)[2])
