"""A browser whose cache is taken away or cannot be made again goes on, and says what it cannot do."""

import shutil

from screen_text import press, screen_of, until
from test_live import edited, live_browser


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


async def test_edits_are_followed_after_the_cache_was_deleted(london):
    """What was read was put into a new file, and the browser went on with the one that was deleted, for ever."""
    async with live_browser(london) as pilot:
        await press(pilot, "quotes.show")
        shutil.rmtree(pilot.app.screen.reading.desk.home)
        words = "The United States and China held high-level"
        edited(london, "quotes:\n", f"quotes:\n  brand-new:\n    text: {words}\n    speaker: united-states\n")
        await until(pilot, lambda: pilot.app.screen.the_pane("quotes").rows.listing.position("brand-new") == 0)
