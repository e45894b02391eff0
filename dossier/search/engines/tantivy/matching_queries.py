"""Queries of tantivy for what plans match, whatever it scores."""

from typing import Any

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.closeness import beginnings, undoubled
from dossier.search.engines.index_terms import SHORTEST, PhraseTerms, phrases_of_near, phrases_of_run, terms_of_leaf
from dossier.search.engines.tantivy.documents import DAYS
from dossier.search.text.tokenizer import EXACT
from dossier.search.text.word_forms import CAPITALS

FEW = 8
"""Tags up to which they are asked for one by one; a set of terms takes 0.2 ms to prepare."""


class MatchingQueries:
    """The queries of what the parts of a plan match."""

    def __init__(self, tantivy: Any, schema: Any, searcher: Any) -> None:
        """Take what every search of one searcher has in common."""
        self._make = tantivy.Query
        self._must, self._should, self._not = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
        self._number = tantivy.FieldType.Unsigned
        self._schema = schema
        self._searcher = searcher
        self._near: dict[str, Any] = {}
        self._words: dict[nodes.Leaf, Any] = {}

    def matching(self, plan: nodes.Plan) -> Any:
        """The query of what a plan matches, whatever it scores."""
        match plan:
            case nodes.Leaf():
                if plan not in self._words:
                    standing = [one for term in terms_of_leaf(plan) for one in self._standing(term)]
                    self._words[plan] = self.either(standing)
                return self._words[plan]
            case nodes.PrefixPlan(prefix):
                return self._begins(prefix)
            case nodes.FuzzyPlan(word):
                return self._close(word)
            case nodes.Run():
                return self._runs(phrases_of_run(plan))
            case nodes.NearPlan():
                return self._runs(phrases_of_near(plan))
            case nodes.Tag(tags):
                return self.tagged(tags)
            case nodes.Days():
                return self._days(plan)
            case nodes.Everything():
                return self._make.all_query()
            case nodes.Nothing():
                return self._make.empty_query()
            case nodes.All(parts):
                return self.conjunction(parts)
            case nodes.Any(parts) | nodes.MaxPlan(parts):
                return self.either([self.matching(part) for part in parts])
            case nodes.Without():
                return self.conjunction((plan,))
            case nodes.ExactFormPlan(part) | nodes.BoostPlan(part):
                return self.matching(part)

    def _standing(self, term: str) -> list[Any]:
        """A query for a term at a place of its own, or as the second form of a word."""
        second = self.term("seconds", term)
        if term[0] == CAPITALS:
            return [second]
        field, word = ("words", term[1:]) if term[0] == EXACT else ("places", term)
        return [self.term(field, word), second]

    def either(self, queries: list[Any]) -> Any:
        """Return the query of what any of some queries matches."""
        if len(queries) == 1:
            return queries[0]
        return self._make.boolean_query([(self._should, query) for query in queries])

    def conjunction(self, parts: tuple[nodes.Plan, ...]) -> Any:
        """Return the query of what all parts of a plan match."""
        clauses = [
            (self._not, self.matching(part.part))
            if isinstance(part, nodes.Without)
            else (self._must, self.matching(part))
            for part in parts
        ]
        if all(occur == self._not for occur, _ in clauses):
            clauses.append((self._must, self._make.all_query()))
        return self._make.boolean_query(clauses)

    def tagged(self, tags: tuple[str, ...]) -> Any:
        """Return the query of passages with any of some tags."""
        if len(tags) > FEW:
            return self._make.term_set_query(self._schema, "tags", list(tags))
        return self.either([self.term("tags", tag) for tag in tags])

    def _close(self, word: str) -> Any:
        known = self._near.get(word)
        if known is None:
            near = self._make.fuzzy_term_query(self._schema, "forms", word, distance=1, transposition_cost_one=True)
            alike = undoubled(word)
            listed = {one for start in beginnings(word) for one, _ in self._searcher.terms_with_prefix("forms", start)}
            known = self._near[word] = self.either(
                [near, *(self.term("forms", form) for form in listed if alike.fullmatch(form))]
            )
        return known

    def _begins(self, prefix: str) -> Any:
        """A query for a form that begins so, no letter wrong; a pattern would take fifty times as long to prepare."""
        if len(prefix) <= SHORTEST:
            return self.term("letters", prefix)
        return self._make.fuzzy_term_query(self._schema, "forms", prefix, distance=0, prefix=True)

    def term(self, field: str, text: str) -> Any:
        """Return the query of passages with a term in a field."""
        return self._make.term_query(self._schema, field, text, index_option="basic")

    def _runs(self, found: set[PhraseTerms]) -> Any:
        queries = [
            self._make.phrase_query(self._schema, field, list(words))
            if len(words) > 1
            else self.term(field, words[0][1])
            for field, words in sorted(found)
        ]
        return self.either(queries)

    def _days(self, days: nodes.Days) -> Any:
        number = self._number
        begun = self._make.range_query(self._schema, "since", number, None, days.until + DAYS)
        going = self._make.range_query(self._schema, "until", number, days.since + DAYS, None)
        return self._make.boolean_query([(self._must, begun), (self._must, going)])
