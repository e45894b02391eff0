"""Words that are nearly the same: one letter off, or doubled letters apart."""

import re
from functools import lru_cache
from itertools import groupby


def near_miss(word: str, other: str) -> bool:
    """Return whether two words differ by one letter at most: added, left out, replaced or swapped with the next."""
    if word == other:
        return True
    longer, shorter = (word, other) if len(word) >= len(other) else (other, word)
    if len(longer) - len(shorter) > 1:
        return False
    at = 0
    while at < len(shorter) and longer[at] == shorter[at]:
        at += 1
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    if longer[at + 1 :] == shorter[at + 1 :]:
        return True
    swapped = shorter[:at] + shorter[at : at + 2][::-1] + shorter[at + 2 :]
    return longer == swapped


@lru_cache(maxsize=256)
def undoubled(word: str) -> re.Pattern[str]:
    """Return the pattern of the words that are `word` but for which letters are doubled: misspellings double others."""
    return re.compile("".join(f"{re.escape(letter)}+" for letter, _ in groupby(word)))


def is_close(word: str, other: str) -> bool:
    """Return whether a word is a near miss of `other`, or the same but for which letters are doubled."""
    return near_miss(word, other) or (word[:1] == other[:1] and bool(undoubled(other).fullmatch(word)))


def beginnings(word: str) -> set[str]:
    """The first three letters of all words that are `word` but for which letters are doubled."""
    letters = [letter for letter, _ in groupby(word)]
    found = {letters[0]}
    for _ in range(2):
        found = {one + next_ for one in found for next_ in _following(one, letters)}
    return found


def _following(begun: str, letters: list[str]) -> list[str]:
    """The letter that ends `begun` once more, and the one that comes next in `letters`."""
    done = sum(1 for _ in groupby(begun))
    return [begun[-1], *letters[done : done + 1]]


def may_be_near(word: str, other: str) -> bool:
    """Return whether a near miss of `other` is possible: they have one half of it in common.

    Quick, and never wrong.
    """
    half = len(other) // 2
    return -2 < len(word) - len(other) < 2 and (word.startswith(other[:half]) or word.endswith(other[half + 1 :]))
