"""The basket: marks made in ranges, put in order by hand, with notes, handed over as the outline of a brief."""

from screen_text import screen_of, until


def marks(pilot):
    return pilot.app.screen.state.marks


async def test_a_range_is_marked_and_taken_away_again(browsing):
    async with browsing() as pilot:
        pane = pilot.app.screen.the_pane("quotes")
        await pilot.press("3", "j", "v", "j", "j", "v")
        assert marks(pilot) == tuple(pane.key_at(row) for row in (1, 2, 3))
        await pilot.press("v", "k", "k", "v")
        assert marks(pilot) == ()


async def test_escape_lets_a_range_go(browsing):
    async with browsing() as pilot:
        await pilot.press("3", "v", "escape", "j", "v")
        assert marks(pilot) == ()


async def test_order_and_notes_are_those_made_by_hand(browsing):
    async with browsing() as pilot:
        await pilot.press("3", "v", "j", "j", "v", "8")
        first, second, third = marks(pilot)
        await pilot.press("g", "g", "J", "J")
        assert marks(pilot) == (second, third, first)
        await pilot.press("K")
        assert marks(pilot) == (second, first, third)
        await pilot.press("a", *"ask him", "enter")
        await pilot.pause()
        assert pilot.app.screen.notes == {first: "ask him"}
        assert "ask him" in screen_of(pilot.app)
        await pilot.press("space")
        assert marks(pilot) == (second, third)
        await pilot.press("enter")
        assert pilot.app.screen.state.view.pane == "article"
        assert pilot.app.screen.state.view.entry == third


async def test_an_empty_basket_says_how_to_fill_it(browsing):
    async with browsing() as pilot:
        await pilot.press("8")
        await pilot.pause()
        assert "Space marks" in screen_of(pilot.app)
        await pilot.press("J")
        await pilot.pause()
        assert "Nothing is marked" in screen_of(pilot.app)
        await pilot.press("escape")
        assert pilot.app.screen.state.view.pane == "quotes"


async def test_the_basket_is_the_outline_of_a_brief(browsing, tmp_path):
    async with browsing() as pilot:
        await pilot.press("3", "v", "j", "v", "8", "J", "a", *"begin here", "enter", "x")
        await until(pilot, lambda: "characters" in screen_of(pilot.app))
        pilot.app.screen._file.fill(str(tmp_path / "out.md"))
        await pilot.press("G", "space", "enter")
        await until(pilot, (tmp_path / "out.md").exists)
        await until(pilot, lambda: "Written to" in screen_of(pilot.app))
        assert marks(pilot) == ("us-relax-in-exchange", "economic-expert")
    text = (tmp_path / "out.md").read_text()
    assert "begin here" in text
    assert text.index("a willingness to relax") < text.index("economic expert")
