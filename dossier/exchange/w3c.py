"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/), one JSON file.

Words are a TextQuoteSelector and a TextPositionSelector, issues are tags, notes are comments. What the model has no
words for (speaker, stance, dates, links, the texts themselves) stands under names that begin with `dossier:`, which
other programs pass over; our own importer reads them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from dossier.exchange.annotations import Annotation, Sources, Target, parts, split_inputs
from dossier.exchange.formats import Head, Library
from dossier.exchange.hypothesis import target_of
from dossier.exchange.inputs import decode
from dossier.exchange.markup import parse_json
from dossier.exchange.records import (
    Connection,
    Document,
    Losses,
    Membership,
    Options,
    Part,
    Parts,
    Passage,
    Record,
    grouped,
)
from dossier.model.entries import Kind
from dossier.model.problems import DossierError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OURS = {"dossier": "urn:dossier:"}
_AROUND = 32
_MOTIVATIONS = frozenset(
    {
        *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
        *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
    }
)


class W3CImporter:
    """Annotations, pages and collections of them; what we wrote ourselves comes back whole."""

    title = "W3C Web Annotation"

    def read(self, files: Sequence[Path], library: Library, options: Options) -> Parts:
        """The pieces of what the files hold."""
        sources = Sources(library, options)
        for file in list(split_inputs(files, sources)):
            value = parse_json(decode(file.read(), file.name), file.name)
            if isinstance(value, dict) and "dossier:articles" in value:
                yield from _own_parts(value, file.name)
            else:
                found = [_annotation(one, file.name, options.losses) for one in _items(value, file.name)]
                yield from parts(found, sources, options, file.name)


def _items(value: Any, name: str) -> list[dict[str, Any]]:
    """The annotations of an annotation, a page, a collection, a graph, or a list of any of these."""
    if isinstance(value, list):
        return [one for inner in value for one in _items(inner, name)]
    if not isinstance(value, dict) or not value:
        raise DossierError(f"{name} holds no annotation: it is neither a mapping nor a list of them.")
    context = value.get("@context")
    if context is not None and CONTEXT not in (context if isinstance(context, list) else [context]):
        raise DossierError(f"{name} is no Web Annotation: its context is not {CONTEXT}.")
    types = _list(value.get("type"))
    if "AnnotationCollection" in types:
        first = value.get("first")
        if not isinstance(first, dict):
            raise DossierError(f"{name} is a collection whose pages are elsewhere; get them, and name them instead.")
        return _items(first, name)
    if "AnnotationPage" in types or "@graph" in value:
        return _items(value.get("items", value.get("@graph")), name)
    if "Annotation" not in types:
        raise DossierError(f"{name} holds something that is not said to be an Annotation (its type is {types}).")
    return [value]


def _annotation(value: dict[str, Any], name: str, losses: Losses) -> Annotation:
    identity = value.get("id", "")
    if not isinstance(identity, str):
        raise DossierError(f"{name}: an annotation has an id that is not one text.")
    what = f"{name}: annotation {identity}"
    for key in ("created", "modified", "generated", "bodyValue"):
        if key in value and not isinstance(value[key], str):
            raise DossierError(f"{what} has a “{key}” that is not one text.")
    if "bodyValue" in value and "body" in value:
        raise DossierError(f"{what} has both “body” and “bodyValue”.")
    for motivation in _list(value.get("motivation")):
        if not isinstance(motivation, str) or not (motivation in _MOTIVATIONS or ":" in motivation):
            raise DossierError(f"{what} has a motivation that there is not: {motivation}.")
    targets = [_target(one, what, losses) for one in _members(value.get("target"))]
    if not targets:
        raise DossierError(f"{what} has no target.")
    tags: list[str] = []
    comments: list[str] = [value["bodyValue"]] if "bodyValue" in value else []
    for body in _list(value.get("body")):
        _body(body, tags, comments)
    losses.lose("creators", "creator" in value)
    return Annotation(identity, tuple(targets), tuple(dict.fromkeys(tags)), "\n".join(comments))


def _body(body: Any, tags: list[str], comments: list[str]) -> None:
    if isinstance(body, dict):
        inner = _list(body.get("items"))
        if inner:  # a choice, whose first is the default, or a set
            for one in inner[:1] if "Choice" in _list(body.get("type")) else inner:
                _body(one, tags, comments)
            return
        purposes = _list(body.get("purpose"))
        text = body.get("value", body.get("source", body.get("id", "")))
        text = text.get("id", "") if isinstance(text, dict) else text
        if isinstance(text, str) and text.strip():
            (tags if "tagging" in purposes or "classifying" in purposes else comments).append(text.strip())
    elif isinstance(body, str) and body.strip():
        comments.append(body.strip())


def _members(value: Any) -> list[Any]:
    """Targets one by one, those of a set or choice among them."""
    found = []
    for one in _list(value):
        inner = _list(one.get("items")) if isinstance(one, dict) else []
        found += _members(inner) if inner else [one]
    return found


def _target(target: Any, what: str, losses: Losses) -> Target:
    if isinstance(target, str):
        return Target(target.partition("#")[0])
    if not isinstance(target, dict):
        raise DossierError(f"{what} has a target that is neither an address nor a mapping.")
    source = target.get("source", target.get("id"))
    source = source.get("id") if isinstance(source, dict) else source
    if not isinstance(source, str) or not source:
        raise DossierError(f"{what} has a target without one source.")
    selectors: list[dict[str, Any]] = []
    for outer in _list(target.get("selector")):
        selector, refined = outer, False
        while isinstance(selector, dict):
            kind = selector.get("type")
            if kind == "TextQuoteSelector" or (kind == "TextPositionSelector" and not refined):
                selectors.insert(0, selector)  # the innermost counts
            else:
                losses.lose(f"selectors of the kind {kind}")
            selector, refined = selector.get("refinedBy"), True
    return target_of(source, selectors)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class W3CExporter:
    """A collection of one page, with the texts in it."""

    title = "W3C Web Annotation"
    suffixes = (".jsonld",)
    packed = False

    def write(self, head: Head, parts: Iterable[Part], losses: Losses) -> Iterator[tuple[str, bytes]]:
        """The file."""
        del losses  # everything has a place
        articles: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        items: list[dict[str, Any]] = []
        names: dict[str, str] = {}
        texts: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for part in parts:
            names |= {record.key: record.name for record in part.records if record.kind == "issue"}
            if part.document is not None:
                document = part.document
                texts[document.key] = document.text
                address = document.fields.get("url") or f"urn:dossier:{document.key}"
                addresses[document.key] = (
                    address if address not in addresses.values() else f"urn:dossier:{document.key}"
                )
                articles.append(
                    {"id": addresses[document.key], "article": document.key, "text": document.text, **document.fields}
                )
            for record in part.records:
                body = _record_body(record, names)
                self._add(record.passages, body, items, others, texts, addresses)
            for link in part.connections:
                self._add(link.passages, _link_body(link), items, others, texts, addresses)
        for number, item in enumerate(items):
            item.setdefault("id", f"urn:dossier:link:{number + 1}")
        page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
        whole = {
            "@context": [CONTEXT, _OURS], "id": "urn:dossier:collection", "type": "AnnotationCollection",
            "label": head.title, "total": len(items), "dossier:language": head.language,
            "dossier:articles": articles, "dossier:entries": others, "first": page,
        }  # fmt: skip
        yield "annotations.jsonld", (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    @staticmethod
    def _add(
        passages: tuple[Passage, ...],
        body: dict[str, Any],
        items: list[dict[str, Any]],
        others: list[dict[str, Any]],
        texts: dict[str, str],
        addresses: dict[str, str],
    ) -> None:
        if not passages:
            others.append(body)
            return
        targets = []
        for one in passages:
            text = texts[one.document]
            selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": one.words}]
            if one.start >= 0:
                selectors[0]["prefix"] = text[max(one.start - _AROUND, 0) : one.start]
                selectors[0]["suffix"] = text[one.end : one.end + _AROUND]
                selectors.append({"type": "TextPositionSelector", "start": one.start, "end": one.end})
            targets.append({"source": addresses[one.document], "selector": selectors})
        items.append({"type": "Annotation", **body, "target": targets})


def _record_body(record: Record, issues: dict[str, str]) -> dict[str, Any]:
    """Its members of a Web Annotation, and those of our own."""
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": issues.get(key, key), "dossier:issue": key}
        for key in record.references.get("issues", ())
    ]
    if record.fields.get("note"):
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": record.fields["note"]})
    entry: dict[str, Any] = {"id": record.key, "kind": record.kind, "name": record.name, "owner": record.owner}
    entry["fields"] = {name: value for name, value in record.fields.items() if name != "note"}
    entry["references"] = {name: list(keys) for name, keys in record.references.items() if name != "issues"}
    entry["memberships"] = [msgspec.to_builtins(one) for one in record.memberships]
    return {
        "id": f"urn:dossier:{record.key}",
        "motivation": "describing",
        "body": bodies,
        "dossier:entry": {name: value for name, value in entry.items() if value},
    }


def _link_body(link: Connection) -> dict[str, Any]:
    own = {
        name: getattr(link, name)
        for name in ("source", "relation", "target", "date", "credibility", "inverse", "stance")
    }
    comment = [{"type": "TextualBody", "purpose": "commenting", "value": link.note}] if link.note else []
    return {"motivation": "linking", "body": comment, "dossier:link": {k: v for k, v in own.items() if v}}


def _own_parts(value: dict[str, Any], name: str) -> Iterator[Part]:
    """The pieces of a file that we wrote; tags and comments are read as others may have changed them since."""
    try:
        yield Part(title=str(value.get("label", "")))
        documents = {one["id"]: _own_document(one) for one in value["dossier:articles"]}
        keys = {address: document.key for address, document in documents.items()}
        made = [_own_part(one, keys) for one in [*value["dossier:entries"], *value["first"]["items"]]]
        records = [record for part in made for record in part.records]
        known = {record.key for record in records}
        tags = dict.fromkeys(key for record in records for key in record.references.get("issues", ()))
        added = [Record(key, "issue", key.removeprefix("tag:")) for key in tags if key not in known]
        links = [link for part in made for link in part.connections]
        yield from grouped(documents.values(), [*added, *records], links)
    except (KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise DossierError(f"{name} was written by dossier but is damaged ({type(error).__name__}: {error}).") from None


def _own_document(value: dict[str, Any]) -> Document:
    fields = {name: str(found) for name, found in value.items() if name not in ("id", "article", "text")}
    return Document(value["article"], value["text"], value["article"], fields)


def _own_part(value: dict[str, Any], keys: dict[str, str]) -> Part:
    passages = tuple(_own_passage(one, keys) for one in _list(value.get("target")))
    bodies = _list(value.get("body"))
    note = "\n".join(one["value"] for one in bodies if one.get("purpose") == "commenting")
    if "dossier:link" in value:
        link = value["dossier:link"]
        return Part(connections=(Connection(passages=passages, note=note, **link),))
    entry = value["dossier:entry"]
    if entry["kind"] not in get_args(Kind):
        raise TypeError(f"there is no kind of entry {entry['kind']}")
    issues = tuple(
        one.get("dossier:issue") or f"tag:{one['value']}" for one in bodies if one.get("purpose") == "tagging"
    )
    references = {name: tuple(found) for name, found in entry.get("references", {}).items()}
    fields = dict(entry.get("fields", {})) | ({"note": note} if note else {})
    record = Record(
        entry["id"], entry["kind"], entry.get("name", ""), entry["id"], fields,
        references | ({"issues": issues} if issues else {}), passages, entry.get("owner", ""),
        tuple(msgspec.convert(entry.get("memberships", []), list[Membership])),
    )  # fmt: skip
    return Part(records=(record,))


def _own_passage(target: dict[str, Any], keys: dict[str, str]) -> Passage:
    found = target_of(keys[target["source"]], target["selector"])
    return Passage(found.source, found.start, found.end, found.exact, found.before, found.after)
