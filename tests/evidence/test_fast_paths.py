"""Short cuts of looking for anchors say what the long way says: else evidence would be shown at the wrong words."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.model import articles, folding
from dossier.store.files.encoding import is_harmless, text_problems

TEXTS = st.text(st.sampled_from("  \n\n\r\t\v\u2028ab'’“—\u00a0\u2003e\u0301ö"), max_size=60)


def offsets(folded: folding.Folded) -> list[tuple[int, int, int]]:
    count = len(folded.text)
    return [(folded.start(at), folded.end(at + 1), folded.position(folded.start(at))) for at in range(count)]


@given(TEXTS)
def test_a_text_whose_runs_of_spaces_alone_are_shortened_is_folded_as_any(text):
    quick = folding.Folded(text)
    slow = folding.Folded("")
    for variant, plain in folding._VARIANTS:
        text = text.replace(variant, plain)
    slow._replace(text)
    assert quick.text == slow.text
    assert offsets(quick) == offsets(slow)
    assert [quick.position(at) for at in range(len(text))] == [slow.position(at) for at in range(len(text))]


@given(TEXTS | st.text("ab -\t\x1c\x7f", max_size=12))
def test_what_is_in_folded_form_already_stays_as_it_is(text):
    assert folding.fold(text) == folding.Folded(text).text.strip(" ")


@given(TEXTS, st.integers(0, 5))
def test_paragraphs_are_the_same_whatever_else_ends_lines_in_the_file(text, start):
    text = text.replace("\r", "")
    quick = articles.paragraphs(text, start)
    slow = articles.paragraphs(f"{text}\n\n\r", start)  # a carriage return makes it look for both
    assert quick == [one for one in slow if one.start < len(text)]


@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\t\n\r\x1b\x7f\x80\x9f\u00a0\u2019\u202e\u2066\ufeff"))
)
def test_a_text_that_is_told_at_a_glance_to_have_no_problems_has_none(text):
    told = [one for one in text_problems("a.md", text) if one]
    harmless = is_harmless(text.encode())
    assert not (harmless and told)
    assert harmless or told or "\r" in text  # half of a line end is looked at closely
