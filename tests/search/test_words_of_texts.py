"""Every word of an article can be found: short ones, common ones, names with dots, accents and scripts without spaces."""

import unicodedata
from pathlib import Path

import pytest
import snowballstemmer
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search_worlds import texts

from dossier.search.text.chunks import PLAIN, chunks, in_plain_letters
from dossier.search.text.english import stem
from dossier.search.text.normalize import bare, fold
from dossier.search.text.tokenizer import EXACT, exactly, tokens, words

ARTICLE = Path(__file__).parents[2] / "seeds/london-trade-talks/articles/2025-06-10-london.txt"

TERMS = [
    ("The U.S. may not", ["the", "us", "may", "not"], ["^The", "^us"]),
    ("US and us", ["us", "and", "us"], ["^us"]),
    ("F-16", ["f", "16"], ["^F", "f16"]),
    ("AT&T", ["at", "t"], ["^T", "^at", "att"]),
    ("co-operation", ["co", "oper"], ["cooper"]),
    ("O'Brien’s", ["o'brien"], ["obrien"]),
    ("China's d'accord don't", ["china", "accord", "don't"], []),
    ("1,200 2.5 90-day 9th", ["1200", "2.5", "90", "day", "9th"], ["90day"]),
    ("naïve Straße ＵＳ ﬁnd Łódź", ["naiv", "strass", "us", "find", "lodz"], ["^us"]),
    ("何立峰", ["何立", "立峰", "峰"], ["何", "立"]),
    ("5月 무역", ["5", "月", "무역", "역"], ["무"]),
    ("F-16s of the 1990s", ["f", "16", "of", "the", "1990"], ["^F", "f16"]),
    ("MPs May He iPS", ["mps", "may", "he", "ip"], ["^mp", "^May", "^He", "^iPS"]),
    ("Erdoğan'ın AB’nin Xi'an can't", ["erdogan", "ab", "xi'an", "can't"], ["^ab", "ab'nin", "erdogan'in"]),
    ("snake_case https://www.example.org", ["snake", "case", "https", "www", "exampl", "org"], []),
]


@pytest.mark.parametrize(("text", "stream", "seconds"), TERMS)
def test_the_words_of_a_text(text, stream, seconds):
    found = words(text, "en")
    assert list(map(bare, found.stream)) == stream
    assert sorted({bare(term) for term in found.seconds if term[0] != EXACT}) == sorted(seconds)


@settings(deadline=None)
@given(st.one_of(texts(), st.text(max_size=80)), st.sampled_from(("en", "fr", "de", "zh", "ru", "")))
def test_the_quick_way_and_the_way_with_offsets_agree(text, language):
    found, slow = words(text, language), tokens(text, language)
    assert found.stream == [token.term for token in slow if not token.second]
    assert found.exact == [exactly(token.term, token.word) for token in slow if not token.second]
    seconds = [token for token in slow if token.second]
    assert set(found.seconds) == {one for token in seconds for one in (token.term, exactly(token.term, token.word))}
    assert [token.place for token in slow if not token.second] == list(range(len(found.stream)))
    for token in slow:
        assert 0 <= token.start < token.end <= len(text)


@settings(max_examples=500)
@given(st.text("aZ9_ -'’‐‑.,&–—“”…·§\u00a0€", max_size=40))
def test_the_quickest_pattern_finds_what_the_plain_one_does(text):
    assert in_plain_letters(text)
    assert chunks(text).findall(text) == PLAIN.findall(text)


@settings(deadline=None, max_examples=500)
@given(st.text(max_size=60) | st.text("AÀé.&-' ", max_size=12))
@example("A.À")
@example("ÀB")
def test_composed_and_decomposed_spellings_are_the_same_words(text):
    composed, apart = (words(unicodedata.normalize(form, text), "en") for form in ("NFC", "NFD"))
    assert composed.stream == apart.stream
    assert sorted(composed.seconds) == sorted(apart.seconds)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


def test_offsets_point_at_the_words_of_the_real_article():
    text = ARTICLE.read_text("utf-8")
    at = {text[token.start : token.end] for token in tokens(text, "en")}
    assert {"U.S.", "China", "Lifeng", "9th", "p.m.", "90", "115", "USTR", "retract"} <= at


@settings(deadline=None, max_examples=500)
@given(
    st.one_of(
        st.text("aeiouybdglmnprst", min_size=1, max_size=9),
        st.tuples(
            st.text("aeiouybdglmnprstcz", min_size=1, max_size=6),
            st.sampled_from(
                [
                    "s",
                    "es",
                    "ies",
                    "ied",
                    "sses",
                    "eed",
                    "eedly",
                    "ing",
                    "ingly",
                    "ed",
                    "edly",
                    "y",
                    "tional",
                    "ization",
                    "ational",
                    "li",
                    "bli",
                    "ogi",
                    "ogist",
                    "ative",
                    "alize",
                    "ness",
                    "ful",
                    "ement",
                    "ion",
                    "sion",
                    "tion",
                    "e",
                    "l",
                    "ll",
                    "ous",
                    "ousness",
                    "ator",
                    "alism",
                    "iviti",
                    "biliti",
                    "ence",
                    "able",
                ]
            ),
        ).map("".join),
    )
)
def test_english_stems_are_those_of_the_library(word):
    assert stem(word) == snowballstemmer.stemmer("english").stemWord(word)


def test_english_stems_of_the_article_are_those_of_the_library():
    library = snowballstemmer.stemmer("english")
    found = {
        token.word
        for token in tokens(ARTICLE.read_text("utf-8"), "en")
        if token.word.isalpha() and token.word.isascii()
    }
    found |= {
        "skies",
        "news",
        "early",
        "dying",
        "exceed",
        "succeed",
        "inning",
        "outing",
        "added",
        "egging",
        "pasted",
        "university",
    }
    assert len(found) > 200
    assert {word: stem(word) for word in found} == {word: library.stemWord(word) for word in found}


@settings(max_examples=500)
@given(
    parts=st.lists(st.sampled_from(["US", "U.S.", "us", "é", *"a1,2.-'’&中国 ы٣²"]), max_size=30),
    language=st.sampled_from(["fr", "de", "ru", "ar"]),
)
def test_one_word_is_one_term_however_it_is_written(parts, language):
    """Else a phrase would be missed where a word in it is written another way, as `U.S.` for `US`."""
    found = {}
    for token in tokens("".join(parts), language):
        if not token.second:
            assert found.setdefault(token.word, token.term) == token.term
