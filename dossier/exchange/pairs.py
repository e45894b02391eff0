"""Fields of an entry or link as lines `name: value`, for formats that have a place for remarks but none for fields."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import get_args

import msgspec

from dossier.exchange.records import Connection, DocumentPassage, MembershipRecord, Record
from dossier.model.entries import Kind, Value
from dossier.model.fields import SECTION_OF

Pairs = list[tuple[str, str]]

_LINK = ("from", "rel", "to", "date", "credibility", "note", "inverse", "stance")


_NAMED = {"\\": "\\\\", "\r": "\\r", "\n": "\\n"}
_ODD = re.compile("[\\\\\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What ends a line for some program, and what XML cannot hold."""
_ESCAPED = re.compile(r"\\(?:([\\rn])|u([0-9a-f]{4}))")
_MEANT = {"\\": "\\", "r": "\r", "n": "\n"}


def escape(text: str) -> str:
    """`text` on one line, in characters that every format can hold."""
    return _ODD.sub(lambda match: _NAMED.get(match[0], f"\\u{ord(match[0]):04x}"), text)


def unescape(text: str) -> str:
    """The text that `escape` was given; what it never writes, such as half of a surrogate pair, stays as it stands."""
    return _ESCAPED.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return _MEANT[match[1]]
    character = chr(int(match[2], 16))
    return character if _ODD.match(character) else match[0]


def lines(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as text, a line each."""
    return "\n".join(f"{name}: {escape(value)}" for name, value in pairs)


def read_lines(text: str) -> Pairs:
    """The pairs of such a text; lines that are none belong to the value before them, as someone wrote them there."""
    found: Pairs = []
    for line in text.split("\n"):  # what ends a line otherwise is escaped, or was written there by someone
        name, colon, value = line.partition(": ")
        if colon and name.isidentifier():
            found.append((name, unescape(value)))
        elif found and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
    return found


def of_record(record: Record, without: frozenset[str] = frozenset()) -> Pairs:
    """The fields of a record, but for those that the format stores by itself."""
    pairs: Pairs = [("kind", record.kind), ("id", record.key)]
    if record.name:
        pairs.append((SECTION_OF[record.kind].title, record.name))
    if record.owner:
        pairs.append(("owner", record.owner))
    for name, keys in record.references.items():
        pairs += [(name, key) for key in keys]
    for name, value in record.fields.items():
        texts = value if isinstance(value, list) else [_text(value)]
        pairs += [(name, one) for one in texts]
    pairs += [("membership", msgspec.json.encode(one).decode()) for one in record.memberships]
    return [pair for pair in pairs if pair[0] not in without]


def of_link(link: Connection) -> Pairs:
    """The fields of a link."""
    values = (
        link.source, link.relation, link.target, link.date, str(link.credibility or ""), link.note, link.inverse,
        link.stance,
    )  # fmt: skip
    return [("kind", "link"), *((name, value) for name, value in zip(_LINK, values, strict=True) if value)]


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def record(
    pairs: Pairs, passages: tuple[DocumentPassage, ...], references: Mapping[str, Iterable[str]]
) -> Record | None:
    """The record that `of_record` described, with what the format says of references; None when it is no entry."""
    values = dict(reversed(pairs))  # of several of a name the first
    kind = next((one for one in get_args(Kind) if one == values.get("kind")), None)
    if kind is None or not values.get("id"):
        return None
    section = SECTION_OF[kind]
    found = {name: list(keys) for name, keys in references.items() if keys}
    fields: dict[str, Value] = {}
    for field in section.fields:
        given = [value for name, value in pairs if name == field.name]
        if not given or field.name == section.title:
            continue
        if field.targets:
            found.setdefault(field.name, given)
        else:
            fields[field.name] = _value(field.form, given)
    return Record(
        values["id"], kind, values.get(section.title, ""), values["id"], fields,
        {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}, passages, values.get("owner", ""),
        tuple(_memberships(value for name, value in pairs if name == "membership")),
    )  # fmt: skip


def _memberships(lines: Iterable[str]) -> Iterator[MembershipRecord]:
    for line in lines:
        with suppress(msgspec.DecodeError):  # changed in another program
            yield msgspec.json.decode(line, type=MembershipRecord)


def _value(form: str, given: list[str]) -> Value:
    if form == "texts":
        return given
    if form == "flag":
        return given[0] == "true"
    return int(given[0]) if form == "whole" and given[0].isdigit() else given[0]


def connection(pairs: Pairs, passages: tuple[DocumentPassage, ...]) -> Connection | None:
    """The link that `of_link` described; None when it is none."""
    values = dict(reversed(pairs))
    source, relation, target, date, credibility, note, inverse, stance = (values.get(name, "") for name in _LINK)
    if not (source and relation and target):
        return None
    grade = int(credibility) if credibility in tuple("123456") else 0
    return Connection(source, relation, target, passages, date, grade, note, inverse, stance)


class Gathered:
    """Puts together what is said in pieces: an entry or link with several passages, a place each."""

    def __init__(self) -> None:
        self._pairs: dict[str, Pairs] = {}
        self._passages: dict[str, list[DocumentPassage]] = {}
        self._references: dict[str, dict[str, list[str]]] = {}

    def add(self, key: str, pairs: Pairs, passage: DocumentPassage | None, references: Mapping[str, list[str]]) -> None:
        """Take in one place of what `key` names."""
        self._pairs.setdefault(key, pairs)
        if passage is not None:
            self._passages.setdefault(key, []).append(passage)
        known = self._references.setdefault(key, {})
        for name, keys in references.items():
            known[name] = [*dict.fromkeys([*known.get(name, []), *keys])]

    def items(self) -> Iterator[Record | Connection]:
        """The entries and links, in the order in which they came."""
        for key, pairs in self._pairs.items():
            passages = tuple(self._passages.get(key, ()))
            found = record(pairs, passages, self._references[key]) or connection(pairs, passages)
            if found is not None:
                yield found
