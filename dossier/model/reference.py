"""The field reference: the format of a dossier as a page of Markdown, written from its declarations."""

from collections.abc import Iterable

from dossier.model.field_spec import FieldSpec, Form
from dossier.model.fields import (
    ANCHOR_FIELDS,
    EXTENDS_FIELDS,
    HEADER_FIELDS,
    LINK_FIELDS,
    MEMBERSHIP_FIELDS,
    OTHER_KEYS,
    PERSON_FIELDS,
    RELATION_FIELDS,
    SECTIONS,
)
from dossier.model.relations import BUILT_IN

_FORMS: dict[Form, str] = {
    "text": "text",
    "texts": "text or list of texts",
    "date": "day, month, year or time (EDTF: ISO 8601-2, level 1)",
    "when": "day, month, year or time, or two of them as `from/to`",
    "flag": "`true` or `false`",
    "url": "http, https or mailto address",
    "anchors": "words, an anchor, or a list of either",
    "path": "path",
    "members": "people by id",
    "memberships": "membership or list of memberships, see below",
}
_HEAD = "| field | value | what it is for |\n| --- | --- | --- |"


def field_reference() -> str:
    """Every key of the format with its value and meaning, as a page of Markdown."""
    parts = [
        "# Field reference",
        "Every `*.yaml` and `*.yml` file of a dossier may hold any of these keys. Fields in **bold** are required.",
        "## Of the dossier",
        _table(HEADER_FIELDS, [f"| `{name}` | {_OTHERS[name]} | {_cell(says)} |" for name, says in OTHER_KEYS.items()]),
    ]
    for section in SECTIONS.values():
        parts += [f"## `{section.name}`", f"{section.says} A mapping of ids to:", _table(section.fields)]
    return (
        "\n\n".join(
            [
                *parts,
                "## `extends`",
                "The name of an archive; or a mapping of:",
                _table(EXTENDS_FIELDS),
                "## `members` of a delegation",
                "A mapping of ids to:",
                _table(PERSON_FIELDS),
                "## `memberships` of a person",
                "A list of:",
                _table(MEMBERSHIP_FIELDS),
                "## `links`",
                "A list of:",
                _table(LINK_FIELDS),
                "## `relations`",
                "A mapping of names to:",
                _table(RELATION_FIELDS),
                "These are known without being declared; the last five are written by fields of entries:",
                _relations(),
                "## Anchors (`at`)",
                "The exact words; or a mapping of:",
                _table(ANCHOR_FIELDS),
            ]
        )
        + "\n"
    )


_OTHERS = {
    "extends": "text or mapping, see below",
    "labels": "texts by name of section",
    "article_files": _FORMS["texts"],
    "relations": "mapping, see below",
    "links": "list, see below",
    "searches": "queries by name",
}


def _table(fields: Iterable[FieldSpec], further: Iterable[str] = ()) -> str:
    rows = (f"| {_name(field)} | {_cell(_value(field))} | {_cell(field.says)} |" for field in fields)
    return "\n".join([_HEAD, *rows, *further])


def _relations() -> str:
    """The relations that every dossier has, as a table."""
    rows = (
        f"| `{one.name}` | {one.inverse} | {f'`{one.stance}`' if one.stance else ''} |" for one in BUILT_IN.values()
    )
    return "\n".join(["| relation | from the other end | stance |", "| --- | --- | --- |", *rows])


def _name(field: FieldSpec) -> str:
    return f"**`{field.name}`**" if field.required else f"`{field.name}`"


def _value(field: FieldSpec) -> str:
    if field.form == "choice":
        return ", ".join(f"`{choice}`" for choice in field.choices)
    if field.form == "whole":
        alone = field.lowest == field.highest
        return f"`{field.lowest}`" if alone else f"whole number from {field.lowest} to {field.highest}"
    if field.form in ("reference", "references"):
        what = " or ".join(field.targets) or "any entry"
        return f"id ({what})" if field.form == "reference" else f"id or list of ids ({what})"
    return _FORMS[field.form]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
