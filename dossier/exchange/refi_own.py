"""REFI-QDA projects that we write, and how they come back.

Delegations, people, issues and stances are codes; words are selections coded with them. What a code cannot say (ids,
dates, via, attribution, relations) stands in the description of the selection or code, a line `name: value` each.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from msgspec.structs import replace

from dossier.exchange import pairs as described
from dossier.exchange.formats import DossierMetadata, ExportedFiles
from dossier.exchange.pairs import Gathered, Pairs
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    Losses,
    Parts,
    Record,
    group_parts,
)
from dossier.exchange.refi_elements import child_text, positions
from dossier.model.relations import STANCES

ORIGIN = "dossier-browser"
NAMESPACE = "urn:QDA-XML:project:1.0"

_SPACE = uuid.UUID("5b2b5c0e-7c33-4d5e-9c25-0d2f6f0d6a11")
_SHOWN = 100
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODED = {"quote": frozenset({"issues", "speaker", "stance"}), "event": frozenset({"issues", "participants"})}
_FOLDERS = (("delegation", "Delegations"), ("person", "People"), ("issue", "Issues"))


def guid(*names: object) -> str:
    """The same GUID for the same names."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(map(str, names))))


class RefiExporter:
    """A project of texts, codes and codings."""

    title = "REFI-QDA"
    suffixes = (".qdpx",)
    packed = True

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The texts, then the project."""
        register_namespace("", NAMESPACE)
        made = _ProjectWriter(head, losses)
        for part in parts:
            if part.document is not None:
                yield f"sources/{guid('text', part.document.key)}.txt", part.document.text.encode("utf-8", "replace")
            made.add(part)
        yield "project.qde", made.project()


class _ProjectWriter:
    """A project in the making; of texts only what stands in it is held."""

    def __init__(self, head: DossierMetadata, losses: Losses) -> None:
        self._head = head
        self._losses = losses
        self._names: dict[str, list[Record]] = {kind: [] for kind, _ in _FOLDERS}
        self._kinds: dict[str, str] = {}
        self._documents: list[ExchangeDocument] = []
        self._selections: dict[str, list[Element]] = {}
        self._notes: list[Pairs] = []
        self._links = 0

    def add(self, part: ExchangePart) -> None:
        """Take in a piece."""
        if part.document is not None:
            document = part.document
            self._documents.append(ExchangeDocument(document.key, "", document.name, document.fields))
        for record in part.records:
            if record.kind in self._names:
                self._names[record.kind].append(record)
                self._kinds[record.key] = record.kind
                continue
            codes = [key for name, keys in record.references.items() if name != "parent" for key in keys]
            stance = record.fields.get("stance")
            codes += [f"stance {stance}"] if stance in STANCES else []
            self._add_anchored(record.key, described.of_record(record, _CODED[record.kind]), codes, record.passages)
        for link in part.connections:
            self._links += 1
            codes = [key for key in (link.source, link.target) if key in self._kinds]
            self._add_anchored(f"link {self._links}", described.of_link(link), codes, link.passages)

    def _add_anchored(self, key: str, pairs: Pairs, codes: list[str], passages: tuple[DocumentPassage, ...]) -> None:
        placed = [passage for passage in passages if passage.start >= 0]
        if not placed:
            # What rests on no words has no selection to be coded: its codes are told as lines.
            told = [("code", code) for code in codes]
            self._notes.append([("key", key), *pairs, *told])
            self._losses.lose("passages without a place", len(passages))
        for number, passage in enumerate(placed):
            shown = _legal(" ".join(passage.words.split())[:_SHOWN])
            selection = Element(
                _tag("PlainTextSelection"),
                guid=guid("selection", key, number),
                name=shown,
                startPosition=str(passage.start),
                endPosition=str(passage.end),
            )
            words = [("words", passage.words)] if shown != passage.words else []
            told = [("key", key), ("piece", str(number + 1)), *words, *pairs]
            _text_child(selection, "Description", described.lines(told))
            for code in dict.fromkeys(codes):
                coding = SubElement(selection, _tag("Coding"), guid=guid("coding", key, number, code))
                SubElement(coding, _tag("CodeRef"), targetGUID=guid("code", code))
            self._selections.setdefault(passage.document, []).append(selection)

    def project(self) -> bytes:
        """The project as XML."""
        root = Element(_tag("Project"), name=_legal(self._head.title), origin=ORIGIN)
        codes = SubElement(SubElement(root, _tag("CodeBook")), _tag("Codes"))
        for kind, title in _FOLDERS:
            if self._names[kind]:
                self._folder(codes, kind, title)
        folder = _code(codes, "folder stance", "Stances", codable=False)
        for stance in STANCES:
            _code(folder, f"stance {stance}", stance)
        if self._documents:
            sources = SubElement(root, _tag("Sources"))
            for document in self._documents:
                source = SubElement(
                    sources,
                    _tag("TextSource"),
                    guid=guid("document", document.key),
                    name=_legal(document.fields.get("title") or document.key),
                    plainTextPath=f"internal://{guid('text', document.key)}.txt",
                )
                _text_child(source, "Description", described.lines([("id", document.key), *document.fields.items()]))
                source.extend(self._selections.get(document.key, []))
        if self._notes:
            notes = SubElement(root, _tag("Notes"))
            for pairs in self._notes:
                note = SubElement(notes, _tag("Note"), guid=guid("note", pairs[0][1]), name=_legal(pairs[0][1]))
                _text_child(note, "PlainTextContent", described.lines(pairs))
        if self._head.summary:
            _text_child(root, "Description", self._head.summary)
        indent(root, " ")
        return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()

    def _folder(self, codes: Element, kind: str, title: str) -> None:
        """The codes of a kind below one of its name; issues below their parents."""
        made = {"": _code(codes, f"folder {kind}", title, codable=False)}
        waiting = list(self._names[kind])
        while waiting:
            left = []
            for record in waiting:
                parent = next(iter(record.references.get("parent", ())), "")
                if parent in made or not any(other.key == parent for other in waiting):
                    made[record.key] = _code(made.get(parent, made[""]), record.key, record.name)
                    _describe(made[record.key], described.of_record(record))
                else:
                    left.append(record)
            if len(left) == len(waiting):  # a circle
                left = [replace(one, references={}) for one in left]
            waiting = left


def _code(parent: Element, key: str, name: str, *, codable: bool = True) -> Element:
    attributes = {"guid": guid("code", key), "name": _legal(name or key), "isCodable": str(codable).lower()}
    return SubElement(parent, _tag("Code"), attributes)


def _describe(code: Element, pairs: Pairs) -> None:
    _text_child(code, "Description", described.lines(pairs))


def _text_child(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _tag(name)).text = _legal(text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _legal(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


class OwnProject:
    """A project that `RefiExporter` wrote, perhaps edited since: codings are read as they are now."""

    def __init__(self, root: Element, text_of: Callable[[Element], str]) -> None:
        self._root = root
        self._text_of = text_of
        self._codes: dict[str, tuple[str, str]] = {}

    def parts(self) -> Parts:
        """The pieces, names first."""
        names = list(self._names())
        gathered = Gathered()
        sources = list(self._root.iter("TextSource"))
        keys: dict[int, str] = {}
        for source in sources:
            about = dict(described.read_lines(child_text(source, "Description", strip=False)))
            key = about.get("id") or str(source.get("guid", ""))
            keys[id(source)] = key
            for selection in source:
                if selection.tag == "PlainTextSelection":
                    self._selection(selection, key, gathered)
        for note in self._root.iter("Note"):
            self._note(note, gathered)
        items = list(gathered.items())
        records = [*names, *(one for one in items if isinstance(one, Record))]
        links = [one for one in items if isinstance(one, Connection)]
        yield from group_parts((self._document(one, keys[id(one)]) for one in sources), records, links)

    def _names(self) -> Iterator[Record]:
        for code in self._root.iter("Code"):
            name = code.get("name", "")
            found = described.record(described.read_lines(child_text(code, "Description", strip=False)), (), {})
            mark = code.get("guid", "").strip("{}").lower()
            if found is not None:
                self._codes[mark] = (found.kind, found.key)
                yield found
            elif name in STANCES:
                self._codes[mark] = ("stance", name)
            elif code.get("isCodable") == "true":  # added in another program
                self._codes[mark] = ("issue", mark)
                yield Record(mark, "issue", name)

    def _document(self, source: Element, key: str) -> ExchangeDocument:
        about = {
            name: value
            for name, value in described.read_lines(child_text(source, "Description", strip=False))
            if name != "id"
        }
        return ExchangeDocument(key, self._text_of(source), key, about)

    def _selection(self, selection: Element, document: str, gathered: Gathered) -> None:
        pairs = described.read_lines(child_text(selection, "Description", strip=False))
        values = dict(reversed(pairs))
        codes = [
            self._codes[mark]
            for reference in selection.iter()
            if reference.tag == "CodeRef"
            and (mark := reference.get("targetGUID", "").strip("{}").lower()) in self._codes
        ]
        key = values.get("key", "")
        name = str(selection.get("name", ""))
        start, end = positions(selection)
        words = values.get("words") or (name if len(name) < _SHOWN else "")
        passage = DocumentPassage(document, start, end, words)
        if not key:  # made in another program
            for kind, code in codes:
                if kind != "stance":
                    link = [("from", document), ("rel", "about"), ("to", code)]
                    gathered.add(f"{selection.get('guid')} {code}", link, passage, {})
            return
        self._add(key, values.get("kind", ""), pairs, codes, passage, gathered)

    def _note(self, note: Element, gathered: Gathered) -> None:
        content = child_text(note, "PlainTextContent", strip=False)
        pairs = described.read_lines(content)
        values = dict(reversed(pairs))
        known = {key: kind for kind, key in self._codes.values()}
        codes = [
            (("stance", code.removeprefix("stance ")) if code.startswith("stance ") else (known.get(code, ""), code))
            for name, code in pairs
            if name == "code"
        ]
        if values.get("key"):
            self._add(values["key"], values.get("kind", ""), pairs, codes, None, gathered)

    @staticmethod
    def _add(
        key: str,
        kind: str,
        pairs: Pairs,
        codes: list[tuple[str, str]],
        passage: DocumentPassage | None,
        gathered: Gathered,
    ) -> None:
        by_kind: dict[str, list[str]] = {}
        for name, code in codes:
            group = "people" if name in ("person", "delegation") else name
            by_kind.setdefault(group, []).append(code)
        people = {"quote": "speaker", "event": "participants"}.get(kind, "")
        references = {"issues": by_kind.get("issue", [])} if people else {}
        if people:
            references[people] = by_kind.get("people", [])
        stance = [("stance", code) for code in by_kind.get("stance", [])[:1]] if kind == "quote" else []
        gathered.add(key, [*pairs, *stance], passage, references)
