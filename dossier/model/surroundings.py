"""The text before and after a locked place, and whether it is still there in a text that has changed."""

import re
from functools import cached_property

from dossier.model.folding import Folded, fold
from dossier.model.locked import CONTEXT, Locked

GAP = 3.0
"""How many times as long as the locked words, and 100 characters more, what stands between its surroundings may be."""

TELLING = 8
"""Minimum number of characters by which one side of a place is recognised."""

_REACH = 2 * CONTEXT
"""How far from the words a part of their surroundings counts as being around them."""

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)")

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][\"')\]»]* |[。！？]")

_EDIT = 12
"""By how many characters the half of the surroundings that is next to the words may have grown."""


class LockedContext:
    """The locked characters before and behind an anchor's words, looked for in another text."""

    def __init__(self, text: Folded, line: Locked) -> None:
        self._text = text.text
        self._line = line
        self._before, self._after = fold(line.before), fold(line.after)

    @cached_property
    def _heads(self) -> list[str]:
        return _split_side(self._before)

    @cached_property
    def _tails(self) -> list[str]:
        return _split_side(self._after)

    def enclose(self, start: int, end: int) -> bool:
        """Return whether a stretch stands between the locked surroundings."""
        text = self._text
        return text[max(start - 2 * CONTEXT, 0) : start].rstrip(" ").endswith(self._before) and text[
            end : end + 2 * CONTEXT
        ].lstrip(" ").startswith(self._after)

    def enclosed(self, length: int) -> list[tuple[int, int]]:
        """Return the stretches between the locked surroundings where these stand in order and near.

        `length` is that of the words. Where one side is the end of the article, the other has to be told by itself.
        """
        if len(self._before) + len(self._after) < 2 * TELLING:
            return []
        return self._stretches(self._before, self._after, int(GAP * length) + 100)

    def nearly_enclosed(self, length: int) -> list[tuple[int, int]]:
        """Return the same between what stood next to the words in their paragraph, where that can be told."""
        before = fold(_BLANK_LINE.split(self._line.before)[-1])[-CONTEXT // 2 :].lstrip(" ")
        after = fold(_BLANK_LINE.split(self._line.after)[0])[: CONTEXT // 2].rstrip(" ")
        if min(len(before), len(after)) < TELLING or len(before) + len(after) < 3 * TELLING:
            return []
        return self._stretches(before, after, int(GAP * length) + 100)

    def _stretches(self, before: str, after: str, most: int) -> list[tuple[int, int]]:
        """Return the stretches of at most so many characters between two texts; an empty one is an end of the text."""
        opens = _everywhere(self._text, before) if before else [-1]
        closes = _everywhere(self._text, after) if after else [len(self._text.rstrip(" "))]
        found = []
        for at in opens:
            start = at + len(before) if at >= 0 else len(self._text) - len(self._text.lstrip(" "))
            end = next((close for close in closes if close >= start), -1)
            if 0 <= end - start <= most and not any(start <= other < end for other in opens):
                found.append((start, end))
        return found

    def hold(self, start: int, end: int) -> bool:
        """Return whether one side of the surroundings still touches a stretch, and the other is not left elsewhere.

        What stood in the paragraph before or behind may be left: a paragraph that was moved leaves it.
        """
        before, after = self.touch(start, end)
        return (before and not self._apart(fold(_BLANK_LINE.split(self._line.after)[0]), start, end)) or (
            after and not self._apart(fold(_BLANK_LINE.split(self._line.before)[-1]), start, end)
        )

    def changed_beside(self, start: int, end: int) -> bool:
        """Return whether nothing is left, on one side of a stretch, of what stood there in the paragraph."""
        before = fold(_BLANK_LINE.split(self._line.before)[-1])
        after = fold(_BLANK_LINE.split(self._line.after)[0])
        lead = self._text[max(start - len(before) - _EDIT, 0) : start]
        rest = self._text[end : end + len(after) + _EDIT]
        return any(
            len(side) >= TELLING and not any(half in there for half in _split_side(side))
            for side, there in ((before, lead), (after, rest))
        )

    def changed_in_sentence(self, start: int, end: int) -> bool:
        """Return whether other words stand beside a stretch, in its sentence, than those that were locked there.

        They say as a rule who said it: `Ms Lane said` may have become `Mr Stone said`.
        """
        before, after = self._words_beside
        lead = _WORD.findall(self._text[max(start - 2 * _REACH, 0) : start])
        rest = _WORD.findall(self._text[end : end + 2 * _REACH])
        return lead[len(lead) - len(before) :] != before or rest[: len(after)] != after

    @cached_property
    def _words_beside(self) -> tuple[list[str], list[str]]:
        """The whole words before and behind in the sentence, as far as they were locked."""
        line = self._line
        before = _SENTENCE_END.split(fold(_BLANK_LINE.split(line.before)[-1]))[-1]
        after = _SENTENCE_END.split(fold(_BLANK_LINE.split(line.after)[0]))[0]
        cut_before = len(line.before) >= CONTEXT and before == fold(line.before)
        cut_after = len(line.after) >= CONTEXT and after == fold(line.after)
        return _WORD.findall(before)[cut_before:], _WORD.findall(after)[: -1 if cut_after else None]

    def touch(self, start: int, end: int, slack: int = 2) -> tuple[bool, bool]:
        """Return whether a half of what stood before, and of what stood behind, is where it was beside a stretch."""
        lead, rest = self._text[:start], self._text[end : end + _REACH]
        before = after = False
        for number, half in enumerate(reversed(self._heads)):
            room = slack if number == 0 else len(self._heads[-1]) + _EDIT
            before = before or half in lead[-len(half) - room :]
        for number, half in enumerate(self._tails):
            room = slack if number == 0 else len(self._tails[0]) + _EDIT
            after = after or half in rest[: len(half) + room]
        return before, after

    def survive_apart_from(self, start: int, end: int) -> bool:
        """Return whether any half of the surroundings stands anywhere but around a stretch."""
        return any(self._apart(half, start, end) for half in (*self._heads, *self._tails))

    def _apart(self, part: str, start: int, end: int) -> bool:
        """Return whether a part of the surroundings stands anywhere but around a stretch."""
        if len(part) < TELLING:
            return False
        text = self._text
        return text.find(part, 0, max(start - _REACH, 0)) >= 0 or text.find(part, end + _REACH) >= 0


def _split_side(side: str) -> list[str]:
    """Return the two halves of one side, each long enough to be recognised; the whole when it is too short for two."""
    middle = len(side) // 2
    if middle >= TELLING:
        return [side[:middle].strip(" "), side[middle:].strip(" ")]
    return [side] if len(side) >= TELLING else []


def _everywhere(text: str, part: str) -> list[int]:
    found = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found
