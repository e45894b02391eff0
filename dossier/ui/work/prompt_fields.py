"""The parts of the line in which an annotation is written, and the entries that are made of them; pure functions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dossier.desk.annotate.writing_entries import proposed_id
from dossier.model.naming import free_id
from dossier.model.problems import DossierError
from dossier.model.relations import STANCES

NEW = "!"
"""What stands before a name that is no entry yet; twice, it makes a delegation where one makes a person."""

Value = str | list[str] | None
"""What a field is to hold; None takes it out."""


class PromptField(Struct, frozen=True):
    """A part of the line."""

    name: str
    """The field that it becomes."""
    label: str
    """What is asked for."""
    kinds: tuple[str, ...] = ()
    """Kinds of the entries that it may name."""
    choices: tuple[str, ...] = ()
    """The words that it may be, where it names no entry."""
    many: bool = False
    """Whether it may name several, with commas between."""
    makes: str = ""
    """Kind of the entry that a name behind `!` makes; empty when none can be made."""
    text: str = ""
    """What stands in it at first."""

    @property
    def free(self) -> bool:
        """Return whether it may hold any text."""
        return not self.kinds and not self.choices


_ACTORS = ("person", "delegation")
_ALL = ("person", "delegation", "issue", "event", "quote", "article")

PARTS: dict[str, tuple[PromptField, ...]] = {
    "quote": (
        PromptField("speaker", "who", _ACTORS, many=True, makes="person"),
        PromptField("issues", "issues", ("issue",), many=True, makes="issue"),
        PromptField("stance", "stance", choices=STANCES),
    ),
    "event": (
        PromptField("name", "event"),
        PromptField("when", "when"),
        PromptField("participants", "participants", _ACTORS, many=True, makes="person"),
        PromptField("issues", "issues", ("issue",), many=True, makes="issue"),
    ),
    "link": (
        PromptField("from", "from", _ALL, makes="person"),
        PromptField("rel", "relation"),
        PromptField("to", "to", _ALL, makes="issue"),
    ),
    "name": (
        PromptField("name", "name"),
        PromptField("kind", "what", choices=("person", "delegation", "issue", "alias")),
        PromptField("of", "of", ("delegation", "person", "issue")),
    ),
    "person": (PromptField("name", "name"), PromptField("role", "role")),
    "delegation": (PromptField("name", "name"),),
    "issue": (PromptField("name", "name"),),
}
"""By what is written."""


def filled(
    kind: str, given: Mapping[str, str | Sequence[str]], relations: Sequence[str] = ()
) -> tuple[PromptField, ...]:
    """The parts of a line with what stands in them at first."""
    found = []
    for part in PARTS[kind]:
        value = given.get(part.name, "")
        text = value if isinstance(value, str) else ", ".join(value)
        found.append(replace(part, text=text, choices=tuple(relations) if part.name == "rel" else part.choices))
    return tuple(found)


def last_word(part: PromptField, text: str) -> str:
    """The letters that are being typed: behind the last comma where there may be several."""
    return (text.rpartition(",")[2] if part.many else text).strip()


def nothing_meant(part: PromptField, letters: str) -> str:
    """The sentence that stands in the list where letters mean no entry: what they will do, or what to type instead."""
    if part.free:
        return "What stands in the line is taken as it is."
    if part.makes and letters.startswith(NEW):
        name = letters.lstrip(NEW).strip()
        kind = "delegation" if letters.startswith(NEW * 2) and part.makes == "person" else part.makes
        return f"A new {kind}: “{name}”." if name else f"Type the name of the new {kind}."
    if not letters:
        return f"There is none yet: {NEW}name makes one." if part.makes else "There is none yet."
    if part.makes == "person":
        return f"No such entry: {NEW}{letters} makes a person, {NEW * 2}{letters} a delegation."
    if part.makes:
        return f"No such entry: {NEW}{letters} makes a new {part.makes}."
    return "Nothing is called that; type other letters, or none."


def with_last(part: PromptField, text: str, meant: str) -> str:
    """The text with what the last letters mean in their place."""
    before = text.rpartition(",")[0].strip() if part.many else ""
    return f"{before}, {meant}" if before else meant


def choose(part: PromptField, letters: str) -> list[str]:
    """The choices that letters may mean, the likeliest first."""
    wanted = letters.casefold()
    starting = [one for one in part.choices if one.casefold().startswith(wanted)]
    return starting + [one for one in part.choices if wanted in one.casefold() and one not in starting]


def values(parts: Sequence[PromptField], texts: Sequence[str]) -> dict[str, str | list[str]]:
    """The content of each part; several values as a list."""
    found: dict[str, str | list[str]] = {}
    for part, text in zip(parts, texts, strict=True):
        many = [one.strip() for one in text.split(",") if one.strip()] if part.many else [text.strip()]
        found[part.name] = many[0] if len(many) == 1 and part.name != "issues" else many if part.many else text.strip()
    return found


Given = Mapping[str, str | Sequence[str]]


def with_new(
    parts: Sequence[PromptField], given: Given, taken: Callable[[str], bool]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """`(entries, fields)`: the entries that names behind `!` make, and the fields with their ids in place of them.

    Raises:
        DossierError: there is no name behind the mark.

    """
    made: dict[str, dict[str, Any]] = {}

    def meant(part: PromptField, word: str) -> str:
        if not part.makes or not word.startswith(NEW):
            return word
        if word not in made:
            kind = "delegation" if word.startswith(NEW * 2) and part.makes == "person" else part.makes
            name = word.lstrip(NEW).strip()
            if not name:
                raise DossierError(f"A name must stand behind {NEW}.")
            ids = {one["id"] for one in made.values()}
            new_id = free_id(proposed_id(kind, {"name": name}), lambda one: one in ids or taken(one), kind)
            made[word] = {"kind": kind, "id": new_id, "name": name}
        return str(made[word]["id"])

    fields: dict[str, Any] = {}
    for part in parts:
        value = given.get(part.name, "")
        fields[part.name] = meant(part, value) if isinstance(value, str) else [meant(part, one) for one in value]
    return list(made.values()), fields


Placed = Mapping[str, Any]


def entry_of(kind: str, fields: Mapping[str, Any], placed: Placed, attribution: str = "") -> dict[str, Any]:
    """The entry that a line asks for; `placed` gives article, words and offsets where it rests on any.

    Raises:
        DossierError: something is missing in it.

    """
    given = {name: value for name, value in fields.items() if value not in ("", [])}
    if kind == "quote":
        return {"kind": "quote", **placed, **given, **({"attribution": attribution} if attribution else {})}
    if kind != "name":
        return {"kind": kind, **({"article": placed["article"], "at": dict(placed)} if placed else {}), **given}
    what = given.pop("kind", "")
    of = given.pop("of", "")
    if not what:
        raise DossierError("Say what the name is of: a person, a delegation, an issue, or an alias of an entry.")
    if what == "alias":
        return {"kind": "alias", "id": of, "alias": given.get("name", "")}
    if what == "delegation" and of:
        raise DossierError("A delegation belongs to no other entry; leave the last part empty.")
    belongs = {"person": "delegation", "issue": "parent"}
    return {"kind": what, **given, **({belongs[what]: of} if of else {})}
