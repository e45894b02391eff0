"""Find a passage in a text although some of its words changed: approximate, with bounded cost.

The alignment is that of Sellers, "The theory and computation of evolutionary distances" (1980), over words: the
cheapest way to turn the whole passage into any stretch of the text. Leaving out, putting in or replacing a word costs
its letters.
"""

import re
from collections import Counter

from msgspec import Struct

from dossier.model.word_boundaries import UNSPACED

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+|\S")
"""A word; in scripts written without spaces, a character; or one mark."""

_MOST_WORDS = 300
"""Longer passages are not compared: the comparison takes time with the square of the length."""
_COMMON = 64
"""A word that stands more often in the text than this helps to find no place."""
_BUCKET = 16
_WINDOWS = 8
"""How many places are compared closely."""
_PROMISING = 0.3
"""The least share of a passage's letters that must speak for a place before it is compared closely."""
_TOLD = 10
"""How many places are told at most."""


class FoldedWords(Struct, frozen=True):
    """A folded text word by word."""

    texts: list[str]
    starts: list[int]
    """Offset of each word in the folded text."""
    at: dict[str, list[int]]
    """The numbers at which each word stands."""


class Likeness(Struct, frozen=True, gc=False):
    """A stretch of a folded text that is like the words of a passage."""

    score: float
    """Of the whole passage, what stands before and behind the words included: 1 is the same, 0 nothing in common."""
    start: int
    """Offset in the folded text of what stands for the words."""
    end: int
    """Offset behind it; the same as `start` when the words were taken out."""


def words_of(folded: str) -> FoldedWords:
    """A folded text taken apart."""
    texts: list[str] = []
    starts: list[int] = []
    at: dict[str, list[int]] = {}
    for number, match in enumerate(_WORD.finditer(folded)):
        word = match.group()
        texts.append(word)
        starts.append(match.start())
        at.setdefault(word, []).append(number)
    return FoldedWords(texts, starts, at)


def similarity(text: FoldedWords, before: str, words: str, after: str) -> list[Likeness]:
    """The places of a text that are like `words` between `before` and `after`, the most like first, none twice."""
    parts = [_WORD.findall(part) for part in (before, words, after)]
    passage = [word for part in parts for word in part]
    if not parts[1] or len(passage) > _MOST_WORDS:
        return []
    first, last = len(parts[0]), len(parts[0]) + len(parts[1])
    ends = [end for low, high in _windows(text, passage) for end in _align(text, passage, first, last, low, high)]
    apart: list[tuple[int, int, int]] = []
    for cost, start, stop in sorted(ends):
        if len(apart) == _TOLD:
            break
        if not any(_overlap(start, stop, other, behind) for _, other, behind in apart):
            apart.append((cost, start, stop))
    whole = sum(map(len, passage))
    return [_likeness(text, 1 - cost / whole, start, stop) for cost, start, stop in apart if cost < whole]


def _overlap(start: int, stop: int, other: int, behind: int) -> bool:
    if start < stop and other < behind:
        return start < behind and other < stop
    return start <= behind and other <= stop


def _likeness(text: FoldedWords, score: float, start: int, stop: int) -> Likeness:
    if start >= stop:
        at = text.starts[start] if start < len(text.starts) else 0
        return Likeness(score, at, at)
    return Likeness(score, text.starts[start], text.starts[stop - 1] + len(text.texts[stop - 1]))


def _windows(text: FoldedWords, passage: list[str]) -> list[tuple[int, int]]:
    """The stretches, from word to word, in which the passage may stand: those that most of its words speak for."""
    votes: Counter[int] = Counter()
    silent = 0
    for number, word in enumerate(passage):
        places = text.at.get(word, ())
        if len(places) <= _COMMON and word[0].isalnum():
            for bucket in {(place - number) // _BUCKET for place in places}:
                votes[bucket] += len(word)
        else:
            silent += len(word)
    least = _PROMISING * sum(map(len, passage)) - silent
    near = {bucket: count + max(votes.get(bucket - 1, 0), votes.get(bucket + 1, 0)) for bucket, count in votes.items()}
    likely = [bucket for bucket, count in near.items() if count >= least]
    best = sorted(likely, key=lambda bucket: (-near[bucket], bucket))[:_WINDOWS]
    margin = _BUCKET + len(passage) // 4
    merged: list[tuple[int, int]] = []
    for bucket in sorted(best):
        low = max(bucket * _BUCKET - margin, 0)
        high = min((bucket + 1) * _BUCKET + len(passage) + margin, len(text.texts))
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    return merged


def _align(
    text: FoldedWords, passage: list[str], first: int, last: int, low: int, high: int
) -> list[tuple[int, int, int]]:
    """The cost for each word of a stretch at which the passage may end, and what stands for its words `first:last`."""
    window = text.texts[low:high]
    others = [(len(word), word[0].isalnum(), word) for word in window]
    costs = [0] * (len(window) + 1)
    begins = stops = list(range(len(window) + 1))
    for row, word in enumerate(passage):
        size, spoken, ending = len(word), word[0].isalnum(), row == last - 1
        cost, begin, stop = costs[0] + size, 0, 0
        row_costs, row_begins, row_stops = [cost], [begin], [stop]
        for at, (length, alike, other) in enumerate(others):
            across = costs[at]
            if other != word:  # a word is never taken for a mark
                across += max(size, length) if alike is spoken else size + length + 1
            out, put_in = costs[at + 1] + size, cost + length
            if across <= out and across <= put_in:
                cost, begin, stop = across, begins[at], at + 1 if ending else stops[at]
            elif out < put_in:
                cost, begin, stop = out, begins[at + 1], at + 1 if ending else stops[at + 1]
            else:
                cost = put_in
            row_costs.append(cost)
            row_begins.append(begin)
            row_stops.append(stop)
        costs, stops = row_costs, row_stops
        if row >= first:  # before, the words begin wherever the row ends
            begins = row_begins
    return [(costs[at], low + begins[at], low + stops[at]) for at in range(1, len(window) + 1)]
