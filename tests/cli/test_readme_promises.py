"""What the README says a command does, done once."""

import json

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.cli.searching import search as search_command
from dossier.model.anchors import STATUSES
from dossier.model.fields import ATTRIBUTIONS


def run(*words, code=0):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def inferred(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inferred")
    quotes = {name: f"words that are {name}" for name in ATTRIBUTIONS}
    lines = [f"  {name}: {{text: {text}, speaker: ann, attribution: {name}}}" for name, text in quotes.items()]
    (folder / "a.txt").write_text(" and ".join(f"“{text}”" for text in quotes.values()), "utf-8")
    head = "format: 1\ntitle: T\narticle: a\narticles: {a: {file: a.txt}}\npeople: {ann: {name: Ann}}\nquotes:\n"
    (folder / "dossier.yaml").write_text(head + "\n".join(lines), "utf-8")
    return folder


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_a_filter_leaves_the_quotes_of_one_attribution(inferred, attribution):
    found = json.loads(run("search", "kind:quote", "-d", inferred, "--attribution", attribution, "--json").stdout)
    assert [hit["id"] for hit in found["hits"]] == [attribution]
    told = run("export", "-d", inferred, "--pane", "quotes", "--attribution", attribution).stdout
    assert [name for name in ATTRIBUTIONS if f"words that are {name}" in told] == [attribution]


def test_the_filters_take_all_that_the_format_knows():
    options = {one.name: one for one in search_command.params}
    assert tuple(options["attributions"].type.choices) == ATTRIBUTIONS
    assert tuple(options["statuses"].type.choices) == STATUSES


def test_check_names_file_line_and_column_and_exits_1(london):
    text = (london / "dossier.yaml").read_text("utf-8")
    (london / "dossier.yaml").write_text(text + "quotes: {nope: {text: never said by anyone, article: x}}\n", "utf-8")
    assert "dossier.yaml:" in run("check", london, code=1).stdout


def test_search_show_matrix_timeline_links_anchors_and_index(seed):
    assert "export controls" in run("search", '"export controls" -tariffs', "-d", seed).stdout
    assert "paragraph" not in run("search", "speaker:trump", "-d", seed).stdout
    assert run("show", "rare-earths", "-d", seed).stdout.startswith("issue rare-earths")
    assert "China" in run("matrix", seed).stdout
    assert "2025-06" in run("timeline", seed).stdout
    assert run("links", "china", "-d", seed).stdout
    assert "exact" in run("anchors", seed).stdout
    assert "passages in" in run("index", seed).stdout


def test_a_brief_verifies_and_one_with_another_word_does_not(seed, tmp_path):
    brief = tmp_path / "brief.md"
    run("export", "-d", seed, "--pane", "quotes", "--query", "issue:rare-earths OR speaker:trump", "-o", brief)
    run("verify", brief, "-d", seed)
    text = brief.read_text("utf-8")
    assert "not easy" in text
    brief.write_text(text.replace("not easy", "very easy"), "utf-8")
    run("verify", brief, "-d", seed, code=1)


def test_attribution_in_a_query_finds_nothing_without_one(seed):
    found = json.loads(run("search", "attribution:direct", "-d", seed, "--limit", "99", "--json").stdout)
    assert {hit["kind"] for hit in found["hits"]} == {"quote"}


def test_what_the_matrix_counts_the_search_finds(seed):
    table = json.loads(run("matrix", seed, "--json").stdout)
    counted = [cell for cell in table["cells"] if cell.get("statements")]
    assert counted
    for cell in counted:
        query = f"delegation:{cell['delegation']} issue:{cell['issue']} (kind:quote OR kind:link)"
        assert json.loads(run("search", query, "-d", seed, "--json").stdout)["total"] >= 1, query


def test_a_brief_has_all_that_was_quoted_unless_panes_are_named(seed):
    chosen = run("export", "--style", "brief", "-d", seed, "--pane", "quotes").stdout
    assert chosen == run("export", "--style", "brief", "-d", seed).stdout
    assert "add --style brief" in run("export", "-d", seed, code=2).stderr


def test_a_folder_with_a_dossier_is_opened_by_its_name_alone(seed):
    by_command = run("browse", seed, code=2).stderr
    assert "needs a terminal" in by_command
    assert by_command == run(seed, code=2).stderr
