"""A line takes so much and says so, and drawing a long one takes no longer than a short one."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import press, screen_of
from textual import events

from dossier.ui.drawing.text import cells
from dossier.ui.widgets import line_input, prompt_line
from dossier.ui.widgets.line_input import MOST, LineEdit, LineState, insert, offset_at, room_in
from dossier.ui.widgets.prompt_line import PromptLine


@given(st.text(max_size=60), st.integers(-3, 150))
def test_a_click_finds_the_character_under_it(text, column):
    text = insert(LineState(), text).text
    widths = [cells(text[:at]) for at in range(len(text) + 1)]
    if widths == sorted(widths):
        at = offset_at(text, column)
        assert at == len(text) or widths[at + 1] > column
        assert at == 0 or widths[at] <= column


@given(st.text(), st.text())
def test_no_more_goes_in_than_there_is_room(before, after):
    typed = insert(LineState(), before * 200)
    assert len(insert(typed, after * 200).text) <= MOST
    assert room_in(typed) == MOST - len(typed.text)


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (45, 12)])
async def test_a_paste_that_is_too_long_is_cut_and_that_is_said(browsing, size):
    async with browsing(size=size) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        pilot.app.post_message(events.Paste("x" * 5_000))
        await pilot.pause()
        line = pilot.app.screen.query_one("#search", LineEdit)
        assert line.text == "x" * MOST
        assert "The line takes 1,000" in screen_of(pilot.app)


async def test_a_paste_that_fits_is_taken_without_a_word(browsing):
    async with browsing() as pilot:
        await pilot.press("slash")
        await pilot.pause()
        pilot.app.post_message(events.Paste("tariffs"))
        await pilot.pause()
        assert pilot.app.screen.query_one("#search", LineEdit).text == "tariffs"
        assert "The line takes" not in screen_of(pilot.app)


@pytest.mark.parametrize("pane", ["delegations", "article", "matrix"])
async def test_a_paste_outside_a_line_runs_no_key(browsing, pane):
    async with browsing() as pilot:
        await pilot.app.screen.perform(f"{pane}.show")
        await pilot.pause()
        before = pilot.app.screen.state
        pilot.app.post_message(events.Paste("x?q\rm/zj"))
        await pilot.pause()
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 1
        assert pilot.app.screen.state == before


@pytest.mark.parametrize("turns", range(6))
async def test_letters_typed_while_the_line_opens_go_into_it_in_their_order(browsing, turns):
    async with browsing() as pilot:
        for character in "/tariffs":
            key = "slash" if character == "/" else character
            pilot.app.post_message(events.Key(key, character))
            for _ in range(turns):
                await asyncio.sleep(0)
        await pilot.pause()
        assert pilot.app.screen.query_one("#search", LineEdit).text == "tariffs"


async def test_drawing_a_long_line_measures_it_a_few_times_only(browsing, monkeypatch):
    async with browsing() as pilot:
        await pilot.press("slash")
        await pilot.pause()
        line = pilot.app.screen.query_one("#search", LineEdit)
        line.fill("漢" * MOST)
        measured = []
        monkeypatch.setattr(line_input, "cells", lambda text: measured.append(text) or cells(text))
        line.render_line(0)
        assert len(measured) < 30


async def test_drawing_a_long_line_of_parts_measures_it_a_few_times_only(browsing, monkeypatch):
    """A thousand wide letters took a quarter of a second to draw, after each key."""
    async with browsing() as pilot:
        await press(pilot, "name.new")
        line = pilot.app.screen.query_one("#prompt", PromptLine)
        line.typed = LineState("漢" * MOST, MOST)
        measured = []
        monkeypatch.setattr(prompt_line, "cells", lambda text: measured.append(text) or cells(text))
        line.render_line(0)
        assert len(measured) < 40
