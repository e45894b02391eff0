"""Dialogs stand over the browser one at a time, whatever arrives while they open and close."""

import pytest
from screen_text import screen_of

from dossier.ui.screens.export import ExportScreen
from dossier.ui.widgets.bars import ActionChosen
from dossier.ui.widgets.screen import DEEPEST

OPENING = (
    "brief.export", "help.open", "palette.open", "review.open", "filters.choose", "query.help", "trail.show",
    "address.open", "mark.note",
)  # fmt: skip


@pytest.mark.parametrize("action", OPENING)
async def test_a_screen_under_a_dialog_opens_no_other_one(browsing, action):
    async with browsing() as pilot:
        browse = pilot.app.screen
        await browse.perform("help.open")
        await pilot.pause()
        browse.post_message(ActionChosen(action))
        await browse.perform(action)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 2


async def test_keys_that_wait_for_the_screen_below_open_no_second_dialog(browsing):
    async with browsing() as pilot:
        browse = pilot.app.screen
        await pilot.press(*["x", "question_mark"] * 20)
        assert len(pilot.app.screen_stack) == 2
        assert pilot.app.screen_stack[0] is browse


async def test_a_screen_that_is_not_in_front_takes_nothing_away(browsing):
    async with browsing() as pilot:
        browse = pilot.app.screen
        await browse.perform("brief.export")
        await pilot.pause()
        export = pilot.app.screen
        assert isinstance(export, ExportScreen)
        assert export.open_dialog(type(export)(export.keymap, export._desk, export._wish))
        await pilot.pause()
        export.dismiss(None)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 3
        assert pilot.app.screen is not export


async def test_no_more_screens_open_than_there_is_use_for(browsing):
    async with browsing() as pilot:
        await pilot.app.screen.perform("brief.export")
        await pilot.pause()
        opened = True
        while opened and len(pilot.app.screen_stack) < 50:
            front = pilot.app.screen
            opened = front.open_dialog(ExportScreen(front.keymap, front._desk, front._wish))
            await pilot.pause()
        assert len(pilot.app.screen_stack) == DEEPEST


async def test_enter_pressed_over_and_over_asks_once_whether_to_replace(browsing, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with browsing() as pilot:
        await pilot.app.screen.perform("brief.export")
        await pilot.pause()
        export = pilot.app.screen
        export._form.file.fill("there.md")
        (tmp_path / "there.md").write_text("mine")
        for _ in range(20):
            export.action_dialog_accept()
        await pilot.pause()
        assert [type(screen).__name__ for screen in pilot.app.screen_stack[1:]] == ["ExportScreen", "Replace"]
        assert (tmp_path / "there.md").read_text() == "mine"


@pytest.mark.parametrize("pane", ["delegations", "issues", "quotes", "links", "article", "matrix", "timeline"])
async def test_an_at_sign_is_a_key_like_any_other_in_every_pane(browsing, pane):
    async with browsing() as pilot:
        await pilot.app.screen.perform(f"{pane}.show")
        await pilot.pause()
        await pilot.press("at")
        await pilot.pause()
        assert pilot.app.failure is None
        assert screen_of(pilot.app)
