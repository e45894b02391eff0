"""XML and JSON of strangers: no entities, no declarations, no depth beyond reason."""

import json
import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from dossier.model.problems import DossierError

_DEEPEST = 200
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MOST = 300_000
"""Elements, or lists and mappings, of one file: what holds more would not fit into memory."""
_LONG_TAG = re.compile(rb"<[^<]{100000}[^<]*")
_ATTRIBUTE = re.compile(rb"[\w.:-]\s*=\s*[\"']")
_MOST_ATTRIBUTES = 20_000
"""Attributes of one element, which a parser takes all at once."""


class _Handlers:
    """Handlers of parser events that build a tree within the limits of size and depth."""

    def __init__(self, name: str) -> None:
        self.builder = TreeBuilder()
        self._name = name
        self._names = _LocalNames()
        self._depth = self._number = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self._depth += 1
        self._number += 1
        if self._number > _MOST:
            raise DossierError(f"{self._name} is refused: it has more than {_MOST:,} elements.")
        if self._depth > _DEEPEST:
            depth = f"its elements stand more than {_DEEPEST} deep inside each other"
            raise DossierError(f"{self._name} is refused: {depth}.")
        names = self._names
        self.builder.start(names[tag], {names[key]: value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        """Close an element."""
        self._depth -= 1
        self.builder.end(self._names[tag])

    def refuse(self, *_: object) -> None:
        """Refuse a document type."""
        raise DossierError(f"{self._name} is refused: it declares a document type, which these files never need.")


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of an XML document; names of elements and attributes are without their namespaces.

    Namespaces differ between the versions of a format, and between the programs that write it.

    Raises:
        DossierError: it is none, or declares a document type, by which entities would come.

    """
    for tag in _LONG_TAG.finditer(data):
        if len(_ATTRIBUTE.findall(tag[0])) > _MOST_ATTRIBUTES:
            raise DossierError(f"{name} is refused: an element has more than {_MOST_ATTRIBUTES:,} attributes.")
    handlers = _Handlers(name)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handlers.start, handlers.end
    parser.CharacterDataHandler = handlers.builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = handlers.refuse
    try:
        parser.Parse(data, True)
        return handlers.builder.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError) as error:
        raise DossierError(f"{name} is not XML that can be read ({error}).") from None


class _LocalNames(dict[str, str]):
    """Names without their namespaces, each worked out once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = name.rpartition("}")[2]
        return found


def parse_json(text: str, name: str) -> Any:
    """The value of a JSON document.

    Raises:
        DossierError: it is none.

    """
    if text.count("{") + text.count("[") > _MOST or text.count(",") > 5 * _MOST:
        raise DossierError(f"{name} is refused: it has more than {_MOST:,} lists and mappings, or too much in them.")
    try:
        value = json.loads(text.removeprefix("\ufeff"))
        return _replace_surrogates(value) if _SURROGATE.search(text) else value
    except (ValueError, RecursionError) as error:
        raise DossierError(f"{name} is not JSON that can be read ({error}).") from None


def _replace_surrogates(value: Any) -> Any:
    """Half a character, which JSON can write and no text can hold, becomes a mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not _sound(value) else value
    if isinstance(value, list):
        return [_replace_surrogates(one) for one in value]
    if isinstance(value, dict):
        return {_replace_surrogates(key): _replace_surrogates(one) for key, one in value.items()}
    return value


def _sound(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
