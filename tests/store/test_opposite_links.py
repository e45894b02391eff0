"""Two annotators who read the same words of one side the opposite way are told: the matrix would count both."""

import json

import pytest
from click.testing import CliRunner

from dossier.cli import main

SHEET = """\
format: 1
article: a
articles: {{a: {{file: a.txt}}}}
delegations:
  north: {{name: North, members: {{lane: {{name: Rita Lane}}}}}}
  south: {{name: South}}
issues: {{fee: {{name: Fee}}, port: {{name: Port}}}}
relations: {{welcomes: {{inverse: welcomed by, stance: for}}, doubts: {{inverse: doubted by, stance: neutral}}}}
links:
  - {{from: north, rel: welcomes, to: fee, at: We agree to pay}}
{}
"""


def told(folder, line):
    (folder / "a.txt").write_text("“We agree to pay the fee,” she said.\n")
    (folder / "dossier.yaml").write_text(SHEET.format(line))
    result = CliRunner().invoke(main, ["check", str(folder), "--format", "json"])
    return [(one["code"], one["line"]) for one in json.loads(result.stdout)["problems"]]


@pytest.mark.parametrize("source", ["north", "lane"])
def test_opposite_links_of_one_side_by_the_same_words_are_told(tmp_path, source):
    line = f"  - {{from: {source}, rel: opposes, to: fee, at: We agree to pay}}"
    assert told(tmp_path, line) == [("opposite-stances", 11)]


@pytest.mark.parametrize(
    "link",
    ["south, rel: opposes, to: fee, at: We agree to pay", "north, rel: opposes, to: port, at: We agree to pay",
     "north, rel: opposes, to: fee, at: the fee", "north, rel: doubts, to: fee, at: We agree to pay"],
)  # fmt: skip
def test_other_sides_issues_words_and_shades_contradict_nothing(tmp_path, link):
    assert told(tmp_path, f"  - {{from: {link}}}") == []


def test_a_quote_contradicts_a_link_by_its_words(tmp_path):
    quote = "quotes:\n  q: {text: We agree to pay, speaker: lane, issues: [fee], stance: STANCE}"
    assert told(tmp_path, quote.replace("STANCE", "for")) == []
    assert told(tmp_path, quote.replace("STANCE", "against")) == [("opposite-stances", 12)]
