"""What a person would read on the screen of an app under test."""

from contextlib import suppress
from time import monotonic

from settling import PATIENCE
from textual.css.query import NoMatches


def lines_of(app) -> list[str]:
    """The screen, line by line, as drawn."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def screen_of(app) -> str:
    """The screen as one text."""
    return "\n".join(lines_of(app))


async def until(pilot, holds, seconds=PATIENCE):
    """Wait for something that comes from a thread or a process, as long as a slow machine may take."""
    end = monotonic() + seconds
    while True:
        await pilot.pause(0.01)
        with suppress(AttributeError, NoMatches):  # on a screen that is not there yet
            if holds():
                return
        assert monotonic() < end, f"it never came about; on {pilot.app.screen_stack}:\n{screen_of(pilot.app)}"


async def press(pilot, *actions):
    """Presses the first key of each action, as the action table has it, and lets the screen settle."""
    from dossier.ui.keys.actions import BY_ID

    for action in actions:
        await pilot.press(*BY_ID[action].keys[0].split())
    await pilot.pause()
