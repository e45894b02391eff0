"""What follows a key is drawn when it is there; a reader who moves fast does not see it a beat later."""

import asyncio

from screen_text import screen_of
from textual.color import Color
from textual.screen import Screen


async def test_what_follows_a_key_does_not_wait_for_the_beat(browsing, monkeypatch):
    """Links and reader follow the cursor of a list while Textual's timer for drawing stands still."""
    async with browsing() as pilot:
        app = pilot.app
        shown = []
        display = app._display

        def drawn(screen, renderable):
            display(screen, renderable)
            shown.append(screen_of(app))

        monkeypatch.setattr(app, "_display", drawn)
        monkeypatch.setattr(app.screen._update_timer, "resume", lambda: None)
        app.simulate_key("j")
        for _ in range(500):  # a pilot's own pause would draw
            await asyncio.sleep(0.002)
            if shown and "5 Links ─ Scott Bessent" in shown[-1]:
                break
        else:
            raise AssertionError("the links were not drawn")


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


def luminance(color):
    """Relative luminance, as WCAG 2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


COLOURED = ("frame--focus", "row--heading", "row--good", "row--doubt", "row--bad", "row--mark", "row--key", "row--faint",
            "words--mention", "words--quote", "words--event", "words--link", "stance--for", "stance--against",
            "stance--conditional", "mark--quote", "mark--link", "mark--event")  # fmt: skip


async def test_words_in_colours_are_legible_in_every_theme(browsing):
    """Keys in the help, headings, statuses, the words that something rests on: 3 to 1 against the page."""
    async with browsing() as pilot:
        poor = []
        for theme in pilot.app.available_themes:
            pilot.app.theme = theme
            await pilot.pause()
            page = pilot.app.screen.background_colors[1]
            for name in COLOURED:
                front = Color.from_rich_color(pilot.app.screen.look(name).color)
                lighter, darker = sorted((luminance(front), luminance(page)), reverse=True)
                if "ansi" not in theme and (lighter + 0.05) / (darker + 0.05) < 3:
                    poor.append((theme, name, front.hex, page.hex, round((lighter + 0.05) / (darker + 0.05), 1)))
        assert not poor


async def test_what_stands_on_a_coloured_ground_is_legible_in_every_theme(browsing):
    """Words that were found, the tab one is on, the letters of hints: at least as the W3C asks of large text, 3 to 1."""
    async with browsing() as pilot:
        poor = []
        for theme in pilot.app.available_themes:
            pilot.app.theme = theme
            await pilot.pause()
            for name in ("words--found", "row--tab", "row--hint"):
                style = pilot.app.screen.look(name)
                front, ground = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
                lighter, darker = sorted((luminance(front), luminance(ground)), reverse=True)
                if "ansi" not in theme and (lighter + 0.05) / (darker + 0.05) < 3:
                    poor.append((theme, name, front.hex, ground.hex))
        assert not poor
