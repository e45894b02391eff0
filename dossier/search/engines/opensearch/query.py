"""Plans as queries of the server."""

import re
from collections.abc import Callable
from itertools import groupby
from typing import Any

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.index_terms import SHORTEST, PhraseTerms, phrases_of_near, phrases_of_run, terms_of_leaf
from dossier.search.engines.opensearch.mapping import HOLE, feature

Clause = dict[str, Any]
EVERYTHING: Clause = {"match_all": {}}
_SPECIAL = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')
_ESCAPED = r"\\\1"


def leaves(plan: nodes.Plan) -> set[nodes.Leaf]:
    """Return the words whose rarity counts in a plan."""
    match plan:
        case nodes.Leaf():
            return {plan}
        case nodes.Run(parts):
            return {leaf for _, leaf in parts}
        case nodes.NearPlan(left, right):
            return leaves(left) | leaves(right)
        case nodes.All(parts) | nodes.Any(parts) | nodes.MaxPlan(parts):
            return {leaf for part in parts for leaf in leaves(part)}
        case nodes.ExactFormPlan(part) | nodes.BoostPlan(part):
            return leaves(part)
        case _:
            return set()


def scored(plan: nodes.Plan, weight: Callable[[nodes.Leaf], int]) -> Clause:
    """Return the query of a plan, with scores; `weight` gives the rarity of a word."""
    match plan:
        case nodes.Leaf():
            return _best([_impact(term, weight(plan)) for term in terms_of_leaf(plan)])
        case nodes.PrefixPlan() | nodes.FuzzyPlan():
            return _constant(matching(plan), nodes.BEGUN)
        case nodes.Run():
            return _bool(must=[_constant(matching(plan), nodes.IN_ORDER), *_words_of(plan, weight)])
        case nodes.NearPlan(left, right):
            added = [*_words_of(left, weight), *_words_of(right, weight)]
            return _bool(must=[_constant(matching(plan), nodes.NEARBY), *added])
        case nodes.All(parts):
            negative = [matching(part.part) for part in parts if isinstance(part, nodes.Without)]
            positive = [scored(part, weight) for part in parts if not isinstance(part, nodes.Without)]
            return _bool(must=positive, must_not=negative)
        case nodes.Any(parts):
            return {"bool": {"should": [scored(part, weight) for part in parts], "minimum_should_match": 1}}
        case nodes.MaxPlan(parts):
            return _best([scored(part, weight) for part in parts])
        case nodes.ExactFormPlan(part, exact):
            return _bool(must=[scored(part, weight)], should=[_constant(matching(exact), nodes.TYPED)])
        case nodes.BoostPlan(part, tags):
            return _bool(must=[scored(part, weight)], should=[_constant(matching(nodes.Tag(tags)), nodes.FAVOURED)])
        case nodes.Tag() | nodes.Days() | nodes.Everything() | nodes.Nothing() | nodes.Without():
            return {"bool": {"filter": [matching(plan)]}}


def matching(plan: nodes.Plan) -> Clause:
    """Return the query of what a plan matches, whatever it scores."""
    match plan:
        case nodes.Leaf():
            return any_of([_impact(term, 1) for term in terms_of_leaf(plan)])
        case nodes.PrefixPlan(prefix):
            short = len(prefix) <= SHORTEST
            return {"term": {"letters": prefix}} if short else {"prefix": {"forms": {"value": prefix}}}
        case nodes.FuzzyPlan(word):
            return any_of([_near(word), _undoubled(word)])
        case nodes.Run():
            return any_of([_phrase(shape) for shape in sorted(phrases_of_run(plan))])
        case nodes.NearPlan():
            return any_of([_phrase(shape) for shape in sorted(phrases_of_near(plan))])
        case nodes.Tag(tags):
            return {"terms": {"tags": list(tags)}}
        case nodes.Days(since, until):
            return _bool(filter=[{"range": {"since": {"lte": until}}}, {"range": {"until": {"gte": since}}}])
        case nodes.Everything():
            return EVERYTHING
        case nodes.Nothing():
            return {"match_none": {}}
        case nodes.All(parts):
            negative = [matching(part.part) for part in parts if isinstance(part, nodes.Without)]
            return _bool(
                filter=[matching(one) for one in parts if not isinstance(one, nodes.Without)], must_not=negative
            )
        case nodes.Any(parts) | nodes.MaxPlan(parts):
            return any_of([matching(part) for part in parts])
        case nodes.Without(part):
            return _bool(must_not=[matching(part)])
        case nodes.ExactFormPlan(part) | nodes.BoostPlan(part):
            return matching(part)


def _words_of(run: nodes.Run, weight: Callable[[nodes.Leaf], int]) -> list[Clause]:
    return [scored(leaf, weight) for _, leaf in run.parts]


def _impact(term: str, boost: int) -> Clause:
    return {"rank_feature": {"field": f"impacts.{feature(term)}", "linear": {}, "boost": boost}}


def _near(word: str) -> Clause:
    return {"fuzzy": {"forms": {"value": word, "fuzziness": 1, "rewrite": "constant_score"}}}


def _undoubled(word: str) -> Clause:
    """Return the query of the words that differ in nothing but which letters are doubled."""
    pattern = "".join(f"{_SPECIAL.sub(_ESCAPED, letter)}+" for letter, _ in groupby(word))
    return {"regexp": {"forms": {"value": pattern, "flags": "NONE", "rewrite": "constant_score"}}}


def _phrase(shape: PhraseTerms) -> Clause:
    """Words at fixed distances; what stands between is not looked at."""
    field, words = shape
    line = [HOLE] * (words[-1][0] + 1)
    for offset, term in words:
        line[offset] = term
    return {"match_phrase": {field: {"query": " ".join(line)}}}


def _constant(query: Clause, score: int) -> Clause:
    return {"constant_score": {"filter": query, "boost": score}}


def _best(queries: list[Clause]) -> Clause:
    if len(queries) == 1:
        return queries[0]
    return {"dis_max": {"queries": queries}} if queries else {"match_none": {}}


def any_of(queries: list[Clause]) -> Clause:
    """Return the query of what any of some queries matches."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else {"match_none": {}}


def _bool(**clauses: list[Clause]) -> Clause:
    """Return what has all that must be; where nothing must, all but what must not be."""
    kept = {occur: queries for occur, queries in clauses.items() if queries}
    if "must" not in kept and "filter" not in kept:
        kept["filter"] = [EVERYTHING]
    return {"bool": kept}
