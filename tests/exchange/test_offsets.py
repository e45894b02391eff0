"""The convention of offsets is found out, or refused: never guessed."""

import re
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.exchange.detection import Detector
from dossier.exchange.offsets import CONVENTIONS, Convention, Places, Selection
from dossier.model.problems import DossierError

BREAKS = re.compile("\r\n|\r|\n")
WORDS = ["talks", "café", "cafe\u0301", "🦊", "何立峰", "tariffs,", "“quiet”", "U.S.", "𝒜lpha", "deal.", "na\u00efve"]


def counted(text: str, index: int, convention: Convention) -> int:
    """The offset of a code point as a program of that convention would write it: by writing the text out."""
    before = text[:index]
    if not convention.mark:
        before = before.removeprefix("\ufeff")
    if convention.form != "as it stands":
        before = unicodedata.normalize(convention.form, before)
    if convention.separators:
        before = re.sub("[\u2028\u2029\x85]", "\n", before)
    if convention.breaks != "as they stand":
        before = BREAKS.sub("\n" if convention.breaks == "one" else "\r\n", before)
    return {
        "code points": len(before),
        "bytes": len(before.encode()),
        "UTF-16 units": len(before.encode("utf-16-le")) // 2,
    }[convention.unit]


def as_written(text: str, span: tuple[int, int], convention: Convention, words: str = "") -> Selection:
    end = counted(text, span[1], convention)
    if convention.inclusive:
        end -= 1
    return Selection(counted(text, span[0], convention), end, words)


texts = st.lists(st.sampled_from([*WORDS, "plain", "words", "of", "an", "article"]), min_size=6, max_size=60).flatmap(
    lambda words: st.tuples(
        st.just(words),
        st.lists(
            st.sampled_from([" ", " ", " ", "\n", "\r\n", "\r\n\r\n", "\u2028"]),
            min_size=len(words),
            max_size=len(words),
        ),
        st.sampled_from(["", "", "\ufeff"]),
    )
)


@given(texts, st.sampled_from(CONVENTIONS), st.data())
def test_a_convention_that_is_told_leads_every_selection_to_its_words(pieces, convention, data):
    words, gaps, mark = pieces
    text = mark + "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    spans = [match.span() for match in re.finditer(r"\S+", text.removeprefix("\ufeff"))]
    spans = [(start + len(mark), end + len(mark)) for start, end in spans]
    chosen = data.draw(st.lists(st.integers(0, len(spans) - 3), min_size=1, max_size=12))
    wanted = [(spans[at][0], spans[at + data.draw(st.integers(0, 2))][1]) for at in chosen]
    named = data.draw(st.booleans())
    found = None
    detector = Detector()
    detector.add(text, [as_written(text, one, convention, text[slice(*one)] if named else "") for one in wanted])
    with suppress(DossierError):
        found = detector.decide("a file")
    if found is None:  # refused, as it may be
        return
    if detector.selections == 0:  # one character with an inclusive end: nothing tells how that was counted
        assert found == CONVENTIONS[0]
        return
    places = Places(text, found)
    got = [places.span(one.start, one.end) for one in (as_written(text, span, convention) for span in wanted)]
    assert [text[slice(*span)] for span in got] == [text[slice(*span)] for span in wanted]
    assert named or got == wanted


def test_a_selection_of_one_character_does_not_come_to_lie_on_another():
    """The offsets of the other two fit several conventions, of which some lead this one to the mark before the text."""
    convention = Convention("code points", breaks="two", separators=False, mark=False, inclusive=True, form="NFD")
    text = "\ufeff🦊\n🦊 talks" + " talks" * 13
    wanted = [(1, 2), (5, 10), (3, 10)]
    detector = Detector()
    detector.add(text, [as_written(text, span, convention) for span in wanted])
    try:
        found = detector.decide("a file")
    except DossierError:
        return
    places = Places(text, found)
    assert [
        places.span(one.start, one.end) for one in (as_written(text, span, convention) for span in wanted)
    ] == wanted


@pytest.mark.parametrize("convention", [c for c in CONVENTIONS if c.form == "as it stands"][::3], ids=str)
def test_offsets_of_a_long_text_are_read_as_they_were_counted(convention):
    line = "The 🦊 said “no” to the café deal, twice.\r\nThen 何立峰 and 𝒜lpha left; others\u2028stayed on to talk.\r\n\r\n"
    text = "\ufeff" + line * 12
    spans = [match.span() for match in re.finditer(r"\w+", text)][::3]
    detector = Detector()
    detector.add(text, [as_written(text, span, convention) for span in spans])
    places = Places(text, detector.decide("a file"))
    assert [places.span(one.start, one.end) for one in (as_written(text, s, convention) for s in spans)] == spans


def test_offsets_that_lead_to_words_under_two_conventions_are_refused():
    detector = Detector()
    detector.add("It is one deal. It is another.", [Selection(6, 14)])  # with or without the full stop
    with pytest.raises(DossierError, match="two ways of counting"):
        detector.decide("talks.qdpx")


def test_offsets_that_lead_to_words_under_no_convention_are_refused():
    detector = Detector()
    detector.add(
        "There are words here and more of them there.\n" * 4, [Selection(at, at + 9) for at in range(2, 90, 7)]
    )
    with pytest.raises(DossierError, match="under no way of counting"):
        detector.decide("talks.qdpx")


def test_words_beside_the_offsets_that_disagree_are_refused():
    detector = Detector()
    text = "One two three four five six seven."
    detector.add(text, [Selection(0, 3, "One"), Selection(8, 13, "seven")])
    with pytest.raises(DossierError, match="1 of 2 selections do not lead to the words beside them, as “seven”"):
        detector.decide("talks.json")


def test_a_selection_now_and_then_inside_a_word_does_not_matter():
    text = "Delegations met again on Monday, and others followed them.\r\n" * 20
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    selections = [Selection(start, end) for start, end in spans] + [Selection(spans[9][0] + 1, spans[9][1])]
    detector = Detector()
    detector.add(text, selections)
    assert str(detector.decide("a file")) == "code points"


def test_a_convention_is_read_from_what_it_is_called():
    assert [Convention.parse(str(one).upper()) for one in CONVENTIONS] == list(CONVENTIONS)
