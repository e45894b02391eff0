"""Spaces that a page shows and PDFium does not tell, as between two fonts: `controlfile` for *control file*."""

import re
from collections import Counter
from collections.abc import Callable

from dossier.intake.document import IntakeDecision

Gaps = Callable[[int, int, int], list[float]]
"""The distances between the characters from one offset to another of a page, as shares of the size of the letters."""
_WORD = re.compile(r"[^\W\d_]{5,40}")
_KNOWN = 3
"""Times that each half must stand by itself in the document; the glued word stands in it once."""
_SPACE = 0.15
"""The narrowest space: 0.2 to 0.25 of the size is usual, and letters stand up to 0.09 apart."""


def add_spaces(pages: list[str], gaps: Gaps) -> tuple[list[str], list[IntakeDecision]]:
    """The pages with a space in each word that is two known words with the width of a space between them."""
    counts = Counter(word.casefold() for page in pages for word in re.findall(r"[^\W\d_]+", page))
    decisions: list[IntakeDecision] = []
    made = []
    for number, page in enumerate(pages):
        parts, last = [], 0
        for match in _WORD.finditer(page):
            at = _split(match[0], counts)
            if at and _shows_space(gaps, number, match.start(), match.end(), at):
                parts += [page[last : match.start() + at], " "]
                last = match.start() + at
                decisions.append(
                    IntakeDecision("space", match[0], taken=True, became=f"{match[0][:at]} {match[0][at:]}")
                )
        made.append("".join([*parts, page[last:]]))
    return made, decisions


def _split(word: str, counts: Counter[str]) -> int:
    """The offset at which a rare word parts into two known ones, 0 for none; the rarer half decides between several."""
    low = word.casefold()
    if counts[low] > 1:
        return 0
    splits = [
        (min(counts[low[:at]], counts[low[at:]]), at)
        for at in range(2, len(low) - 1)
        if counts[low[:at]] >= _KNOWN and counts[low[at:]] >= _KNOWN
    ]
    return max(splits, default=(0, 0))[1]


def _shows_space(gaps: Gaps, page: int, start: int, end: int, at: int) -> bool:
    """Return whether the letters around `at` stand apart by a space, and by twice as much as any others of the word."""
    if max(gaps(page, start + at - 1, start + at + 1), default=0) <= _SPACE:
        return False
    distances = gaps(page, start, end)
    if len(distances) < at:
        return False
    others = distances[: at - 1] + distances[at:]
    return distances[at - 1] > max(_SPACE, 2 * max(others, default=0))
