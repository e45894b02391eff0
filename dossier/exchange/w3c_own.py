"""Web Annotations that we write, and how they come back.

What the model has no words for (speaker, stance, dates, links, the texts themselves) stands under names that begin with
`dossier:`; tags and comments are read as others may have changed them since.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from dossier.exchange.formats import DossierMetadata, ExportedFiles
from dossier.exchange.hypothesis import target_of
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    Losses,
    Record,
    group_parts,
)
from dossier.model.problems import DossierError

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OURS = {"dossier": "urn:dossier:"}
_AROUND = 32


class W3CExporter:
    """A collection of one page, with the texts in it."""

    title = "W3C Web Annotation"
    suffixes = (".jsonld",)
    packed = False

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
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
        passages: tuple[DocumentPassage, ...],
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


def own_parts(value: dict[str, Any], name: str) -> Iterator[ExchangePart]:
    """The pieces of a file that we wrote; tags and comments are read as others may have changed them since."""
    try:
        yield ExchangePart(title=str(value.get("label", "")))
        documents = [(one["id"], _own_document(one)) for one in value["dossier:articles"]]
        keys = {address: document.key for address, document in documents}
        made = [_own_part(one, keys) for one in [*value["dossier:entries"], *value["first"]["items"]]]
        records = [record for part in made for record in part.records]
        known = {record.key for record in records}
        _check_ids(len(keys) == len(documents) and len(known) == len(records))
        tags = dict.fromkeys(key for record in records for key in record.references.get("issues", ()))
        added = [Record(key, "issue", key.removeprefix("tag:")) for key in tags if key not in known]
        links = [link for part in made for link in part.connections]
        yield from group_parts([document for _, document in documents], [*added, *records], links)
    except (KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise DossierError(f"{name} was written by dossier but is damaged ({type(error).__name__}: {error}).") from None


def _check_ids(unique: bool) -> None:
    if not unique:
        raise TypeError("two articles or entries have one id")


def _own_document(value: dict[str, Any]) -> ExchangeDocument:
    fields = {name: str(found) for name, found in value.items() if name not in ("id", "article", "text")}
    raw = {"key": value["article"], "text": value["text"], "name": value["article"], "fields": fields}
    return msgspec.convert(raw, ExchangeDocument)


def _own_part(value: dict[str, Any], keys: dict[str, str]) -> ExchangePart:
    passages = tuple(_own_passage(one, keys) for one in listed(value.get("target")))
    bodies = listed(value.get("body"))
    note = "\n".join(one["value"] for one in bodies if one.get("purpose") == "commenting")
    if "dossier:link" in value:
        link = msgspec.convert({**value["dossier:link"], "passages": (), "note": note}, Connection)
        return ExchangePart(connections=(replace(link, passages=passages),))
    entry = value["dossier:entry"]
    issues = [one.get("dossier:issue") or f"tag:{one['value']}" for one in bodies if one.get("purpose") == "tagging"]
    raw = {
        **{name: entry[name] for name in ("name", "owner", "memberships") if name in entry},
        "key": entry["id"],
        "id": entry["id"],
        "kind": entry["kind"],
        "fields": {**entry.get("fields", {}), **({"note": note} if note else {})},
        "references": {**entry.get("references", {}), **({"issues": issues} if issues else {})},
    }
    return ExchangePart(records=(replace(msgspec.convert(raw, Record), passages=passages),))


def _own_passage(target: dict[str, Any], keys: dict[str, str]) -> DocumentPassage:
    found = target_of(keys[target["source"]], target["selector"])
    return DocumentPassage(found.source, found.start, found.end, found.exact, found.before, found.after)


def listed(value: Any) -> list[Any]:
    """A member that may be one value or a list of them, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
