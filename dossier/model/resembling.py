"""Where a passage may stand in a text with some of its words changed: approximate, and bounded in what it costs."""

import difflib
import re
from collections import Counter

from msgspec import Struct

_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\\W_\u0e00-\u0eff"
    "\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\\S"
)
"""A word; in scripts written without spaces, a character; or one mark."""

_MOST_WORDS = 300
"""Longer passages are not compared: the comparison takes time with the square of the length."""
_COMMON = 64
"""A word that stands more often in the text than this helps to find no place."""
_BUCKET = 16
_WINDOWS = 8
"""How many places are compared closely."""


class Words(Struct, frozen=True):
    """A folded text word by word."""

    texts: list[str]
    starts: list[int]
    """Offset of each word in the folded text."""
    at: dict[str, list[int]]
    """The numbers at which each word stands."""


class Likeness(Struct, frozen=True, gc=False):
    """A stretch of a folded text that is like the words of a passage."""

    score: float
    """Of the whole passage, what stands before and behind the words included, from 0 to 1."""
    start: int
    """Offset in the folded text of what stands for the words."""
    end: int


def words_of(folded: str) -> Words:
    """A folded text taken apart."""
    texts: list[str] = []
    starts: list[int] = []
    at: dict[str, list[int]] = {}
    for number, match in enumerate(_WORD.finditer(folded)):
        word = match.group()
        texts.append(word)
        starts.append(match.start())
        at.setdefault(word, []).append(number)
    return Words(texts, starts, at)


def resembling(text: Words, before: str, words: str, after: str) -> list[Likeness]:
    """The places of a text that are like `words` between `before` and `after`, the most like first, none twice."""
    parts = [_WORD.findall(part) for part in (before, words, after)]
    passage = [word for part in parts for word in part]
    if not parts[1] or len(passage) > _MOST_WORDS:
        return []
    found = [_compare(text, passage, len(parts[0]), len(parts[1]), window) for window in _windows(text, passage)]
    apart: list[Likeness] = []
    for one in sorted(filter(None, found), key=lambda likeness: -likeness.score):
        if all(one.end <= other.start or one.start >= other.end for other in apart):
            apart.append(one)
    return apart


def _windows(text: Words, passage: list[str]) -> list[int]:
    """The numbers of the words near which the passage may begin, those that most of its words speak for first."""
    votes: Counter[int] = Counter()
    for number, word in enumerate(passage):
        places = text.at.get(word, ())
        if len(places) <= _COMMON and word[0].isalnum():
            for bucket in {(place - number) // _BUCKET for place in places}:
                votes[bucket] += len(word)
    near = {bucket: count + max(votes[bucket - 1], votes[bucket + 1]) for bucket, count in list(votes.items())}
    best = sorted(near, key=lambda bucket: (-near[bucket], bucket))
    return [bucket * _BUCKET for bucket in best[:_WINDOWS]]


def _compare(text: Words, passage: list[str], before: int, words: int, begin: int) -> Likeness | None:
    """How like the passage is what stands near the word `begin`, and what of it stands for its words."""
    margin = _BUCKET + len(passage) // 2
    low = max(begin - margin, 0)
    window = text.texts[low : begin + len(passage) + margin + _BUCKET]
    matcher = difflib.SequenceMatcher(None, passage, window, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    pairs = [(block.a + k, block.b + k) for block in blocks for k in range(block.size)]
    common = sum(len(passage[one]) for one, _ in pairs)
    stretch = window[pairs[0][1] : pairs[-1][1] + 1]
    score = 2 * common / (sum(map(len, passage)) + sum(map(len, stretch)))
    first, last = _stands_for(pairs, before, before + words, len(passage), len(window))
    if first >= last:
        return None
    first, last = low + first, low + last - 1
    return Likeness(score, text.starts[first], text.starts[last] + len(text.texts[last]))


def _stands_for(pairs: list[tuple[int, int]], first: int, last: int, length: int, end: int) -> tuple[int, int]:
    """Which words of a window stand for those of a passage from `first` to `last`, by the `pairs` in common.

    Between two words in common, the other words of the window are shared out from the outside: as many to the
    surroundings as these had there.
    """
    left = max((pair for pair in pairs if pair[0] < first), default=(-1, pairs[0][1] - pairs[0][0] - 1))
    right = min((pair for pair in pairs if pair[0] >= last), default=(length, pairs[-1][1] + length - pairs[-1][0]))
    inner = [pair for pair in pairs if first <= pair[0] < last]
    start = left[1] + 1 + (first - 1 - left[0])
    stop = right[1] - (right[0] - last)
    if inner:
        start, stop = min(start, inner[0][1]), max(stop, inner[-1][1] + 1)
    return max(start, 0), min(stop, end)
