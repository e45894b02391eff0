"""Phrases as tantivy's fields hold them: terms with offsets."""

from dossier.search.engines.plan_nodes import NearPlan, Run
from dossier.search.text.normalize import MARK, root

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


def together(plan: NearPlan) -> set[Shape]:
    """Two runs at every distance allowed, in either order, each as one run."""
    left, right = plan.left, plan.right
    found: set[Shape] = set()
    for gap in range(plan.distance + 1):
        for first, second in ((left, right), (right, left)):
            moved = ((offset + first.width + gap, leaf) for offset, leaf in second.parts)
            found |= shapes(Run((*first.parts, *moved), 0))
    return found
