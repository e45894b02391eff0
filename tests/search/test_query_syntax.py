"""What is typed is understood as a reader means it, a mistake is told with its place, and nothing typed breaks the search."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_worlds import queries

from dossier.model.query import And, Dates, Every, Field, Fuzzy, Near, Not, Or, Phrase, Prefix, Word
from dossier.search.query.parser import parse
from dossier.search.query.printer import plain
from dossier.search.query.reference import CONSTRUCTS, FIELDS, LONGEST, TERMS, reference

UNDERSTOOD = [
    ("rare earth", And((Word("rare"), Word("earth")))),
    ("“export controls”", Phrase("export controls")),
    ("«export controls»", Phrase("export controls")),
    ("–china tariffs", And((Not(Word("china")), Word("tariffs")))),
    ("-china", And((Every(), Not(Word("china"))))),
    ("NOT china", And((Every(), Not(Word("china"))))),
    ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
    ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
    ("a AND b", And((Word("a"), Word("b")))),
    ("rare*", Prefix("rare")),
    ("besent~", Fuzzy("besent")),
    ("export NEAR/5 china", Near(Word("export"), Word("china"), 5)),
    ('"rare earth" NEAR us', Near(Phrase("rare earth"), Word("us"), 10)),
    ("speaker:trump", Field("speaker", ("trump",))),
    ('speaker:"Donald Trump"', Field("speaker", ("Donald Trump",))),
    ("Kind:quotes", Field("kind", ("quote",))),
    ("kind:para", Field("kind", ("paragraph",))),
    ("date:2025-06", Dates("2025-06", "2025-06")),
    ("date:2025‑05..2025-06-09", Dates("2025-05", "2025-06-09")),
    ("date:..2025", Dates("", "2025")),
    ("not will may", And((Word("not"), Word("will"), Word("may")))),
    ("US – China", And((Word("US"), Word("China")))),
    ("12:30", Phrase("12:30")),
    ("-(a OR b) c", And((Not(Or((Word("a"), Word("b")))), Word("c")))),
]


@pytest.mark.parametrize(("text", "query"), UNDERSTOOD)
def test_a_query_means_what_a_reader_means(text, query):
    parsed = parse(text)
    assert parsed.query == query
    assert not parsed.mistakes


MISTAKES = [
    ('a "b c', 2, "not closed", And((Word("a"), Phrase("b c")))),
    ("a (b", 2, "not closed", And((Word("a"), Word("b")))),
    ("a) b", 1, "closes none", And((Word("a"), Word("b")))),
    ("a OR", 2, "both sides", Word("a")),
    ("OR a", 0, "both sides", Word("a")),
    ("a ???", 2, "no letter or digit", Word("a")),
    ('a ""', 2, "nothing in these quotation marks", Word("a")),
    ("a -", 2, "", Word("a")),
    ("speaker: a", 0, "needs a value", Word("a")),
    ("kind:song a", 0, "is one of", Word("a")),
    ("date:2025-02-30 a", 0, "not in the calendar", Word("a")),
    ("date:2025-06..2025-05 a", 0, "comes after", Word("a")),
    ("title:tariffs", 0, "did you mean article:?", Phrase("title: tariffs")),
    ("title: a", 0, "There is no field title", And((Word("title"), Word("a")))),
    ("colour:", 0, "there are kind, speaker,", Word("colour")),
    ('colour:""', 0, "There is no field colour", Word("colour")),
    ("reliability:x a", 0, "is one of A, B", Word("a")),
    ("speeker:trump", 0, "did you mean speaker:?", Phrase("speeker: trump")),
    ("*rare", 0, "end of a word", Phrase("rare")),
    ("rare~2", 4, "one letter", Fuzzy("rare")),
    ("a NEAR/99 b", 2, "20 is taken", Near(Word("a"), Word("b"), 20)),
    ("a NEAR/5", 2, "both sides", Word("a")),
    ("()", 0, "nothing in these parentheses", None),
]


@pytest.mark.parametrize(("text", "position", "said", "query"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_the_rest_answers(text, position, said, query):
    parsed = parse(text)
    assert parsed.query == query
    if said:
        assert [(mistake.position, said in mistake.message) for mistake in parsed.mistakes] == [(position, True)]


def test_while_typing_the_last_word_is_the_beginning_of_one():
    assert parse("rare ea", typing=True).query == And((Word("rare"), Prefix("ea")))
    assert parse("rare ea ", typing=True).query == And((Word("rare"), Word("ea")))
    assert parse('"rare ea', typing=True).query == And((Phrase("rare"), Prefix("ea")))
    assert parse('rare "', typing=True).query == Word("rare")
    assert parse("rare -ea", typing=True).query == And((Word("rare"), Not(Word("ea"))))
    assert not parse("rare (ea", typing=True).mistakes
    assert not parse("speaker:", typing=True).mistakes
    assert not parse("colour:", typing=True).mistakes
    assert not parse("see https://example.org").mistakes


def test_a_long_query_is_cut_and_says_so():
    parsed = parse("word " * 200)
    assert {"characters" in mistake.message for mistake in parsed.mistakes} == {True, False}
    assert len(parsed.query.parts) == TERMS
    assert parse("(" * 250 + "a").query == Word("a")
    assert parse("x" * LONGEST + " lost").query == Word("x" * LONGEST)


@settings(deadline=None, max_examples=300)
@given(queries())
def test_what_was_understood_is_understood_again(text):
    parsed = parse(text)
    again = parse(parsed.understood)
    if parsed.query is not None and len(parsed.understood) <= LONGEST:
        assert again.query == parsed.query
        assert not again.mistakes
        assert plain(again.query) == parsed.understood


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab\"“”«'()-–*~:ORNEARTD/5 .,&|+!^\x00\u0301中한\u200d\ud800", max_size=40),
)


@settings(deadline=None, max_examples=400)
@given(ANYTHING, st.booleans())
def test_no_text_breaks_the_grammar(text, typing):
    parsed = parse(text, typing=typing)
    assert parsed.text == text
    assert all(
        0 <= mistake.position <= len(text) and mistake.message.endswith((".", "?")) for mistake in parsed.mistakes
    )
    assert parsed.query is not None or not parsed.understood


def test_naughty_strings_are_queries_like_any_other(shared_data, tmp_path):
    strings = json.loads(next(shared_data("blns", tmp_path).rglob("blns.json")).read_text("utf-8"))
    for text in strings:
        parsed = parse(text)
        assert parsed.query is not None or parsed.mistakes or not any(letter.isalnum() for letter in text)
    assert len(strings) > 500


def test_the_page_of_the_language_names_every_construct_and_field():
    page = reference()
    for construct in CONSTRUCTS:
        assert construct.written in page
        assert parse(construct.written).query is not None
        assert not parse(construct.written).mistakes
    for name, field in FIELDS.items():
        assert f"`{name}:`" in page
        assert not parse(f"{name}:{field.example}").mistakes
