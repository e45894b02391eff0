"""The terminal's background is taken from its answer, whatever comes in pieces around it, and no key is lost by that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.ui.work import background
from dossier.ui.work.background import BackgroundProbe, fitting_theme, is_light

ANSWERS = ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "\x1b]11;rgb:fb/fa/f7\x07", "\x1b]11;rgba:f/f/f/f\x1b\\")


@given(st.sampled_from(ANSWERS), st.text("abc\x1b[]1;", max_size=8), st.text("xyz", max_size=8), st.integers(1, 5))
def test_an_answer_in_pieces_is_taken_out_and_all_else_stays(answer, before, after, size):
    if background._BEGUN.search(before) or "\x1b]11;" in before:
        return
    probe = BackgroundProbe()
    probe.asked()
    data, passed, told = before + answer + after, "", None
    for at in range(0, len(data), size):
        through, light = probe.feed(data[at : at + size])
        passed += through
        told = told if light is None else light
    assert told is True
    assert passed == before + after


@given(st.text("abc\x1b[]1;r", max_size=40))
def test_what_is_held_back_for_an_answer_that_does_not_come_is_given_back(data):
    probe = BackgroundProbe()
    probe.asked()
    passed = "".join(probe.feed(character)[0] for character in data)
    probe._until = 1e-9
    assert passed + probe.tick() == data


def test_a_probe_that_did_not_ask_takes_nothing():
    assert BackgroundProbe().feed(ANSWERS[0]) == (ANSWERS[0], None)


def test_escape_alone_goes_on_as_soon_as_nothing_follows():
    probe = BackgroundProbe()
    probe.asked()
    assert probe.feed("\x1b") == ("", None)
    assert probe.tick() == "\x1b"


@pytest.mark.parametrize(
    ("environment", "wanted", "theme", "asks"),
    [
        ({"TERM": "xterm-256color"}, "", "dossier", True),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "", "dossier-light", True),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;0"}, "", "dossier", True),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "nord", "nord", False),
        ({"TERM": "xterm"}, "", "dossier-16", False),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "", "dossier", True),
        ({"TERM": "linux"}, "nord", "dossier-16", False),
        ({"TERM": "xterm-direct"}, "", "dossier", True),
    ],
)
def test_the_first_theme_fits_the_terminal(environment, wanted, theme, asks):
    assert fitting_theme(environment, wanted) == (theme, asks)


def test_light_and_dark_are_told_apart():
    assert is_light(("fdf6", "e3e3", "d5d5"))
    assert not is_light(("00", "2b", "36"))


async def test_the_answer_changes_the_theme_only_where_none_was_chosen(browsing):
    from dossier.ui.work.setup import Setup

    async with browsing(setup=Setup(asks_background=True)) as pilot:
        pilot.app.background_told(light=True)
        assert pilot.app.theme == "dossier-light"
    async with browsing(setup=Setup(theme="nord")) as pilot:
        pilot.app.background_told(light=True)
        assert pilot.app.theme == "nord"
