"""The stretch of a text that a reader means: quotation, clause, sentence, paragraph, and its edges."""

import pytest
from annotated_worlds import TEXT
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.text_spans import (
    TextSpan,
    clause_at,
    first_span,
    is_quoted,
    moved_end,
    moved_start,
    paragraph_span,
    quotation_at,
    sentence_at,
    widened,
)


def words_at(found, text, inside):
    span = found(text, text.index(inside))
    return span and span.words(text)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("never", "We will never accept this,"),
        ("20 %", "It is a cut: 20 % #of all, and {more}."),
        ("She left", None),
        ("同意", "我们同意"),
        ("ours", "not ours at all"),
        ("choice", None),
        ("Monday", None),
    ],
)
def test_the_quotation_at_a_place_is_given_without_its_marks(inside, words):
    assert words_at(quotation_at, TEXT, inside) == words


@pytest.mark.parametrize(
    ("text", "inside", "words"),
    [
        ("Mr. Babbage left. He came back.", "left", "Mr. Babbage left."),
        ("On Jan. 5 the U.S. side met J. Greer. Then it ended.", "met", "On Jan. 5 the U.S. side met J. Greer."),
        ("It cost 3.5 million. Nobody paid.", "3.5", "It cost 3.5 million."),
        ("“Stop!” he said. Nobody did.", "Stop", "“Stop!” he said."),
        ("他走了。她来了。", "她", "她来了。"),
        ("One\nline after another. Next.", "after", "One\nline after another."),
        ("No end", "end", "No end"),
    ],
)
def test_a_sentence_ends_where_it_ends_and_not_at_an_abbreviation(text, inside, words):
    assert words_at(sentence_at, text, inside) == words


def test_a_clause_stands_between_two_marks():
    text = "When they met, which was late, nobody spoke."
    assert words_at(clause_at, text, "which") == "which was late"
    assert words_at(clause_at, text, "nobody") == "nobody spoke."


def test_widening_leads_from_a_quotation_to_the_paragraph():
    at = TEXT.index("never")
    spans = [first_span(TEXT, at)]
    while (wider := widened(TEXT, spans[-1])) != spans[-1]:
        spans.append(wider)
    assert spans[0].words(TEXT) == "We will never accept this,"
    assert spans[-1] == paragraph_span(TEXT, at)
    assert [one.end - one.start for one in spans] == sorted({one.end - one.start for one in spans})


def test_edges_move_by_words_and_sentences_and_leave_one_word():
    span = TextSpan(TEXT.index("talks"), TEXT.index(" on Monday"))
    assert moved_end(TEXT, span, 2).words(TEXT) == "talks began on Monday"
    assert moved_end(TEXT, span, -1).words(TEXT) == "talks"
    assert moved_end(TEXT, span, -9).words(TEXT) == "talks"
    assert moved_start(TEXT, span, -1).words(TEXT) == "The talks began"
    assert moved_start(TEXT, span, 5).words(TEXT) == "began"
    assert moved_end(TEXT, span, 1, "sentence").words(TEXT) == "talks began on Monday in London."


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("We will never accept this,", True),
        ("never accept", True),
        ("“We will never accept this,”", True),
        ("said Ada Lovelace", False),
        ("this,” said Ada", False),
        ("我们同意", True),
        ("not ours", True),
        ("states' choice", False),
    ],
)
def test_words_are_quoted_when_they_stand_within_one_quotation(words, quoted):
    at = TEXT.index(words)
    assert is_quoted(TEXT, at, at + len(words)) is quoted


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_one():
    text = "“It begins here.\n\n“And it ends here,” he said."
    assert is_quoted(text, text.index("begins"), text.index("begins") + 6)
    assert not is_quoted(text, text.index("he said"), len(text) - 1)


@given(st.text("ab. \n,“”\"'‘’«»:;Mr!?—1", max_size=80), st.integers(0, 80))
def test_any_place_of_any_text_gives_a_stretch_of_it_without_white_space_at_its_ends(text, at):
    at = min(at, len(text))
    for found in (quotation_at, clause_at, sentence_at, paragraph_span, first_span):
        span = found(text, at)
        if span is None:
            continue
        assert 0 <= span.start < span.end <= len(text)
        assert span.words(text) == span.words(text).strip()
        assert widened(text, span).start <= span.start
        for unit in ("word", "sentence"):
            for steps in (-2, -1, 1, 2):
                for moved in (moved_end(text, span, steps, unit), moved_start(text, span, steps, unit)):
                    assert 0 <= moved.start < moved.end <= len(text)
