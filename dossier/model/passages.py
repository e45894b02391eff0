"""The input and the output of a search engine. No engine's own types, offsets or query strings pass here."""

from msgspec import Struct

from dossier.model.entries import KINDS, Kind

PassageKind = Kind | str
"""A kind of entry, `link`, or `paragraph`."""

KINDS_FOUND: tuple[str, ...] = (*KINDS, "link", "paragraph")
"""Every kind of passage, in the order in which they are counted."""


class Passage(Struct, frozen=True, gc=False, omit_defaults=True):
    """A thing that can be found: a paragraph of an article, an entry, or a link that is written in full."""

    key: str
    """Unique and stable: `paragraph:ARTICLE:NUMBER`, `KIND:ID` or `link:FILE:KEY`."""
    id: str
    """The entry it opens; for a paragraph, its article; for a link, the entry it runs from."""
    kind: PassageKind
    """What it is."""
    title: str
    """How it is called in one line; for a paragraph, the headline of its article."""
    text: str
    """The words in which one searches, as written (uncleaned)."""
    names: tuple[str, ...] = ()
    """Name and aliases; empty for a paragraph and a quote."""
    article: str = ""
    """Id of the article it stands in."""
    paragraph: int = 0
    """Which paragraph, from 1."""
    speaker: tuple[str, ...] = ()
    """Ids of who says it; a person's delegation is in `delegation`."""
    delegation: tuple[str, ...] = ()
    """Ids of the delegations it belongs to, or whose people say it."""
    issue: tuple[str, ...] = ()
    """Ids of the issues it is about, and of all issues above them."""
    publisher: str = ""
    attribution: str = ""
    stance: tuple[str, ...] = ()
    status: str = ""
    """The worst status of its evidence."""
    date: str = ""
    """ISO 8601."""
    language: str = ""
    """BCP 47 code; empty when nothing is said."""
    facts: tuple[tuple[str, str], ...] = ()
    """Names and values of other fields that a query asks for (`dossier.model.fields.queried_fields`)."""
    digest: str = ""
    """Digest of all fields above: two passages with the same key and digest need no re-indexing."""


def link_key(file: str, key: str) -> str:
    """The key of the passage of a link that is written in `file`."""
    return f"link:{file}:{key}"


class Hit(Struct, frozen=True, gc=False):
    """A passage found."""

    key: str
    """As in the passage."""
    id: str
    kind: PassageKind
    title: str
    article: str
    paragraph: int
    snippet: str
    """A stretch of the passage's text around the best match, in one line, inert (`dossier.model.clean`)."""
    spans: tuple[tuple[int, int], ...]
    """Where the matched words stand in the snippet, in characters."""
    score: float
    """Higher is better; comparable within one answer only."""
    why: str = ""
    """Why it is here, when the words alone do not say so: `matched: 何立峰 = He Lifeng`."""
    date: str = ""
    status: str = ""
    """The worst status of its evidence."""


class Answer(Struct, frozen=True):
    """The result of a query."""

    query: str
    """As typed."""
    understood: str
    """The query as it was read, in the query language."""
    total: int
    """How many passages match; exact unless `partial`."""
    hits: tuple[Hit, ...]
    """The best of them."""
    counts: dict[str, int] = {}
    """How many hits there are of each kind; kinds without one are left out."""
    facets: dict[str, int] = {}
    """How many matches of each kind, those included that the query leaves out by `kind:` alone."""
    partial: bool = False
    """Whether time ran out, or a short prefix was bounded, before all was found."""
    notes: tuple[str, ...] = ()
    """What to tell the user: a mistake with its position, a bound that was applied, a suggestion."""
    suggestions: tuple[str, ...] = ()
    """When little was found: other spellings of the query that find something."""


class Most(Struct, frozen=True):
    """The number of hits that are wanted at most where they are shown by kind."""

    each: int
    """Of each kind, where there are several."""
    alone: int
    """Of the only kind."""
