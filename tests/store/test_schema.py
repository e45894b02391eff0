"""The schema and the field reference: without these an editor or the manual would contradict the program."""

import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from dossier.model.fields import (
    ANCHOR_FIELDS,
    HEADER_FIELDS,
    LINK_FIELDS,
    OTHER_KEYS,
    PERSON_FIELDS,
    RELATION_FIELDS,
    SECTIONS,
)
from dossier.model.reference import field_reference
from dossier.store.yaml.loader import read_sheet
from dossier.store.yaml.schema import json_schema, schema_text


class Editor(yaml.SafeLoader):
    """Scalars as an editor's YAML 1.2 parser reads them: numbers and booleans, no dates."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def complaints(text):
    found = Draft202012Validator(json_schema()).iter_errors(yaml.load(text, Editor))
    return [error.message for error in found]


def test_the_shipped_dossier_fits_the_schema(seed):
    for path in seed.rglob("*.yaml"):
        assert complaints(path.read_text(encoding="utf-8")) == [], path


FITTING = [
    "",
    "title: 2025\nformat: 1\n",
    "articles: {1: {file: a.md, published: 2025, url: 'https://x.example/a?b', reliability: A}}\n",
    "quotes: {q: {text: w, at: [x, {occurrence: 2}], via: Reuters, issues: i, stance: for}}\n",
    "events: {e: {name: E, when: 2025-06-09T14:00/2025-06-09T20:00, participants: [a, b]}}\n",
    "issues:\nlinks: [{from: a, rel: r, to: b, credibility: 6}]\n",
    "delegations: {d: {name: D, mentions: no, members: {p: {name: P, aliases: [x]}}}}\n",
    "labels: {quotes: Testimony}\nrelations: {r: {inverse: s}}\narticle_files: a/*.md\n",
]
UNFIT = [
    "titel: x\n",
    "format: 2\n",
    "articles: {a: {title: x}}\n",
    "articles: {a: {file: x, url: 'javascript:x()'}}\n",
    "articles: {a: {file: x, published: yesterday}}\n",
    "people: {Bad Id: {name: x}}\n",
    "people: {p: {name: [x]}}\n",
    "people: {p: x}\n",
    "quotes: {q: {text: x, attribution: dircet}}\n",
    "quotes: {q: {text: x, at: [[x]]}}\n",
    "quotes: {q: {text: x, at: {occurrence: 0}}}\n",
    "links: [{from: a, to: b}]\n",
    "links: [{from: a, rel: r, to: b, credibility: 7}]\n",
    "links: {from: a}\n",
    "labels: {delegation: x}\n",
    "relations: {r: {stance: for}}\n",
    "delegations: {d: {name: D, members: [p]}}\n",
    "issues: {i: {name: I, mentions: maybe}}\n",
]


@pytest.mark.parametrize("text", FITTING)
def test_schema_and_reader_take_the_same(text):
    assert complaints(text) == []
    assert read_sheet("f", text.encode()).problems == ()


@pytest.mark.parametrize("text", UNFIT)
def test_schema_and_reader_refuse_the_same(text):
    assert complaints(text)
    assert read_sheet("f", text.encode()).problems


def test_every_field_is_in_the_schema_and_in_the_reference_with_what_it_is_for():
    groups = [section.fields for section in SECTIONS.values()]
    groups += [HEADER_FIELDS, PERSON_FIELDS, LINK_FIELDS, ANCHOR_FIELDS, RELATION_FIELDS]
    text, page = schema_text(), field_reference()
    for field in (field for group in groups for field in group):
        assert f'"{field.name}": {{' in text
        row = re.search(rf"^\| (\**)`{field.name}`\1 \| .+ \| {re.escape(field.says)} \|$", page, re.MULTILINE)
        assert row, field.name
    for name in [*OTHER_KEYS, *SECTIONS]:
        assert f"`{name}`" in page
    assert text.endswith("}\n")
    assert page.startswith("# ")


def test_the_tables_of_the_reference_have_three_columns():
    rows = [line for line in field_reference().splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}
