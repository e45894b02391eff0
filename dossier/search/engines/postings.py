"""Postings of a passage, and the weight of a word in it: the same for every engine.

Scores are whole numbers made from counts, so that every engine comes to the same ones. How much a word counts in a
passage (its impact, 1 to 12) follows BM25 with k1 = 1.2, b = 0.75 and an average passage of 60 words (Robertson and
Zaragoza 2009), in `LEVELS` steps; names count more. How much it counts in the query (its rarity, 1 to 12) is the
number of binary digits of N / n, for n of N passages that have it.
"""

from collections import Counter
from functools import lru_cache
from zlib import crc32

from msgspec import Struct

from dossier.model.dates import first_day, last_day, numbered_day, when_problem
from dossier.model.passages import Passage
from dossier.model.word_boundaries import is_unspaced
from dossier.search.text.broken_words import mended
from dossier.search.text.normalize import ENGLISH, MARK, bare, fold, language_of, root
from dossier.search.text.tokenizer import EXACT, words
from dossier.search.text.word_forms import CAPITALS

ANALYZER = 2
"""Version of what `indexed` makes of a passage: raised by hand when the terms of any text, their counts or places
change. An index of another version is made anew. `tests/search/test_index_version.py` fails where that was forgotten.
"""

LEVELS = 6
"""Impacts a word can have by its count."""

NAMED, WHOLE = 8, 12
"""Impact of a word in a name, and of one that is a whole name."""

GAP = 64
"""Empty places between the text and its names, and between names: more than any phrase or `NEAR` bridges."""

RAREST = 12
"""The highest rarity."""

UNTITLED = ("paragraph", "quote", "link")
"""Kinds whose title is made of others', or their own text again; the titles of all others are searched as names."""

EDGE = 3
"""Letters of the longest beginning of words that an index lists by itself."""


class Indexed(Struct, frozen=True):
    """A passage as an index takes it."""

    streams: list[list[str]]
    """The terms of the text in their order, then those of each name; `GAP` places stand before each name."""
    exact: list[list[str]]
    """The terms of the very words at the same places."""
    seconds: set[str]
    """The terms of second forms, which have no place."""
    impacts: dict[str, int]
    """Terms, second forms included, and how much each counts."""
    tags: tuple[str, ...]
    """`field=value`, folded."""
    rank: int
    """Order among passages of equal score, the lowest first, as `rank` makes it."""
    since: int
    """First day it is about, as YYYYMMDD; 0 when it has no date."""
    until: int
    """Last day it is about."""

    @property
    def forms(self) -> set[str]:
        """The words in which beginnings and near misses are looked for."""
        words = (term for term in self.impacts if MARK not in term and term[0] != CAPITALS)
        return {term.removeprefix(EXACT) for term in words}

    def places(self) -> dict[str, list[int]]:
        """Terms and where they stand."""
        found: dict[str, list[int]] = {}
        at = 0
        for stream, exact in zip(self.streams, self.exact, strict=True):
            for place, term in enumerate(stream, at):
                known = found.get(term)
                if known is None:
                    found[term] = [place]
                else:
                    known.append(place)
            for place, term in enumerate(exact, at):
                if term[0] == EXACT:
                    known = found.get(term)
                    if known is None:
                        found[term] = [place]
                    else:
                        known.append(place)
            at += len(stream) + GAP
        return found


def names_of(passage: Passage) -> list[str]:
    """The names by which a passage is found, each once."""
    titled = () if passage.kind in UNTITLED else (passage.title,)
    return [name for name in dict.fromkeys((*passage.names, *titled)) if name]


def indexed(passage: Passage) -> Indexed:
    """The record that an index keeps of `passage`."""
    streams: list[list[str]] = []
    exact: list[list[str]] = []
    seconds: set[str] = set()
    impacts: dict[str, int] = {}
    for reading in readings(passage.text):
        text = words(reading, passage.language)
        counts = Counter(text.stream)
        for term in [term for term in counts if term.endswith(ENGLISH)]:
            if same := counts.get(root(term)):  # words that are spelled like the stem have it too
                counts[term] += same
        counts.update([term for term in text.exact if term[0] == EXACT])
        counts.update(text.seconds)
        worth = _worth(len(text.stream))
        if impacts:
            for term, count in counts.items():
                impacts[term] = max(impacts.get(term, 0), worth[count])
        else:
            impacts = dict(zip(counts, map(worth.__getitem__, counts.values()), strict=True))
        streams.append(text.stream)
        exact.append(text.exact)
        seconds.update(text.seconds)
    for name in names_of(passage):
        named = words(name, passage.language)
        value = WHOLE if len(named.stream) == 1 else NAMED
        for term in (*named.stream, *named.exact, *named.seconds):
            impacts[term] = max(impacts.get(term, 0), value)
        streams.append(named.stream)
        exact.append(named.exact)
        seconds.update(named.seconds)
    since, until = days(passage.date)
    return Indexed(streams, exact, seconds, impacts, tags(passage), rank(passage, since), since, until)


def readings(text: str) -> tuple[str, ...]:
    """A text as it stands, and with its words put together that are broken at the end of a line, when there are any."""
    whole = mended(text)
    return (text,) if whole == text else (text, whole)


MANY = 12
"""A word that stands more often counts no more."""


class _Worth(dict[int, int]):
    """The impact of a word's frequency among `length` words."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length

    def __missing__(self, count: int) -> int:
        value = self[count] = impact(min(count, MANY), self._length)
        return value


@lru_cache(maxsize=4096)
def _worth(length: int) -> _Worth:
    return _Worth(length)


def impact(count: int, length: int) -> int:
    """The impact of a word that stands `count` times among `length` words, 1 to `LEVELS`."""
    share = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / 60))
    return min(LEVELS, 1 + int(share / 2.2 * LEVELS))


def rarity(having: int, everything: int) -> int:
    """The rarity of a word that `having` of `everything` passages have, 1 to `RAREST`; `RAREST` when none has it."""
    return min(RAREST, (everything // having).bit_length()) if having else RAREST


def edges(forms: set[str]) -> set[str]:
    """The beginnings, of at most `EDGE` letters, of words in scripts that have words."""
    found = {form[:EDGE] for form in forms}
    found |= {edge[:2] for edge in found}
    found |= {edge[:1] for edge in found}
    return {edge for edge in found if edge.isascii() or not is_unspaced(edge[:1])}


def tags(passage: Passage) -> tuple[str, ...]:
    """The fields of a passage as `field=value`."""
    found = [f"kind={passage.kind}", f"key={passage.key}"]
    if passage.kind != "link":
        found.append(f"id={passage.id}")
    if passage.kind not in ("paragraph", "link"):
        found.append(f"entry={passage.id}")
    for name in ("speaker", "delegation", "issue", "stance"):
        found += [tag(name, value) for value in getattr(passage, name)]
    for name in ("article", "attribution", "status"):
        if value := getattr(passage, name):
            found.append(tag(name, value))
    for name, value in (("publisher", passage.publisher), *passage.facts):
        found += [tag(name, word) for word in words_of_value(value)]
    found.append(f"language={language_of(passage.language)}")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def tag(name: str, value: str) -> str:
    """Return one field as an index holds it."""
    return f"{name}={' '.join(fold(word) for word in value.split())}"


@lru_cache(maxsize=1024)
def words_of_value(text: str) -> tuple[str, ...]:
    """The words by which the value of a field is found, where one word of it will do."""
    found = words(text, "")
    return tuple(sorted({*map(bare, found.stream), *(term.removeprefix(EXACT) for term in found.exact)}))


@lru_cache(maxsize=4096)
def days(date: str) -> tuple[int, int]:
    """First and last day of a date or interval of any precision, as YYYYMMDD, below 0 before year 0; zeros of none."""
    if when_problem(date):
        return 0, 0
    return numbered_day(first_day(date)), numbered_day(last_day(date))


_UNDATED = (1 << 27) - 1
"""The age of what has no date."""


def rank(passage: Passage, since: int) -> int:
    """Order among equals: newest first, what has no date last, then by article and paragraph; 63 bits."""
    age = 99_999_999 - since if since > 0 else _UNDATED
    if since < 0:  # years before 0, closer together: their months and days count as they do
        year, day = -(since // 10_000), since % 10_000
        age = 100_000_000 + min(year, 9_999) * 372 + 371 - (day // 100 - 1) * 31 - day % 100
    place = crc32((passage.article or passage.id).encode("utf-8", "replace")) & 0xFFFFF
    return age << 36 | place << 16 | min(passage.paragraph, 0xFFFF)
