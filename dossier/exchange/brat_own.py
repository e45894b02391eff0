"""brat files that we write, and how they come back.

Each article is a text with its `.ann`; quotes, events and the words of links are spans whose fields are notes of the
field's name. brat annotates nothing but text: names that stand in no article by themselves, and what rests on no words,
are annotated in a text of their own, `dossier.txt`, that lists them.
"""

from collections.abc import Iterable, Iterator, Mapping

from dossier.exchange import pairs as described
from dossier.exchange.brat_lines import Ann, read_ann
from dossier.exchange.formats import DossierMetadata, ExportedFiles
from dossier.exchange.inputs import LARGEST_TEXT, Input, decode
from dossier.exchange.pairs import Gathered, Pairs
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Parts,
    Record,
    group_parts,
)

CAST = "dossier"
"""The name of the text that lists names."""
_MARK = "Dossier"
"""The type of the span that its first line is."""
_TYPES = {"delegation": "Delegation", "person": "Person", "issue": "Issue", "quote": "Quote", "event": "Event"}
_KEY = "key"


class BratExporter:
    """A text and an `.ann` for each article, and one of each for the names."""

    title = "brat"
    suffixes = (".brat.zip",)
    packed = True

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """Texts as they come, then annotations."""
        made = _AnnotationWriter(head)
        for part in parts:
            if part.document is not None:
                yield f"{made.name_of(part.document)}.txt", part.document.text.encode("utf-8", "replace")
            made.add(part, losses)
        for name, lines in made.lines.items():
            yield f"{name}.ann", "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        yield f"{CAST}.txt", "".join(f"{line}\n" for line in made.cast).encode("utf-8", "replace")
        yield "annotation.conf", _configuration().encode("utf-8", "replace")


def _configuration() -> str:
    types = "\n".join([*_TYPES.values(), "Link", _MARK, "Article"])
    stances = "Stance\tArg:Quote, Value:for|against|conditional|neutral"
    return f"[entities]\n{types}\n\n[relations]\n\n[events]\n\n[attributes]\n{stances}\n"


class _AnnotationWriter:
    """Annotations in the making."""

    def __init__(self, head: DossierMetadata) -> None:
        self.lines: dict[str, list[str]] = {CAST: []}
        self.cast = [" ".join(head.title.split()) or "Dossier"]
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._links = 0
        self._offset = 0
        self._add_to_list(_MARK, self.cast.pop(), [])

    def name_of(self, document: ExchangeDocument) -> str:
        """The name of a document's files."""
        name = document.key if document.key != CAST else f"{CAST}+article"
        self._names[document.key] = name
        self.lines.setdefault(name, [])
        return name

    def add(self, part: ExchangePart, losses: Losses) -> None:
        """Take in a piece."""
        if part.document is not None:
            self._texts[part.document.key] = part.document.text
            pairs = [("id", part.document.key), ("file", self._names[part.document.key]), *part.document.fields.items()]
            self._add_to_list("Article", part.document.key, pairs)
        for record in part.records:
            pairs = described.of_record(record, frozenset({"stance", "note"}))
            note = str(record.fields.get("note", ""))
            stance = str(record.fields.get("stance", ""))
            self._item(_TYPES[record.kind], record.key, record.name, pairs, record.passages, note, stance, losses)
        for link in part.connections:
            self._links += 1
            pairs = [pair for pair in described.of_link(link) if pair[0] != "note"]
            key = f"link {self._links}"
            name = f"{link.source} {link.relation} {link.target}"
            self._item("Link", key, name, pairs, link.passages, link.note, "", losses)

    def _item(
        self,
        type_: str,
        key: str,
        name: str,
        pairs: Pairs,
        passages: tuple[DocumentPassage, ...],
        note: str,
        stance: str,
        losses: Losses,
    ) -> None:
        placed = [passage for passage in passages if passage.start >= 0]
        losses.lose("passages without a place", len(passages) - len(placed))
        whole = [(_KEY, key), *pairs]
        if not placed:
            self._add_to_list(type_, name, whole, note, stance)
        for number, passage in enumerate(placed):
            text = self._texts[passage.document]
            fragments = list(_fragments(text, passage.start, passage.end))
            told = whole if not number else [(_KEY, key)]
            self._span(
                self._names[passage.document], type_, fragments, told, "" if number else note, "" if number else stance
            )

    def _add_to_list(self, type_: str, name: str, pairs: Pairs, note: str = "", stance: str = "") -> None:
        """Annotate a line of the list of names."""
        line = " ".join(name.split()) or "-"
        self.cast.append(line)
        fragment = (self._offset, self._offset + len(line), line)
        self._offset += len(line) + 1
        self._span(CAST, type_, [fragment], pairs, note, stance)

    def _number(self, name: str, kind: str) -> str:
        count = self._counts[name, kind] = self._counts.get((name, kind), 0) + 1
        return f"{kind}{count}"

    def _span(
        self, name: str, type_: str, fragments: list[tuple[int, int, str]], pairs: Pairs, note: str, stance: str
    ) -> None:
        lines = self.lines[name]
        mark = self._number(name, "T")
        places = ";".join(f"{start} {end}" for start, end, _ in fragments)
        lines.append(f"{mark}\t{type_} {places}\t{' '.join(words for _, _, words in fragments)}")
        if stance:
            lines.append(f"{self._number(name, 'A')}\tStance {mark} {stance}")
        for field, value in pairs:
            lines.append(f"{self._number(name, '#')}\t{field} {mark}\t{described.escape(value)}")
        if note:
            lines.append(f"{self._number(name, '#')}\tAnnotatorNotes {mark}\t{described.escape(note)}")


def _fragments(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """A stretch line by line: no span of brat's holds a line end."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip()
        if words:
            begin = at + len(line) - len(line.lstrip())
            yield begin, begin + len(words), words
        at += len(line)


def is_own(file: Input, encoding: str) -> bool:
    """Return whether an `.ann` file beside a text called `dossier` is one that we wrote, perhaps saved otherwise."""
    return decode(file.read(), file.name, encoding).removeprefix("\ufeff").startswith(f"T1\t{_MARK} ")


def _read_cast(ann: Ann, gathered: Gathered) -> tuple[str, dict[str, tuple[str, dict[str, str]]]]:
    """The title of the dossier and, by file, key and fields of each article; its entries are added to `gathered`."""
    articles: dict[str, tuple[str, dict[str, str]]] = {}
    title = ""
    for mark, span in ann.spans.items():
        pairs = _pairs(ann, mark)
        values = dict(reversed(pairs))
        if span.type == _MARK:
            title = span.words
        elif span.type == "Article" and "id" in values:
            fields = {name: value for name, value in pairs if name not in ("id", "file")}
            articles[values.get("file", values["id"])] = (values["id"], fields)
        elif _KEY in values:
            gathered.add(values[_KEY], pairs, None, {})
    return title, articles


def own_parts(files: Mapping[str, tuple[Input, list[Input]]], options: ImportOptions) -> Parts:
    """The pieces of files that we wrote, perhaps edited since."""
    gathered = Gathered()
    anns = {base: _read(some[1], options) for base, some in files.items()}
    cast = next(base for base in files if base.rpartition("/")[2] == CAST)
    title, articles = _read_cast(anns[cast], gathered)
    documents: dict[str, tuple[str, dict[str, str]]] = {}
    for base, ann in anns.items():
        if base == cast:
            continue
        key, fields = articles.get(base.rpartition("/")[2], (base, {}))
        documents[base] = (key, fields)
        for mark, span in ann.spans.items():
            pairs = _pairs(ann, mark)
            own = next((value for name, value in pairs if name == _KEY), "")
            if not own:
                options.losses.lose("spans that were added in another program")
                continue
            start, end = span.fragments[0][0], span.fragments[-1][1]  # all that we part is parted at line ends
            gathered.add(own, pairs, DocumentPassage(key, start, end, span.words), {})
    items = list(gathered.items())
    yield ExchangePart(title=title)
    yield from group_parts(
        (
            ExchangeDocument(key, decode(files[base][0].read(LARGEST_TEXT), base, options.encoding), key, fields)
            for base, (key, fields) in documents.items()
        ),
        [item for item in items if isinstance(item, Record)],
        [item for item in items if isinstance(item, Connection)],
    )


def _read(files: list[Input], options: ImportOptions) -> Ann:
    ann = Ann()
    for file in files:
        read_ann(decode(file.read(), file.name, options.encoding), file.name, ann)
    return ann


def _pairs(ann: Ann, mark: str) -> Pairs:
    pairs = [(name, described.unescape(text)) for name, text in ann.typed.get(mark, ())]
    pairs = [("note" if name == "AnnotatorNotes" else name, text) for name, text in pairs]
    return pairs + [("stance", one.value) for one in ann.attributes.get(mark, ()) if one.name == "Stance"]
