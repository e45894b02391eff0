"""Who stood where in London, worked out with the article in hand: a wrong cell would be a wrong brief."""

import json
import re

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.model.views import Filters

ISSUES = [
    "talks-progress", "export-controls", "chip-design-software", "aircraft-engine-parts", "chemical-nuclear",
    "rare-earths", "rare-earth-dependence", "automotive-industry", "electronics-industry", "market-access",
    "unfair-treatment", "geneva-agreement", "non-tariff-measures", "tariffs", "tariff-cut", "ninety-days",
]  # fmt: skip

BY_HAND = {
    # ¶8, ¶9: four sentences of Trump's, none of which takes a side; he is the one origin.
    ("united-states", "talks-progress"): ("", 4, 1, "2025-06-10"),
    # ¶4: one sentence, annotated as a quote and as a link (offers to relax: conditional); on the 9th.
    ("united-states", "export-controls"): ("conditional", 1, 1, "2025-06-09"),
    # ¶6, passed on by negotiation officials through Bloomberg, and ¶7, the article's own word: two origins each.
    ("united-states", "chip-design-software"): ("", 2, 2, "2025-06-10"),
    ("united-states", "aircraft-engine-parts"): ("", 2, 2, "2025-06-10"),
    ("united-states", "chemical-nuclear"): ("", 2, 2, "2025-06-10"),
    # ¶4: what is asked for in exchange, in one sentence with the offer (for, conditional); ¶13: the reproach.
    # Both are told as the U.S. side's own words.
    ("united-states", "rare-earths"): ("for conditional", 2, 1, "2025-06-10"),
    # ¶10: "We would like to keep the Chinese market open", and twice a reproach.
    ("united-states", "market-access"): ("for", 1, 1, "2025-06-10"),
    ("united-states", "unfair-treatment"): ("", 1, 1, "2025-06-10"),
    # ¶11: signed, by the article's word; ¶13: violated, by the U.S. argument.
    ("united-states", "geneva-agreement"): ("for", 2, 2, "2025-06-10"),
    # ¶10: Trump imposed them (in one sentence with his boast); ¶12: announced in early April, the article says.
    ("united-states", "tariffs"): ("", 2, 2, "2025-06-10"),
    # ¶12: agreed in May.
    ("united-states", "tariff-cut"): ("for", 1, 1, "2025-05"),
    ("united-states", "ninety-days"): ("for", 1, 1, "2025-05"),
    # ¶14: one sentence, quote and link.
    ("china", "export-controls"): ("against", 1, 1, "2025-06-10"),
    # ¶4: its restrictions, as the U.S. speaks of them.
    ("china", "rare-earths"): ("", 1, 1, "2025-06-10"),
    # ¶11: signed; ¶14: demands that it be carried out.
    ("china", "geneva-agreement"): ("for", 2, 2, "2025-06-10"),
    # ¶12: "promised to retract non-tariff measures it had implemented", one clause annotated twice.
    ("china", "non-tariff-measures"): ("against", 1, 1, "2025-06-10"),
    ("china", "tariff-cut"): ("for", 1, 1, "2025-05"),
    ("china", "ninety-days"): ("for", 1, 1, "2025-05"),
}
"""Stance, statements, independent origins, last date; nothing needs a look."""

GAPS = {
    "united-states": ["rare-earth-dependence", "automotive-industry", "electronics-industry", "non-tariff-measures"],
    "china": [
        "talks-progress", "chip-design-software", "aircraft-engine-parts", "chemical-nuclear", "rare-earth-dependence",
        "automotive-industry", "electronics-industry", "market-access", "unfair-treatment", "tariffs",
    ],
}  # fmt: skip


@pytest.fixture
def desk(seed):
    desk = Desk.open(seed)
    yield desk
    desk.close()


def told(matrix):
    return {
        key: (" ".join(c.tally.stance), c.tally.statements, c.tally.origins, c.tally.last)
        for key, c in matrix.cells.items()
    }


def test_every_cell_is_what_the_article_says(desk):
    matrix = desk.weighing.matrix()
    assert [row.id for row in matrix.delegations] == ["united-states", "china"]
    assert [column.id for column in matrix.issues] == ISSUES
    assert told(matrix) == BY_HAND
    assert all(cell.tally.review == cell.tally.bare == 0 for cell in matrix.cells.values())
    assert not matrix.pending


def test_every_empty_cell_is_named(desk):
    gaps = desk.weighing.matrix().gaps()
    assert [(gap.delegation, gap.issue) for gap in gaps] == [
        (side, one) for side, found in GAPS.items() for one in found
    ]
    assert "China: nothing on Semiconductor design software" in [gap.text for gap in gaps]


def test_sub_issues_folded_in_add_up_and_the_same_sentence_stays_one(desk):
    matrix = desk.weighing.matrix(folded={"export-controls", "tariffs", "geneva-agreement", "rare-earths"})
    assert len(matrix.issues) == 7
    # ¶4, ¶6 (three links on one growing stretch of one sentence) and ¶7 (one sentence linked three times)
    assert told(matrix)["united-states", "export-controls"] == ("conditional", 3, 3, "2025-06-10")
    assert told(matrix)["united-states", "tariffs"] == ("for", 3, 2, "2025-06-10")
    assert told(matrix)["china", "geneva-agreement"] == ("for against", 3, 2, "2025-06-10")


def test_members_unfolded_stand_for_themselves(desk):
    matrix = desk.weighing.matrix(members=True)
    assert [row.id for row in matrix.delegations] == [
        "united-states", "bessent", "lutnick", "greer", "trump", "china", "he-lifeng", "xi",
    ]  # fmt: skip
    cells = told(matrix)
    assert cells["trump", "talks-progress"] == ("", 4, 1, "2025-06-10")
    assert ("united-states", "talks-progress") not in cells
    assert cells["trump", "tariffs"] == (*cells["united-states", "tariffs"][:3], "2025-06-10")
    assert not [key for key in cells if key[0] in ("bessent", "lutnick", "greer", "he-lifeng", "xi")]


def test_the_dial_shows_what_was_known_by_a_day(desk):
    assert desk.weighing.dial() == ("2025-04-30", "2025-05-31", "2025-06-09", "2025-06-10")
    may = told(desk.weighing.matrix(as_of="2025-05"))
    assert may == {
        ("united-states", "geneva-agreement"): ("for", 1, 1, "2025-05"),
        ("united-states", "tariffs"): ("", 1, 1, "2025-04"),
        ("united-states", "tariff-cut"): ("for", 1, 1, "2025-05"),
        ("united-states", "ninety-days"): ("for", 1, 1, "2025-05"),
        ("china", "geneva-agreement"): ("for", 1, 1, "2025-05"),
        ("china", "non-tariff-measures"): ("against", 1, 1, "2025-05"),
        ("china", "tariff-cut"): ("for", 1, 1, "2025-05"),
        ("china", "ninety-days"): ("for", 1, 1, "2025-05"),
    }
    assert told(desk.weighing.matrix(as_of="2025-05-15")) == {("united-states", "tariffs"): ("", 1, 1, "2025-04")}, (
        "what is only known to be of May may have come after the 15th"
    )


def test_what_changed_since_a_day_is_told(desk):
    matrix = desk.weighing.matrix(since="2025-06-09")
    changed = {key for key, cell in matrix.cells.items() if cell.changed}
    assert ("united-states", "export-controls") not in changed
    assert ("united-states", "rare-earths") in changed
    assert ("united-states", "tariff-cut") not in changed
    assert not any(cell.turned for cell in matrix.cells.values())


def test_a_lens_leaves_what_has_to_do_with_it(desk):
    matrix = desk.weighing.matrix(lens=("trump",))
    assert [row.id for row in matrix.delegations] == ["united-states"]
    assert [column.id for column in matrix.issues] == ["talks-progress", "market-access", "unfair-treatment", "tariffs"]
    assert not desk.weighing.matrix(lens=("trump", "rare-earths")).cells
    assert told(desk.weighing.matrix(lens=("london-day-one",))) == BY_HAND


def test_a_filter_leaves_direct_words_alone(desk):
    assert told(desk.weighing.matrix(filters=Filters(("direct",)))) == {
        ("united-states", "talks-progress"): ("", 4, 1, "2025-06-10"),
        ("united-states", "market-access"): ("for", 1, 1, "2025-06-10"),
    }


def test_a_cell_opens_to_its_words(desk):
    found = desk.weighing.statements("united-states", "chip-design-software")
    assert [(one.kind, one.relation, one.origin, one.evidence[0].paragraph, one.lent) for one in found] == [
        ("link", "prepares to lift", "negotiation officials", 6, True),
        ("link", "introduced", "US, China hold trade talks in London", 7, True),
    ]
    quote, link = sorted(desk.weighing.statements("china", "export-controls"), key=lambda one: one.kind, reverse=True)
    assert quote.entry == "china-discriminatory-measures"
    assert quote.same == link.same
    assert quote.stance == link.stance == ("against",)
    assert link.text.startswith("China has reacted against the U.S.")


def test_evidence_that_no_longer_holds_counts_no_more(london):
    article = london / "articles" / "2025-06-10-london.txt"
    text = article.read_text(encoding="utf-8")
    changed = text.replace(
        "We would like to keep the Chinese market open", "We should like to see the market of China shut"
    )
    assert changed != text
    article.write_text(changed, encoding="utf-8")
    desk = Desk.open(london)
    matrix = desk.weighing.matrix()
    tally = matrix.cell("united-states", "market-access").tally
    assert (tally.stance, tally.statements, tally.review) == ((), 0, 1)
    assert "United States: nothing on Chinese market access that holds; 1 piece of evidence needs a look" in [
        gap.text for gap in matrix.gaps()
    ]
    (statement,) = desk.weighing.statements("united-states", "market-access")
    assert not statement.counted
    desk.close()


def run(*words):
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_says_the_same_as_json(seed):
    found = json.loads(run("matrix", seed, "--json"))
    assert list(found) == ["delegations", "issues", "cells"]
    assert found["delegations"] == ["united-states", "china"]
    assert found["issues"] == ISSUES
    order = [(side, issue) for side in found["delegations"] for issue in ISSUES]
    keys = [(cell["delegation"], cell["issue"]) for cell in found["cells"]]
    assert keys == sorted(keys, key=order.index)
    for cell in found["cells"]:
        assert list(cell) == ["delegation", "issue", "stance", "counts", "statements", "origins", "last", "review"]
        stance, *rest = BY_HAND[cell["delegation"], cell["issue"]]
        assert [cell["stance"], cell["statements"], cell["origins"], cell["last"], cell["review"]] == [
            stance.split(),
            *rest,
            0,
        ]
    assert len(keys) == len(BY_HAND)


def test_the_command_in_words(seed):
    plain = run("matrix", seed, "--gaps").splitlines()
    assert plain[0] == "United States"
    assert plain[2] == "  Export controls: conditional; 1 statement of 1 origin; last 2025-06-09"
    assert plain[-1] == "China: nothing on Tariffs"
    assert run("matrix", seed, "--as-of", "2025-04").splitlines() == [
        "United States", "  Tariffs: no stance; 1 statement of 1 origin; last 2025-04", "China",
    ]  # fmt: skip
    refused = CliRunner().invoke(main, ["matrix", str(seed), "--as-of", "yesterday"])
    assert refused.exit_code == 2
    assert "“yesterday” is not of the form" in refused.stderr


def test_the_table_in_markdown_cites_every_word(seed):
    text = run("matrix", seed, "--markdown")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + len(ISSUES)
    assert all(row.count(" | ") == 2 for row in rows)
    marks = set(re.findall(r"\[\^(\d+)\]", "".join(rows)))
    notes = dict(re.findall(r"^\[\^(\d+)\]: “([^”]+)”", text, re.MULTILINE))
    assert marks == set(notes)
    article = (seed / "articles" / "2025-06-10-london.txt").read_text(encoding="utf-8")
    assert [words for words in notes.values() if words not in article] == []
