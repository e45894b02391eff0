"""CSL-JSON, as citation programs exchange it, and the JSON of Zotero's Better BibTeX."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dossier.exchange.formats import DossierMetadata, ExportedFiles, Library
from dossier.exchange.inputs import decode
from dossier.exchange.markup import parse_json
from dossier.exchange.records import ExchangeDocument, ExchangePart, ImportOptions, Losses, Parts
from dossier.exchange.sources import BibliographyItem, parts, split_texts
from dossier.model.problems import DossierError

_MARKUP = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?: [^<>]*)?>")
_KNOWN = {
    *("id", "type", "title", "author", "issued", "container-title", "publisher", "URL", "language", "abstract", "note"),
    *("citation-key", "citationKey", "itemType", "creators", "date", "publicationTitle", "websiteTitle", "url"),
    *("abstractNote", "itemID", "itemKey", "key", "version", "uri", "libraryID", "dateAdded", "dateModified", "select"),
}


class CslImporter:
    """A bibliography; each item is an article."""

    title = "CSL-JSON"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        bibliographies, texts = split_texts(files)
        if not bibliographies:
            raise DossierError(f"{files[0]} holds no bibliography.")
        for file in bibliographies:
            value = parse_json(decode(file.read(), file.name, options.encoding), file.name)
            found = [_item(one, number, file.name) for number, one in enumerate(_items(value, file.name), 1)]
            yield from parts(found, texts, options, file.name)


def _items(value: Any, name: str) -> list[Any]:
    if isinstance(value, dict):
        value = value.get("items", [value] if "type" in value or "itemType" in value else None)
    if not isinstance(value, list):
        raise DossierError(f"{name} is no bibliography: it is neither a list of items nor has it “items”.")
    return value


def _item(value: Any, number: int, name: str) -> BibliographyItem:
    if not isinstance(value, dict):
        raise DossierError(f"{name}: item {number} is no mapping.")
    people = [one for one in _list(value.get("author", value.get("creators"))) if isinstance(one, dict)]
    issued = value.get("issued", value.get("date", ""))
    return BibliographyItem(
        _text(value, "citation-key", "citationKey", "id") or str(number),
        _MARKUP.sub("", _text(value, "title")),
        tuple(filter(None, map(_name, people))),
        _date(issued) if isinstance(issued, dict) else str(issued or ""),
        _text(value, "container-title", "publicationTitle", "websiteTitle", "publisher"),
        _text(value, "URL", "url"),
        _text(value, "language"),
        _text(value, "abstract", "abstractNote"),
        _text(value, "note"),
        tuple(sorted(str(field) for field, found in value.items() if field not in _KNOWN and found)),
    )


def _text(value: Mapping[str, Any], *names: str) -> str:
    for name in names:
        found = value.get(name)
        if isinstance(found, list) and found:
            found = found[0]
        if isinstance(found, (str, int)) and str(found).strip():
            return str(found).strip()
    return ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(person: Mapping[str, Any]) -> str:
    """A person or body as one reads it."""
    names = ("given", "firstName"), ("dropping-particle",), ("non-dropping-particle",), ("family", "lastName")
    read = " ".join(filter(None, (_text(person, *one) for one in (*names, ("suffix",)))))
    return read or _text(person, "literal", "name")


def _date(issued: Mapping[str, Any]) -> str:
    """A date as EDTF writes it: of a range both ends, a season as month 21 to 24, and `~` behind what is uncertain."""
    dates = [_pad_parts(one) for one in _list(issued.get("date-parts")) if isinstance(one, list) and one]
    if not any(dates):
        return _text(issued, "raw", "literal", "edtf")
    season = str(issued.get("season", ""))
    if season and "-" not in dates[0]:
        dates[0] += f"-{20 + int(season)}" if season in ("1", "2", "3", "4") else f" ({season})"
    return "/".join(dates) + "~" * bool(issued.get("circa"))


def _pad_parts(parts: Sequence[Any]) -> str:
    year, *rest = (str(one).strip() for one in parts[:3])
    return "-".join(filter(None, [year, *(one.zfill(2) if one.isdigit() else one for one in rest)]))


_TOLD = frozenset({"title", "published", "publisher", "author", "url", "language", "note"})
"""The fields of an article that a bibliography has a place for."""


class CslExporter:
    """The articles as a bibliography."""

    title = "CSL-JSON"
    suffixes = (".json",)
    packed = False

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The file."""
        del head
        items = [csl_item(one.key, one.fields) for one in bibliography(parts, losses)]
        yield "items.json", (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def bibliography(parts: Iterable[ExchangePart], losses: Losses) -> Iterator[ExchangeDocument]:
    """Yield the documents of an export, and count what a bibliography has no place for."""
    for part in parts:
        losses.lose("entries", len(part.records))
        losses.lose("links", len(part.connections))
        if part.document is not None:
            losses.lose("texts")
            for name in sorted(part.document.fields.keys() - _TOLD):
                losses.lose(f"“{name}” of articles")
            yield part.document


def csl_item(key: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """The item of CSL-JSON for an article's fields."""
    item: dict[str, Any] = {"id": key, "type": "article-newspaper"}
    names = (("title", "title"), ("container-title", "publisher"), ("URL", "url"), ("language", "language"))
    item |= {name: fields[field] for name, field in (*names, ("note", "note")) if fields.get(field)}
    if fields.get("author"):
        item["author"] = [{"literal": one.strip()} for one in fields["author"].split(";") if one.strip()]
    day = fields.get("published", "").partition("T")[0]
    if day:
        numbers = [int(one) if one.isdigit() else 0 for one in day.split("-")]
        if numbers[1:] and 21 <= numbers[1] <= 24:
            item["issued"] = {"date-parts": [numbers[:1]], "season": numbers[1] - 20}
        else:
            item["issued"] = {"date-parts": [numbers]} if all(numbers) else {"raw": day}
    return item
