"""A text as its letters alone reads the same at once and letter by letter."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.store.sync.loosening import LoosenedText

PIECES = st.sampled_from([*"abXY01 \n\r\t-_.>’“", "\u00ad", "\u2010", "-\n", "\u2011\r\n> "])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_ascii_letters_read_at_once_are_those_read_one_by_one(text):
    loosened = LoosenedText(text)
    letters, offsets = loosened._letters
    assert loosened.text == "".join(letters)
    assert len(offsets) == len(letters)


def test_words_are_found_where_they_stand():
    text = "The “co-\noperation” of Lam’s office, state-of-the-\nart and well-\nknown up-to-\ndate, un¬\nmade"
    for words, there in (
        ("cooperation of", "co-\noperation” of"),
        ("LAM S", "Lam’s"),
        ("state-of-the-art and", "state-of-the-\nart and"),
        ("well-known", "well-\nknown"),
        ("unmade", "un¬\nmade"),
    ):
        start, end = LoosenedText(text).find(words)
        assert text[start:end] == there
