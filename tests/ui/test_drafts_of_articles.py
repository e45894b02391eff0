"""Drafts hold in the article they were proposed for: elsewhere their places are other words, and other speakers."""

import pytest
from screen_text import press, until

from dossier.model.text_spans import TextSpan

DOSSIER = """\
title: Two days
delegations:
  us: {name: United States, members: {bessent: {name: Scott Bessent}, greer: {name: Jamieson Greer}}}
issues:
  chips: {name: Chip tools}
articles:
  first: {title: First day, file: a.txt, published: 2025-06-10}
  second: {title: Second day, file: b.txt, published: 2025-06-09}
"""
FIRST = "“We had a frank meeting about everything on the table,” Scott Bessent said.\n"
SECOND = "Nobody came. “It was a waste of time,” Jamieson Greer said.\n"


@pytest.fixture
def two_days(tmp_path):
    folder = tmp_path / "two-days"
    folder.mkdir()
    for name, text in (("dossier.yaml", DOSSIER), ("a.txt", FIRST), ("b.txt", SECOND)):
        (folder / name).write_text(text)
    return folder


def browse_of(pilot):
    return pilot.app.screen_stack[0]


def chosen(pilot):
    article = browse_of(pilot).the_pane("article")
    span = article.selected_span()
    return article.text[span.start : span.end] if span else ""


async def know_the_drafts_of_the_first(pilot):
    await press(pilot, "article.show", "words.select")
    await until(pilot, lambda: browse_of(pilot).selection.drafted)
    assert chosen(pilot).startswith("We had a frank meeting")
    await press(pilot, "words.leave")


async def open_the_second(pilot):
    await press(pilot, "articles.show", "cursor.down", "article.show")
    await until(pilot, lambda: browse_of(pilot).the_pane("article").text == SECOND)


async def test_words_of_drafts_of_the_article_read_before_are_not_selected(browsing, two_days):
    """Else other words than the sentence in sight become a quote."""
    async with browsing(two_days) as pilot:
        await know_the_drafts_of_the_first(pilot)
        await open_the_second(pilot)
        await press(pilot, "words.select")
        assert chosen(pilot) == "Nobody came."


async def test_words_selected_with_the_mouse_get_the_speaker_of_their_own_article(browsing, two_days):
    """Else the words of one person are put down to another who stood at the same place elsewhere."""
    async with browsing(two_days) as pilot:
        await know_the_drafts_of_the_first(pilot)
        await open_the_second(pilot)
        start = SECOND.index("It was")
        browse_of(pilot).selection.choose_words(TextSpan(start, SECOND.index(",”")))
        await press(pilot, "words.quote")
        line = pilot.app.screen.line
        await until(pilot, lambda: browse_of(pilot).selection.drafted)
        assert line.texts[0] == "greer"


async def test_drafts_of_a_text_that_has_changed_are_not_selected(browsing, two_days):
    """The file was edited elsewhere: what stood at their places stands further on, or nowhere."""
    shorter = "“We met,” Scott Bessent said.\n"
    async with browsing(two_days) as pilot:
        await know_the_drafts_of_the_first(pilot)
        (two_days / "a.txt").write_text(shorter)
        browse_of(pilot).live.renew()
        await until(pilot, lambda: browse_of(pilot).the_pane("article").text == shorter)
        await press(pilot, "words.select")
        assert chosen(pilot) == "We met"
        await until(pilot, lambda: browse_of(pilot).selection.drafted)
        assert [one.words(shorter) for one in browse_of(pilot).selection.drafted] == ["We met"]
