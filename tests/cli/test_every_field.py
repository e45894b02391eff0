"""Every field of the format that can be told in a line reaches whoever reads, searches, exports or edits the dossier."""

import json

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.model.fields import SECTION_OF, fact_fields, queried_fields, searched_fields
from dossier.model.reference import field_reference
from dossier.model.spoken_dates import spoken_date
from dossier.store.yaml.schema import schema_text
from dossier.ui.widgets.link_rows import LinkRows

LINES = ("text", "texts", "date", "when", "choice", "whole", "url")
FIELDS = [(kind, field) for kind, section in SECTION_OF.items() for field in section.fields if field.form in LINES]
SPECIAL = {"language": "fr", "sha256": "0" * 64, "guessed": "author"}
"""Fields whose values are checked or mean something."""
PANES = {
    "article": "articles",
    "delegation": "delegations",
    "person": "delegations",
    "issue": "issues",
    "quote": "quotes",
    "event": "events",
}
named = pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{kind}.{field.name}" for kind, field in FIELDS])


def word(kind, name):
    return f"zq{kind}{name.replace('_', '')}"


def value(kind, field):
    """A value that stands nowhere else, as far as the form allows it."""
    if field.name in SPECIAL:
        return SPECIAL[field.name]
    forms = {"date": "2025-06-07", "when": "2025-06-08", "url": f"https://example.org/{word(kind, field.name)}"}
    if field.form in ("choice", "whole"):
        return field.choices[-1] if field.choices else field.lowest
    return forms.get(field.form, word(kind, field.name))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A dossier with an entry of each kind that carries every field."""
    folder = tmp_path_factory.mktemp("fields")
    whole = {}
    for kind, section in SECTION_OF.items():
        entry = {field.name: value(kind, field) for field in section.fields if field.form in LINES}
        if kind == "article":
            entry["file"] = "a.txt"
        whole[section.name] = {f"the-{kind}": entry}
    whole["quotes"]["the-quote"]["at"] = "Some words"
    whole["article"] = "the-article"
    (folder / "a.txt").write_text("Some words.\n")
    (folder / "dossier.yaml").write_text(json.dumps(whole))
    desk = Desk.open(folder)
    yield desk
    desk.close()


def test_the_dossier_has_nothing_to_refuse(desk):
    wrong = [str(one) for one in desk.problems() if one.severity == "error"]
    assert not wrong


@named
def test_it_is_printed_by_the_command_show(desk, kind, field):
    shown = CliRunner().invoke(main, ["show", f"the-{kind}", "-d", str(desk.root)]).stdout
    assert str(value(kind, field)) in shown


@pytest.mark.parametrize("kind", SECTION_OF)
def test_it_is_told_among_the_details(desk, kind):
    head = LinkRows(desk.view(f"the-{kind}"), 1_000, str, 1_000)[0]
    told = " ".join(text for text, _ in head.lines)
    for field in fact_fields(kind):
        assert str(value(kind, field)) in told, field.name


@pytest.mark.parametrize("kind", SECTION_OF)
def test_its_words_are_found(desk, kind):
    for name in searched_fields(kind):
        assert f"the-{kind}" in {hit.id for hit in desk.search(word(kind, name)).hits}, name


@pytest.mark.parametrize("kind", SECTION_OF)
def test_a_query_asks_for_it(desk, kind):
    for field in queried_fields(kind):
        answer = desk.search(f"{field.name}:{value(kind, field)} kind:{kind}")
        assert ([hit.id for hit in answer.hits], answer.notes) == ([f"the-{kind}"], ()), field.name
        assert not desk.search(f"{field.name}:{field.choices[0] if field.choices else 'else'} kind:{kind}").hits


def test_what_is_said_of_an_article_is_asked_for_of_what_stands_in_it(desk):
    found = {hit.kind for hit in desk.search(f"author:{word('article', 'author')}").hits}
    assert {"article", "paragraph", "quote"} <= found


@named
def test_it_is_in_the_export(desk, kind, field):
    if field.name in ("search_aliases", "sha256", "guessed"):
        return  # of no use to whoever is sent a brief
    document = desk.render(brief_within(desk, (PANES[kind],), BriefScope()).brief)
    told = str(value(kind, field))
    assert (spoken_date(told) if field.form in ("date", "when") else told) in document


@named
def test_it_is_explained_and_offered_by_editors(kind, field):
    assert f"`{field.name}`" in field_reference()
    assert f'"{field.name}"' in schema_text()
