"""`dossier links`: both directions, by relation, with what members are linked to; and marked entries as a brief."""

import json

from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.brief.builder import outline_of
from dossier.desk.desk import Desk


def run(*words):
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_links_of_a_delegation_hold_those_of_its_members(seed):
    found = json.loads(run("links", "united-states", "-d", seed, "--json"))
    assert found["id"] == "united-states"
    told = {(link["relation"], link["here"], link["other"]) for link in found["links"]}
    assert ("offers to relax", "united-states", "export-controls") in told
    assert ("accused by", "united-states", "china") in told
    assert ("introduced", "trump", "tariffs") in told
    assert ("attended", "bessent", "first-day") in told
    relations = [(link["relation"], link["outward"]) for link in found["links"]]
    assert len(set(relations)) == sum(a != b for a, b in zip(relations, [None, *relations], strict=False)), "grouped"


def test_links_are_told_in_words(seed):
    plain = run("links", "united-states", "-d", seed).splitlines()
    at = plain.index("accuses:")
    assert plain[at + 1] == "  china · China"
    assert plain[at + 2] == "    ✓ exact london-day-one ¶13"
    assert "  tariffs · Tariffs (by trump)" in plain


def test_links_in_markdown_lead_to_their_words(seed):
    text = run("links", "china", "-d", seed, "--markdown")
    assert text.startswith("# Links of China\n")
    assert "### China" in text
    assert "#### He Lifeng" in text
    assert "- **demands** Geneva agreement[^" in text


def test_an_unknown_id_is_refused_with_the_nearest(seed):
    result = CliRunner().invoke(main, ["links", "chna", "-d", str(seed)])
    assert result.exit_code == 2
    assert "did you mean china?" in result.stderr


def test_matrix_and_timeline_are_panes_of_an_export(seed):
    text = run("export", "-d", seed, "--pane", "quotes", "--pane", "matrix", "--pane", "timeline")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Quotes", "## Matrix", "## Timeline"]
    assert "| Tariffs | " in text
    only = run(
        "export", "-d", seed, "--pane", "matrix", "--pane", "timeline", "--only", "china", "--only", "tariff-cut"
    )
    rows = [line for line in only.splitlines() if line.startswith("| ")]
    assert rows[0] == "|  | China |"
    assert rows[2].startswith("| – Tariff cut of 115 percentage points | for; 1 statement of 1 origin; 2025-05[^")
    assert sum("China agreed to" in row for row in rows) == 3


def test_the_basket_is_the_outline_of_a_brief_in_the_order_made_by_hand(seed):
    desk = Desk.open(seed)
    brief = outline_of(desk, ("trump-not-easy", "china", "export-controls"), {"china": "Ask *them* <first>."})
    assert [item.entry.id for item in brief.chapters[0].items] == ["trump-not-easy", "china", "export-controls"]
    text = desk.render(brief)
    assert "**Remark:** Ask \\*them\\* \\<first>." in text
    assert text.index("“China is not easy to deal with.”") < text.index("### China") < text.index("### Export controls")
    desk.close()
