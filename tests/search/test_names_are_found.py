"""Whatever the reader of an article underlines as a name is found by a search for that name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.desk.search.mentions import Mentions
from dossier.model.passages import Passage
from dossier.model.query import Word
from dossier.search.engines.scan import ScanEngine
from dossier.search.finder import Finder
from dossier.search.query.names import Names
from dossier.search.snippets import snippet

NAMES = (
    "Erdoğan", "Ankara", "Çin", "Biden", "Kennedy", "Xi", "Li Na", "O'Brien", "US", "U.S.", "NATO", "G7", "F-16",
    "COVID-19", "AT&T", "Zoë", "Москва", "Αθήνα", "中国", "서울",
)  # fmt: skip
BEFORE = (
    "", "the ", "pro-", "anti‑", "US-", "ex–", "(", "“", "«", "l'", "d’", "L’", "dell'", "$", "@", "#", "/", "_", "3",
)  # fmt: skip
BEHIND = (
    "", " said", "'s", "’S", "'nın", "’da", "'ya", "'in", "’ten", "'em", "'ego", "-led", "—then", "–UK", ".", ",",
    "/UK", "_x", "@x", "s", "ian", "+", "%", ")", "”", "»", "…", "...then", "에서", "の", "-\nled", "’", " 2",
)  # fmt: skip


def searched(name, text):
    finder = Finder(ScanEngine(), Names([("id", "person", [name])]))
    finder.refresh([Passage("paragraph:a:1", "a", "paragraph", "t", text, article="a", paragraph=1, language="en")])
    return finder.find(name, seconds=60).total, finder.find(f'"{name}"', seconds=60).total


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(NAMES), st.sampled_from(BEFORE), st.sampled_from(BEHIND))
def test_what_is_a_mention_is_found(name, before, behind):
    text = f"{before}{name}{behind}"
    if Mentions([(name, "id", "person")]).find(text):
        assert searched(name, text) == (1, 1), text


@pytest.mark.parametrize(
    ("name", "text"),
    [("Trump", "Trump'll come"), ("They", "They’ve gone"), ("Çin", "Çin'e gitti"), ("AT&T", "pro-AT&T에서")],
)
def test_an_ending_behind_an_apostrophe_hides_no_name(name, text):
    assert searched(name, text)[0] == 1


@pytest.mark.parametrize("ending", ["'s", "'ll", "’d", "'ve", "'re", "'m", "’nın"])
@pytest.mark.parametrize("name", ["Rita Lane", "O'Brien", "Zoë O’Brien"])
def test_a_name_is_found_as_a_phrase_before_a_contraction(name, ending):
    assert searched(name, f"and {name}{ending} do it") == (1, 1)
    assert searched(f"{name}{ending}", f"and {name}{ending} do it") == (1, 1)


@pytest.mark.parametrize("text", ["O'Brien", "O'Brien's", "O'Brien'll", "the O’Brien'd"])
def test_a_name_written_without_its_apostrophe_is_marked_from_its_first_letter(text):
    (_, marked, _) = snippet(Passage("k", "i", "paragraph", "t", f"{text} said"), Word("obrien"))
    assert [text[start:].startswith("O") for start, _ in marked] == [True]


@pytest.mark.parametrize(
    ("name", "text"), [("Xi", "in Xi'an"), ("Ma", "yes, Ma’am"), ("can", "we can't"), ("O", "O'Brien")]
)
def test_half_of_a_word_with_an_apostrophe_is_no_word(name, text):
    assert searched(name, text)[0] == 0


@pytest.mark.parametrize("word", ["Erdoğan'ın", "erdoğan'ın", "Sana'a", "sana'a", "They'll", "they'll", "F-16'nın"])
def test_a_word_is_found_as_it_is_written(word):
    assert searched(word, f"so {word} it is") == (1, 1)
    assert searched(word.lower(), f"so {word} it is")[0] == 1
