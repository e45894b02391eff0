"""Letters on links: each leads where the link leads, and none is the beginning of another."""

from hypothesis import given
from hypothesis import strategies as st
from screen_text import lines_of, screen_of

from dossier.ui.hints import KEYS, labels


@given(st.integers(0, 900))
def test_labels_differ_and_none_begins_another(count):
    found = labels(count)
    assert len(set(found)) == count
    assert not any(other.startswith(one) for one in set(found) for other in found if other != one and len(one) == 1)
    assert count > len(KEYS) or all(len(label) == 1 for label in found)


async def test_one_key_follows_a_link_of_another_pane(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await pilot.press("o")
        links = screen.the_pane("links")
        label = next(hint.label for y in sorted(links.hints) for hint in links.hints[y])
        row = links.stack.at(links.top + min(links.hints) - 1)[0]
        other = links.entry_on(row)
        await pilot.press(*label)
        await pilot.pause()
        assert screen.state.view.entry == other
        assert not links.hints
        await pilot.press("[")
        assert screen.state.view.entry == "united-states"


async def test_words_of_the_article_can_be_followed(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await pilot.press("4", "o")
        article = screen.the_pane("article")
        first = screen.reading.article("london-day-one").evidence[0]
        label = article.hints[1][0].label
        assert article.hints[1][0].x == article._margins()[0] + 1
        await pilot.press(*label)
        await pilot.pause()
        assert screen.state.view.entry == first.entry


async def test_any_other_key_takes_the_letters_away_and_does_nothing(browsing):
    async with browsing() as pilot:
        shown = lines_of(pilot.app)[:-2]
        await pilot.press("o")
        await pilot.pause()
        assert lines_of(pilot.app)[:-2] != shown
        assert "Press a letter" in screen_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert lines_of(pilot.app)[:-2] == shown
