"""Whatever is typed or pasted into the search line gets an answer in time, or is told what is wrong with it."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk

LONDON = Path(__file__).parents[2] / "seeds/london-trade-talks"
SAID = ("US", "China", "export", "何立峰", "besent", "speaker:", "date:2025-06..", "kind:quote", "trump", "rare earths")

ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab\"“”«'()-–*~:ORNEARTD/5 .,&|+!^\x00\u0301中한\u200d\ud800", max_size=40),
    st.lists(st.one_of(st.sampled_from(SAID), st.sampled_from(' "()-*~:'), st.text(max_size=4)), max_size=8).map(
        "".join
    ),
)


@pytest.fixture
def finder(tmp_path, monkeypatch, engine_name):
    """The search of the London dossier, in either engine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    desk = Desk.open(Path(shutil.copytree(LONDON, tmp_path / "london")), engine=engine_name)
    desk.index()
    yield desk.finding.finder()
    desk.close()


def ask(finder, text, *, typing):
    """An answer is in time when it is not partial: two seconds are all that a search takes."""
    answer = finder.find(text, limit=10, typing=typing)
    assert not answer.partial
    assert len(answer.hits) == min(answer.total, 10)
    assert answer.understood or answer.notes or typing or not text.strip()
    for hit in answer.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.spans)


def test_every_naughty_string_is_answered(finder, shared_data, tmp_path):
    strings = json.loads(next(shared_data("blns", tmp_path).rglob("blns.json")).read_text("utf-8"))
    for text in strings:
        ask(finder, text, typing=False)
        ask(finder, text, typing=True)
    print(f"{len(strings)} naughty strings")
    assert len(strings) >= 515


SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(deadline=None, max_examples=200, suppress_health_check=SHARED)
@given(text=ANYTHING, typing=st.booleans())
def test_any_text_is_answered(finder, text, typing):
    ask(finder, text, typing=typing)


@pytest.mark.thorough
def test_a_hundred_thousand_texts_are_answered(finder):
    asked = []

    @settings(deadline=None, max_examples=100_000, suppress_health_check=SHARED, database=None)
    @given(text=ANYTHING, typing=st.booleans())
    def one(text, typing):
        asked.append(1)
        ask(finder, text, typing=typing)

    one()
    print(f"{len(asked):,} generated texts as queries")
