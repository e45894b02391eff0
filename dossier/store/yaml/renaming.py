"""Rename an id in a YAML file where it names or refers to an entry, and never where it is a word."""

import re
from collections.abc import Iterable, Iterator

from dossier.model.field_spec import FieldSpec
from dossier.model.fields import LINK_FIELDS, PERSON_FIELDS, SECTIONS
from dossier.model.problems import DossierError
from dossier.store.yaml.source_positions import own_tree, parse
from dossier.store.yaml.source_tree import SourceNode

_ID_KEYS = frozenset({"delegation", "part_of", "article"})
"""Keys whose values are ids wherever they stand, beside those declared to be references."""
_QUERY = r"(?<![\w.-])((?:[a-z_]+):)(\"?){}(?![\w.-])(\"?)"


def rename(text: str, old: str, new: str) -> str:
    """The file with every id `old` written `new`; the same text where it holds none.

    Raises:
        DossierError: an alias repeats one of them, or the file cannot be changed so without changing something else.

    """
    if old not in text:
        return text
    root = own_tree(text)
    pieces = [piece for piece in _ids(root) if piece.value == old]
    queries = [(piece, rename_in_query(piece.value, old, new)) for piece in _queries(root)]
    changes = [(piece, new) for piece in pieces] + [(piece, query) for piece, query in queries if query != piece.value]
    for piece, value in sorted(changes, key=lambda change: change[0].start, reverse=True):
        spelt = text[piece.start : piece.end]
        if piece.named or piece.tag or spelt.count(old) < 1 or piece.style in ("|", ">"):
            raise DossierError(f"Line {piece.line + 1}: {old} is written here in a way that only a hand can change.")
        inner = spelt.replace(old, new) if piece.value == old else rename_in_query(spelt, old, new)
        text = text[: piece.start] + inner + text[piece.end :]
        piece.value = value
    if repr(parse(text).data()) != repr(root.data()):
        raise DossierError(f"{old} cannot be renamed without changing something else; edit it by hand.")
    return text


def rename_in_query(query: str, old: str, new: str) -> str:
    """A search with an id renamed where a field asks for it (`speaker:trump`)."""
    pattern = _QUERY.format(re.escape(old))
    return re.sub(pattern, lambda match: f"{match[1]}{match[2]}{new}{match[3]}", query)


def _queries(root: SourceNode) -> list[SourceNode]:
    searches = root.get("searches")
    return [value for _, value in (searches.pairs if searches else None) or () if value.is_text]


def _ids(root: SourceNode) -> Iterator[SourceNode]:
    """Every text of a file that is an id."""
    for key, value in root.pairs or ():
        if key.value == "article":
            yield from _texts(value)
        elif key.value in SECTIONS:
            for name, entry in value.pairs or ():
                yield name
                yield from _rename_in_entry(entry, SECTIONS[key.value].fields)
        elif key.value == "links":
            for item in value.items or ():
                yield from _rename_in_entry(item, LINK_FIELDS)


def _rename_in_entry(entry: SourceNode, fields: Iterable[FieldSpec]) -> Iterator[SourceNode]:
    declared = {field.name: field for field in fields}
    for key, value in entry.pairs or ():
        field = declared.get(key.value)
        if key.value in _ID_KEYS or (field and field.form in ("reference", "references")):
            yield from _texts(value)
        elif field and field.form == "members":
            for name, person in value.pairs or ():
                yield name
                yield from _rename_in_entry(person, PERSON_FIELDS)
        else:
            for part in [value, *(value.items or ())]:
                yield from (one for inner, one in part.pairs or () if inner.value in _ID_KEYS and one.is_text)


def _texts(value: SourceNode) -> list[SourceNode]:
    return [one for one in (value.items if value.items is not None else [value]) if one.is_text]
