"""`dossier check` names each mistake at its line and column: else an author hunts for it, or it is never seen."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main

QUOTES = "articles/2025-06-10-london.yaml"
HEAD = "dossier.yaml"


def check(folder: Path, *options: str):
    return CliRunner().invoke(main, ["check", str(folder), *options])


def problems(folder: Path) -> list[dict]:
    return json.loads(check(folder, "--format", "json").stdout)["problems"]


def test_the_shipped_dossier_is_clean(seed):
    result = check(seed)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "No problems" in result.stderr


SMALL = {
    HEAD: """\
format: 1
title: Small
articles:
  one: {file: one.txt}
delegations:
  us:
    name: United States
    members:
      bessent: {name: Scott Bessent}
issues:
  tariffs: {name: Tariffs}
""",
    "notes.yaml": """\
article: one
quotes:
  first:
    text: We will cut tariffs.
    speaker: bessent
    issues: [tariffs]
    date: 2025-06-10
events:
  day: {name: First day, when: 2025-06-09, at: in London}
links:
  - {from: us, rel: supports, to: tariffs, at: cut tariffs}
""",
    "one.txt": "“We will cut tariffs.” They met in London.\n\nThe talks go on. The talks go on.\n",
}

MISTAKES = [
    ("unknown speaker", "notes.yaml", "speaker: bessent", "speaker: bessant", 5, 14, "unknown-id", "bessent"),
    ("duplicate id", "notes.yaml", "  first:", "  us:", 3, 3, "duplicate-id", ""),
    ("duplicate key", HEAD, "title: Small", "title: Small\ntitle: Again", 3, 1, "duplicate-key", ""),
    ("words not there", "notes.yaml", "at: in London", "at: in Paris", 9, 48, "missing-anchor", ""),
    (
        "words there twice",
        "notes.yaml",
        "at: in London",
        "at: The talks go on.",
        9,
        48,
        "ambiguous-anchor",
        "occurrence",
    ),
    ("bad date", "notes.yaml", "2025-06-10", "2025-02-30", 7, 11, "bad-date", ""),
    ("unknown field", "notes.yaml", "speaker:", "speeker:", 5, 5, "unknown-field", "speaker"),
    ("wrong indent", "notes.yaml", "    speaker: bessent", "   speaker: bessent", 5, 4, "yaml-syntax", ""),
    ("missing file", HEAD, "file: one.txt", "file: two.txt", 4, 15, "missing-file", ""),
    ("path outside", HEAD, "file: one.txt", "file: ../one.txt", 4, 15, "path-outside", ""),
    ("wrong kind", "notes.yaml", "speaker: bessent", "speaker: tariffs", 5, 14, "wrong-kind", ""),
    ("unknown relation", "notes.yaml", "rel: supports", "rel: suports", 11, 21, "unknown-relation", "supports"),
    (
        "bad choice",
        "notes.yaml",
        "issues: [tariffs]",
        "issues: [tariffs]\n    stance: fore",
        7,
        13,
        "bad-choice",
        "for",
    ),
    ("circle", HEAD, "{name: Tariffs}", "{name: Tariffs, parent: tariffs}", 11, 36, "circle", ""),
]


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / name).write_text(text)
    return folder


def test_the_small_dossier_of_these_tests_is_clean(small):
    assert problems(small) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "code", "offered"),
    [one[1:] for one in MISTAKES],
    ids=[one[0] for one in MISTAKES],
)
def test_a_mistake_is_named_where_it_is(small, file, old, new, line, column, code, offered):
    text = (small / file).read_text()
    assert old in text
    (small / file).write_text(text.replace(old, new, 1))
    found = [one for one in problems(small) if one["code"] == code]
    assert found, problems(small)
    assert (found[0]["file"], found[0]["line"], found[0]["column"]) == (file, line, column)
    assert offered in found[0]["hint"]
    expected = 0 if found[0]["severity"] == "warning" else 1
    assert check(small).exit_code == expected
    assert f"{file}:{line}:{column}: {found[0]['severity']} {code}: " in check(small).stdout


def test_all_mistakes_are_told_at_once_and_one_bad_file_hides_no_other(small):
    (small / "bad.yaml").write_text("quotes: [\n")
    (small / "notes.yaml").write_text(SMALL["notes.yaml"].replace("in London", "in Paris").replace("bessent", "nobody"))
    codes = {one["code"] for one in problems(small)}
    assert {"yaml-syntax", "missing-anchor", "unknown-id"} <= codes


def test_anchors_are_counted_by_status(seed):
    counts = json.loads(check(seed, "--format", "json").stdout)["anchors"]
    assert counts["exact"] > 40
    assert counts["missing"] == counts["ambiguous"] == 0


@pytest.mark.parametrize(
    "arguments", [["check", "nowhere"], ["show", "nobody"], ["export", "--pane", "nothing"], ["browse", "x"]]
)
def test_what_cannot_be_done_gets_one_sentence_and_status_2(arguments, seed, monkeypatch):
    monkeypatch.chdir(seed)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("dossier: ")
