"""What the help of the search promises, one example each, by every engine."""

from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opened_engines import need, opened_engine
from search_worlds import dossiers, names, texts

from dossier.model.markdown_words import NOTHING, as_read
from dossier.model.passages import Passage
from dossier.search.engines.closeness import is_close
from dossier.search.engines.scan import ScanEngine
from dossier.search.engines.table import ENGINES
from dossier.search.finder import Finder
from dossier.search.query.names import Names
from dossier.search.text.broken_words import mended
from dossier.search.text.tokenizer import tokens

ENTRIES = [
    ("may", "person", ["Tara May", "May", "Mrs May"]),
    ("start", "issue", ["New START Treaty", "START"]),
    ("trump", "person", ["Donald Trump", "President Trump"]),
]


@pytest.fixture(params=ENGINES)
def found(request, tmp_path):
    """Gives the texts that a query finds among some, in order."""
    need(request.param)
    stack = ExitStack()
    engine = stack.enter_context(opened_engine(request.param, tmp_path))
    finder = Finder(engine, Names(ENTRIES, lambda: [("day-one", "article", ["The first day"])]))

    def find(query, *given, language="en", **how):
        finder.refresh(
            Passage(f"paragraph:a:{at}", "a", "paragraph", "t", text, article="a", paragraph=at, language=language)
            for at, text in enumerate(given)
        )
        return [given[int(hit.key.rpartition(":")[2])] for hit in finder.find(query, **how).hits]

    find.finder = finder
    with stack:
        yield find


@pytest.mark.parametrize("language", ["en", "fr", "tr", "ru", ""])
@pytest.mark.parametrize(("word", "other"), [("Cooper", "Cooperation"), ("parti", "parties"), ("tariffs", "tariff")])
def test_an_exact_search_finds_no_other_form(found, word, other, language):
    assert found(word, other, mode="exact", language=language) == []
    assert found(f'"{word}"', other, language=language) == []
    assert found(word, f"The {word.upper()} is here.", other, mode="exact", language=language) != []


def test_an_exact_phrase_and_near_find_no_other_form(found):
    given = ("controls of exports", "control of export")
    assert found('"controls of exports"', *given) == [given[0]]
    assert found("controls NEAR/1 exports", *given, mode="exact") == [given[0]]
    assert found('"controls" NEAR/1 exports', *given) == [given[0]]
    assert set(found("controls NEAR/1 exports", *given)) == set(given)


@pytest.mark.parametrize("query", ["cooperations*", "cooperations~", "old cooperations*"])
def test_an_exact_beginning_or_near_miss_finds_no_other_form(found, query):
    other, same = "an old man named Cooper", "two old cooperations"
    assert found(query, other, same, mode="exact") == [same]
    assert found(query, other, mode="exact") == []


def test_the_form_as_typed_comes_first(found):
    often = "cooperation " * 9
    assert found("cooper", often, "A man named Cooper " + "of a long sentence " * 30)[0].startswith("A man")
    assert found("tariffs", "tariff", "one tariffs") == ["one tariffs", "tariff"]


def test_a_near_miss_is_one_of_words_and_not_of_stems(found):
    assert found("tarrif~", "a terrific idea", "a tariff") == ["a tariff"]
    assert found("comitee~", "the committee") == ["the committee"]
    assert found("negociations~", "the negotiations") == ["the negotiations"]


def test_an_often_used_near_miss_is_suggested_before_a_rare_one(found):
    found("zzz", "tarifs", *["tariffs matter"] * 40)
    assert found.finder.find("tarifff").suggestions[0] == "tariffs"


def test_a_near_miss_with_many_more_hits_is_suggested_for_a_word_that_is_there(found):
    texts = ["A tarif is due.", "The form and a cooper.", *["A tariff; cooperation from here."] * 40]
    found("zzz", *texts, *["An often meant event, seldom ment."] * 9)
    finder = found.finder
    assert finder.find("tarif").suggestions == ("tariff",)
    assert finder.find("tarif due").suggestions == ()
    assert finder.find("form").suggestions == ()  # short words are too like each other
    assert finder.find("cooper").suggestions == ()
    assert finder.find("tariff").suggestions == ()
    assert finder.find("often").suggestions == ()


@pytest.mark.parametrize("others", [9, 10])
def test_a_rare_word_is_not_doubted_for_one_that_is_hardly_more_frequent(found, others):
    found("zzz", "A tarif is due.", *["A tariff."] * others)
    assert bool(found.finder.find("tarif").suggestions) is (others == 10)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("F-16", "Two F-16s flew."),
        ("F16", "Two F-16s flew."),
        ("1990", "In the 1990s it ended."),
        ("MP", "Three MPs left."),
        ("AT&T", "AT&T rose."),
        ("Erdoğan", "Erdoğan’ın sözleri."),
        ('"Recep Tayyip Erdoğan"', "Recep Tayyip Erdoğan'ın sözleri."),
        ("Ankara", "Ankara'da"),
        ("AB", "AB'nin"),
        ("Biden", "Biden'a"),
        ("negotiations", "the negotia-\ntions go on"),
        ('"the negotiations go on"', "the negotia-\r\n   tions go on"),
        ('"rare earth"', "rare-\nearth exports"),
        ("Verhandlungen", "die Verhand‐\nlungen"),
        ("negotiations", "the negotia\u00ad\ntions"),
    ],
)
def test_a_word_is_found_in_this_form(found, query, text):
    assert found(query, text) == [text]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("AT&T", "He looked at t and left."),
        ("AT&T", "look at- t"),
        ("Xi", "They met in Xi’an."),
        ("Tara May", "An agreement may come."),
        ("New START Treaty", "Talks start today."),
        ("uschina", "US-\nChina talks"),
    ],
)
def test_a_word_is_not_found_in_this_form(found, query, text):
    assert found(query, text) == []


def test_a_short_alias_and_one_in_capitals_are_found_with_their_case(found):
    assert found("Tara May", "Mrs May left.") == ["Mrs May left."]
    assert found("Tara May", "We met May there.") == ["We met May there."]
    assert found("New START Treaty", "About START again.") == ["About START again."]


def test_a_hit_by_an_alias_says_so_where_the_alias_is_marked(found):
    text = "President Trump spoke; Trump left, and Donald Duck too."
    found("x", text)
    (hit,) = found.finder.find("Donald Trump").hits
    assert "President Trump" in [hit.snippet[first:last] for first, last in hit.spans]
    assert hit.why == "matched: President Trump = Donald Trump"


def test_what_is_searched_for_in_signs_is_said(found):
    for query, read in (("C++", "C"), ("@name", "name"), ("#5", "5")):
        found("x", "x")
        assert any(f"{read} is searched for" in note for note in found.finder.find(query).notes), query
    for query in ("AT&T", "F-16", "don't", "U.S.", "wait...", "e.g."):
        assert found.finder.find(query).notes == ()


@pytest.mark.parametrize("typing", [False, True])
def test_a_field_with_nothing_behind_it_says_so(found, typing):
    for query in ("speaker:", "date:", "speaker: trump", 'speaker:"" trump'):
        assert any("needs a value" in note for note in found.finder.find(query, typing=typing).notes), query


def test_an_article_is_meant_by_its_id_and_by_its_title(found):
    for query in ("article:day-one", 'article:"the first day"'):
        assert found.finder.ask(query).searched.values == ("day-one",)
        assert found.finder.ask(query).notes == ()
    assert found.finder.ask("article:day-two").notes


@pytest.mark.parametrize("typed", ["day-ones", "dayone", '"first day"', '"the first dya"', "First"])
def test_an_article_that_is_misspelt_is_guessed(found, typed):
    assert "Did you mean article:day-one?" in found.finder.ask(f"article:{typed}").notes[0]


def test_an_entry_of_another_kind_is_no_guess(found):
    assert found.finder.ask("issue:trumpp").notes == ("issue: nothing is called trumpp.",)
    assert "speaker:trump?" in found.finder.ask("speaker:trumpp").notes[0]


@pytest.mark.parametrize(("query", "same"), [("date:2024…2025", "date:2024..2025"), ("a…b", "a...b"), ("a…", "a...")])
def test_an_ellipsis_is_three_dots(found, query, same):
    found("x", "a b", "a, b")
    one, other = found.finder.find(query), found.finder.find(same)
    assert (one.hits, one.notes) == (other.hits, other.notes)


MARKDOWN = [
    ('See [words](https://ex.org/style/a_(b) "style") now', "See words now"),
    ('<div class="style" id=style>words</div><br/>', "words"),
    ("![words](img/style.png){.style}", "words"),
    ("[1]: https://ex.org/style 'style'", ""),
    ("[words][style] here", "words here"),
    ("<!-- style\n\nstyle --> words", "words"),
    ("<style>\np {style: style}\n\n</style>\n\nwords", "words"),
    ("<script>style()</script> words <SCRIPT src=style>\nstyle</SCRIPT>", "words"),
    ("One<br>two<hr/>three <td>four</td><td>five</td>", "One two three four five"),
    ("in<b>ter</b>national *in*door", "international indoor"),
    ("Say `<script>` here", "Say script here"),
    ("[![words](style.png)](https://style.org)", "words"),
    ("> quoted **neg**otiations\n> go on", "quoted negotiations go on"),
    ("```style\nwords\n```", "words"),
    ("caf&eacute; AT&amp;T a&nbsp;b", "café AT&T a b"),
    (r"F\-16 neg**otia**tions", "F-16 negotiations"),
    ("3 < 4 and b > a [sic] said", "3 4 and b a sic said"),
]


@pytest.mark.parametrize(("text", "read"), MARKDOWN)
def test_markup_is_no_word(text, read):
    assert [one.word for one in tokens(as_read(text).replace(NOTHING, ""), "en")] == [
        one.word for one in tokens(read, "en")
    ]


@settings(deadline=None, max_examples=300)
@given(st.text("a[]()<>!&;*\\`~/=\"'#\n -:.éx", max_size=60))
def test_blanking_keeps_every_offset(text):
    assert len(as_read(text)) == len(mended(text)) == len(text)


@settings(deadline=None, max_examples=120)
@given(st.lists(texts(30), min_size=1, max_size=6).map(" ".join), texts(3))
def test_a_snippet_ends_inside_no_match(text, asked):
    """Each marked stretch begins and ends where a match of the whole text does."""
    finder = Finder(ScanEngine(), names())
    finder.refresh([Passage("paragraph:a:1", "a", "paragraph", "t", text, language="en")])
    whole = {" ".join(text[one.start : one.end].split()) for one in tokens(text, "en")}
    for hit in finder.find(f'"{asked}"', seconds=60).hits:
        for first, last in hit.spans:
            shown = hit.snippet[first:last]
            assert any(shown.startswith(one) for one in whole)
            assert any(shown.endswith(one) for one in whole)


def test_nothing_is_left_out_where_a_text_begins_with_space(found):
    found("x", "\n  the words  \n")
    assert found.finder.find("words").hits[0].snippet == "the words"


def test_a_long_match_at_the_edge_is_shown_whole_or_not_at_all():
    phrase = "alpha beta gamma delta epsilon zeta eta theta"
    finder = Finder(ScanEngine())
    for lead in range(60, 180):
        text = "alpha " + "x" * (lead - 40) + " filler" * 5 + f" {phrase} and more " + "words " * 60
        finder.refresh([Passage(f"paragraph:a:{lead}", "a", "paragraph", "t", text, language="en")])
        (hit,) = finder.find(f'"{phrase}" OR alpha').hits
        marked = [hit.snippet[first:last] for first, last in hit.spans]
        assert set(marked) <= {"alpha", phrase}, lead


@settings(deadline=None, max_examples=40)
@given(dossiers(), st.sampled_from(["Tariff", "control", "EARTH", "negotiation"]))
def test_exact_is_what_the_words_of_a_text_say(world, word):
    finder = Finder(ScanEngine())
    finder.refresh(world)
    hits = {hit.key for hit in finder.find(word, mode="exact", limit=99, seconds=60).hits}
    for passage in world:
        stand = {one.word for text in (passage.text, *passage.names) for one in tokens(text, passage.language)}
        titled = passage.kind not in ("paragraph", "quote", "link")
        stand |= {one.word for one in tokens(passage.title, passage.language)} if titled else set()
        assert (passage.key in hits) == (word.lower() in stand)


@given(st.text("abct", min_size=1, max_size=8), st.text("abct", min_size=1, max_size=8))
def test_closeness_goes_both_ways(word, other):
    assert is_close(word, other) == is_close(other, word)
