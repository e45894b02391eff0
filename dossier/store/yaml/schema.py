"""The format as a JSON Schema, derived from its declarations, for editors that complete and check YAML by one."""

import json
from collections.abc import Iterable

from dossier.model.dates import MOMENT_PATTERN, WHEN_PATTERN
from dossier.model.field_spec import FieldSpec
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
from dossier.store.yaml.values import FLAGS, ID_PATTERN, MAX_ID, URL_PATTERN

Schema = dict[str, object]
"""A JSON Schema, or a part of one."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"not": {"type": ["array", "object", "null"]}}
"""Every scalar is a text to us; to a parser of YAML it may be a number, a truth value or a date.

Without a list of types no editor offers true and false for it, and a pattern holds for those that are strings.
"""
_ID: Schema = {**_TEXT, "pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}
_YEAR: Schema = {"multipleOf": 1, "minimum": -9999, "maximum": 9999}


def json_schema() -> Schema:
    """The JSON schema of a dossier's YAML files (draft 2020-12)."""
    properties: Schema = {field.name: _field(field) for field in HEADER_FIELDS}
    for section in SECTIONS.values():
        entries = {"type": ["object", "null"], **_keyed(_object(section.fields))}
        properties[section.name] = {"description": section.says, **entries}
    properties |= {name: {"description": says, **_OTHERS[name]} for name, says in OTHER_KEYS.items()}
    return {
        "$schema": _DIALECT,
        "title": "A file of a dossier",
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def schema_text() -> str:
    """The schema as indented JSON that ends with a line feed."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _definitions() -> Schema:
    date: Schema = {"not": {"type": ["array", "object", "null", "boolean"]}, **_YEAR}
    return {
        "text": _TEXT,
        "texts": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
        "id": _ID,
        "ids": {"anyOf": [_ID, {"type": "array", "items": _ID}]},
        "date": {**date, "pattern": f"^(?:{MOMENT_PATTERN})$"},
        "when": {**date, "pattern": f"^(?=.*[0-9])(?:{WHEN_PATTERN})$"},
        "relation": {"anyOf": [{"enum": sorted(BUILT_IN)}, _TEXT]},
        "url": {"type": "string", "pattern": f"^{URL_PATTERN}$"},
        "flag": {"enum": [True, False, *FLAGS]},
        "anchor": {"anyOf": [_TEXT, _object(ANCHOR_FIELDS)]},
        "anchors": {"anyOf": [_ref("anchor"), {"type": "array", "items": _ref("anchor")}]},
        "memberships": {"anyOf": [_object(MEMBERSHIP_FIELDS), {"type": "array", "items": _object(MEMBERSHIP_FIELDS)}]},
        "members": {"type": "object", **_keyed(_object(PERSON_FIELDS))},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_REFERENCES = {"path": "text", "reference": "id", "references": "ids"}
_OTHERS: dict[str, Schema] = {
    "labels": {
        "type": ["object", "null"],
        "propertyNames": {"enum": [*SECTIONS, "links"]},
        "additionalProperties": _TEXT,
    },
    "searches": {"type": ["object", "null"], "additionalProperties": _TEXT},
    "article_files": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
}


def _field(field: FieldSpec) -> Schema:
    described: Schema = {"description": field.says}
    if field.form == "choice":
        return described | {"enum": list(field.choices)}
    if field.form == "whole":
        return described | {"type": "integer", "minimum": field.lowest, "maximum": field.highest}
    if field.name == "rel":
        return described | _ref("relation")
    return described | _ref(_REFERENCES.get(field.form, field.form))


def _object(fields: Iterable[FieldSpec]) -> Schema:
    fields = tuple(fields)
    made: Schema = {
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        "additionalProperties": False,
    }
    required = [field.name for field in fields if field.required]
    return made | {"required": required} if required else made


def _keyed(value: Schema) -> Schema:
    """A mapping of ids to `value`."""
    return {"propertyNames": {"pattern": f"^{ID_PATTERN}$", "maxLength": MAX_ID}, "additionalProperties": value}


_OTHERS["extends"] = {"anyOf": [_TEXT, _object(EXTENDS_FIELDS)]}
_OTHERS["relations"] = {"type": ["object", "null"], "additionalProperties": _object(RELATION_FIELDS)}
_OTHERS["links"] = {"type": ["array", "null"], "items": _object(LINK_FIELDS)}
