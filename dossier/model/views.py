"""Records of a dossier as shown: lines of panes, cross-references of an entry, marks in an article."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from dossier.model.anchors import Evidence, Status
from dossier.model.articles import Paragraph
from dossier.model.entries import Entry, Kind


class Filters(Struct, frozen=True):
    """The conditions on a list beside its lens; empty fields narrow nothing.

    An entry that has nothing of what a filter asks about (a delegation has no date) is not touched by it.
    """

    attributions: tuple[str, ...] = ()
    """How a quote may be tied to who said it: of `dossier.model.fields.ATTRIBUTIONS`."""
    statuses: tuple[str, ...] = ()
    """Of the evidence a quote or an event rests on, a piece must have one of these."""
    first: str = ""
    """A day, a month or a year, ISO 8601: the date of a quote, event or article, the article's day for a quote that has
    none of its own, must touch the range from here on.
    """
    last: str = ""
    """Up to here, inclusive."""

    def __bool__(self) -> bool:
        return bool(self.attributions or self.statuses or self.first or self.last)


class FilterCounts(Struct, frozen=True):
    """The numbers of entries that each choice of the filters would leave."""

    attributions: Mapping[str, int]
    """Quotes by how they are tied to who said them."""
    statuses: Mapping[str, int]
    """Quotes and events by the worst status of their evidence."""
    first: str = ""
    """The earliest date of a quote, an event or an article, as written; empty where none is dated."""
    last: str = ""
    """The latest."""


ALL = Filters()
"""Filters that narrow nothing."""


class Row(Struct, frozen=True, gc=False):
    """An entry as a line of a list. Texts are as written: the screen cleans them."""

    id: str
    kind: Kind
    title: str
    detail: str
    """A person's role, a quote's speaker and chain, an event's date."""
    depth: int
    """How deep it stands in its tree, from 0."""
    children: int
    """How many rows stand directly under it."""
    count: int
    """How many links run from or to it."""
    status: Status | None
    """The worst status of its own evidence; None when it has none."""
    article: str
    """Where its first evidence stands; empty when it has none."""
    paragraph: int
    attribution: str = ""
    """How a quote is tied to who said it, as written; empty for a direct quote and for other entries."""
    about: str = ""
    """In a list under a lens, the name of the side of the lens that a quote is about and not by; else empty."""


class LinkRow(Struct, frozen=True, gc=False):
    """A cross-reference as seen from an entry."""

    relation: str
    """As it reads from here: `demands`, or `demanded by`."""
    outward: bool
    """Whether it runs from here to the other."""
    here: str
    """The end it is seen from: the entry itself, or one of a delegation's members."""
    other: str
    """Id at the other end."""
    other_kind: Kind
    other_title: str
    key: str
    """The link's own key; its evidence goes by it."""
    evidence: tuple[Evidence, ...]
    """The words it rests on; for a link written in short, those of the entry that writes it."""
    date: str = ""
    credibility: int = 0
    note: str = ""
    count: int = 0
    """For an entry that an article holds, how many quotes and links of the article are of it; 0 for other links."""


class LinkGroup(Struct, frozen=True, gc=False):
    """The links of one relation and direction."""

    relation: str
    outward: bool
    count: int


class Span(Struct, frozen=True, gc=False):
    """A stretch of an article that something rests on or is named by."""

    start: int
    end: int
    owner: str
    """Id of the entry; for the evidence of a link, its key."""
    entry: str
    """Id of the entry it opens: the owner, or the entry a link runs from."""
    what: str
    """`quote`, `event`, `link`, … for evidence; `mention` for a name."""
    status: Status | None = None
    """None for a mention."""
    ordinal: int = 0
    file: str = ""
    """The file that names the evidence: links of one key may stand in several."""


CONTENTS: dict[str, tuple[Kind, ...]] = {
    "quotes": ("quote",),
    "sides": ("delegation", "person"),
    "issues": ("issue",),
    "events": ("event",),
}
"""The groups in which an article shows what it holds, in order, with the kinds of entries in each."""


class ArticleView(Struct, frozen=True):
    """An article open in the reader."""

    entry: Entry
    text: str
    """As on disk, line ends and front matter included; spans and paragraphs count in it."""
    body: int
    """Offset behind the front matter."""
    paragraphs: tuple[Paragraph, ...]
    evidence: tuple[Span, ...]
    """In the order of their places."""
    mentions: tuple[Span, ...]
    """In the order of their places; none overlaps another."""
    lost: int = 0
    """How many pieces of evidence name this article and have no place in it."""


class EntryView(Struct, frozen=True):
    """All there is to know of one entry."""

    entry: Entry
    evidence: tuple[Evidence, ...]
    links: Sequence[LinkRow]
    """Grouped by relation; read when asked for."""
    groups: tuple[LinkGroup, ...] = ()
    """The relations among the links, in order, with how many each has."""
