"""The basket: marks made in ranges, put in order by hand, with notes, handed over as the outline of a brief."""

from screen_text import press, screen_of, until


def marks(pilot):
    return pilot.app.screen.state.marks


async def test_a_range_is_marked_and_taken_away_again(browsing):
    async with browsing() as pilot:
        pane = pilot.app.screen.the_pane("quotes")
        await press(pilot, "quotes.show", "cursor.down", "range.mark", "cursor.down", "cursor.down", "range.mark")
        assert marks(pilot) == tuple(pane.rows.key_at(row) for row in (1, 2, 3))
        await press(pilot, "range.mark", "cursor.up", "cursor.up", "range.mark")
        assert marks(pilot) == ()


async def test_escape_lets_a_range_go(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "range.mark", "level.leave", "cursor.down", "range.mark")
        assert marks(pilot) == ()


async def test_order_and_notes_are_those_made_by_hand(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "range.mark", "cursor.down", "cursor.down", "range.mark", "basket.show")
        first, second, third = marks(pilot)
        await press(pilot, "cursor.first", "mark.later", "mark.later")
        assert marks(pilot) == (second, third, first)
        await press(pilot, "mark.earlier")
        assert marks(pilot) == (second, first, third)
        await press(pilot, "mark.note")
        await pilot.press(*"ask him")
        await press(pilot, "dialog.accept")
        assert pilot.app.screen.basket.notes == {first: "ask him"}
        assert "ask him" in screen_of(pilot.app)
        await press(pilot, "entry.mark")
        assert marks(pilot) == (second, third)
        await press(pilot, "entry.open")
        assert pilot.app.screen.state.view.pane == "article"
        assert pilot.app.screen.state.view.entry == third


async def test_an_empty_basket_says_how_to_fill_it(browsing):
    async with browsing() as pilot:
        await press(pilot, "basket.show")
        assert "Space marks" in screen_of(pilot.app)
        await press(pilot, "mark.later")
        assert "Nothing is marked" in screen_of(pilot.app)
        await press(pilot, "level.leave")
        assert pilot.app.screen.state.view.pane == "quotes"


async def test_the_basket_is_the_outline_of_a_brief(browsing, tmp_path):
    async with browsing() as pilot:
        await press(
            pilot, "quotes.show", "range.mark", "cursor.down", "range.mark", "basket.show", "mark.later", "mark.note"
        )
        await pilot.press(*"begin here")
        await press(pilot, "dialog.accept", "brief.export")
        await until(pilot, lambda: "characters" in screen_of(pilot.app))
        pilot.app.screen._form.file.fill(str(tmp_path / "out.md"))
        await press(pilot, "cursor.last", "choice.toggle", "dialog.accept")
        await until(pilot, (tmp_path / "out.md").exists)
        await until(pilot, lambda: "Written to" in screen_of(pilot.app))
        assert marks(pilot) == ("us-relax-in-exchange", "economic-expert")
    text = (tmp_path / "out.md").read_text()
    assert "begin here" in text
    assert text.index("a willingness to relax") < text.index("economic expert")


async def test_space_marks_and_moves_on_and_the_basket_tells_who_spoke(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.first", "entry.mark", "entry.mark", "entry.mark")
        quotes = pilot.app.screen.the_pane("quotes")
        assert marks(pilot) == tuple(quotes.rows.key_at(row) for row in (0, 1, 2))
        await press(pilot, "basket.show")
        basket = pilot.app.screen.the_pane("basket")
        row = pilot.app.screen.reading.row(marks(pilot)[1])
        assert basket.rows.draw(1, 0, 60)[0][0][0] == row.detail
        assert row.attribution == "paraphrase"
        assert basket.rows.draw(1, 1, 60)[0][1][0] == "a willingness to relax"
        assert basket.rows.draw(0, 1, 60)[0][1][0] == "“economic expert”"


async def test_a_quote_is_copied_with_its_speaker_in_three_keys(browsing, monkeypatch):
    async with browsing() as pilot:
        screen = pilot.app.screen
        copied = []
        monkeypatch.setattr(screen.commands, "_copy", copied.append)
        await press(pilot, "quotes.show", "cursor.first", "words.cite")
        row = screen.reading.row(screen.state.view.entry)
        assert copied[0].startswith(row.detail)
        assert "US, China hold trade talks" in copied[0]
