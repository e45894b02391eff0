"""Hypothesis: what its API and its exports give as JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dossier.exchange.annotations import AnnotatedTexts, Target, WebAnnotation, parts, split_inputs
from dossier.exchange.formats import Library
from dossier.exchange.inputs import decode
from dossier.exchange.markup import parse_json
from dossier.exchange.records import ImportOptions, Losses, Parts
from dossier.model.problems import DossierError


class HypothesisImporter:
    """Annotations of pages, whose texts are given beside them or are articles of the dossier."""

    title = "Hypothesis JSON"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        sources = AnnotatedTexts(library, options)
        for file in list(split_inputs(files, sources)):
            rows = parse_json(decode(file.read(), file.name), file.name)
            found = list(_annotations(_rows(rows, file.name), file.name, options.losses))
            yield from parts(found, sources, options, file.name)


def _rows(value: Any, name: str) -> list[Any]:
    """The annotations of an API answer (`rows`), of an export (`annotations`), or of a plain list."""
    if isinstance(value, dict):
        value = value.get("rows", value.get("annotations", [value] if "uri" in value else None))
    if not isinstance(value, list):
        raise DossierError(f"{name} holds no annotations of Hypothesis: neither “rows” nor “annotations” is in it.")
    return value


def _annotations(rows: list[Any], name: str, losses: Losses) -> Iterator[WebAnnotation]:
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("uri"), str):
            raise DossierError(f"{name}: annotation {number + 1} names no page by “uri”.")
        if row.get("references"):
            losses.lose("replies")
            continue
        uri = row["uri"]
        selectors = [one for target in _dicts(row.get("target")) for one in _dicts(target.get("selector"))]
        losses.lose("range selectors", sum(one.get("type") == "RangeSelector" for one in selectors))
        losses.lose("names of users and groups", 1)
        document = row.get("document")
        title = document.get("title") if isinstance(document, dict) else ""
        title = title[0] if isinstance(title, list) and title else title
        tags = row.get("tags")
        tags = tags if isinstance(tags, list) else []
        yield WebAnnotation(
            str(row.get("id", number)),
            (target_of(uri, selectors),),
            tuple(dict.fromkeys(filter(None, map(_text, tags)))),
            _text(row.get("text")),
            title if isinstance(title, str) else "",
        )


def target_of(source: str, selectors: list[dict[str, Any]]) -> Target:
    """The words that selectors of text choose."""
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    position = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    start, end = position.get("start"), position.get("end")
    if not (type(start) is int and type(end) is int and 0 <= start < end):
        start = end = -1
    given = (quote.get(name) for name in ("exact", "prefix", "suffix"))
    exact, before, after = (one if isinstance(one, str) else "" for one in given)
    return Target(source, exact, before, after, start, end)


def _text(value: Any) -> str:
    """A text or number as text; empty for anything else."""
    return str(value).strip() if type(value) in (str, int) else ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    value = value if isinstance(value, list) else [value]
    return [one for one in value if isinstance(one, dict)]
