"""Words are marked in a hit just as if every word of it had been taken apart, although most never are."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from search_worlds import WORDS, names, queries, texts

from dossier.search.engines.closeness import may_be_near, near_miss
from dossier.search.engines.matching import matches
from dossier.search.engines.plan import meaning
from dossier.search.engines.scan import ScanEngine
from dossier.search.finder import Finder
from dossier.search.highlighter import Highlighter
from dossier.search.text.english import beginning, stem
from dossier.search.text.tokenizer import tokens

ARTICLE = (Path(__file__).parents[2] / "seeds/london-trade-talks/articles/2025-06-10-london.txt").read_text("utf-8")
ENDINGS = (
    "s", "es", "ies", "ied", "sses", "eed", "eedly", "ing", "ying", "ingly", "ed", "edly", "y", "ly", "tional", "enci",
    "ency", "ancy", "ably", "ently", "izer", "ization", "ational", "ation", "ator", "alism", "ality", "ally", "fulness",
    "ously", "ousness", "iveness", "ivity", "bility", "bilities", "ibly", "ogist", "ogy", "lessly", "ational", "alize",
    "icate", "icity", "ical", "ful", "ness", "ative", "ement", "ment", "ent", "ion", "sion", "tion", "e", "ll", "eing",
)  # fmt: skip
TYPOGRAPHY = "\u00a0\u00a7\u00ab\u00b7\u00bb\u2009‐‑–—―‘’“”„•…\u202f€_-'.,&/("


def agree(text, asked, language):
    finder = Finder(ScanEngine(), names())
    for mode in ("exact", "aliases", "fuzzy"):
        for typing in (False, True):
            query = finder.ask(asked, mode=mode, typing=typing).searched
            if query is not None:
                plan = meaning(query, (language,))
                slow = sorted(set(matches(plan, tokens(text, language))))
                assert Highlighter(plan, language).matches(text) == slow


@settings(deadline=None, max_examples=300)
@given(text=texts(30), asked=queries(), language=st.sampled_from(("en", "en", "en", "fr", "ru")))
@example("rare-earth's U.S.-China co-operation, 1,200", "earth OR us OR cooperation OR 1200", "en")
@example("dying, skies; abilities: possibly", "die OR sky OR able OR possible", "en")
@example("see what they’e done", "they'e", "en")
@example("a b" + " x" * 400 + " a b c", '"a b c" OR a NEAR/3 c', "en")
def test_what_is_marked_is_what_the_words_say(text, asked, language):
    agree(text, asked, language)


@settings(deadline=None, max_examples=300)
@given(
    text=st.lists(st.tuples(st.sampled_from(WORDS), st.text(TYPOGRAPHY, min_size=1, max_size=2))).map(
        lambda pairs: "".join(word + mark for word, mark in pairs)
    ),
    asked=queries(),
)
def test_typography_between_words_changes_nothing(text, asked):
    agree(text, asked, "en")


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=60), data=st.data())
def test_any_text_at_all_is_marked_alike(text, data):
    found = [token.word for token in tokens(text, "en")] or ["a"]
    word = data.draw(st.sampled_from(found))
    agree(text, data.draw(st.sampled_from((word, f"{word[:2]}*", f'"{word}"', f"{word}~"))), "en")


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(("export", "talking", "dying", "abilities", "meets")),
    st.integers(0, 8),
    st.sampled_from("aebs"),
    st.sampled_from(ENDINGS),
)
def test_a_word_one_letter_off_is_marked_by_its_stem_too(word, at, letter, ending):
    off = word[:at] + letter + word[at + 1 :]
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    agree(f"{off} {off}{ending} {letter}{word} {word[1:]}{ending} {swapped}{ending}", f"{word}~ OR {stem(word)}~", "en")


@pytest.mark.parametrize("asked", ["export controls", '"rare earths"', "trade NEAR/8 talks", "t*", "Besent~", "US -u"])
def test_the_real_article_is_marked_alike(asked):
    agree(ARTICLE, asked, "en")


@settings(deadline=None, max_examples=1000)
@given(st.tuples(st.text("aeiouybdglmnprstcz", min_size=1, max_size=6), st.lists(st.sampled_from(ENDINGS), max_size=3)))
def test_a_stem_begins_as_its_word_does(parts):
    word = parts[0] + "".join(parts[1])
    found = stem(word)
    assert all(word.startswith(beginning(found[:length])) for length in range(1, len(found) + 1))


@settings(max_examples=500)
@given(st.text("abcd", min_size=2, max_size=8), st.integers(0, 7), st.sampled_from(("add", "drop", "change", "swap")))
def test_the_quick_look_refuses_no_near_miss(word, at, edit):
    at = min(at, len(word) - 1)
    other = {
        "add": word[:at] + "x" + word[at:],
        "drop": word[:at] + word[at + 1 :],
        "change": word[:at] + "x" + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[edit]
    assert near_miss(word, other)
    assert may_be_near(word, other)
    assert may_be_near(other, word)
