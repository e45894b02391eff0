"""A YAML file as a tree whose nodes know their character range in the file, for edits."""

from typing import Any

import yaml
from msgspec import Struct

from dossier.model.problems import DossierError
from dossier.store.files.encoding import legible
from dossier.store.yaml.events import MAX_DEPTH, PARSER

Data = str | tuple[str, ...] | list["Data"] | dict[str, "Data"]
"""What a part says, without its place and spelling; a tuple is a text with a tag, or an alias."""


class SourceNode(Struct, eq=False):
    """A text, a list, a mapping, or an alias (which has no value and cannot be edited)."""

    start: int
    """Offset of its first character in the file."""
    end: int
    """Offset behind its last; of a block, that of whatever comes next."""
    line: int
    """From 0, as is `column`."""
    column: int
    value: str = ""
    """Of a text: what it says. Of an alias: its name."""
    style: str = ""
    """Of a text: `'`, `"`, `|`, `>`, or nothing for a plain one."""
    pairs: "list[tuple[SourceNode, SourceNode]] | None" = None
    """Of a mapping."""
    items: "list[SourceNode] | None" = None
    """Of a list."""
    flow: bool = False
    """Whether a list or mapping is written between brackets."""
    named: bool = False
    """Whether it is marked (`&name`), so that an alias may repeat it."""
    tag: str = ""
    alias: bool = False

    @property
    def is_text(self) -> bool:
        """Return whether it is a text."""
        return self.pairs is None and self.items is None and not self.alias

    def get(self, key: str) -> "SourceNode | None":
        """The value of a key of a mapping."""
        return next((value for name, value in self.pairs or () if name.value == key), None)

    def data(self) -> Data:
        """The value of the node.

        Raises:
            DossierError: a mapping has a key twice, or one that is no text.

        """
        if self.pairs is not None:
            found: dict[str, Data] = {}
            for key, value in self.pairs:
                if not key.is_text or key.value in found:
                    raise DossierError(f"Line {key.line + 1}: mend this key first, which is there twice or is no text.")
                found[key.value] = value.data()
            return found
        if self.items is not None:
            return [item.data() for item in self.items]
        return (self.value, "*") if self.alias else (self.value, self.tag) if self.tag else self.value


Step = str | int
"""A key of a mapping, or a number in a list."""


def pieces(text: str) -> SourceNode:
    """The tree of a file.

    Raises:
        DossierError: the file is not one mapping in YAML.

    """
    offset = len(text) - len(text.removeprefix("\ufeff"))
    try:
        root = _build(PARSER(legible(text).encode()), offset)
    except yaml.YAMLError as error:
        raise DossierError("The file is not YAML; mend it first.") from error
    if root is None or root.pairs is None:
        raise DossierError("The file is not a mapping of sections; mend it first.")
    return root


def _build(parser: Any, offset: int) -> SourceNode | None:
    root: SourceNode | None = None
    waiting: list[tuple[SourceNode, list[SourceNode]]] = []
    while (event := parser.get_event()) is not None:
        made: SourceNode | None = None
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            made = _piece(event, offset)
        elif isinstance(event, yaml.CollectionStartEvent):
            waiting.append((_piece(event, offset), []))
            if len(waiting) > MAX_DEPTH:
                raise DossierError("The file is nested too deep; mend it first.")
        elif isinstance(event, yaml.CollectionEndEvent):
            made, parts = waiting.pop()
            made.end = _piece(event, offset).end
            if made.pairs is None:
                made.items = parts
            else:
                made.pairs = list(zip(parts[::2], parts[1::2], strict=True))
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise DossierError("The file holds a second YAML document; mend it first.")
        if made is not None:
            if waiting:
                waiting[-1][1].append(made)
            else:
                root = made
    return root


def _piece(event: Any, offset: int) -> SourceNode:
    start, end, kind = event.start_mark, event.end_mark, event.__class__
    made = SourceNode(start.index + offset, end.index + offset, start.line, start.column)
    if kind is yaml.AliasEvent:
        made.alias, made.value = True, event.anchor
    elif kind in (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent):
        made.named, made.tag = bool(event.anchor), event.tag or ""
        if kind is yaml.ScalarEvent:
            made.value, made.style = event.value, event.style or ""
        elif kind is yaml.MappingStartEvent:
            made.pairs, made.flow = [], bool(event.flow_style)
        else:
            made.items, made.flow = [], bool(event.flow_style)
    return made


def path_to(root: SourceNode, line: int, column: int) -> list[tuple[Step, SourceNode]]:
    """The steps from the root to the text that begins at a line and column (from 0), each with what it leads to.

    Raises:
        DossierError: no text begins there, or one on the way is marked to be repeated elsewhere.

    """
    found = _descend(root, line, column)
    if not found:
        raise DossierError(f"Line {line + 1}: the file has changed there; look at it again.")
    if any(piece.named for _, piece in found):
        raise DossierError(f"Line {line + 1}: this is marked for an alias to repeat; change it by hand.")
    return found


def _descend(piece: SourceNode, line: int, column: int) -> list[tuple[Step, SourceNode]]:
    steps: list[tuple[Step, SourceNode]] = [(key.value, value) for key, value in piece.pairs or ()]
    steps += enumerate(piece.items or ())
    for step, inner in steps:
        if inner.is_text and (inner.line, inner.column) == (line, column):
            return [(step, inner)]
        if not inner.is_text and (rest := _descend(inner, line, column)):
            return [(step, inner), *rest]
    return []
