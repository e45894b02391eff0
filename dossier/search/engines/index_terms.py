"""Terms and phrases in an index that keeps a word once, as the engines with a library or a server of their own do.

A stem that is spelled like a word of the text is one term with it; the word as it stands is another, which begins with
`EXACT`. Such an index has two fields with places: `places` for stems and `words` for words as they stand.
"""

from dossier.search.engines.plan_nodes import Leaf, NearPlan, Run
from dossier.search.text.normalize import ENGLISH, MARK, root
from dossier.search.text.tokenizer import EXACT
from dossier.search.text.word_forms import CAPITALS

SHORTEST = 2
"""Letters of beginnings that so many words have that an index lists them by themselves."""

_WORDS = EXACT + CAPITALS
"""The first letters of terms that are words as they stand, or written in capitals."""

PhraseTerms = tuple[str, tuple[tuple[int, str], ...]]
"""The field in which words stand, and the words with their offsets from the first."""


def impacts_by_term(impacts: dict[str, int]) -> dict[str, int]:
    """Return the terms of a passage with how much each counts: a stem once, and every word as it stands."""
    found: dict[str, int] = {}
    for term, impact in impacts.items():
        if term[0] in _WORDS:
            found[term] = impact
        elif MARK in term:
            stem = term.removesuffix(ENGLISH)
            found[stem] = max(found.get(stem, 0), impact)
        else:
            known = found.get(term, 0)
            found[term] = max(known, impact)
            found[EXACT + term] = impact
    return found


def terms_of_leaf(leaf: Leaf) -> tuple[str, ...]:
    """Return the terms to look up for a leaf."""
    if leaf.exact:
        return tuple(dict.fromkeys(term if term[0] in (EXACT, CAPITALS) else EXACT + term for term in leaf.terms))
    return tuple(dict.fromkeys(map(root, leaf.terms)))


def phrases_of_run(run: Run) -> set[PhraseTerms]:
    """Return a run as phrases, one for each language: a passage has but one."""
    if all(leaf.exact for _, leaf in run.parts):
        return {("words", tuple((offset, leaf.terms[0]) for offset, leaf in run.parts))}
    terms = [(offset, tuple(map(root, leaf.terms))) for offset, leaf in run.parts]
    marks = {term.partition(MARK)[2] for _, one in terms for term in one}
    return {("places", tuple((offset, _in_language(one, mark)) for offset, one in terms)) for mark in marks}


def _in_language(terms: tuple[str, ...], mark: str) -> str:
    return next((term for term in terms if term.partition(MARK)[2] == mark), terms[0])


def phrases_of_near(plan: NearPlan) -> set[PhraseTerms]:
    """Return two runs at every distance allowed, in either order, as phrases."""
    left, right = plan.left, plan.right
    found: set[PhraseTerms] = set()
    for gap in range(plan.distance + 1):
        for first, second in ((left, right), (right, left)):
            moved = ((offset + first.width + gap, leaf) for offset, leaf in second.parts)
            found |= phrases_of_run(Run((*first.parts, *moved), 0))
    return found
