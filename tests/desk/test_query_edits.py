"""Kinds taken into a query and left out of it: the rest of the query must mean what it meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.search.query_edit import kinds_asked, language, narrow_to_kind
from dossier.search.query.parser import parse

QUERIES = (
    "",
    "china",
    "rare ea",
    '"rare earth',
    "a OR b",
    "(a OR b) -c",
    "-x",
    "kind:event x",
    "speaker:trump date:2025",
)
KINDS = ("quote", "paragraph", "person")


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("exclude", [False, True])
def test_a_second_press_takes_back_the_first(text, typing, exclude):
    """Else a reader could not get the other hits back."""
    plain = narrow_to_kind(text, "", typing=typing)
    once = narrow_to_kind(text, "quote", exclude=exclude, typing=typing)
    assert kinds_asked(once)[exclude] == {"quote"}
    assert narrow_to_kind(once, "quote", exclude=exclude) == plain
    assert narrow_to_kind(once, "") == plain


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=6), st.sampled_from(QUERIES))
def test_whatever_is_pressed_the_words_stay(presses, text):
    query = narrow_to_kind(text, "")
    words = query
    for kind, exclude in presses:
        query = narrow_to_kind(query, kind, exclude=exclude)
        assert not parse(query, typing=False).mistakes
    assert narrow_to_kind(query, "") == words


def test_alternatives_are_narrowed_as_one():
    assert narrow_to_kind("a OR b", "quote") == "(a OR b) kind:quote"
    assert narrow_to_kind("a OR b", "quote", exclude=True) == "(a OR b) -kind:quote"


def test_every_example_of_the_language_is_understood():
    for written, says in language():
        assert parse(written, typing=False).mistakes == ()
        assert says.endswith(".")
