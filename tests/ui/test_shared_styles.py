"""Screens of one theme share their named styles: a dialog that opens again need not make them anew."""

from screen_text import press

from dossier.ui.drawing import palette


async def test_a_dialog_that_opens_again_makes_no_style_anew_until_the_theme_changes(browsing, monkeypatch):
    """Else each opening matches every rule of the style sheets again, before anything is drawn."""
    made, rules = [], palette._rules
    monkeypatch.setattr(palette, "_rules", lambda screen, name: made.append(name) or rules(screen, name))
    async with browsing() as pilot:
        app = pilot.app
        await press(pilot, "help.open")
        assert made
        dark = app.screen.look("row--key")
        await press(pilot, "level.leave")
        made.clear()
        await press(pilot, "help.open")
        assert made == []
        await press(pilot, "level.leave")
        app.theme = "dossier-light"
        await pilot.pause()
        await press(pilot, "help.open")
        assert made
        assert app.screen.look("row--key") != dark
