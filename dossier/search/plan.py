"""A query as an engine carries it out: words become terms, for each language that the index holds.

`meaning` is the one place where the query language gets its meaning. A passage matches a node, and scores with it, as
said there; a node that does not match scores nothing.
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from dossier.model.dates import OPEN, first_day, last_day, numbered_day
from dossier.model.query import (
    And,
    Best,
    Dates,
    Every,
    Favour,
    Field,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)
from dossier.search.analysis import CAPITALS, Token, tokens
from dossier.search.chunks import unspaced
from dossier.search.folding import bare
from dossier.search.postings import publisher_words, tag

IN_ORDER, NEARBY, BEGUN, FAVOURED = 4, 2, 1, 1000
"""What a phrase and a `NEAR` score beside their words, a beginning or near miss, and an entry that is favoured."""


class Leaf(Struct, frozen=True):
    """Any of the terms; scores rarity (of all of them together) times the highest impact."""

    terms: tuple[str, ...]
    typed: frozenset[str]
    """The folded words as typed: another word with the same term was found by its stem."""


class Start(Struct, frozen=True):
    """A form that begins so; scores `BEGUN`."""

    prefix: str


class Close(Struct, frozen=True):
    """A form at most one letter off; scores `BEGUN`."""

    word: str


class Run(Struct, frozen=True):
    """Terms at fixed distances; scores `IN_ORDER` and what its words score as leaves."""

    parts: tuple[tuple[int, Leaf], ...]
    """Offset from the first, and the word there."""
    width: int
    """Places it takes."""


class Beside(Struct, frozen=True):
    """Two runs with at most `distance` places between them, in either order; scores `NEARBY` and both runs' words."""

    left: Run
    right: Run
    distance: int


class Tag(Struct, frozen=True):
    """Any of the tags; scores nothing."""

    tags: tuple[str, ...]


class Days(Struct, frozen=True):
    """Dates that touch the range, both as YYYYMMDD; scores nothing."""

    since: int
    until: int


class Everything(Struct, frozen=True):
    """All passages; scores nothing."""


class Nothing(Struct, frozen=True):
    """No passage."""


class All(Struct, frozen=True):
    """Every part; scores their sum."""

    parts: "tuple[Plan, ...]"


class Any(Struct, frozen=True):
    """At least one part; scores the sum of those that match."""

    parts: "tuple[Plan, ...]"


class Without(Struct, frozen=True):
    """Passages that do not match the part; scores nothing."""

    part: "Plan"


class Highest(Struct, frozen=True):
    """At least one part; scores the highest."""

    parts: "tuple[Plan, ...]"
    why: tuple[str, ...] = ()
    """As in `dossier.model.query.Best`."""


class First(Struct, frozen=True):
    """The part; what has one of the tags scores `FAVOURED` more."""

    part: "Plan"
    tags: tuple[str, ...]


Plan = Leaf | Start | Close | Run | Beside | Tag | Days | Everything | Nothing | All | Any | Without | Highest | First


def meaning(query: Query, languages: Iterable[str]) -> Plan:
    """How `query` is carried out in an index of passages in `languages` (as `language_of` names them)."""
    return _once(query, tuple(sorted(set(languages))) or ("en",))


@lru_cache(maxsize=16)
def _once(query: Query, languages: tuple[str, ...]) -> Plan:
    """The same for the engine, and then for the snippets of what it found."""
    return _meaning(query, languages)


Languages = tuple[str, ...]


def _meaning(query: Query, languages: Languages) -> Plan:
    match query:
        case Word(text) | Phrase(text):
            return _words(text, languages)
        case Prefix(text):
            return _beginning(text, languages)
        case Fuzzy(text):
            return _close(text, languages)
        case Near(left, right, distance):
            runs = [run for run in (_run(_read(side, languages)) for side in (left, right)) if run]
            if len(runs) == 2:
                return Beside(runs[0], runs[1], distance)
            return _simple(runs[0]) if runs else Nothing()
        case Field(name, values):
            return _field(name, values)
        case Dates(first, last):
            return Days(numbered_day(first_day(first)), numbered_day(last_day(last) if last else OPEN))
        case Every():
            return Everything()
        case And(parts):
            return All(tuple(_meaning(part, languages) for part in parts))
        case Or(parts):
            return Any(tuple(_meaning(part, languages) for part in parts))
        case Not(part):
            return Without(_meaning(part, languages))
        case Best(parts, why):
            return Highest(tuple(_meaning(part, languages) for part in parts), why)
        case Favour(part, ids):
            return First(_meaning(part, languages), tuple(f"entry={item}" for item in ids))


def _read(text: str, languages: Languages) -> list[list[Token]]:
    """The tokens of `text`, in each language."""
    return [tokens(text, language) for language in languages]


def _leaf(found: Iterable[Token]) -> Leaf:
    known = list(found)
    return Leaf(tuple(dict.fromkeys(token.term for token in known)), frozenset(token.word for token in known))


def _run(read: list[list[Token]]) -> Run | None:
    """The tokens at their places. The last character of an unspaced run is in the pair before it."""
    first = [token for token in read[0] if not token.second]
    if not first:
        return None
    kept = [
        token.place
        for number, token in enumerate(first)
        if not (number and token.place == first[number - 1].place + 1 and first[number - 1].end == token.end)
    ]
    parts = []
    for place in kept:
        at = [token for tokens in read for token in tokens if token.place == place and not token.second]
        parts.append((place - kept[0], _leaf(at)))
    return Run(tuple(parts), first[-1].place - kept[0] + 1)


def _simple(run: Run) -> Plan:
    return run.parts[0][1] if len(run.parts) == 1 else run


def _words(text: str, languages: Languages) -> Plan:
    """A word, or several that follow each other; one that is written in several ways may be any of them."""
    read = _read(text, languages)
    run = _run(read)
    if run is None:
        return Nothing()
    seconds = [token for found in read for token in found if token.second and not unspaced(token.term)]
    whole = [token for token in seconds if (token.start, token.end) == _extent(read[0])]
    capitals = [token for token in whole if token.term[:1] == CAPITALS]
    if capitals:
        return _leaf(capitals)
    if not whole:
        return _simple(run)
    joined = _leaf(whole)
    if len(run.parts) == 1:
        leaf = run.parts[0][1]
        return Leaf(tuple(dict.fromkeys((*leaf.terms, *joined.terms))), leaf.typed | joined.typed)
    return Highest((run, joined))


def _extent(found: list[Token]) -> tuple[int, int]:
    return min(token.start for token in found), max(token.end for token in found)


def _beginning(text: str, languages: Languages) -> Plan:
    """Words that begin as the last word of `text`, after the words before it."""
    exact = _words(text, languages)
    read = tokens(text, "en")
    stream = [token for token in read if not token.second]
    if not stream or unspaced(stream[-1].term):
        return exact
    last = stream[-1]
    parts: list[Plan] = [Start(last.word)]
    if last is not stream[0]:
        before = _words(text[: last.start].rstrip("-'’.,& "), languages)
        parts = [All((before, Start(last.word)))]
        parts += [Start(token.word) for token in read if token.second and token.end == last.end and token.start == 0]
    return Highest((exact, *parts))


def _close(text: str, languages: Languages) -> Plan:
    """A word, or one a letter off; several words, and short ones, stand as they are."""
    exact = _words(text, languages)
    stream = [token for token in tokens(text, "en") if not token.second]
    if len(stream) != 1 or len(stream[0].word) < 3 or unspaced(stream[0].word):
        return exact
    return Highest((exact, Close(stream[0].word)))


def _field(name: str, values: tuple[str, ...]) -> Plan:
    if name == "within":
        return Tag(tuple(f"{tag}={value}" for value in values for tag in ("id", "key")))
    if name != "publisher":
        return Tag(tuple(tag(name, value) for value in values))
    wanted = [
        All(
            tuple(
                Tag((tag(name, word),))
                for word in {bare(token.term) for token in tokens(value, "") if not token.second}
            )
        )
        for value in values
        if publisher_words(value)
    ]
    return Any(tuple(wanted)) if wanted else Nothing()


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


def may_be_near(word: str, other: str) -> bool:
    """Whether a near miss of `other` is possible: they must have one half of it in common. Quick, and never wrong."""
    half = len(other) // 2
    return -2 < len(word) - len(other) < 2 and (word.startswith(other[:half]) or word.endswith(other[half + 1 :]))
