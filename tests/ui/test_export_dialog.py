"""Exporting from the screen: what was chosen is what is written, and nothing is overwritten unasked."""

from screen_text import press, screen_of, until


async def open_export(pilot, tmp_path, name="out.md"):
    await press(pilot, "brief.export")
    await until(pilot, lambda: "characters" in screen_of(pilot.app))
    pilot.app.screen._form.file.fill(str(tmp_path / name))
    return pilot.app.screen


async def test_panes_on_the_screen_are_ticked_and_written(browsing, tmp_path):
    async with browsing() as pilot:
        screen = await open_export(pilot, tmp_path)
        assert screen._form.choices.chosen() == ["delegations", "issues", "quotes", "articles", "links"]
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: "Written to" in screen_of(pilot.app))
    text = (tmp_path / "out.md").read_text()
    assert "## Delegations" in text
    assert "## Quotes" in text
    assert "## Events" not in text


async def test_ticks_change_the_preview_and_the_document(browsing, tmp_path):
    async with browsing() as pilot:
        screen = await open_export(pilot, tmp_path)
        await press(pilot, "choice.toggle")
        assert "delegations" not in screen._form.choices.chosen()
        await until(pilot, lambda: "## Delegations" not in screen._preview._text)
        await press(pilot, "choice.toggle", "dialog.accept")
        await until(pilot, (tmp_path / "out.md").exists)
    assert "## Delegations" in (tmp_path / "out.md").read_text()


async def test_only_what_is_marked(browsing, tmp_path):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "entry.mark")
        await open_export(pilot, tmp_path)
        await press(pilot, "cursor.last", "cursor.up", "choice.toggle", "dialog.accept")
        await until(pilot, (tmp_path / "out.md").exists)
    text = (tmp_path / "out.md").read_text()
    assert "a willingness to relax" in text
    assert "economic expert" not in text


async def test_what_a_search_shows_while_it_is_typed_is_what_is_exported(browsing, tmp_path):
    """The last word may be the beginning of one: a brief of whole words would be empty."""
    async with browsing() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"unfai")
        await until(pilot, lambda: "unfairly" in screen_of(pilot.app))
        await press(pilot, "search.browse", "brief.export")
        await until(pilot, lambda: "characters" in screen_of(pilot.app))
        assert pilot.app.screen._form.choices.chosen("scope") == ["shown"]
        await until(pilot, lambda: "treated the U.S. unfairly" in pilot.app.screen._preview._text)
        assert "not easy to deal" not in pilot.app.screen._preview._text.partition("## Quotes")[2].partition("## ")[0]


async def test_a_file_is_never_replaced_unasked(browsing, tmp_path):
    (tmp_path / "out.md").write_text("mine")
    async with browsing() as pilot:
        await open_export(pilot, tmp_path)
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: "such a file already" in screen_of(pilot.app))
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: "Nothing was written" in screen_of(pilot.app))
        assert (tmp_path / "out.md").read_text() == "mine"
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: "Replace it" in screen_of(pilot.app))
        await press(pilot, "cursor.down", "dialog.accept")
        await until(pilot, lambda: "Written to" in screen_of(pilot.app))
    assert "## Delegations" in (tmp_path / "out.md").read_text()


async def test_a_place_that_cannot_be_written_is_told_and_the_dialog_stays(browsing, tmp_path):
    async with browsing() as pilot:
        await open_export(pilot, tmp_path, "no/such/folder/out.md")
        await press(pilot, "dialog.accept")
        await until(
            pilot,
            lambda: (
                type(pilot.app.screen).__name__ == "ExportScreen"
                and pilot.app.screen.query_one("Status")._left[1] == "row--bad"
            ),
        )


async def test_nothing_ticked_writes_nothing(browsing, tmp_path):
    async with browsing(size=(60, 20)) as pilot:
        screen = await open_export(pilot, tmp_path)
        while screen._form.choices.chosen():
            row = next(n for n, choice in enumerate(screen._form.choices.choices) if choice.ticked and not choice.group)
            screen._form.choices.view.move_to(row)
            await press(pilot, "choice.toggle")
        await press(pilot, "dialog.accept")
        assert "Nothing is ticked" in screen_of(pilot.app)
        assert not (tmp_path / "out.md").exists()


async def test_the_basket_is_written_as_a_signed_brief_unless_another_style_is_chosen(browsing, tmp_path):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "entry.mark")
        screen = await open_export(pilot, tmp_path)
        assert not screen._form.author.display
        await press(pilot, "cursor.last", "choice.toggle")
        assert screen._form.choices.chosen("style") == ["brief"]
        screen._form.author.fill("A. Reader")
        await press(pilot, "dialog.accept")
        await until(pilot, (tmp_path / "out.md").exists)
    text = (tmp_path / "out.md").read_text()
    assert "*A. Reader*" in text
    assert "**United States, 9 June 2025, paraphrased:** a willingness to relax" in text


async def test_notes_are_written_into_a_folder(browsing, tmp_path):
    async with browsing() as pilot:
        screen = await open_export(pilot, tmp_path, "notes")
        screen._form.choices.tick("notes")
        await press(pilot, "dialog.accept")
        await until(pilot, (tmp_path / "notes" / "_index.md").exists)
    assert (tmp_path / "notes" / "trump.md").exists()


async def test_the_basket_is_written_from_a_narrow_screen_where_no_pane_is_ticked(browsing, tmp_path):
    """`x` in the basket exports the basket; on 60 columns no pane was in sight to be ticked, and nothing came of it."""
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, "quotes.show", "entry.mark", "basket.show")
        screen = await open_export(pilot, tmp_path)
        assert screen._form.scope == "outline"
        assert "Nothing is ticked" not in screen_of(pilot.app)
        await press(pilot, "dialog.accept")
        assert "Nothing is ticked" not in screen_of(pilot.app)
        await until(pilot, (tmp_path / "out.md").exists)
    assert "economic expert" in (tmp_path / "out.md").read_text()
