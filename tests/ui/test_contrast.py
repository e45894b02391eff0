"""All text keeps a contrast of 4.5 to 1 in every state, theme and kind of terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.palette import Palette as Colours
from textual.color import Color
from textual.filter import monochrome_style
from textual.theme import BUILTIN_THEMES

from dossier.ui.drawing.contrast import LEAST, contrast, luminance, readable
from dossier.ui.drawing.palette import DRAWN, NAMES, UNDER
from dossier.ui.drawing.themes import OWN

THEMES = [*OWN, *(name for name in BUILTIN_THEMES if not name.startswith("ansi"))]
XTERM = Colours(
    [(0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
     (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
     (255, 255, 255)]
)  # fmt: skip
"""The 16 colours as xterm has them; Rich counts with those of VGA."""


def pairs(screen):
    """`(what, front, ground)` of all that can stand on the screen: each style of text on each ground it can come to."""
    plain = screen.rich_style
    grounds = {"page": plain, **{name: plain + screen.look(name) for name in UNDER}}
    found = []
    for name in sorted(NAMES.difference(DRAWN, UNDER)):
        if name.startswith(("frame--", "words--", "mark--")):
            found.append((name, plain + screen.look(name)))
        else:
            found += [(f"{name} on {where}", ground + screen.look(name)) for where, ground in grounds.items()]
    found += list(grounds.items())
    for bar in screen.query("Footer, Tabs, Status"):
        found += [
            (f"{name} on a bar", bar.rich_style + screen.look(name)) for name in ("row--key", "row--faint", "row--tab")
        ]
        found.append(("a bar", bar.rich_style))
    return found


def poor(screen, see):
    """The pairs that cannot be read, as `see` makes their styles colours."""
    told = []
    for what, style in pairs(screen):
        front, ground = see(style)
        if contrast(front, ground) < LEAST:
            told.append((screen.app.theme, what, front, ground, round(contrast(front, ground), 2)))
    return told


def in_full(style):
    """The colours themselves."""
    return tuple(Color.from_rich_color(colour).rgb for colour in (style.color, style.bgcolor))


def in_grey(style):
    """The colours as they come to the screen under NO_COLOR."""
    return in_full(monochrome_style(style))


def in_256(style):
    """The colours as a terminal of 256 colours shows them."""
    return tuple(tuple(one.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()) for one in (style.color, style.bgcolor))


async def test_text_is_readable_in_every_theme_and_state(browsing):
    async with browsing() as pilot:
        bad = []
        for theme in THEMES:
            pilot.app.theme = theme
            await pilot.pause()
            bad += poor(pilot.app.screen, in_full)
        assert not bad


async def test_our_own_themes_are_readable_in_256_colours(browsing, monkeypatch):
    async with browsing() as pilot:
        monkeypatch.setattr(pilot.app.console, "_color_system", ColorSystem.EIGHT_BIT)
        bad = []
        for theme in ("dossier-light", "dossier"):
            pilot.app.theme = theme
            await pilot.pause()
            bad += poor(pilot.app.screen, in_256)
        assert not bad


@pytest.mark.parametrize("palette", [None, XTERM], ids=["vga", "xterm"])
async def test_text_is_readable_in_16_colours_whatever_the_palette(browsing, palette):
    def in_16(style):
        numbers = [one.downgrade(ColorSystem.STANDARD) for one in (style.color, style.bgcolor)]
        if palette is None:
            return tuple(tuple(number.get_truecolor()) for number in numbers)
        return tuple(tuple(palette[number.number]) for number in numbers)

    async with browsing() as pilot:
        pilot.app.theme = "dossier-16"
        await pilot.pause()
        assert not poor(pilot.app.screen, in_16)


async def test_text_is_readable_without_colours(browsing, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing() as pilot:
        assert pilot.app.no_color
        bad = []
        for theme in OWN:
            pilot.app.theme = theme
            await pilot.pause()
            bad += poor(pilot.app.screen, in_grey)
        assert not bad


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@given(COLOURS, st.lists(COLOURS, min_size=1, max_size=4))
def test_a_colour_is_made_readable_wherever_some_colour_is(front, grounds):
    chosen = readable(front, grounds)
    best = max(min(contrast(end, ground) for ground in grounds) for end in ((0, 0, 0), (255, 255, 255)))
    assert min(contrast(chosen, ground) for ground in grounds) >= min(LEAST, best)


@given(COLOURS, COLOURS)
def test_a_colour_that_is_readable_is_left_alone(front, ground):
    if contrast(front, ground) >= 4.6:
        assert readable(front, [ground]) == front


def test_luminance_is_that_of_wcag():
    assert luminance((0, 0, 0)) == 0
    assert round(contrast((255, 255, 255), (0, 0, 0)), 6) == 21
    assert round(contrast((0x76, 0x76, 0x76), (255, 255, 255)), 2) == 4.54
