"""What editors check by the schema agrees with `dossier check`, under plain jsonschema and PyYAML as well."""

import jsonschema
import pytest
import yaml

from dossier.model.relations import BUILT_IN
from dossier.store.schema import json_schema

SCHEMA = json_schema()
RIGHT = [
    "articles: {a: {file: a.txt, published: 2024-03-05}}",
    "articles: {a: {file: a.txt, published: '2024-03-05'}}",
    "articles: {a: {file: a.txt, published: 2024-03}}",
    "articles: {a: {file: a.txt, published: 2024}}",
    "articles: {a: {file: a.txt, published: 2024-03-05T10:30:00Z}}",
    "articles: {a: {file: a.txt, published: '2024-03?'}}",
    "articles: {a: {file: a.txt, published: 201X}}",
    "events: {a: {name: A, when: 2024-03-05/2024-03-07}}",
    "events: {a: {name: A, when: 2024-03-05/..}}",
    "events: {a: {name: A, when: 2024-21}}",
    "quotes: {a: {text: x, speaker: no, issues: [2024, 1.5, on]}}",
    "links: [{from: a, rel: supports, to: b}]",
    "links: [{from: a, rel: own-relation, to: b}]",
    "articles: {2024-03-05: {file: a.txt, title: 2024-03-05}}",
    "",
]
WRONG = [
    "articles: {a: {file: a.txt, published: yesterday}}",
    "articles: {a: {file: a.txt, published: [2024]}}",
    "articles: {a: {file: a.txt, published: true}}",
    "articles: {a: {file: a.txt, published: 20240}}",
    "events: {a: {name: A, when: /}}",
    "quotes: {a: {speaker: Ada Byron}}",
    "quotes: {a: {speaker: {name: Ada}}}",
    "links: [{from: a, rel: [supports], to: b}]",
    "articles: {Not An Id: {file: a.txt}}",
    "articels: {}",
]


def problems(text):
    return [one.message for one in jsonschema.Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_validates(text):
    assert not problems(text)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_does_not(text):
    assert problems(text)


def test_every_file_of_the_shipped_dossier_validates(seed):
    files = sorted(one for one in seed.rglob("*.yaml") if ".index" not in one.parts)
    assert files
    for file in files:
        assert not problems(file.read_text()), file


def test_editors_offer_the_relations_and_no_truth_values():
    rel = SCHEMA["$defs"]["relation"]["anyOf"]
    assert rel[0]["enum"] == sorted(BUILT_IN)
    assert "boolean" not in str({key: SCHEMA["$defs"][key].get("type") for key in ("text", "id", "date", "when")})
