"""Words that an author wrote are looked for whole: markup is taken off them only where the article has markup too."""

import pytest

from dossier.model.entries import Anchor
from dossier.model.resolving import Text


@pytest.mark.parametrize("words", ["we go <the moon> now", "we *go* now", "we [go](now) now", "we go <b>not</b> now"])
def test_no_word_of_an_anchor_is_taken_for_markup_of_a_plain_text(words):
    read = "They said: we go now, and we go not now."
    assert Text(read, "x", []).find("q", Anchor(words, "a")).status == "missing"


@pytest.mark.parametrize("words", ["we *go* now", "we [go](https://example.org/x) now", "we <b>go</b> now"])
def test_markup_that_is_copied_out_of_a_markdown_article_is_found(words):
    text = Text("They said: we **go** now.", "x", [], markdown=True)
    assert text.find("q", Anchor(words, "a")).status == "exact"


@pytest.mark.parametrize(
    "written", ["we ==go== now", "we ==[go](x)== now", "we [[Page|go]] now", "we [[go]] now", "we **==go==** now"]
)
def test_marks_and_wiki_links_are_read_as_their_words(written):
    assert Text(f"They: {written}.", "x", [], markdown=True).find("q", Anchor("we go now", "a")).status == "exact"
    plain = f"They: {written} and a == b or [[c."
    assert Text(plain, "x", []).find("q", Anchor("we go now", "a")).status == "missing"
    assert Text(plain, "x", [], markdown=True).find("q", Anchor("a == b or [[c", "a")).status == "exact"
