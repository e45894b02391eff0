"""YAML as a light tree of texts, lists and mappings with positions, pulled from a file piece by piece.

Nothing is interpreted: a scalar is what was written. The tree is built from the parser's events, so that every limit
holds while the file is being parsed, and a file of many entries is never in memory as a whole.
"""

from collections.abc import Iterator
from typing import Any, TypeGuard

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from dossier.model.clean import HOSTILE
from dossier.store.files.encoding import legible
from dossier.store.files.errors import NotAText, quotable
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.events import MAX_DEPTH, parse_events, stop_too_deep
from dossier.store.yaml.mending import mend_text
from dossier.store.yaml.surroundings import YamlContext
from dossier.store.yaml.tree import START, Mapping, Node, Scalar, Sequence, Unusable, extent

MAX_ALIASES = 50
"""How many aliases a file may use (format.md, "Rules for reading")."""
MAX_REPEATED = 10_000
"""How many values all aliases of a file may stand for."""
MAX_ENTRY_VALUES = 100_000
"""How many keys and items one entry may hold."""
MAX_TEXT = 100_000
"""How many characters one value may have: some 30 pages."""
_BLOCKS = frozenset("|>")
_HARMLESS_TAGS = frozenset({"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


class Stream:
    """The values of one YAML file, in order.

    Each method takes the event that begins a value and uses the value up; generators must be run to their end.
    """

    def __init__(self, text: str, notes: Diagnostics) -> None:
        self._notes = notes
        try:
            self._text = mend_text(legible(text), notes)
        except NotAText as refusal:
            notes.stop(START, refusal.code, refusal.message, refusal.hint)
        self._events = parse_events(self._text, notes)
        self._pull = self._events.__next__
        self._depth = self._held = 0
        self._aliases = self._repeated = 0
        self._anchors: dict[str, Node] = {}
        self._open: list[str] = []
        self._around = YamlContext(self._text, notes)

    @property
    def marks(self) -> int:
        """The number of values read so far that others may repeat."""
        return len(self._anchors)

    def begin(self) -> Any:
        """The event of the root value, always a mapping; None when there is nothing to read."""
        for event in self._events:
            kind = event.__class__
            if kind is MappingStartEvent:
                return event
            if kind is not StreamStartEvent and kind is not DocumentStartEvent:
                if kind is not StreamEndEvent and getattr(event, "value", None) != "":
                    mark: Any = event.start_mark
                    self._notes.stop(mark, "wrong-shape", "the file must be a mapping of sections", "begin with a key")
                return None
        return None

    def end(self) -> None:
        """Complain of whatever follows the root value."""
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                mark: Any = event.start_mark
                hint = "put it into a file of its own"
                self._notes.stop(mark, "several-documents", "a second YAML document begins here", hint)
        self._around.tell_unused_marks()

    def pairs(self, event: Any) -> Iterator[tuple[Scalar, Any]]:
        """The keys of a mapping, each with the event of its value, which the caller must use up before the next."""
        self._enter(event)
        seen: dict[str, Scalar] = {}
        while (begun := self._pull()).__class__ is not MappingEndEvent:
            key = self.node(begun)
            value = self._pull()
            self._held = 0
            if self._fresh(key, seen):
                yield key, value
            else:
                self.skip(value)
        self._depth -= 1

    def children(self, event: Any) -> Iterator[tuple[Scalar, Node]] | Node:
        """The pairs of a mapping one by one, read only as they are asked for; or the value, when it is none."""
        if event.__class__ is MappingStartEvent and not event.anchor:
            return ((key, self.node(value)) for key, value in self.pairs(event))
        node = self.node(event)
        return iter(node.pairs) if isinstance(node, Mapping) else node

    def items(self, event: Any) -> Iterator[Node] | Node:
        """The items of a list one by one, read only as they are asked for; or the value, when it is none."""
        if event.__class__ is SequenceStartEvent and not event.anchor:
            return self._items(event)
        node = self.node(event)
        return iter(node.items) if isinstance(node, Sequence) else node

    def _items(self, event: Any) -> Iterator[Node]:
        self._enter(event)
        while (begun := self._pull()).__class__ is not SequenceEndEvent:
            self._held = 0
            yield self.node(begun)
        self._depth -= 1

    def skip(self, event: Any) -> None:
        """Consume a value; only anchored parts of it are kept, for later aliases."""
        depth = 0
        while True:
            mark = event.start_mark
            if isinstance(event, CollectionStartEvent) and not event.anchor:
                depth += 1
                if self._depth + depth > MAX_DEPTH:
                    stop_too_deep(self._notes, mark)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif event.anchor and event.__class__ is not AliasEvent:
                self._depth += depth
                self.node(event)
                self._depth -= depth
            if depth == 0:
                return
            event = self._pull()

    def node(self, event: Any) -> Node:
        """A value with all that it holds."""
        kind = event.__class__
        if kind is ScalarEvent:
            value, mark, near = event.value, event.start_mark, self._around.near
            if event.style != '"' and event.tag is None and event.anchor is None and len(value) <= MAX_TEXT:
                made = Scalar(value, mark.line, mark.column, not event.style)
                if not event.style and (not value or mark.line in near or event.end_mark.line in near):
                    self._around.look(made, event)
                elif event.style in _BLOCKS and mark.line in near:
                    self._around.look_at_head(made, event)
                return made
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        if event.anchor:
            self._open.append(event.anchor)
        node: Node = self._mapping(event) if kind is MappingStartEvent else self._sequence(event)
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            node = Unusable(node.line, node.column)
        if event.anchor:
            self._open.remove(event.anchor)
            self._anchors[event.anchor] = node
        return node

    def _mapping(self, event: Any) -> Mapping:
        self._enter(event)
        pull, node = self._pull, self.node
        seen: dict[str, Scalar] = {}
        pairs = []
        while (begun := pull()).__class__ is not MappingEndEvent:
            key = node(begun)
            value = node(pull())
            if self._fresh(key, seen):
                pairs.append((key, value))
                if len(pairs) > MAX_ENTRY_VALUES:  # which stops
                    self._leave(event, len(pairs))
        if event.flow_style:
            self._around.behind(begun, "{", "}")
        self._leave(event, len(pairs))
        return Mapping(pairs, event.start_mark.line, event.start_mark.column, bool(event.flow_style))

    def _sequence(self, event: Any) -> Sequence:
        self._enter(event)
        pull, node = self._pull, self.node
        items = []
        watched = bool(event.flow_style) and self._around.commented
        at = event.end_mark.index
        while (begun := pull()).__class__ is not SequenceEndEvent:
            if watched:
                self._around.between(at, begun)
                at = -1 if isinstance(begun, CollectionStartEvent) else begun.end_mark.index
            items.append(node(begun))
            if len(items) > MAX_ENTRY_VALUES:  # which stops
                self._leave(event, len(items))
        if watched:
            self._around.between(at, begun)
            self._around.behind(begun, "[", "]")
            if items:
                self._around.behind_list(items[-1], begun)
        self._leave(event, len(items))
        return Sequence(items, event.start_mark.line, event.start_mark.column, bool(event.flow_style))

    def _scalar(self, event: Any) -> Node:
        mark = event.start_mark
        value = event.value
        if len(value) > MAX_TEXT:
            message = f"the text has {len(value):,} characters, the limit is {MAX_TEXT:,}"
            return self._unusable(event, "text-too-long", message, "split it")
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            return self._tagged(event)
        if event.style == '"' and not value.isprintable() and HOSTILE.search(value):
            self._around.escapes(mark.index, event.end_mark.index)
        made = Scalar(value, mark.line, mark.column, not event.style)
        if made.plain:
            self._around.look(made, event)
        if event.anchor:
            self._anchors[event.anchor] = made
            if made.plain:
                self._around.mark(event.anchor, made)
        return made

    def _fresh(self, key: Node, seen: dict[str, Scalar]) -> TypeGuard[Scalar]:
        """Return whether `key` may stand in a mapping that has `seen` these before, to which it is added."""
        if not isinstance(key, Scalar):
            if not isinstance(key, Unusable):
                self._notes.error(key, "wrong-shape", "a key must be a text", "write `key: value`")
            return False
        value = key.value
        if value in seen:
            first = self._notes.place(seen[value])
            message = f"“{quotable(value)}” stands here a second time; the first is at {first}"
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

    def _alias(self, event: Any) -> Node:
        mark = event.start_mark
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            message = f"more than {MAX_ALIASES} aliases in one file"
            self._notes.stop(mark, "too-many-aliases", message, "write the values out")
        self._around.marks.pop(event.anchor, None)
        if event.anchor in self._open:
            message = f"“*{quotable(event.anchor)}” stands inside the value that it repeats"
            self._notes.stop(mark, "recursive-alias", message, "write the value out")
        target = self._anchors.get(event.anchor)
        if target is None:
            message = (
                f"“*{quotable(event.anchor)}” repeats a value marked “&{quotable(event.anchor)}”, and there is none"
            )
            return self._unusable(event, "unknown-alias", message, "put a text that begins with * in quotation marks")
        size, height = extent(target, MAX_REPEATED)
        self._repeated += size
        if self._repeated > MAX_REPEATED:
            message = f"the aliases stand for more than {MAX_REPEATED:,} values"
            self._notes.stop(mark, "alias-bomb", message, "write the values out")
        if self._depth + height > MAX_DEPTH:
            stop_too_deep(self._notes, mark)
        return target

    def _tagged(self, event: Any) -> Node:
        message = (
            f"the tag “{quotable(event.tag)}” is not part of the format: every value is a text, a list or a mapping"
        )
        return self._unusable(
            event, "unknown-tag", message, "delete it, or put a text that begins with ! in quotation marks"
        )

    def _unusable(self, event: Any, code: str, message: str, hint: str) -> Unusable:
        made = Unusable(event.start_mark.line, event.start_mark.column)
        self._notes.error(made, code, message, hint)
        return made

    def _enter(self, event: Any) -> None:
        if event.tag is not None and event.tag not in _HARMLESS_TAGS:
            self._tagged(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            stop_too_deep(self._notes, event.start_mark)

    def _leave(self, event: Any, held: int) -> None:
        self._depth -= 1
        self._held += held
        if self._held > MAX_ENTRY_VALUES:
            message = f"one entry holds more than {MAX_ENTRY_VALUES:,} keys and items"
            self._notes.stop(event.start_mark, "too-many-values", message, "split it")
