"""UIMA CAS as INCEpTION and WebAnno write it: XMI, and JSON (0.4).

A span with a label is a link `about` from the article to an issue of the label's name, below one of its layer's name.
No type system is needed to read spans, and XML goes through our own parser, which takes no entities: hence no library.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from dossier.exchange.detection import Detector
from dossier.exchange.formats import Library
from dossier.exchange.inputs import Input, decode, gather, stem
from dossier.exchange.markup import parse_json, parse_xml
from dossier.exchange.offsets import CONVENTIONS, JAVA, Convention, Places, Selection
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Parts,
    Record,
)
from dossier.model.problems import DossierError
from dossier.model.relations import ABOUT

_LABELS = ("value", "label", "identifier", "category", "tag", "name")
_LINGUISTIC = frozenset(
    {
        *("Token", "Sentence", "Lemma", "Stem", "POS", "MorphologicalFeatures", "Dependency", "Constituent", "ROOT"),
        *("Compound", "Split", "Heading", "Paragraph", "SurfaceForm", "TagDescription", "TagsetDescription", "Div"),
        *("DocumentAnnotation", "DocumentMetaData", "Chunk", "SofaChangeAnnotation"),
    }
)

_OWN = frozenset({"id", "sofa", "begin", "end", "type"})
_ENDS = frozenset({"dependent", "governor"})
"""What a relation between spans refers to."""
_WHOLE = frozenset({"Token", "Sentence"})


class _Span(Struct, frozen=True):
    sofa: str
    layer: str
    label: str
    start: int
    end: int


class _Cas(Struct, frozen=True):
    """The texts of one file, and the spans on them."""

    texts: dict[str, str]
    spans: list[_Span]
    other: int
    """How many things in it are no spans."""
    features: int
    """How many values spans have beside their labels."""


class UimaImporter:
    """Spans and their labels."""

    title = "UIMA CAS (INCEpTION)"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        inputs = [one for one in gather(files) if one.name.lower().endswith((".xmi", ".json"))]
        if not inputs:
            raise DossierError(f"{files[0]} is neither XMI nor JSON of UIMA.")
        convention = self._convention(inputs, options)
        for file in inputs:
            yield from _parts(file, _read(file), convention, options)

    @staticmethod
    def _convention(inputs: Sequence[Input], options: ImportOptions) -> Convention:
        if options.offsets:
            options.losses.convention = options.offsets
            return Convention.parse(options.offsets)
        detector = Detector()
        for file in inputs:
            cas = _read(file)
            for sofa, text in cas.texts.items():
                here = [one for one in cas.spans if one.sofa == sofa]
                whole = [one for one in here if one.layer in _WHOLE]  # what people mark may be parts of words
                detector.add(text, [Selection(one.start, one.end) for one in whole or here])
        if not detector.selections:
            return CONVENTIONS[0]
        found = detector.decide(inputs[0].name if len(inputs) == 1 else "these files of UIMA", JAVA)
        options.losses.convention = str(found)
        options.losses.tell(detector.doubt)
        return found


def _read(file: Input) -> _Cas:
    if file.name.lower().endswith(".json"):
        return _read_json(parse_json(decode(file.read(), file.name), file.name), file.name)
    root = parse_xml(file.read(), file.name)
    if root.tag != "XMI":
        raise DossierError(f"{file.name} is no XMI: its root is {root.tag}.")
    rows = [(one.tag, one.attrib) for one in root]
    return _made(rows, "id", file.name)


def _read_json(value: Any, name: str) -> _Cas:
    found = value.get("%FEATURE_STRUCTURES") if isinstance(value, dict) else None
    if isinstance(found, dict):
        found = [{"%ID": key, **one} for key, one in found.items() if isinstance(one, dict)]
    if not isinstance(found, list):
        raise DossierError(f"{name} is no CAS in JSON: it has no “%FEATURE_STRUCTURES”.")
    rows = [
        (str(one.get("%TYPE", "")).rpartition(".")[2], {key.lstrip("%@").lower() if key[:1] in "%@" else key: value
                                                         for key, value in one.items()})
        for one in found if isinstance(one, dict)
    ]  # fmt: skip
    return _made(rows, "id", name)


def _made(rows: Iterable[tuple[str, Mapping[str, Any]]], key: str, name: str) -> _Cas:
    texts: dict[str, str] = {}
    spans: list[_Span] = []
    other = features = 0
    for type_, row in rows:
        if type_ == "Sofa":
            if isinstance(row.get("sofaString"), str):
                texts[str(row.get(key))] = row["sofaString"]
            continue
        try:
            start, end = int(str(row["begin"])), int(str(row["end"]))
        except (KeyError, TypeError, ValueError):
            other += type_ not in ("NULL", "View")
            continue
        if not _ENDS.isdisjoint(name.lower() for name in row):
            other += 1
            continue
        label = next((str(row[one]) for one in _LABELS if isinstance(row.get(one), (str, int)) and row[one] != ""), "")
        features += sum(name not in _OWN and value not in ("", None, label) for name, value in row.items()) * (
            type_ not in _LINGUISTIC
        )
        spans.append(_Span(str(row.get("sofa")), type_, label, start, end))
    if not texts:
        raise DossierError(f"{name} holds no text to which its annotations belong.")
    return _Cas(texts, spans, other, features)


def _parts(file: Input, cas: _Cas, convention: Convention, options: ImportOptions) -> Iterator[ExchangePart]:
    losses = options.losses
    losses.lose("things that are no spans, such as relations and features of features", cas.other)
    losses.lose("features of spans beside their labels", cas.features)
    losses.lose("spans of texts that are not there", sum(one.sofa not in cas.texts for one in cas.spans))
    for number, (sofa, text) in enumerate(cas.texts.items()):
        key = f"{file.name} {sofa}"
        places = Places(text, convention)
        records: dict[str, Record] = {}
        links: list[Connection] = []
        for one in cas.spans:
            if one.sofa != sofa:
                continue
            if one.layer in _LINGUISTIC or one.layer.startswith("POS_"):
                losses.lose("tokens, sentences and other grammar")
                continue
            span = places.span(one.start, one.end)
            if span is None:
                losses.lose("spans without words")
                continue
            layer = f"layer {one.layer}"
            records.setdefault(layer, Record(layer, "issue", one.layer))
            target = f"label {one.layer} {one.label}" if one.label else layer
            if one.label:
                records.setdefault(target, Record(target, "issue", one.label, references={"parent": (layer,)}))
            links.append(Connection(key, ABOUT, target, (DocumentPassage(key, *span),)))
        base = stem(file.name)
        document = ExchangeDocument(key, text, f"{base}-{number + 1}" if len(cas.texts) > 1 else base)
        yield ExchangePart(document, records=tuple(records.values()), connections=tuple(links))
