"""Text from outside that is made inert: nothing that acts on a terminal stays, and all else stays as it is."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.clean import HOSTILE, MARK, clean, clean_line, clean_same_length

characters = st.one_of(st.characters(), st.sampled_from("\r\n\t\x00\x1b\x7f\x85\u202a\u2028\ud800\udfff"))


@given(st.text(characters))
def test_each_character_is_kept_or_leaves_one_visible_mark(text):
    inert = clean_same_length(text)
    assert not HOSTILE.search(inert)
    assert len(inert) == len(text)
    for before, after in zip(text, inert, strict=True):
        if before in "\t\r":
            assert after == " "
        elif HOSTILE.search(before):
            assert after == MARK or 0x2400 <= ord(after) <= 0x2421
        else:
            assert after == before


@given(st.lists(st.text(characters)))
def test_lines_end_as_they_did_and_a_line_has_no_end_in_it(lines):
    text = "\r\n".join(line.replace("\r", "").replace("\n", "") for line in lines)
    assert clean(text).split("\n") == [clean(line) for line in text.split("\r\n")]
    assert not set(clean_line(text)) & set("\n\r\u2028\u2029")


@pytest.mark.parametrize("clean_text", [clean, clean_line, clean_same_length])
def test_a_paste_of_control_characters_takes_little_memory(clean_text):
    text = "\x1b" * 200_000
    tracemalloc.start()
    try:
        assert clean_text(text) == "\N{SYMBOL FOR ESCAPE}" * 200_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10 * len(text)
