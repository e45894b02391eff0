"""A dialog opens and closes with one drawing, and what lies below it looks as Textual would draw it."""

import pytest
from screen_text import press, until
from test_sparing import cells
from textual._styles_cache import StylesCache
from textual.geometry import Size

from dossier.ui.app import DossierApp
from dossier.ui.screens.choose import ChooseScreen


def looks(screens):
    """Each cell of the front screen with its style, all of it drawn anew."""
    for screen in screens:
        for widget in screen._compositor.visible_widgets:
            widget._styles_cache.clear()
            widget._set_dirty()
    front = screens[-1]
    update = front._compositor.render_update(full=True, screen_stack=front.app._background_screens)
    return [[cell for strip in strips for cell in cells(strip)] for strips in update.strips]


def as_textual_draws(screens):
    """The same without our own drawing of what lies below a dialog."""
    for screen in screens:
        screen._styles_cache = StylesCache()
    return looks(screens)


@pytest.mark.parametrize("theme", ["dossier", "dossier-light", "dossier-16"])
async def test_the_screen_below_looks_as_textual_tints_it(browsing, theme, tmp_path):
    (tmp_path / "out.md").write_text("mine")
    async with browsing() as pilot:
        pilot.app.theme = theme
        await press(pilot, "brief.export")
        pilot.app.screen._form.file.fill(str(tmp_path / "out.md"))
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Replace")
        screens = pilot.app.screen_stack
        ours = looks(screens)
        assert ours == as_textual_draws(screens)
        assert len({style for row in ours for _, style in row}) > 10


async def test_the_screen_below_follows_the_size_of_the_terminal(browsing):
    async with browsing() as pilot:
        await press(pilot, "help.open")
        for size in ((80, 24), (200, 60), (45, 12), (20, 5), (120, 40)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: {screen._compositor.size for screen in pilot.app.screen_stack} == {size})
            await pilot.pause()
            kept = [cells(strip) for strip in pilot.app.screen._compositor.render_strips()]
            assert [len(row) for row in kept] == [size[0]] * size[1]
            assert kept == looks(pilot.app.screen_stack), size


async def test_the_screen_below_is_shown_as_it_is_now(browsing):
    """What it says while a dialog is open is seen beside the dialog, not what it said when that opened."""
    async with browsing() as pilot:
        await press(pilot, "help.open")
        below, _ = pilot.app.screen_stack
        below.tell("Another program has written.")
        await pilot.pause()
        shown = ["".join(character for character, _ in row) for row in looks(pilot.app.screen_stack)]
        assert any("Another program has written." in line for line in shown)


@pytest.mark.parametrize("size", [(60, 20), (200, 60), (1, 1)])
async def test_a_screen_below_that_has_not_heard_of_a_new_size_yet_is_drawn(browsing, size):
    """Of the screens, the front one hears of it first: what was left of a line ended the browser."""
    async with browsing() as pilot:
        await press(pilot, "help.open")
        below, front = pilot.app.screen_stack
        below._compositor.reflow(below, Size(*size))
        shown = looks([front])
        assert [len(row) for row in shown] == [front.size.width] * front.size.height


async def test_a_dialog_without_a_screen_below_has_a_plain_ground(seed):
    app = DossierApp(choices=[seed, seed.parent])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert type(app.screen) is ChooseScreen
        ours = looks([app.screen])
        assert {character for character, _ in ours[0]} == {" "}
        assert ours == as_textual_draws([app.screen])


async def test_a_screen_that_opens_is_not_drawn_before_it_is_drawn_whole(browsing):
    """Four drawings of the whole terminal one after another made `?` the slowest key of all."""
    async with browsing() as pilot:
        pending, display = [], pilot.app._display

        def shown(screen, update):
            if update is not None:
                pending.append(screen._repaint_required)
            return display(screen, update)

        pilot.app._display = shown
        await press(pilot, "help.open")
        assert type(pilot.app.screen).__name__ == "HelpScreen"
        assert pending
        assert not any(pending)


async def test_closing_a_dialog_has_nothing_laid_out_anew(browsing, monkeypatch):
    async with browsing() as pilot:
        await press(pilot, "help.open")
        asked, refresh = [], DossierApp.refresh
        monkeypatch.setattr(DossierApp, "refresh", lambda app, **how: asked.append(how) or refresh(app, **how))
        await press(pilot, "dialog.close")
        assert type(pilot.app.screen).__name__ == "BrowseScreen"
        assert asked == []
