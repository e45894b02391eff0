"""Fields and anchors of an imported record, as a dossier writes them."""

from collections.abc import Mapping

from dossier.exchange.anchoring import NewAnchor
from dossier.exchange.records import Losses
from dossier.exchange.yaml_text import BlockText
from dossier.model.dates import moment_problem, when_problem
from dossier.model.entries import Kind, Value
from dossier.model.field_spec import FieldSpec
from dossier.model.fields import SECTION_OF
from dossier.model.folding import fold

Anchors = list[tuple[str, NewAnchor]]
"""Anchors, each with the id of its article."""

_SURE = frozenset({"direct", "anonymous"})
"""The attributions of quotes that rest on their own words, whatever else is named."""


def fields_of(kind: Kind, fields: Mapping[str, Value], losses: Losses) -> dict[str, Value]:
    """The fields that an entry of that kind has, in the order of their declarations; what is no value of its field is
    left out and counted.
    """
    found: dict[str, Value] = {}
    for field in SECTION_OF[kind].fields:
        value = fields.get(field.name)
        if field.targets or field.name in ("at", "file") or value in (None, "", []):
            continue
        if field.form == "texts" and isinstance(value, str):  # fields of an article are texts
            value = value.split(", ")
        if value is not None and _is_value(field, value):
            found[field.name] = value
        else:
            losses.lose(f"values of “{field.name}” that it cannot have")
    return found


def _is_value(field: FieldSpec, value: Value) -> bool:
    """Return whether a field can have a value."""
    if field.form in ("date", "when"):
        return not (moment_problem if field.form == "date" else when_problem)(str(value))
    if field.form == "choice":
        return value in field.choices
    if field.form == "url":
        return str(value).startswith(("http://", "https://", "mailto:")) and not any(map(str.isspace, str(value)))
    if field.form == "texts":
        return isinstance(value, list)
    return isinstance(value, bool) if field.form == "flag" else isinstance(value, (str, int))


def quote_at(anchors: Anchors, text: str, home: str, attribution: str) -> dict[str, object]:
    """The place of a quote, as far as its own words do not tell it; a mapping without `text` is about these."""
    sure = attribution in _SURE
    own = [(article, one) for article, one in anchors if fold(one.words) == fold(text)]
    if len(anchors) == len(own) == 1 and own[0][0] == home and not own[0][1].occurrence:
        return {}
    written: list[object] = []
    for article, anchor in anchors:
        if (article, anchor) not in own or not (sure or home):
            written += _written(article, anchor, home)
            continue
        closer = {"article": article, "occurrence": anchor.occurrence}
        if article == home and (anchor.occurrence or len(own) == 1):
            del closer["article"]
        if not anchor.occurrence:
            del closer["occurrence"]
        if closer:
            written.append(closer)
        elif not sure:
            written.append(BlockText(anchor.words))
    return {"at": written[0] if len(written) == 1 else written} if written else {}


def _written(article: str, anchor: NewAnchor, home: str) -> list[object]:
    """An anchor as a dossier writes it."""
    if article == home and not anchor.occurrence:
        return [BlockText(anchor.words)]
    body: dict[str, object] = {} if article == home else {"article": article}
    body["text"] = BlockText(anchor.words)
    return [body | ({"occurrence": anchor.occurrence} if anchor.occurrence else {})]


def at_of(anchors: Anchors, home: str) -> object:
    """Anchors as a dossier writes them."""
    written = [one for article, anchor in anchors for one in _written(article, anchor, home)]
    return written[0] if len(written) == 1 else written
