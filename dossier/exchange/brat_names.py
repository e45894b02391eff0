"""Kinds of entries and words of relations after the names that an annotation scheme of brat gives."""

from typing import Literal

_PEOPLE = frozenset({"person", "per", "people", "speaker", "actor"})
_BODIES = frozenset({"organization", "organisation", "org", "gpe", "country", "delegation", "party", "group", "norp"})
QUOTE_TYPES = frozenset({"quote", "quotation", "statement", "direct-quote", "quoted"})

Role = Literal["person", "delegation", "issue"]


def kind_of_type(type_: str) -> "Role | Literal['quote']":
    """Return the kind of entry that a type of annotations names; `issue` where it names none."""
    name = type_.lower()
    if name in _PEOPLE:
        return "person"
    if name in _BODIES:
        return "delegation"
    return "quote" if name in QUOTE_TYPES else "issue"


def role_name(name: str) -> str:
    """Return the name of a role without what tells several of one kind apart."""
    return name.rstrip("0123456789").lower().removesuffix("-arg")


def split_words(name: str) -> str:
    """Return a name as words in lower case."""
    return " ".join(name.replace("_", " ").replace("-", " ").lower().split())
