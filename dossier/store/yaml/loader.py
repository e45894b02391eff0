"""Load one file of a dossier: its contents and all its problems, whatever its bytes."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from dossier.model.articles import front_matter_end
from dossier.model.entries import Anchor, Entry, Link, Value, one_of_kinds
from dossier.model.field_spec import FieldSpec, Section
from dossier.model.fields import HEADER_FIELDS, OTHER_KEYS, PERSON_FIELDS, SECTIONS
from dossier.model.problems import Place, Problem
from dossier.model.relations import MEMBER_OF, Relation
from dossier.model.sheets import Extension, FileContents
from dossier.store.files.encoding import decode, text_problems
from dossier.store.files.errors import FileTooLarge, NotText, quotable
from dossier.store.files.folder import MAX_BYTES
from dossier.store.files.kinds import kind_of
from dossier.store.yaml.cuts import text_of_scalar, uncertain
from dossier.store.yaml.diagnostics import Diagnostics, ReadingStopped
from dossier.store.yaml.extension import read_extension
from dossier.store.yaml.front_matter import in_our_words, unread_front_matter
from dossier.store.yaml.links import anchors, memberships, quote_anchors, written_in_full, written_in_short
from dossier.store.yaml.parser import Stream
from dossier.store.yaml.recovery import ids_in, read_around_breaks
from dossier.store.yaml.relations import read_relation
from dossier.store.yaml.tree import Mapping, Node, Scalar, Sequence, keys_of
from dossier.store.yaml.values import FieldTable, id_like, is_id, make_table, scalars, value_of, values_of, wrong_shape

_DECLARED: dict[str, FieldTable] = {
    name: make_table(one_of_kinds(section.kind), section.fields) for name, section in SECTIONS.items()
}
_PERSON = make_table("a person", PERSON_FIELDS)
_FRONT = make_table(  # which may hold what other programs need
    "the front matter", (field for field in SECTIONS["articles"].fields if field.form != "path"), alone=False
)
_HEADER = make_table("the dossier", HEADER_FIELDS)
_GLOBS = FieldSpec("article_files", "texts", OTHER_KEYS["article_files"])
_TOP = [*_HEADER.fields, *OTHER_KEYS, *SECTIONS]
_SURE = frozenset({"direct", "anonymous"})


def read_sheet(file: str, data: bytes) -> FileContents:
    """Read a YAML file. Never raises: whatever is wrong is among the problems of the sheet."""
    if len(data) > MAX_BYTES:
        return FileContents(file, problems=(FileTooLarge(file, len(data), MAX_BYTES).problem(Place(file)),))
    try:
        text = decode(data)
    except NotText as refusal:
        kind = kind_of(data)
        if kind:
            refusal.hint = f"it is {kind}: {refusal.hint}"
        ids = tuple(dict.fromkeys(ids_in(data.decode(errors="replace"))))
        return FileContents(file, problems=(refusal.problem(Place(file, refusal.line, refusal.column)),), unread=ids)

    def read(text: str) -> FileContents:
        reader = _Reader(file)
        sheet = reader.sheet(text)
        if reader.late:  # `article:` came after anchors that rest on it
            sheet = _Reader(file, reader.article).sheet(text)
        return sheet

    return read_around_breaks(text, read)


def read_front_matter(file: str, data: bytes) -> FileContents:
    """The article that a file found by `article_files` is: its id is the file's stem, its fields its front matter.

    What is wrong with its text (bad UTF-8, control characters) is left to whoever reads the text, as for any article.
    """
    text = data.decode(errors="replace")
    end = front_matter_end(text)
    sheet = _Reader(file).front_matter(text[:end])
    message, hint = ("", "") if end else unread_front_matter(text)
    if not message:
        return sheet
    problem = Problem(Place(file), "warning", "front-matter-as-text", message, hint)
    return replace(sheet, problems=(*sheet.problems, problem))


class _Reader:
    """Reads one file once."""

    def __init__(self, file: str, article: str = "") -> None:
        self.notes = Diagnostics(file)
        self.article = article
        self.late = False
        self._file = file
        self._header: dict[str, Value] = {}
        self._labels: dict[str, str] = {}
        self._searches: dict[str, str] = {}
        self._entries: list[Entry] = []
        self._links: list[Link] = []
        self._relations: list[Relation] = []
        self._globs: list[tuple[str, Place]] = []
        self._unread: list[str] = []
        self._extends: Extension | None = None

    def sheet(self, text: str) -> FileContents:
        """Read the whole of a YAML file."""
        for problem in text_problems(self._file, text):
            self.notes.add(problem)
        with suppress(ReadingStopped):  # what was read before is kept
            stream = Stream(text, self.notes)
            root = stream.begin()
            if root is not None:
                for key, event in stream.pairs(root):
                    self._part(key, event, stream)
            stream.end()
        return FileContents(
            self._file,
            self._header,
            self._labels,
            tuple(self._entries),
            tuple(self._links),
            tuple(self._relations),
            tuple(self._globs),
            self.notes.told(),
            self._searches,
            tuple(self._unread),
            self._extends,
        )

    def front_matter(self, text: str) -> FileContents:
        """The article described by `text`, which is empty or ends with the line that closes the front matter."""
        key = Scalar(PurePosixPath(self._file).stem, 0, 0)
        node: Node = Mapping([], 0, 0)
        with suppress(ReadingStopped):
            stream = Stream(text[: text.rstrip().rfind("\n") + 1], self.notes)
            root = stream.begin()
            if root is not None:
                node = stream.node(root)
            stream.end()
        if isinstance(node, Mapping):
            node = in_our_words(node)
        with suppress(ReadingStopped):
            if is_id(key, self.notes):
                self._entry(SECTIONS["articles"], _FRONT, key, node)
        fields: dict[str, Value] = {"file": self._file}
        entries = tuple(replace(entry, fields=fields | entry.fields) for entry in self._entries)
        return FileContents(self._file, entries=entries, problems=self.notes.told())

    def _part(self, key: Scalar, event: Any, stream: Stream) -> None:
        """A top-level key with its value."""
        name = key.value
        if name in SECTIONS:
            for child, node in self._children(name, stream.children(event)):
                if is_id(child, self.notes):
                    self._entry(SECTIONS[name], _DECLARED[name], child, node)
                else:
                    self._unread += [child.value, id_like(child.value), *keys_of(node)]
        elif name == "links":
            items = stream.items(event)
            if isinstance(items, Iterator):
                links = (written_in_full(node, self.article, self.notes) for node in items)
                self._links += (link for link in links if link is not None)
            elif not _is_empty(items):
                wrong_shape("“links”", "a list", items, self.notes, "begin each link with `- `")
        elif name in self._NAMED:
            for child, node in self._children(name, stream.children(event)):
                self._NAMED[name](self, child, node)
        elif name == "extends":
            self._extends = read_extension(self._file, key, stream.node(event), self.notes)
        elif name == "article_files":
            found = scalars(_GLOBS, stream.node(event), self.notes)
            self._globs += ((item.value, self.notes.place(item)) for item in found)
        elif name in _HEADER.fields:
            self._head(key, stream.node(event))
        else:
            self._unknown(key, event, stream)

    def _unknown(self, key: Scalar, event: Any, stream: Stream) -> None:
        """Report a top-level key that the format does not have; what stands under it is not read."""
        name = key.value
        hint = self.notes.nearest(name, _TOP)
        message = f"a dossier has no section “{quotable(name)}”"
        if name.startswith(("x-", "_")) or event.anchor:
            stream.skip(event)
            self.notes.warning(key, "unknown-field", message, hint)
            return
        marks = stream.marks
        node = stream.node(event)
        size = len(node.pairs) if isinstance(node, Mapping) else len(node.items) if isinstance(node, Sequence) else 0
        if not size or stream.marks > marks:  # a place for values that others repeat loses nothing
            self.notes.warning(key, "unknown-field", message, hint)
            return
        self._unread += keys_of(node)
        lost = "what stands under it is not read" if size == 1 else f"its {size:,} entries are not read"
        self.notes.error(key, "unknown-field", f"{message}: {lost}", hint)

    def _children(self, name: str, found: "Iterator[tuple[Scalar, Node]] | Node") -> Iterator[tuple[Scalar, Node]]:
        if isinstance(found, Iterator):
            return found
        if not _is_empty(found):
            wrong_shape(f"“{name}”", "a mapping", found, self.notes, "write each one under its id or name")
        return iter(())

    def _head(self, key: Scalar, node: Node) -> None:
        name = key.value
        found = values_of(Mapping([(key, node)], key.line, key.column), _HEADER, self.notes, key)
        value = value_of(_HEADER.fields[name], found[name], self.notes) if name in found else None
        if value is None:
            return
        self._header[name] = value
        if name == "article" and value != self.article:
            self.article = str(value)
            self.late = bool(self._entries or self._links)

    def _entry(self, section: Section, kind: FieldTable, key: Scalar, node: Node, owner: str = "") -> None:
        """An entry with the links that its fields stand for; kept even when something is wrong with it."""
        notes = self.notes
        place = notes.place(key)
        if not isinstance(node, Mapping):
            if _is_empty(node):
                node = Mapping([], node.line, node.column)
            else:
                wrong_shape(f"“{quotable(key.value)}”", "a mapping", node, notes, f"write {{{section.title}: …}}")
        found = values_of(node, kind, notes, key) if isinstance(node, Mapping) else {}
        fields: dict[str, Value] = {}
        marks: dict[str, tuple[int, int]] = {}
        links: list[Link] = []
        for name, value_node in found.items():
            marks[name] = (value_node.line + 1, value_node.column + 1)
            field = kind.fields[name]
            if field.relation:
                links += written_in_short(field, value_node, key.value, place, notes)
            elif field.form == "memberships":
                links += memberships(value_node, key.value, place, notes)
            elif field.form not in ("anchors", "members"):
                value = value_of(field, value_node, notes)
                if value is not None:
                    fields[name] = value
        title = str(fields.get(section.title) or key.value)
        wanted = self._wanted(section, fields, marks, found)
        self._entries.append(Entry(key.value, section.kind, title, place, fields, wanted, owner, marks))
        self._links += links
        if "members" in found:
            self._members(key, place, found["members"])

    def _wanted(
        self, section: Section, fields: dict[str, Value], marks: dict[str, tuple[int, int]], found: dict[str, Node]
    ) -> tuple[Anchor, ...]:
        at = found.get("at")
        if section.kind != "quote":
            return anchors(at, self.article, self.notes) if at is not None else ()
        words = None
        own = "original" if "original" in fields else "text"
        if own in fields:
            place = Place(self._file, *marks[own])
            words = Anchor(str(fields[own]), self.article, place=place, cut=uncertain(found.get(own)))
        return quote_anchors(words, at, fields.get("attribution", "direct") in _SURE, self.notes)

    def _members(self, delegation: Scalar, place: Place, node: Node) -> None:
        if not isinstance(node, Mapping):
            hint = "write {id: {name: …}, …}; who is described elsewhere says memberships: [{delegation: …}] there"
            wrong_shape("“members”", "a mapping of ids to people", node, self.notes, hint)
            return
        for key, person in node.pairs:
            if not is_id(key, self.notes):
                self._unread += [key.value, id_like(key.value)]
            else:
                here = self.notes.place(key)
                self._entry(SECTIONS["people"], _PERSON, key, person, delegation.value)
                self._links.append(Link(key.value, MEMBER_OF, delegation.value, here, here, place, field="members"))

    def _relation(self, key: Scalar, node: Node) -> None:
        relation = read_relation(key, node, self.notes)
        if relation is not None:
            self._relations.append(relation)

    def _label(self, key: Scalar, node: Node) -> None:
        known = [*SECTIONS, "links"]
        if key.value not in known:
            message = f"there is no section “{quotable(key.value)}” to name"
            self.notes.warning(key, "unknown-field", message, self.notes.nearest(key.value, known))
        else:
            self._text(self._labels, key, node, "label", f"the label of “{key.value}”")

    def _search(self, key: Scalar, node: Node) -> None:
        hint = "write the query as in the browser, in quotes"
        self._text(self._searches, key, node, "search", f"the search “{quotable(key.value)}”", hint)

    def _text(self, texts: dict[str, str], key: Scalar, node: Node, what: str, this: str, hint: str = "") -> None:
        if not isinstance(node, Scalar):
            wrong_shape(f"a {what}", "a text", node, self.notes, hint)
        elif not node.value.strip():
            self.notes.warning(key, "empty-value", f"{this} is empty", "fill it in or delete it")
        else:
            texts[key.value] = text_of_scalar(node, f"the {what}", self.notes)

    _NAMED = MappingProxyType({"relations": _relation, "labels": _label, "searches": _search})
    """How a child of each section that holds no entries is read."""


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.value and node.plain
