"""Words that are nearly the same: one letter off, or doubled letters apart."""

import re

_DOUBLED = re.compile(r"(.)\1+")


def near_miss(word: str, other: str) -> bool:
    """Whether two words differ by at most one letter added, left out, replaced, or swapped with its neighbour."""
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


def doubled(word: str) -> str:
    """A word with each letter that is doubled written once: misspellings double other letters, as in `tarrif`."""
    return _DOUBLED.sub(r"\1", word)


def is_close(word: str, other: str) -> bool:
    """Whether a word is a near miss of another, or one but for which letters are doubled."""
    return near_miss(word, other) or (word[:1] == other[:1] and doubled(word) == doubled(other))


def may_be_near(word: str, other: str) -> bool:
    """Whether a near miss of `other` is possible: they must have one half of it in common. Quick, and never wrong."""
    half = len(other) // 2
    return -2 < len(word) - len(other) < 2 and (word.startswith(other[:half]) or word.endswith(other[half + 1 :]))
