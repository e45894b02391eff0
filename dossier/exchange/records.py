"""Records that importers yield and exporters take: documents, entries, links, and the passages they rest on.

Keys, not ids, hold these records together: an importer may use whatever names its file has, such as GUIDs, and the
writer gives out ids. An exporter gets ids as keys.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from dossier.model.entries import Kind, Value


class DocumentPassage(Struct, frozen=True):
    """Words of a document, by offsets, by the words themselves, or by both."""

    document: str
    """Key of the document."""
    start: int = -1
    """Offset in code points of the document's text; -1 when only the words are known."""
    end: int = -1
    """Offset behind the last character."""
    words: str = ""
    """The words, where the file gives them."""
    before: str = ""
    """What the file says stands before them."""
    after: str = ""
    """What the file says stands behind them."""


class ExchangeDocument(Struct, frozen=True):
    """A text with what is known of it: an article."""

    key: str
    """How the file calls it; unique in one import."""
    text: str
    """Its text, line ends as they are."""
    name: str = ""
    """What to derive its id from; its key when empty."""
    fields: dict[str, str] = {}
    """Fields of an article (`dossier.model.fields`), `file` excepted."""


class MembershipRecord(Struct, frozen=True, omit_defaults=True):
    """The membership of a person in a delegation, for all time or for some."""

    delegation: str
    """Key of the delegation."""
    role: str = ""
    since: str = ""
    """A date, the first of it; empty when it always was."""
    until: str = ""
    """A date, the last of it; empty when it still is."""


Sides = dict[str, tuple[str, ...]]
"""Keys of the delegations for which people spoke on a day, by the keys of the people."""


class Record(Struct, frozen=True):
    """An entry of any kind but an article."""

    key: str
    """How the file calls it; unique in one import."""
    kind: Kind
    name: str
    """Its name, or the words of a quote. A quote without words has those of its first passage."""
    id: str = ""
    """The id to give it, when the file has one of ours; else one is derived from its name."""
    fields: dict[str, Value] = {}
    """Fields as `dossier.model.fields` declares them, name, words, references and anchors excepted."""
    references: dict[str, tuple[str, ...]] = {}
    """Keys of other records by the field that refers to them: `speaker`, `issues`, `parent`, `participants`."""
    passages: tuple[DocumentPassage, ...] = ()
    """The words it rests on; of a quote, where it stands."""
    owner: str = ""
    """For a person, the key of the delegation it belongs to."""
    memberships: tuple[MembershipRecord, ...] = ()
    """Of a person, beside that of its owner."""
    sides: Sides = {}
    """Of a quote, for exporters: on its day."""
    unattributed: bool = False
    """Whether the file says nothing of how sure it is who said a quote: it is direct between quotation marks then."""


class Connection(Struct, frozen=True):
    """A link between records or documents."""

    source: str
    """Key of a record or document."""
    relation: str
    target: str
    """Key of a record or document."""
    passages: tuple[DocumentPassage, ...] = ()
    date: str = ""
    credibility: int = 0
    note: str = ""
    inverse: str = ""
    """How the relation reads from the other end; needed once for a relation that is not built in."""
    stance: str = ""
    """What such a relation says of a position: `for`, `against`, … or nothing."""
    sides: Sides = {}
    """For exporters: on its day."""


class ExchangePart(Struct, frozen=True):
    """A piece of an import or export: at most one document, and what rests on it or on documents before it."""

    document: ExchangeDocument | None = None
    title: str = ""
    """What the whole is called, where the file says so."""
    records: tuple[Record, ...] = ()
    connections: tuple[Connection, ...] = ()


class Losses:
    """The losses between a file and a dossier, in either direction: counted, and told once each."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """How often each kind of thing was left out, by a phrase such as `coders`."""
        self.notes: list[str] = []
        """Remarks on single things, a sentence each."""
        self._noted: set[str] = set()
        self.convention = ""
        """How offsets were counted; empty when there were none to count."""

    def lose(self, what: str, number: int = 1) -> None:
        """Count something that is left out."""
        if number:
            self.counts[what] += number

    def tell(self, sentence: str) -> None:
        """Remark on one thing; an empty sentence is none."""
        if sentence and sentence not in self._noted:
            self._noted.add(sentence)
            self.notes.append(sentence)


class ImportOptions(Struct, frozen=True):
    """The user's statements about the files."""

    offsets: str = ""
    """The convention of offsets, as `dossier.exchange.offsets.Convention.parse` reads it; found out when empty."""
    encoding: str = ""
    """Of texts; UTF-8, or UTF-16 with a byte order mark, when empty."""
    columns: dict[str, str] = {}
    """For tables: the column for a field, by the field."""
    losses: Losses = field(default_factory=Losses)
    """Takes what is left out."""


Parts = Iterator[ExchangePart]
"""The pieces in order: a document before what rests on it."""


def group_parts(
    documents: Iterable[ExchangeDocument], records: Iterable[Record], connections: Iterable[Connection]
) -> Parts:
    """The pieces in order: names, then each document with what rests on it alone, then what rests on several."""
    records_of: dict[str, list[Record]] = {}
    links_of: dict[str, list[Connection]] = {}
    for record in records:
        records_of.setdefault(_home(record.passages), []).append(record)
    for link in connections:
        links_of.setdefault(_home(link.passages), []).append(link)
    loose = records_of.pop("", [])
    yield ExchangePart(records=tuple(record for record in loose if not record.passages))
    for document in documents:
        yield ExchangePart(
            document, records=tuple(records_of.pop(document.key, ())), connections=tuple(links_of.pop(document.key, ()))
        )
    yield ExchangePart(
        records=tuple(record for record in loose if record.passages),
        connections=tuple(link for some in links_of.values() for link in some),
    )


def _home(passages: tuple[DocumentPassage, ...]) -> str:
    """The only document of some passages; empty when there is none, or several."""
    homes = {passage.document for passage in passages}
    return homes.pop() if len(homes) == 1 else ""
