"""The rules on text of any kind: they propose only what stands there, and take no longer than its length allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.drafts.engine import draft_article
from dossier.drafts.languages import CODES
from dossier.drafts.records import DraftInput

PIECES = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "「", "」", ",", ".", "?", ":", ";", "—", "(", ")", "\n\n", "\r\n", " ",
    " said ", " told ", " that ", "according to ", "He", " she ", "they", "who", "Donald Trump", "Mr. Lee", "the ministry",
    "officials", "adding", "was described by", "so-called ", "a déclaré", "a-t-il ajouté", "sagte", "dijo", "表示：", "他说",
    "on Monday", "May 5, 2024", "It is not easy at all to do", "U.S.", "…", "\ufeff", "---\n", "\u2028", "e\u0301", "İ", "ß",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@given(texts, st.sampled_from(CODES), st.sampled_from(["", "2025-06-10", "no date"]))
def test_every_draft_lies_in_the_text_and_has_an_id_of_its_own(text, language, published):
    drafts = draft_article(DraftInput(text, language, published))
    assert len({one.id for one in drafts}) == len(drafts)
    for draft in drafts:
        assert 0 <= draft.start < draft.end <= len(text)
        at = draft.start
        for piece in draft.text.split(" … ") if draft.text not in text else [draft.text]:
            at = text.index(piece, at) + len(piece)
        if draft.speaker is not None:
            assert 0 <= draft.speaker.start < draft.speaker.end <= len(text)
        assert draft.tier in {"sure", "likely", "ask"}


@given(texts)
def test_the_same_text_has_the_same_drafts(text):
    assert draft_article(DraftInput(text)) == draft_article(DraftInput(text))


UNITS = [" 'a", ' "a', "“a ", '"abc def ghi jkl mno\n\n', "he said he said ", ' "a b c d e f," he said', "that is "]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length_and_not_with_its_square(unit):
    """Counted in steps of the interpreter, which no other program on the machine changes."""
    short, long = (_steps(DraftInput(unit * count)) for count in (300, 1_200))
    assert long < 6 * short


def _steps(article):
    import sys

    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        draft_article(article)
    finally:
        sys.setprofile(None)
    return steps
