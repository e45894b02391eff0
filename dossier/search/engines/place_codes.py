"""Places of a word in a passage, as Whoosh's index holds them: characters, counted from 1."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dossier.search.engines.postings import GAP
from dossier.search.text.tokenizer import EXACT

_LAST = 0x10FFFF
"""Stands for all places past a million."""
_CHARACTERS = "".join(map(chr, range(1, 2_049)))
"""The characters of the first places."""


def encoded_places(streams: Iterable[Sequence[str]], exact: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the places of each term as characters, for the `streams` and `exact` of an `Indexed`."""
    found: defaultdict[str, str] = defaultdict(str)
    at = 0
    for stream, words in zip(streams, exact, strict=True):
        places = _characters(at, len(stream))
        for term, place in zip(stream, places, strict=True):
            found[term] += place
        for term, place in zip(words, places, strict=True):
            if term[0] == EXACT:
                found[term] += place
        at += len(stream) + GAP
    return found


def _characters(start: int, count: int) -> str:
    """Return the characters of `count` places from `start`."""
    if start + count <= len(_CHARACTERS):
        return _CHARACTERS[start : start + count]
    return "".join([chr(min(place + 1, _LAST)) for place in range(start, start + count)])


def decoded(places: str) -> set[int]:
    """Return the places that these characters stand for."""
    return {place - 1 for place in map(ord, places)}
