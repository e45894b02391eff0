"""The lines of brat's `.ann` files."""

import re

from msgspec import Struct

from dossier.model.problems import DossierError


class BratSpan(Struct, frozen=True):
    """`T1`: a text-bound annotation."""

    type: str
    fragments: tuple[tuple[int, int], ...]
    words: str


class BratEvent(Struct, frozen=True):
    """`E1`: a trigger and roles."""

    type: str
    trigger: str
    roles: tuple[tuple[str, str], ...]


class BratRelation(Struct, frozen=True):
    """`R1`: a relation and what it relates."""

    type: str
    arguments: tuple[str, ...]


class Attribute(Struct, frozen=True):
    """`A1` or `M1`: an attribute; one that is only there or not has no value."""

    name: str
    value: str = ""


class Ann:
    """All that `.ann` files say of one text."""

    def __init__(self) -> None:
        self.spans: dict[str, BratSpan] = {}
        self.events: dict[str, BratEvent] = {}
        self.relations: dict[str, BratRelation] = {}
        self.attributes: dict[str, list[Attribute]] = {}
        """By what they belong to."""
        self.same_as: dict[str, str] = {}
        """The first of the names of one thing, by each of them."""
        self.notes: dict[str, list[str]] = {}
        """What an annotator wrote, by what it is about."""
        self.typed: dict[str, list[tuple[str, str]]] = {}
        """`(type, text)` of every note, by what it is about."""
        self.normalizations: dict[str, list[tuple[str, str]]] = {}
        """`(reference, name)` by what they belong to."""


_MOST_LINES = 50_000
_SPAN = re.compile(r"(\S+) (-?\d{1,12} -?\d{1,12}(?:;-?\d{1,12} -?\d{1,12})*)", re.ASCII)


def read_ann(text: str, name: str, ann: Ann) -> None:
    """Read the lines of a file into `ann`.

    Raises:
        DossierError: a line is none of brat's, or has the name of another.

    """
    if text.count("\n") > _MOST_LINES or text.count(";") > _MOST_LINES:
        raise DossierError(f"{name} is refused: it has more than {_MOST_LINES:,} lines or parts of spans.")
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        whole = line.rstrip("\r")
        if not whole.strip():
            continue
        mark, _, rest = whole.partition("\t")
        head, _, tail = rest.partition("\t")
        if mark in ann.spans or mark in ann.events or mark in ann.relations:
            raise DossierError(f"{name}:{number}: there is another {mark} before it; give one of them another number.")
        try:
            _line(mark, head, tail, ann)
        except (ValueError, IndexError):
            raise DossierError(f"{name}:{number} is no line of brat's format: “{whole[:80]}”.") from None


def _line(mark: str, head: str, tail: str, ann: Ann) -> None:
    words = head.split(" ")
    kind = mark[:1]
    if kind == "T":
        match = _SPAN.fullmatch(head)
        if match is None:
            raise ValueError
        fragments = [tuple(map(int, one.split(" "))) for one in match[2].split(";")]
        ann.spans[mark] = BratSpan(match[1], tuple((one[0], one[1]) for one in fragments), tail)
    elif kind == "E":
        (type_, trigger), *roles = [_pair(word) for word in words if word]
        ann.events[mark] = BratEvent(type_, trigger, tuple(roles))
    elif kind == "R":
        ann.relations[mark] = BratRelation(words[0], tuple(_pair(word)[1] for word in words[1:] if word))
    elif kind in ("A", "M"):
        ann.attributes.setdefault(words[1], []).append(Attribute(words[0], " ".join(words[2:])))
    elif kind == "N":
        ann.normalizations.setdefault(words[1], []).append((words[2], tail))
    elif kind == "#":
        owner = words[1] if len(words) > 1 else ""
        ann.typed.setdefault(owner, []).append((words[0], tail))
        if words[0] == "AnnotatorNotes" and tail.strip():
            ann.notes.setdefault(owner, []).append(tail.strip())
    elif kind == "*":
        for name in words[1:]:
            ann.same_as.setdefault(name, words[1])
    else:
        raise ValueError


def _pair(word: str) -> tuple[str, str]:
    name, colon, value = word.partition(":")
    if not (name and colon and value):
        raise ValueError
    return name, value
