"""YAML as a light tree of texts, lists and mappings with positions, pulled from a file piece by piece.

Nothing is interpreted: a scalar is what was written. The tree is built from the parser's events, so that every limit
holds while the file is being parsed, and a file of many entries is never in memory as a whole.
"""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml
from msgspec import Struct

from dossier.model.clean import HOSTILE
from dossier.model.problems import Place
from dossier.store.notes import Notes
from dossier.store.refusals import shown
from dossier.store.syntax import explain
from dossier.store.texts import control_character, legible, lines_columns

MAX_DEPTH = 50
"""How deep values may be nested, aliases followed (format.md, "Rules for reading")."""
MAX_ALIASES = 50
"""How many aliases a file may use (format.md, "Rules for reading")."""
MAX_REPEATED = 10_000
"""How many values all aliases of a file may stand for."""
MAX_VALUES = 600_000
"""How many values a file may hold: what 5 MB of the densest annotation come to, and half a second of parsing."""
MAX_ENTRY_VALUES = 100_000
"""How many values one entry may hold."""
MAX_TEXT = 100_000
"""How many characters one value may have: some 30 pages."""
_MAX_DIRECTIVES = 20

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HARMLESS_TAGS = frozenset({"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})
_DIRECTIVE = re.compile(rb"^%", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "N": "\x85"}


class Scalar(Struct, gc=False):
    """A text as written."""

    value: str
    line: int
    """From 0, as is `column`."""
    column: int
    plain: bool = True
    """Whether it stands without quotation marks and is no block."""


class Sequence(Struct, gc=False):
    """A list."""

    items: list["Node"]
    line: int
    column: int


class Mapping(Struct, gc=False):
    """Keys with values, in the order written; no key twice."""

    pairs: list[tuple[Scalar, "Node"]]
    line: int
    column: int


class Unusable(Struct, gc=False):
    """A value that has been complained of already."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Unusable


class Stopped(Exception):  # noqa: N818 -- not an error of the program: the rest of a file is not read
    """The file cannot be read any further; why is in the notes."""


class Stream:
    """The values of one YAML file, in order.

    Each method takes the event that begins a value and uses the value up; generators must be run to their end.
    """

    def __init__(self, text: str, notes: Notes) -> None:
        self._notes = notes
        self._text = legible(text)
        data = self._text.encode()
        self._parser = _PARSER(data)
        self._next = self._parser.get_event
        self._values = 0
        self._depth = 0
        self._aliases = 0
        self._repeated = 0
        self._anchors: dict[str, Node] = {}
        self._open: list[str] = []
        if len(_DIRECTIVE.findall(data)) > _MAX_DIRECTIVES:  # libyaml compares each with each
            self._stop(0, 0, "too-many-directives", f"more than {_MAX_DIRECTIVES} lines begin with %", "delete them")

    def begin(self) -> Any:
        """The event of the root value, always a mapping; None when there is nothing to read."""
        while (event := self._pull()) is not None:
            kind = event.__class__
            if kind is yaml.MappingStartEvent:
                return event
            if kind is not yaml.StreamStartEvent and kind is not yaml.DocumentStartEvent:
                if kind is not yaml.StreamEndEvent and getattr(event, "value", None) != "":
                    message = "the file must be a mapping of sections"
                    self._stop(
                        event.start_mark.line, event.start_mark.column, "wrong-shape", message, "begin with a key"
                    )
                return None
        return None

    def end(self) -> None:
        """Complains of whatever follows the root value."""
        while (event := self._pull()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                mark = event.start_mark
                hint = "put it into a file of its own"
                self._stop(mark.line, mark.column, "several-documents", "a second YAML document begins here", hint)

    def pairs(self, event: Any) -> Iterator[tuple[Scalar, Any]]:
        """The keys of a mapping, each with the event of its value, which the caller must use up before the next."""
        self._enter(event)
        seen: dict[str, Scalar] = {}
        while (begun := self._pull()).__class__ is not yaml.MappingEndEvent:
            key = self.node(begun)
            value = self._pull()
            if self._fresh(key, seen) and isinstance(key, Scalar):
                yield key, value
            else:
                self.skip(value)
        self._depth -= 1

    def children(self, event: Any) -> "Iterator[tuple[Scalar, Node]] | Node":
        """The pairs of a mapping one by one, read only as they are asked for; or the value, when it is none."""
        if event.__class__ is yaml.MappingStartEvent and not event.anchor:
            return ((key, self.node(value)) for key, value in self.pairs(event))
        node = self.node(event)
        return iter(node.pairs) if isinstance(node, Mapping) else node

    def items(self, event: Any) -> "Iterator[Node] | Node":
        """The items of a list one by one, read only as they are asked for; or the value, when it is none."""
        if event.__class__ is yaml.SequenceStartEvent and not event.anchor:
            return self._items(event)
        node = self.node(event)
        return iter(node.items) if isinstance(node, Sequence) else node

    def _items(self, event: Any) -> "Iterator[Node]":
        self._enter(event)
        while (begun := self._pull()).__class__ is not yaml.SequenceEndEvent:
            yield self.node(begun)
        self._depth -= 1

    def skip(self, event: Any) -> None:
        """Uses a value up. What is anchored in it cannot be referred to."""
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if self._depth + depth > MAX_DEPTH:
                    self._too_deep(event.start_mark)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = self._pull()

    def node(self, event: Any) -> Node:
        """A value with all that it holds."""
        if event.__class__ is yaml.ScalarEvent:
            return self._scalar(event)
        first = self._values
        building: list[tuple[Any, list[Node]]] = []
        while True:
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                made = self._scalar(event)
            elif kind is yaml.AliasEvent:
                made = self._alias(event, len(building))
            elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                if self._depth + len(building) >= MAX_DEPTH:
                    self._too_deep(event.start_mark)
                if event.anchor:
                    self._open.append(event.anchor)
                building.append((event, []))
                event = self._pull()
                continue
            else:
                begun, parts = building.pop()
                made = self._collection(begun, parts)
            if not building:
                return made
            if self._values - first < MAX_ENTRY_VALUES:
                building[-1][1].append(made)
            else:
                self._stop_big(building[0][0])
            event = self._pull()

    def _pull(self) -> Any:
        self._values += 1
        if self._values > MAX_VALUES:
            self._stop(0, 0, "too-many-values", f"the file holds more than {MAX_VALUES:,} values", "split it")
        try:
            return self._next()
        except yaml.YAMLError as error:
            self._stop(*explain(error, self._text))

    def _scalar(self, event: Any) -> Node:
        mark = event.start_mark
        value = event.value
        if len(value) > MAX_TEXT:
            message = f"the text has {len(value):,} characters, the limit is {MAX_TEXT:,}"
            return self._unusable(event, "text-too-long", message, "split it")
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            return self._tagged(event)
        if event.style == '"' and not value.isprintable() and HOSTILE.search(value):
            self._escapes(mark.index, event.end_mark.index)
        made = Scalar(value, mark.line, mark.column, not event.style)
        if event.anchor:
            self._anchors[event.anchor] = made
        return made

    def _collection(self, event: Any, parts: list[Node]) -> Node:
        mark = event.start_mark
        made: Node
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            made = self._tagged(event)
        elif event.__class__ is yaml.SequenceStartEvent:
            made = Sequence(parts, mark.line, mark.column)
        else:
            seen: dict[str, Scalar] = {}
            pairs = []
            for at in range(0, len(parts), 2):
                key = parts[at]
                if self._fresh(key, seen) and isinstance(key, Scalar):
                    pairs.append((key, parts[at + 1]))
            made = Mapping(pairs, mark.line, mark.column)
        if event.anchor:
            self._open.remove(event.anchor)
            self._anchors[event.anchor] = made
        return made

    def _fresh(self, key: Node, seen: dict[str, Scalar]) -> bool:
        """Whether `key` may stand in a mapping that has `seen` these before."""
        if key.__class__ is not Scalar or not isinstance(key, Scalar):
            if not isinstance(key, Unusable):
                self._notes.error(key, "wrong-shape", "a key must be a text", "write `key: value`")
            return False
        value = key.value
        if value in seen:
            first = self._notes.place(seen[value])
            message = f"“{shown(value)}” stands here a second time; the first is at {first}"
            self._notes.error(key, "duplicate-key", message, "keep one of them")
            return False
        if value == "<<" and key.plain:
            hint = "write its fields out"
            self._notes.error(
                key, "merge-key", "“<<” would merge another mapping in, which is not part of the format", hint
            )
            return False
        seen[value] = key
        return True

    def _alias(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            message = f"more than {MAX_ALIASES} aliases in one file"
            self._stop(mark.line, mark.column, "too-many-aliases", message, "write the values out")
        if event.anchor in self._open:
            message = f"“*{shown(event.anchor)}” stands inside the value that it repeats"
            self._stop(mark.line, mark.column, "recursive-alias", message, "write the value out")
        target = self._anchors.get(event.anchor)
        if target is None:
            message = f"“*{shown(event.anchor)}” repeats a value marked “&{shown(event.anchor)}”, and there is none"
            return self._unusable(event, "unknown-alias", message, "put a text that begins with * in quotation marks")
        size, height = _extent(target, MAX_REPEATED)
        self._repeated += size
        if self._repeated > MAX_REPEATED:
            message = f"the aliases stand for more than {MAX_REPEATED:,} values"
            self._stop(mark.line, mark.column, "alias-bomb", message, "write the values out")
        if self._depth + depth + height > MAX_DEPTH:
            self._too_deep(mark)
        return target

    def _tagged(self, event: Any) -> Node:
        message = f"the tag “{shown(event.tag)}” is not part of the format: every value is a text, a list or a mapping"
        return self._unusable(
            event, "unknown-tag", message, "delete it, or put a text that begins with ! in quotation marks"
        )

    def _unusable(self, event: Any, code: str, message: str, hint: str) -> Unusable:
        made = Unusable(event.start_mark.line, event.start_mark.column)
        self._notes.error(made, code, message, hint)
        return made

    def _escapes(self, start: int, end: int) -> None:
        """Complains of each escape, such as `"\\e"`, that makes a control character out of harmless ones."""
        found = []
        for match in _ESCAPE.finditer(self._text, start, end):
            number = match[1] or match[2] or match[3]
            character = chr(int(number, 16)) if number else _NAMED_ESCAPES.get(match[4], "")
            if HOSTILE.match(character):
                found.append((match.start(), character))
        for (_, character), (line, column) in zip(
            found, lines_columns(self._text, [at for at, _ in found]), strict=True
        ):
            self._notes.add(control_character(Place(self._notes.file, line, column), character))

    def _enter(self, event: Any) -> None:
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            self._tagged(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._too_deep(event.start_mark)

    def _too_deep(self, mark: Any) -> NoReturn:
        message = f"values are nested more than {MAX_DEPTH} deep here"
        self._stop(mark.line, mark.column, "too-deep", message, "is a bracket missing?")

    def _stop_big(self, event: Any) -> NoReturn:
        mark = event.start_mark
        message = f"one entry holds more than {MAX_ENTRY_VALUES:,} values"
        self._stop(mark.line, mark.column, "too-many-values", message, "split it")

    def _stop(self, line: int, column: int, code: str, message: str, hint: str) -> NoReturn:
        self._notes.error(Unusable(line, column), code, message, hint)
        raise Stopped


def _extent(node: Node, most: int) -> tuple[int, int]:
    """How many values `node` holds, itself counted (beyond `most` no further), and how deep they are nested."""
    size = height = 0
    level: list[Node] = [node]
    while level and size <= most:
        size += len(level)
        inner: list[Node] = []
        for item in level:
            if isinstance(item, Sequence):
                inner += item.items
            elif isinstance(item, Mapping):
                inner += [part for pair in item.pairs for part in pair]
        height += bool(inner)
        level = inner
    return size, height
