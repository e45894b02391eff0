"""A browser whose cache is taken away or cannot be made again goes on, and says what it cannot do."""

import shutil

from screen_text import press, screen_of, until


async def test_an_article_is_read_where_no_index_can_be_kept_any_more(browsing, london):
    """The words searched for are marked without the index, whose folder could not be made: the browser broke off."""
    async with browsing(london) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"tariffs")
        await until(pilot, lambda: "18 hits" in screen_of(pilot.app))
        home = pilot.app.screen.reading.desk.home
        shutil.rmtree(home)
        home.write_text("something else")
        await press(pilot, "search.browse", "entry.open")
        assert pilot.app.screen.state.view.article
        await press(pilot, "search.open")
        await pilot.press(*" rare")
        await until(pilot, lambda: "cannot be kept in" in screen_of(pilot.app))
