"""Words in folded form, made in two ways that have to agree."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from dossier.model.folding import Folded, fold

ODD = "a\u0301 \t\n\u00a0\u2003\u3000\u200b\u00ad\ufeff‘’“”–‑ʼ-é\u1e69\u0323\x1c\x85"


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters())))
def test_short_words_are_folded_as_a_text_is(text):
    assert fold(text) == Folded(text).text.strip(" ")


def test_whatever_python_takes_for_white_space_is_a_space():
    spaces = [one for one in map(chr, range(sys.maxunicode + 1)) if one.isspace()]
    assert Folded("a".join(["", *spaces, ""])).text == "a".join(["", *" " * len(spaces), ""])
