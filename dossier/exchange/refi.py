"""REFI-QDA (https://www.qdasoftware.org): projects (.qdpx, .qde) and codebooks (.qdc), as NVivo, MAXQDA, ATLAS.ti,
QualCoder and others write them.

Codes are issues, a coding is a link `about` from the article to the issue, resting on the words. Element names are read
whatever their namespace, which differs between versions; what breaks the schema is read as far as it goes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from dossier.exchange.detection import Detector
from dossier.exchange.formats import Library, second_own
from dossier.exchange.inputs import (
    LARGEST_TEXT,
    BurstingZipError,
    Input,
    OnDisk,
    ZipInput,
    decode,
    gather,
    is_hidden,
    stem,
)
from dossier.exchange.markup import parse_xml
from dossier.exchange.offsets import CONVENTIONS, EXCLUSIVE, Convention, Places
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Parts,
    Record,
)
from dossier.exchange.refi_elements import (
    child_text,
    codes_of,
    guid_of,
    notes_of,
    plain_guid,
    positions,
    selection_of,
    selections_of,
)
from dossier.exchange.refi_own import ORIGIN, OwnProject
from dossier.model.problems import DossierError
from dossier.model.relations import ABOUT

_LOST = {
    "User": "coders", "Case": "cases", "Set": "sets", "Graph": "graphs", "Variable": "variables",
    "PictureSource": "pictures", "AudioSource": "audio recordings", "VideoSource": "video recordings",
    "PDFSelection": "selections on pages of PDF files", "PictureSelection": "selections in pictures",
    "AudioSelection": "selections in audio", "VideoSelection": "selections in video",
    "TranscriptSelection": "selections by time",
}  # fmt: skip
_TEXTS = ("TextSource", "Representation", "Transcript", "TextDescription")
_NOTED = frozenset({*_TEXTS, "Code", "PlainTextSelection", "Coding"})


class RefiImporter:
    """A project with its texts, or a codebook."""

    title = "REFI-QDA"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        beside = _by_last_part(_texts_beside(files))
        seen = has_own = False
        for path in files:
            if path.suffix.lower() == ".qdpx":
                archive = ZipInput(path)
                inner = _by_last_part(archive.members.values())
                project = next((some[0] for name, some in sorted(inner.items()) if name.endswith(".qde")), None)
                if project is None:
                    raise DossierError(f"{path} holds no project.qde, so it is no REFI-QDA project.")
                made = _Project(project.read(), str(path), inner, options)
            elif path.suffix.lower() in (".qde", ".qdc"):
                made = _Project(OnDisk(path).read(), str(path), beside, options)
            else:
                continue
            if made.is_own and has_own:
                raise second_own(str(path))
            has_own |= made.is_own
            yield from made.parts()
            seen = True
        if not seen:
            raise DossierError(f"{files[0]} is neither a REFI-QDA project (.qdpx, .qde) nor a codebook (.qdc).")


def _texts_beside(files: Sequence[Path]) -> Iterator[Input]:
    """The texts named beside a project that is not packed, or in a folder named."""
    named = [path for path in files if path.suffix.lower() not in (".qdpx", ".qde", ".qdc")]
    yield from gather(named)


def _by_last_part(files: Iterable[Input]) -> dict[str, list[Input]]:
    """The files by the last parts of their names, in lower case: programs do not agree on either."""
    found: dict[str, list[Input]] = {}
    for file in files:
        last = _last_part(file.name)
        if not is_hidden(last):
            found.setdefault(last.lower(), []).append(file)
    return found


def _last_part(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


class _Project:
    """A project or codebook."""

    def __init__(self, data: bytes, name: str, files: Mapping[str, list[Input]], options: ImportOptions) -> None:
        self._name = name
        self._root = parse_xml(data, name)
        self._files = files
        self._options = options
        self._losses: Losses = options.losses
        if self._root.tag not in ("Project", "CodeBook"):
            raise DossierError(f"{name} is no REFI-QDA project: its root is {self._root.tag}.")

    @property
    def is_own(self) -> bool:
        """Return whether a dossier was written to it."""
        return self._root.get("origin", "").startswith(ORIGIN)

    def parts(self) -> Parts:
        """The pieces, names first."""
        root = self._root
        yield ExchangePart(title=root.get("name", ""))
        if self.is_own:
            yield from OwnProject(root, self.text).parts()
            return
        notes = self._notes()
        codes = list(self._codes(root, notes))
        sources = [one for one in root.iter() if one.tag in _TEXTS]
        for tag, what in _LOST.items():
            self._losses.lose(what, sum(1 for _ in root.iter(tag)))
        if not codes and not sources:
            raise DossierError(f"{self._name} holds neither codes nor texts.")
        convention = self._convention(sources)
        yield ExchangePart(records=tuple(codes))
        names = {code.key for code in codes}
        for source in sources:
            text = self._text_or_none(source, tell=True)
            if text is not None:
                yield self._source(source, text, Places(text, convention), names, notes)
        yield ExchangePart(connections=tuple(self._links(names, {guid_of(source) for source in sources})))

    def _notes(self) -> dict[str, str]:
        """The text of each note (memo) that a code, a text or a coding refers to, by its key; others are counted."""
        referred = {
            plain_guid(one.get("targetGUID", ""))
            for element in self._root.iter()
            if element.tag in _NOTED
            for one in element
            if one.tag == "NoteRef"
        }
        found: dict[str, str] = {}
        for note in self._root.iter("Note"):
            if guid_of(note) not in referred:
                self._losses.lose("notes on other things than codes and texts")
                continue
            found[guid_of(note)] = child_text(note, "PlainTextContent") or child_text(note, "Description")
            if not found[guid_of(note)]:
                found[guid_of(note)] = (self._text_or_none(note, tell=True) or "").strip().removeprefix("\ufeff")
        return found

    def _codes(self, root: Element, notes: Mapping[str, str]) -> Iterator[Record]:
        """Every code under its parent; what others call a group or folder is a code that nothing is coded with."""
        seen: set[str] = set()

        def walk(element: Element, parent: str) -> Iterator[Record]:
            for child in element:
                if child.tag != "Code":
                    continue
                key = guid_of(child) if child.get("guid") else f"code {len(seen)}"
                if key in seen:
                    self._losses.tell(
                        f"{self._name}: the code “{child.get('name', '').strip()}” has the GUID of another, {key}, by"
                        " which codings do not tell the two apart; it was read as the other."
                    )
                    yield from walk(child, key)
                    continue
                seen.add(key)
                about = "\n".join(filter(None, [child_text(child, "Description"), *notes_of(child, notes)]))
                yield Record(
                    key, "issue", child.get("name", "").strip(), "", {"note": about} if about else {},
                    {"parent": (parent,)} if parent else {},
                )  # fmt: skip
                yield from walk(child, key)

        for codes in root.iter("Codes"):
            yield from walk(codes, "")

    def text(self, source: Element) -> str:
        """The text of a source; raises `DossierError` when it is not there."""
        content = child_text(source, "PlainTextContent", strip=False)
        path = source.get("plainTextPath", "")
        if content:
            return content
        scheme, _, rest = path.partition("://")
        name = _last_part(rest)
        name = name if name.lower() in self._files else unquote(name)
        what = source.get("name") or guid_of(source)
        if not path:
            raise DossierError(f"The source {what} has no plain text.")
        fitting = self._files.get(name.lower(), [])
        if len(fitting) > 1:
            fitting = [one for one in fitting if _last_part(one.name) == name] or fitting
        if len(fitting) != 1:
            why = "which is not in it" if scheme == "internal" else "which lies outside; name that file as well"
            why = "and there are several files of that name; give each a name of its own" if fitting else why
            raise DossierError(f"{self._name}: the text of {what} is in {path}, {why}.")
        file = fitting[0]
        return decode(file.read(LARGEST_TEXT), file.name, self._options.encoding)

    def _text_or_none(self, source: Element, *, tell: bool) -> str | None:
        """The text of a source; a source without one is told and left out."""
        selections = selections_of(source)
        if not (source.get("plainTextPath") or child_text(source, "PlainTextContent")):
            if tell and source.tag in _TEXTS:
                self._losses.lose("texts of which there is no plain text")
                self._losses.lose("selections in them", len(selections))
            return None
        try:
            return self.text(source)
        except BurstingZipError:
            raise
        except DossierError as error:
            if tell:
                self._losses.tell(str(error))
                self._losses.lose("texts that are not there")
                self._losses.lose("selections in them", len(selections))
            return None

    def _convention(self, sources: list[Element]) -> Convention:
        if self._options.offsets:
            self._losses.convention = self._options.offsets
            return Convention.parse(self._options.offsets)
        detector = Detector()
        for source in sources:
            selections = selections_of(source)
            text = self._text_or_none(source, tell=False) if selections else None
            if text is not None:
                detector.add(text, [selection_of(one, text) for one in selections])
        if not detector.selections:
            return CONVENTIONS[0]
        found = detector.decide(self._name, EXCLUSIVE)
        self._losses.convention = str(found)
        self._losses.tell(detector.doubt)
        return found

    def _source(
        self, source: Element, text: str, places: Places, names: set[str], notes: Mapping[str, str]
    ) -> ExchangePart:
        key = guid_of(source)
        name = source.get("name", "") or stem(source.get("plainTextPath", "")) or key
        about = "\n".join(filter(None, [child_text(source, "Description"), *notes_of(source, notes)]))
        links = [Connection(key, ABOUT, code) for code in self._known_codes(source, names)]
        records: list[Record] = []
        for number, selection in enumerate(selections_of(source)):
            start, end = positions(selection)
            span = places.span(start, end)
            if span is None:
                self._losses.lose("selections outside of their text, or empty")
                continue
            at = (DocumentPassage(key, *span),)
            note = "\n".join(filter(None, [child_text(selection, "Description"), *notes_of(selection, notes)]))
            codes = self._known_codes(selection, names)
            of_codings = [one for coding in selection if coding.tag == "Coding" for one in notes_of(coding, notes)]
            note = "\n".join(filter(None, [note, *of_codings]))
            links += [Connection(key, ABOUT, code, at, note=note) for code in codes]
            if not codes and note:
                fields = {"note": note}
                mark = f"{key} selection {number}"
                records.append(Record(mark, "quote", "", "", {**fields}, {}, at, unattributed=True))
            elif not codes:
                self._losses.lose("selections with neither code nor remark")
        document = ExchangeDocument(key, text, stem(name) if "." in name[-5:] else name, {"title": name, "note": about})
        return ExchangePart(document, records=tuple(records), connections=tuple(links))

    def _known_codes(self, element: Element, names: set[str]) -> list[str]:
        """The codes that an element is coded with, as far as they are in the project."""
        codes = codes_of(element)
        self._losses.lose("codings with codes that are not there", sum(code not in names for code in codes))
        return [code for code in codes if code in names]

    def _links(self, codes: set[str], sources: set[str]) -> Iterator[Connection]:
        """Links between codes and texts; those from or to anything else have no place."""
        for link in self._root.iter("Link"):
            ends = (plain_guid(link.get("originGUID", "")), plain_guid(link.get("targetGUID", "")))
            if all(end in codes or end in sources for end in ends):
                yield Connection(ends[0], link.get("name", "").strip() or "related to", ends[1])
            else:
                self._losses.lose("links between other things than codes and texts")
