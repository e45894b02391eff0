"""What follows a key is drawn when it is there; a reader who moves fast does not see it a beat later."""

import asyncio

from rich.text import Text
from screen_text import screen_of
from textual.screen import Screen


async def test_what_follows_a_key_does_not_wait_for_the_beat(browsing, monkeypatch):
    """Links and reader follow the cursor of a list while Textual's timer for drawing stands still."""
    async with browsing() as pilot:
        app = pilot.app
        shown = asyncio.Event()
        display = app._display

        def drawn(screen, renderable):
            display(screen, renderable)
            if "5 Links ─ Scott Bessent" in screen_of(app):
                shown.set()

        monkeypatch.setattr(app, "_display", drawn)
        monkeypatch.setattr(app.screen._update_timer, "resume", lambda: None)
        app.simulate_key("j")
        async with asyncio.timeout(60):
            await shown.wait()  # a pilot's own pause would draw


async def test_another_focus_draws_only_what_it_changes(browsing, monkeypatch):
    """The whole screen drawn at every change of pane would cost more than all else that a key does."""
    async with browsing() as pilot:
        whole = []
        refresh = Screen.refresh
        monkeypatch.setattr(Screen, "refresh", lambda screen, *a, **k: (whole.append(a), refresh(screen, *a, **k))[1])
        for key in "2345":
            await pilot.press(key)
            await pilot.pause()
        assert whole == []
        assert "┏5 Links" in screen_of(pilot.app)
        assert "┌4 Article" in screen_of(pilot.app)


async def test_a_screen_that_no_widget_draws_for_a_moment_is_blank_and_drawn_again(browsing):
    """Textual ends the app at a stretch of the screen for which it has no piece; a soak saw it once."""
    async with browsing() as pilot:
        screen = pilot.app.screen
        before = screen_of(pilot.app)
        screen._compositor._visible_widgets = {}
        screen._compositor._cuts = None
        update = screen._compositor.render_update(full=True)
        assert not Text.from_ansi(update.render_segments(pilot.app.console)).plain.strip()
        await pilot.pause()
        assert screen_of(pilot.app) == before
