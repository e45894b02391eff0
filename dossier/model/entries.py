"""The records of a dossier: entries, the links between them, and the words they rest on, as the author wrote them."""

from typing import Literal

from msgspec import Struct

from dossier.model.problems import Place

Kind = Literal["article", "delegation", "person", "issue", "quote", "event"]
KINDS: tuple[Kind, ...] = ("delegation", "person", "issue", "quote", "event", "article")
"""Every kind of entry, in the order in which they are told."""


def one_of_kinds(*kinds: str) -> str:
    """Return the names of kinds as the end of a sentence: `a person or an issue`."""
    return " or ".join(f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in kinds)


Value = str | bool | int | list[str]
"""What a field holds once read; dates and times stay text as written."""


class Anchor(Struct, frozen=True, gc=False, omit_defaults=True, array_like=True):
    """An anchor as the author wrote it: which words of which article are meant."""

    text: str
    """The exact words."""
    article: str = ""
    """Id of the article; empty only when neither the anchor nor its file names one."""
    before: str = ""
    """Words that stand directly before, to tell one occurrence from another."""
    after: str = ""
    """Words that stand directly after."""
    occurrence: int = 0
    """Which of the remaining occurrences is meant, from 1; 0 when it must be the only one."""
    place: Place = Place()
    """Where the anchor is written."""
    cut: str = ""
    """What stands behind the words in the file without being read as theirs, such as a comment."""


class Entry(Struct, frozen=True, omit_defaults=True, array_like=True):
    """An entry: anything with an id. Its fields are declared in `dossier.model.fields`."""

    id: str
    """Unique in the dossier, whatever the kind."""
    kind: Kind
    """Which section it comes from."""
    title: str
    """How it is called in one line: its name, its title, or the words of a quote."""
    place: Place
    """Where it is written."""
    fields: dict[str, Value] = {}
    """The declared fields that were given, by name; references and anchors are kept apart."""
    wanted: tuple[Anchor, ...] = ()
    """The evidence it rests on."""
    owner: str = ""
    """For a member, the delegation it is written under."""
    marks: dict[str, tuple[int, int]] = {}
    """Line and column of each given field's value, from 1, by the field's name."""

    def text(self, field: str) -> str:
        """The field as text; empty when it was not given."""
        value = self.fields.get(field, "")
        return ", ".join(value) if isinstance(value, list) else str(value)

    def texts(self, field: str) -> list[str]:
        """The field as a list of texts; empty when it was not given."""
        value = self.fields.get(field, [])
        return value if isinstance(value, list) else [str(value)]

    def place_of(self, field: str) -> Place:
        """The place where the value of a field is written; where the entry is, when the field was not given."""
        line, column = self.marks.get(field, (self.place.line, self.place.column))
        return Place(self.place.file, line, column)

    @property
    def names(self) -> list[str]:
        """The name and every alias, the name first."""
        return [self.title, *self.texts("aliases")]


class Link(Struct, frozen=True, omit_defaults=True, array_like=True):
    """A cross-reference from one entry to another, by a relation, resting on words."""

    source: str
    """Id it runs from."""
    relation: str
    """Name of the relation, read from source to target."""
    target: str
    """Id it runs to."""
    place: Place
    """Where the link is written."""
    source_place: Place
    """Where the source id is written."""
    target_place: Place
    """Where the target id is written."""
    relation_place: Place | None = None
    """Where the relation is written; None for a link written in short."""
    field: str = ""
    """The field that says it in short (`speaker`, `issues`, …); empty for one written under `links`."""
    date: str = ""
    """ISO 8601, as written."""
    credibility: int = 0
    """From 1 (confirmed) to 6 (cannot be judged); 0 when not given."""
    note: str = ""
    """The author's remark."""
    wanted: tuple[Anchor, ...] = ()
    """The evidence it rests on."""
    period: str = ""
    """For a membership: the time it lasted, as `from/to`; empty for all time."""
    role: str = ""
    """For a membership: the office held."""

    @property
    def key(self) -> str:
        """The key of the link where an entry has its id; links alike in it are told apart by their order."""
        return f"{self.source} {self.relation} {self.target}"
