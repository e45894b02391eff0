"""A broken dossier in the browser: its problems come first, and one key leads to the line that is to be mended."""

import threading

import pytest
from screen_text import press, screen_of, until

from dossier.desk.desk import Desk


@pytest.fixture
def broken(london):
    head = london / "dossier.yaml"
    head.write_text(head.read_text().replace("delegations:", "summary: first: second\ndelegations:", 1))
    return london


async def test_the_problems_of_a_broken_dossier_are_what_is_seen_first(browsing, broken):
    async with browsing(broken) as pilot:
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemsScreen")
        await until(pilot, lambda: "dossier.yaml:" in screen_of(pilot.app))
        assert "second colon" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert "✗ press gp: dossier.yaml cannot be read whole" in screen_of(pilot.app)
        assert "need a look" not in screen_of(pilot.app)


async def test_enter_opens_the_editor_at_the_problem(browsing, broken, monkeypatch):
    async with browsing(broken) as pilot:
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemsScreen")
        opened = []
        monkeypatch.setattr(
            "dossier.ui.screens.browse.editing.EditorController.edit",
            lambda self, place: opened.append(str(place)),
            raising=False,
        )
        await press(pilot, "entry.open")
        await until(pilot, lambda: opened)
        line = (broken / "dossier.yaml").read_text().splitlines().index("summary: first: second") + 1
        assert opened[0].startswith(f"dossier.yaml:{line}:")


async def test_a_dossier_without_problems_says_so(browsing):
    async with browsing() as pilot:
        await press(pilot, "problems.show")
        await until(pilot, lambda: "no problems" in screen_of(pilot.app))


async def test_no_key_waits_for_the_problems(browsing, monkeypatch):
    """In 300 articles, looking for words that are nowhere takes over a second."""
    where, problems = [], Desk.problems
    monkeypatch.setattr(Desk, "problems", lambda desk: where.append(threading.current_thread()) or problems(desk))
    async with browsing() as pilot:
        await press(pilot, "problems.show")
        await until(pilot, lambda: "no problems" in screen_of(pilot.app))
        await press(pilot, "dossier.reload")
        await until(pilot, lambda: "Reloaded" in screen_of(pilot.app))
    assert len(where) == 2
    assert threading.main_thread() not in where
