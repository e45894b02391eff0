"""What came when: out of order, or dated by guess, it would tell another story."""

import json
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.matrix.timeline import Timeline
from dossier.model.views import Filters


@pytest.fixture
def desk(seed):
    desk = Desk.open(seed)
    yield desk
    desk.close()


BY_HAND = [
    ("2025-04", ["reciprocal-tariffs", "united-states introduced tariffs"]),
    ("2025-05", [
        "geneva-signing", "united-states agreed to geneva-agreement", "china agreed to geneva-agreement",
        "united-states agreed to tariff-cut", "china agreed to tariff-cut", "united-states agreed to ninety-days",
        "china agreed to ninety-days", "china promised to retract non-tariff-measures",
    ]),
    ("2025-06-05", ["phone-call"]),
    ("2025-06-09", [
        "london-talks", "handshake", "us-relax-in-exchange", "united-states offers to relax export-controls",
        "united-states asks for rare-earths", "first-day",
    ]),
    ("2025-06-10", [
        "economic-expert", "controls-ready-to-lift", "experts-partial-easing", "trump-doing-well", "trump-not-easy",
        "trump-quite-well", "trump-positive-reports", "trump-market-open", "trump-treated-unfairly",
        "trump-guts-to-confront", "us-agreement-violated", "china-discriminatory-measures",
        "china-precise-implementation", "second-day",
    ]),
    ("", ["white-house-remarks"]),
]  # fmt: skip
"""The days of the London dossier; one event has none, and the quotes of the last day only that of the article."""


def test_the_days_of_london(desk):
    timeline = desk.weighing.timeline()
    assert [(g.label, [i.id for i in timeline[g.first : g.first + g.count]]) for g in timeline.groups] == BY_HAND
    assert [group.label for group in desk.weighing.timeline(by="month").groups] == ["2025-04", "2025-05", "2025-06", ""]
    lent = {item.id for item in timeline if item.lent}
    assert lent == set(BY_HAND[4][1]) - {"second-day"}, "only the quotes borrow the article's day"
    first_day = timeline[timeline.position("first-day")]
    assert (first_day.when, first_day.until, first_day.place) == (
        "2025-06-09T14:00",
        "2025-06-09T20:00",
        "Lancaster House, London",
    )
    assert timeline.position("nobody") is None


def test_lens_and_filters_narrow_it(desk):
    china = [item.id for item in desk.weighing.timeline(lens=("china",))]
    assert "china agreed to tariff-cut" in china
    assert "handshake" in china, "He Lifeng is one of them"
    assert "united-states agreed to tariff-cut" not in china
    assert [item.id for item in desk.weighing.timeline(filters=Filters(first="2025-06-01", last="2025-06-05"))] == [
        "phone-call"
    ]
    direct = desk.weighing.timeline(filters=Filters(("direct",)))
    assert sum(item.kind == "quote" for item in direct) == 5
    assert not [item for item in direct if item.kind == "link"]
    assert not len(desk.weighing.timeline(filters=Filters((), ("missing",))))
    everything = desk.weighing.timeline(lens=("london-day-one",))
    assert len(everything) == 32, "all of it rests on the one article"


def test_the_command_tells_the_same_timeline(seed):
    found = json.loads(CliRunner().invoke(main, ["timeline", str(seed), "--json"]).stdout)
    assert [item["id"] for item in found["items"]] == [one for _, ids in BY_HAND for one in ids]
    assert found["items"][0] == {
        "when": "2025-04", "until": None, "id": "reciprocal-tariffs", "kind": "event",
        "title": "U.S. announces reciprocal tariffs",
    }  # fmt: skip
    assert found["items"][-1]["when"] is None
    plain = CliRunner().invoke(main, ["timeline", str(seed)]).stdout.splitlines()
    assert plain[-2:] == [
        "Undated",
        "  undated · event · Trump speaks of the talks at a White House event · White House",
    ]
    assert "  2025-06-09 14:00 to 20:00 · event · First day of the talks · Lancaster House, London" in plain
    assert "  2025-06-10 (the article's day) · quote · “We are doing well with China” · Donald Trump" in plain
    marked = CliRunner().invoke(main, ["timeline", str(seed), "--markdown"]).stdout
    assert "| 2025-04 | U.S. announces reciprocal tariffs[^1] |  |" in marked


DATES = [
    "",
    "2025",
    "2025-05",
    "2025-05-12",
    "2025-05-12T09:30",
    "2025-05-12 10:00",
    "2025-05-12/2025-06-01",
    "2025-06",
    "2024-12-31",
]


@given(st.lists(st.sampled_from(DATES), max_size=12))
def test_every_order_of_dates_ends_in_one(dates):
    """What begins first comes first, the less precise before the more precise, what is not dated at the end."""
    timeline = Timeline(None, [(date, "entry", at, str(at), False) for at, date in enumerate(dates)], "day")
    order = [dates[int(timeline.id_at(at))] for at in range(len(timeline))]
    rank = [
        "2024-12-31",
        "2025",
        "2025-05",
        "2025-05-12/2025-06-01",
        "2025-05-12",
        "2025-05-12T09:30",
        "2025-05-12 10:00",
        "2025-06",
        "",
    ]
    assert order == sorted(dates, key=rank.index)
    assert sum(group.count for group in timeline.groups) == len(dates)
    assert all(left.first + left.count == right.first for left, right in pairwise(timeline.groups))
