"""A query, as a tree. The words in it are as typed; an engine's terms and query strings have no place
here.
"""

from collections.abc import Callable

from msgspec import Struct


class Word(Struct, frozen=True, tag=True):
    """A word, in any form that shares its stem; one of at most three letters in capitals asks for capitals."""

    text: str


class Phrase(Struct, frozen=True, tag=True):
    """Words that follow each other, or one word, in just this form."""

    text: str


class Name(Struct, frozen=True, tag=True):
    """Another name of what was asked for: words that follow each other, in any form that shares their stems."""

    text: str
    cased: bool = False
    """Whether its letter case counts."""


class Prefix(Struct, frozen=True, tag=True):
    """Words with this prefix."""

    text: str
    exact: bool = False
    """Whether other forms of the words are excluded."""


class Fuzzy(Struct, frozen=True, tag=True):
    """Words at most one letter off: one more, one less, another, or two neighbours swapped."""

    text: str
    exact: bool = False
    """Whether other forms of the word are excluded."""


class Near(Struct, frozen=True, tag=True):
    """Two words or phrases with at most `distance` words between them, in either order."""

    left: Word | Phrase
    right: Word | Phrase
    distance: int


class Field(Struct, frozen=True, tag=True):
    """Passages whose field has one of the values."""

    name: str
    """As in `dossier.search.query.parser.FIELDS`."""
    values: tuple[str, ...]
    """As typed, or the ids that the typed name stands for."""


class Dates(Struct, frozen=True, tag=True):
    """Passages whose date touches the inclusive range; an empty end is open."""

    first: str
    """A day, a month or a year, ISO 8601."""
    last: str


class Every(Struct, frozen=True, tag=True):
    """All passages."""


class And(Struct, frozen=True, tag=True):
    """All of the parts; one of them at least is no `Not`."""

    parts: "tuple[Query, ...]"


class Or(Struct, frozen=True, tag=True):
    """A match of at least one of the parts; each part that matches adds to the score."""

    parts: "tuple[Query, ...]"


class Not(Struct, frozen=True, tag=True):
    """A match without the part."""

    part: "Query"


class Best(Struct, frozen=True, tag=True):
    """A match of at least one of several ways to say the same; only the best of them counts."""

    parts: "tuple[Query, ...]"
    why: tuple[str, ...] = ()
    """For each part after the first, why it stands for it: `何立峰 = He Lifeng`."""


class Favour(Struct, frozen=True, tag=True):
    """The part; the entries with one of these ids come before all others."""

    part: "Query"
    ids: tuple[str, ...]


Query = Word | Phrase | Name | Prefix | Fuzzy | Near | Field | Dates | Every | And | Or | Not | Best | Favour


class Mistake(Struct, frozen=True, gc=False):
    """A mistake in a query, and its place."""

    position: int
    """Offset of the first character it is about, from 0."""
    length: int
    """How many characters; 0 for a place between two."""
    message: str
    """One sentence that says what was read and what is done instead."""


class Parsed(Struct, frozen=True):
    """The query as it was understood from a text."""

    text: str
    """As typed."""
    query: Query | None
    """None when nothing in it can be searched for."""
    understood: str
    """The query in canonical form, which parses to the same tree."""
    mistakes: tuple[Mistake, ...] = ()
    """In the order of their places."""


def children(query: Query) -> tuple[Query, ...]:
    """The direct parts of a node."""
    if isinstance(query, And | Or | Best):
        return query.parts
    if isinstance(query, Not | Favour):
        return (query.part,)
    return ()


def rebuilt(query: Query, change: Callable[[Query], Query]) -> Query:
    """The node with each of its direct parts changed."""
    match query:
        case And(parts):
            return And(tuple(change(part) for part in parts))
        case Or(parts):
            return Or(tuple(change(part) for part in parts))
        case Best(parts, why):
            return Best(tuple(change(part) for part in parts), why)
        case Not(part):
            return Not(change(part))
        case Favour(part, ids):
            return Favour(change(part), ids)
        case _:
            return query
