"""Every pane of the register can be gone to, on a screen of any size and in a dossier that holds nothing."""

import pytest
from screen_text import screen_of

from dossier.desk.state import CENTRES
from dossier.ui.keys.actions import ACTIONS
from dossier.ui.panes import PANES


@pytest.fixture
def empty(tmp_path):
    (tmp_path / "dossier.yaml").write_text("title: Empty\n")
    return tmp_path


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_each_pane_can_be_gone_to_and_has_the_focus(browsing, size):
    async with browsing(size=size) as pilot:
        screen = pilot.app.screen
        for name in PANES:
            if name != "results":  # which only a search shows
                screen.panes.show_pane(name)
                await pilot.pause()
                assert screen.focused is screen.the_pane(name), name
                assert screen.the_pane(name).region.area, name
        assert "Traceback" not in screen_of(pilot.app)


async def test_each_pane_of_an_empty_dossier_can_be_gone_to(browsing, empty):
    async with browsing(empty) as pilot:
        for name in PANES:
            if name != "results":
                pilot.app.screen.panes.show_pane(name)
                await pilot.pause()
                assert pilot.app.screen.state.view.pane == name


async def test_each_pane_can_be_gone_to_from_each_that_stands_in_the_middle(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        for centre in CENTRES:
            for name in set(PANES) - {"results"}:
                screen.panes.show_pane(centre)
                await pilot.pause()
                screen.panes.show_pane(name)
                await pilot.pause()
                assert screen.focused is screen.the_pane(name), (centre, name)
                assert screen.the_pane(name).region.area, (centre, name)


@pytest.mark.parametrize("name", [name for name, pane in PANES.items() if pane.number])
def test_the_number_in_its_frame_is_a_key_that_leads_to_it(name):
    shown = "article" if name == "results" else name  # the results stand in the place of the article
    keys = next((action.keys for action in ACTIONS if action.id == f"{shown}.show"), ())
    assert PANES[name].number in keys
