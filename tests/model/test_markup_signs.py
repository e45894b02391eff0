"""Paragraphs without the signs of markup are not looked into: what is read is the same as if all of them were."""

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.model import markdown_words
from dossier.model.markdown_words import as_read

ALL_SIGNS = set("\\`*_[<&#~=>+-0123456789")
PIECES = [
    *(
        "`",
        "``",
        "```\n",
        "~~~\n",
        "~~",
        "==",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        "[a]",
        "[a]: http://x\n",
        "[^1]",
        "[^1]: ",
    ),
    *("<", "<b>", "</b>", "<!--", "-->", "<script>", "</script>", "<http://a.b>", "<a@b.c>", "<div>\n", "&amp;", "&"),
    *("\\", "\\*", "\n", "\n\n", "\r\n", "  \n", "# ", "#", "> ", "- ", "+ ", "1. ", "2) ", "---\n", "===\n", "    "),
    *("word", "word ", "é", "\x02", "\u2060", "(x)", "[[a|b]]", "!", "\t", " ", "5.", "a-b "),
]


class EveryParagraph(markdown_words._Page):
    """A page in which each pattern is looked for in each paragraph, anew behind each match."""

    def __init__(self, text, shown="", defined=None):
        super().__init__(text, shown, defined)
        if defined is None:
            labels = (match["label"] for match in markdown_words._DEFINITION.finditer(text))
            self.defined = frozenset(map(markdown_words._label, labels))

    def read_lines(self, _signs):
        super().read_lines(ALL_SIGNS)

    def _next_literal(self, patterns, at, _following):
        found = [match for pattern in patterns if (match := pattern.search(self.marks, at))]
        return min(found, key=lambda match: match.start(), default=None)


def read_slowly(text, start):
    with (
        patch.object(markdown_words, "_Page", EveryParagraph),
        patch.object(markdown_words, "_signs", lambda _: ALL_SIGNS),
    ):
        return as_read(text, start)


@example("\\``a` b", 0)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60), st.integers(0, 5))
def test_what_is_skipped_holds_no_markup(text, start):
    assert as_read(text, start) == read_slowly(text, start)


def test_what_is_skipped_in_real_articles_holds_no_markup(shared_data, tmp_path):
    articles = sorted(shared_data("whitehouse-2021", tmp_path).rglob("2021-*.md"))[::40]
    assert len(articles) > 50
    for path in articles:
        text = path.read_text("utf-8")
        assert as_read(text) == read_slowly(text, 0), path.name


def test_paragraphs_without_signs_are_not_looked_into():
    """Of an article of news these are most, and reading them was two thirds of a first check."""
    looked_into = []
    read_lines = markdown_words._Page.read_lines
    text = "Plain words - and a well-known 5.3 %.\n\n" * 50 + "One *more*.\n"

    def counting(page, signs):
        looked_into.append(page.marks)
        read_lines(page, signs)

    with patch.object(markdown_words._Page, "read_lines", counting):
        assert as_read(text).endswith("One \u2060more\u2060.\n")
    assert looked_into == ["One *more*.\n"]


@pytest.mark.parametrize("line", ["> quoted", "+ listed", "- listed", "1. first", "  2) second"])
def test_signs_of_lines_count_at_the_start_of_a_line(line):
    assert as_read(f"Before.\n{line}\n") != f"Before.\n{line}\n"
    assert as_read(f"Before {line}\n") == f"Before {line}\n"
