"""The input of an exporter: chosen entries in order, their cross-references, and the words that support them."""

from collections.abc import Sequence

from msgspec import Struct

from dossier.model.anchors import Evidence
from dossier.model.entries import Entry


class CitedSource(Struct, frozen=True):
    """The article a piece of evidence stands in, as a citation names it."""

    id: str
    title: str
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""


class Citation(Struct, frozen=True):
    """A piece of evidence with its source."""

    evidence: Evidence
    source: CitedSource


class BriefReference(Struct, frozen=True):
    """A cross-reference of an item, as read from it."""

    relation: str
    other: str
    """Id of the other entry; a link inside the document when that entry is in it."""
    title: str
    citations: tuple[Citation, ...] = ()
    date: str = ""
    credibility: int = 0
    note: str = ""
    kind: str = ""
    """Of the other entry."""


class BriefItem(Struct, frozen=True):
    """An entry of a brief."""

    entry: Entry
    depth: int
    """How deep it stands under others, from 0."""
    speaker: str = ""
    """For a quote: the name of who said it."""
    references: tuple[BriefReference, ...] = ()
    citations: tuple[Citation, ...] = ()
    text: str = ""
    """For an article: its whole text without front matter."""
    speaker_id: str = ""
    """For a quote: the entry of who said it; its name is a link when that entry is in the document."""
    remark: str = ""
    """What the reader who chose it noted on it, or why its article cannot be read; no part of the dossier."""
    speaker_role: str = ""
    """For a quote: the office of who said it."""
    joint: tuple[tuple[str, str], ...] = ()
    """For a quote of several speakers: id and name of each."""

    @property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Id and name of everyone who said a quote; no id where the dossier has no entry for a name."""
        return self.joint or (((self.speaker_id, self.speaker),) if self.speaker else ())


class TableCell(Struct, frozen=True):
    """A cell of a table."""

    text: str
    citations: tuple[Citation, ...] = ()
    """The evidence for it."""
    entry: str = ""
    """Id of the entry it names; the text is a link when that entry is in the document."""


class Table(Struct, frozen=True):
    """A pane that is no list of entries, such as the matrix."""

    head: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[TableCell, ...], ...]
    """Each as long as the head."""


class Chapter(Struct, frozen=True):
    """The chosen entries of one pane, or a table."""

    name: str
    """Its heading."""
    items: tuple[BriefItem, ...]
    table: Table | None = None
    """For a pane that is a table; it has no items then."""
    remarks: tuple[str, ...] = ()
    """Sentences that follow the table."""


class Brief(Struct, frozen=True):
    """A document to export."""

    title: str
    summary: str
    chapters: tuple[Chapter, ...]
    query: str = ""
    """The search it was narrowed by."""
    narrowed: tuple[str, ...] = ()
    """What it was narrowed to beside the search, in words."""


def join_names(names: Sequence[str]) -> str:
    """Several names as one: `the UK, France and the WTO`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
