"""Names found in articles: a wrong one tells the reader that somebody was spoken of who was not."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.search.mentions import Mentions

NAMES = [
    ("United States", "us", "delegation"),
    ("US", "us", "delegation"),
    ("U.S.", "us", "delegation"),
    ("the Trump administration", "us", "delegation"),
    ("Trump", "trump", "person"),
    ("He Lifeng", "he", "person"),
    ("何立峰", "he", "person"),
    ("Rare earths", "rare", "issue"),
]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.entry) for one in Mentions(NAMES).find(text)]


def test_short_names_keep_their_case_and_long_ones_do_not():
    assert found("US tariffs hurt us; rare  Earths too") == [("US", "us"), ("rare  Earths", "rare")]


def test_the_longest_name_wins_and_none_overlap():
    assert found("the Trump administration, Trump") == [("the Trump administration", "us"), ("Trump", "trump")]


def test_names_are_not_cut_out_of_words():
    assert found("Trumpet, USTR, BUS, US-China") == [("US", "us")]


def test_a_name_that_begins_or_ends_with_a_point_is_whole():
    assert found("the U.S. said; U.S.-China") == [("U.S.", "us"), ("U.S.", "us")]


def test_names_in_scripts_without_spaces_are_found():
    assert found("副总理何立峰说") == [("何立峰", "he")]


def test_typographic_spaces_do_not_hide_a_name():
    assert found("He Lifeng") == [("He Lifeng", "he")]


@given(st.text(alphabet="UShe TrumpLifng.何立峰 \n\u0130\u00df", max_size=60))
def test_whatever_the_text_mentions_lie_in_it_in_order(text):
    spans = Mentions(NAMES).find(text)
    assert all(0 <= a.start < a.end <= len(text) for a in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
