"""Match one passage: whether it matches, where its words stand, and why, over its tokens.

This is what the plan of a query means. The in-memory engine is made of it, and so are snippets and highlights, whatever
engine found the passage.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from dossier.model.passages import Passage
from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.closeness import is_close
from dossier.search.engines.postings import Indexed, names_of
from dossier.search.text.tokenizer import EXACT, Token
from dossier.search.text.word_forms import CAPITALS


class Match(Struct, frozen=True, gc=False, order=True):
    """Words of a text that a query asks for."""

    start: int
    """Offset in the text."""
    end: int
    """Offset behind the last character."""
    wanted: str
    """What was asked for, folded."""
    why: str = ""
    """What led there, when the words themselves were not typed: `stem`, `prefix`, `one letter off`, or a name."""


def score(plan: nodes.Plan, passage: Indexed, rarities: Callable[[nodes.Leaf], int]) -> int | None:
    """The score of a passage; None when it does not match."""
    match plan:
        case nodes.All(parts):
            found = [score(part, passage, rarities) for part in parts]
            return None if None in found else sum(value for value in found if value)
        case nodes.Any(parts):
            found = [score(part, passage, rarities) for part in parts]
            return sum(value for value in found if value) if any(value is not None for value in found) else None
        case nodes.MaxPlan(parts):
            return max((value for part in parts if (value := score(part, passage, rarities)) is not None), default=None)
        case nodes.Without(part):
            return 0 if score(part, passage, rarities) is None else None
        case nodes.ExactFormPlan(part, exact):
            value = score(part, passage, rarities)
            typed = nodes.TYPED if value is not None and score(exact, passage, rarities) is not None else 0
            return None if value is None else value + typed
        case nodes.BoostPlan(part, tags):
            value = score(part, passage, rarities)
            favoured = nodes.FAVOURED if any(tag in passage.tags for tag in tags) else 0
            return None if value is None else value + favoured
        case _:
            return _score_words(plan, passage, rarities)


_WordPlan = (
    nodes.Leaf
    | nodes.PrefixPlan
    | nodes.FuzzyPlan
    | nodes.Run
    | nodes.NearPlan
    | nodes.Tag
    | nodes.Days
    | nodes.Everything
    | nodes.Nothing
)


def _score_words(plan: _WordPlan, passage: Indexed, rarities: Callable[[nodes.Leaf], int]) -> int | None:
    """The score of a passage for a plan without parts; None when it does not match."""
    match plan:
        case nodes.Leaf(terms):
            best = max((passage.impacts.get(term, 0) for term in terms), default=0)
            return best * rarities(plan) if best else None
        case nodes.PrefixPlan(prefix):
            return nodes.BEGUN if any(form.startswith(prefix) for form in passage.forms) else None
        case nodes.FuzzyPlan(word):
            return nodes.BEGUN if any(is_close(form, word) for form in passage.forms) else None
        case nodes.Run():
            return nodes.IN_ORDER + _leaves(plan, passage, rarities) if any(_begins(plan, passage)) else None
        case nodes.NearPlan(left, right, distance):
            if not beside(list(_begins(left, passage)), list(_begins(right, passage)), left, right, distance):
                return None
            return nodes.NEARBY + _leaves(left, passage, rarities) + _leaves(right, passage, rarities)
        case nodes.Tag(tags):
            return 0 if any(tag in passage.tags for tag in tags) else None
        case nodes.Days(since, until):
            return 0 if passage.since and passage.since <= until and passage.until >= since else None
        case nodes.Everything():
            return 0
        case nodes.Nothing():
            return None


def _leaves(run: nodes.Run, passage: Indexed, rarities: Callable[[nodes.Leaf], int]) -> int:
    return sum(score(leaf, passage, rarities) or 0 for _, leaf in run.parts)


def _begins(run: nodes.Run, passage: Indexed) -> Iterator[bool | int]:
    """The places at which a run begins; counted from 1, so that each is true."""
    places = passage.places()
    for first in (place for term in run.parts[0][1].terms for place in places.get(term, ())):
        if all(any(first + offset in places.get(term, ()) for term in leaf.terms) for offset, leaf in run.parts[1:]):
            yield first + 1


def beside(
    left: list[int], right: list[int], first: nodes.Run, second: nodes.Run, distance: int
) -> list[tuple[int, int]]:
    """The pairs of places at which two runs stand close enough, without sharing a place."""
    return [
        (here, there)
        for here in left
        for there in right
        if 0 <= there - here - first.width <= distance or 0 <= here - there - second.width <= distance
    ]


def texts(passage: Passage) -> list[str]:
    """The texts of a passage in which one searches: its text, then its names."""
    return [passage.text, *names_of(passage)]


def matches(plan: nodes.Plan, found: list[Token]) -> Iterator[Match]:
    """The tokens of one text that a plan asks for, in any order and some of them twice."""
    match plan:
        case nodes.Leaf(terms, typed):
            for token in found:
                if token.term in terms or EXACT + token.word in terms:
                    yield Match(token.start, token.end, label(plan), "" if token.word in typed else "stem")
        case nodes.PrefixPlan(prefix):
            for token in found:
                if _starts_so(token, prefix):
                    yield Match(token.start, token.end, prefix, "" if token.word == prefix else "prefix")
        case nodes.FuzzyPlan(word):
            for token in found:
                if token.term[:1] != CAPITALS and is_close(token.word, word):
                    yield Match(token.start, token.end, word, "" if token.word == word else "one letter off")
        case nodes.Run():
            for _, start, end in _runs(plan, found):
                yield Match(start, end, label(plan))
        case nodes.NearPlan():
            yield from _neighbours(plan, found)
        case nodes.All(parts) | nodes.Any(parts):
            for part in parts:
                yield from matches(part, found)
        case nodes.MaxPlan(parts, why):
            for number, part in enumerate(parts):
                name = why[number - 1] if 0 < number <= len(why) else ""
                for match in matches(part, found):
                    yield Match(match.start, match.end, label(parts[0]), name) if name else match
        case nodes.BoostPlan(part) | nodes.ExactFormPlan(part):
            yield from matches(part, found)
        case nodes.Tag() | nodes.Days() | nodes.Everything() | nodes.Nothing() | nodes.Without():
            return


class Flat:
    """The same for a plan of nothing but words and beginnings, however they are tied: what each is called, known."""

    def __init__(self, leaves: Iterable[nodes.Leaf], starts: Iterable[nodes.PrefixPlan]) -> None:
        self._prefixes = sorted({start.prefix for start in starts})
        self._by_term: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for leaf in leaves:
            for term in leaf.terms:
                self._by_term.setdefault(term, []).append((label(leaf), leaf.typed))

    def matches(self, found: list[Token]) -> list[Match]:
        """The tokens of one text that are asked for, in any order and some of them twice."""
        known, prefixes = self._by_term.get, self._prefixes
        matched = [
            Match(token.start, token.end, wanted, "" if token.word in typed else "stem")
            for token in found
            for wanted, typed in (*known(token.term, ()), *known(EXACT + token.word, ()))
        ]
        return matched + [
            Match(token.start, token.end, prefix, "" if token.word == prefix else "prefix")
            for prefix in prefixes
            for token in found
            if _starts_so(token, prefix)
        ]


def flat(plan: nodes.Plan) -> Flat | None:
    """A plan as what it asks for of single words; None when it asks for more."""
    leaves: list[nodes.Leaf] = []
    starts: list[nodes.PrefixPlan] = []
    ahead: list[nodes.Plan] = [plan]
    while ahead:
        part = ahead.pop()
        match part:
            case nodes.Leaf():
                leaves.append(part)
            case nodes.PrefixPlan():
                starts.append(part)
            case nodes.All(parts) | nodes.Any(parts) | nodes.MaxPlan(parts, ()):
                ahead += parts
            case nodes.BoostPlan(inner) | nodes.ExactFormPlan(inner):
                ahead.append(inner)
            case nodes.Tag() | nodes.Days() | nodes.Everything() | nodes.Nothing() | nodes.Without():
                pass
            case _:
                return None
    return Flat(leaves, starts)


def _starts_so(token: Token, prefix: str) -> bool:
    return token.word.startswith(prefix)


def _neighbours(plan: nodes.NearPlan, found: list[Token]) -> Iterator[Match]:
    here, there = list(_runs(plan.left, found)), list(_runs(plan.right, found))
    pairs = beside([run[0] for run in here], [run[0] for run in there], plan.left, plan.right, plan.distance)
    first, second = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    for runs, near, run in ((here, first, plan.left), (there, second, plan.right)):
        for place, start, end in runs:
            if place in near:
                yield Match(start, end, label(run))


def label(plan: nodes.Plan) -> str:
    """The tokens that a node asks for, as `Match.wanted` describes them."""
    match plan:
        case nodes.Leaf(_, typed):
            return min(typed, default="")
        case nodes.PrefixPlan(prefix):
            return prefix
        case nodes.FuzzyPlan(word):
            return word
        case nodes.Run(parts):
            return " ".join(label(leaf) for _, leaf in parts)
        case nodes.ExactFormPlan(part) | nodes.BoostPlan(part):
            return label(part)
        case nodes.MaxPlan(parts) | nodes.All(parts) | nodes.Any(parts):
            return " ".join(map(label, parts[:1] if isinstance(plan, nodes.MaxPlan) else parts))
        case _:
            return ""


def _runs(run: nodes.Run, found: list[Token]) -> Iterator[tuple[int, int, int]]:
    """`(place, start, end)` of each place at which a run begins."""
    at = {token.place: token for token in found if not token.second}
    heads = frozenset(run.parts[0][1].terms)
    for place, token in at.items():
        if token.term not in heads and EXACT + token.word not in heads:
            continue
        rest = [at.get(place + offset) for offset, _ in run.parts[1:]]
        if all(
            other is not None and (other.term in leaf.terms or EXACT + other.word in leaf.terms)
            for other, (_, leaf) in zip(rest, run.parts[1:], strict=True)
        ):
            yield place, token.start, max(token.end, *(other.end for other in rest if other)) if rest else token.end
