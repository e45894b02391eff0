"""The form in which fields and sections of a dossier are declared; `dossier.model.fields` declares them."""

from typing import Literal

from msgspec import Struct

from dossier.model.entries import Kind

Form = Literal[
    "text", "texts", "reference", "references", "date", "when", "choice", "whole", "flag", "url", "anchors", "path",
    "members", "memberships",
]  # fmt: skip
"""The shapes a value can have: `texts` is one text or a list of them, `when` a date, month, time or interval."""


class FieldSpec(Struct, frozen=True):
    """A key that an entry may carry."""

    name: str
    """As written in YAML."""
    form: Form
    """The shape of its value."""
    says: str
    """What it is for, in one sentence, for the field reference."""
    required: bool = False
    """Whether an entry without it is an error."""
    choices: tuple[str, ...] = ()
    """For `choice`: the values allowed."""
    targets: tuple[Kind, ...] = ()
    """For references: the kinds they may name."""
    relation: str = ""
    """For references: the relation of the link they write."""
    lowest: int = 0
    """For `whole`."""
    highest: int = 0
    """For `whole`."""
    shown: bool = True
    """Whether the details of an entry tell it among its facts, where its form allows it."""
    lead: str = ""
    """A word before its value among the facts, where the value does not speak for itself."""
    searched: bool = True
    """Whether its words are found by a search, where it is a text."""
    query: str = ""
    """A value that can be asked for as `name:value`; empty for a field that a query cannot ask for. Of a text, one
    word will do; what is said of an article holds for what stands in it.
    """


class Section(Struct, frozen=True):
    """A top-level key whose value maps ids to entries of one kind."""

    name: str
    """As written in YAML."""
    kind: Kind
    """What its entries are."""
    title: str
    """The field that names an entry in one line."""
    fields: tuple[FieldSpec, ...]
    """What an entry may carry."""
    says: str
    """What it is for."""
