"""A line broken wrongly loses words or runs out of its pane; offsets that slip frame the wrong words."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from dossier.model.articles import paragraphs
from dossier.model.clean import clean_same_length
from dossier.model.entries import Entry
from dossier.model.problems import Place
from dossier.model.views import ArticleView, Span
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.page import Page, painted

PROSE = st.text(st.sampled_from("ab  é中国e\u0301👩\u200d👧\ufe0f.,\n-"), max_size=60)


@given(PROSE, st.integers(1, 30))
@example("a b", 1)
@example("中", 1)
@example("\u200d\u200daaa", 2)
def test_no_character_is_lost_and_no_line_is_too_wide(text, width):
    lines = wrap(text, 0, len(text), width)
    kept = "".join(text[start:end] for start, end in lines)
    assert kept.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(lines))
    for start, end in lines:
        assert cell_len(text[start:end].replace("\n", " ")) <= max(width, 2)


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=20), st.integers(6, 20))
def test_words_that_fit_are_never_cut_and_lines_are_filled(words, width):
    text = " ".join(words)
    lines = [text[start:end] for start, end in wrap(text, 0, len(text), width)]
    assert " ".join(lines) == text
    for line, following in itertools.pairwise(lines):
        assert len(line) + 1 + len(following.split(" ")[0]) > width


def view(text: str, *spans: Span) -> ArticleView:
    entry = Entry("a", "article", "A", Place())
    return ArticleView(entry, text, 0, tuple(paragraphs(text)), spans, ())


@given(st.lists(PROSE.filter(str.strip), min_size=1, max_size=4), st.integers(4, 20), st.data())
def test_every_offset_of_a_paragraph_is_on_the_line_that_shows_it(parts, width, data):
    text = "\n\n".join(parts)
    page = Page(view(text), width)
    paragraph = data.draw(st.sampled_from(page.view.paragraphs))
    offset = data.draw(st.integers(paragraph.start, paragraph.end - 1))
    number = page.line_at(offset)
    line = page.lines[number]
    assert line.start >= 0
    if not clean_same_length(text)[offset].isspace():
        assert line.start <= offset < line.end
        assert page.offset_in(number, offset - line.start) == offset


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("xyz")), max_size=6))
def test_paint_lies_on_every_character_it_was_put_on_and_no_other(spans):
    pieces = painted(spans, 5, 25)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(pieces))
    for at in range(5, 25):
        names = [name for start, end, name in spans if start <= at < end]
        found = [piece[2] for piece in pieces if piece[0] <= at - 5 < piece[1]]
        assert (list(found[0]) if found else []) == names


def test_evidence_that_runs_over_two_paragraphs_is_on_both():
    text = "one two\n\nthree four"
    page = Page(view(text, Span(4, 14, "q", "q", "quote", "exact")), 20)
    assert [len(page.evidence_on(line)) for line in page.lines if line.start >= 0] == [1, 1]
