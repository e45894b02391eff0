"""What is made of a large dossier in a process of its own ends with the reader's interest in it; a file is finished."""

import subprocess
import sys

import pytest
from msgspec.structs import replace
from screen_text import press, screen_of, until
from settling import PATIENCE

from dossier.desk import separate
from dossier.desk.desk import Desk
from dossier.desk.separate import CancellationToken, problems_of
from dossier.model.problems import DossierError

NEVER = "import signal\nwhile True: signal.pause()"
"""A process that is done with nothing, whatever becomes of the one who asked."""


@pytest.fixture
def started(monkeypatch):
    """Every dossier is a large one; the processes that are started, of which those in `instead` do other things."""

    class Started(list):
        def __init__(self):
            self.instead = []

    found = Started()

    class Recorded(subprocess.Popen):
        def __init__(self, command, **options):
            if "dossier.desk.separate_process" in command:
                code = found.instead.pop(0) if found.instead else ""
                super().__init__([sys.executable, "-c", code] if code else command, **options)
                found.append(self)
            else:
                super().__init__(command, **options)

    monkeypatch.setattr(separate, "LARGE", 0)
    monkeypatch.setattr(subprocess, "Popen", Recorded)
    yield found
    left = [process for process in found if process.returncode is None]
    for process in left:
        process.kill()
        process.wait()
    assert not left


async def test_closing_the_dialog_ends_the_preview_that_is_made(browsing, started):
    started.instead = [NEVER]
    async with browsing() as pilot:
        await press(pilot, "brief.export")
        await until(pilot, lambda: started)
        await press(pilot, "dialog.close")
        await until(pilot, lambda: started[0].returncode is not None)


async def test_another_choice_does_not_wait_for_the_preview_of_the_one_before(browsing, started):
    started.instead = [NEVER, NEVER]
    async with browsing() as pilot:
        await press(pilot, "brief.export")
        await until(pilot, lambda: started)
        await press(pilot, "choice.toggle")
        await until(pilot, lambda: len(started) == 2)
        await press(pilot, "choice.toggle")
        await until(pilot, lambda: "characters" in screen_of(pilot.app))
        assert "## Delegations" in pilot.app.screen._preview._text
        assert "was ended" not in screen_of(pilot.app), "a choice of the reader's is no failure"
        assert len(started) == 3


async def test_with_nothing_ticked_no_preview_is_made_any_more(browsing, started):
    started.instead = [NEVER]
    async with browsing() as pilot:
        await press(pilot, "brief.export")
        await until(pilot, lambda: started)
        choices = pilot.app.screen._form.choices
        for key in choices.chosen()[1:]:
            row = next(at for at, one in enumerate(choices.choices) if one.key == key)
            choices.choices[row] = replace(choices.choices[row], ticked=False)
        await press(pilot, "choice.toggle")
        await until(pilot, lambda: started[0].returncode is not None)
        assert "Nothing is ticked" in screen_of(pilot.app)


async def test_a_file_that_is_being_written_is_finished_when_the_dialog_is_closed(browsing, started, tmp_path):
    go = tmp_path / "go"
    waiting = (
        f"import os, time\nwhile not os.path.exists({str(go)!r}): time.sleep(0.01)\n"
        "from dossier.desk.separate_process import main; main()"
    )
    async with browsing() as pilot:
        await press(pilot, "brief.export")
        await until(pilot, lambda: "characters" in screen_of(pilot.app))
        started.instead = [waiting]
        pilot.app.screen._form.file.fill(str(tmp_path / "out.md"))
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: len(started) == 2)
        await press(pilot, "dialog.close")
        go.touch()
        await until(pilot, lambda: started[1].returncode is not None)
    assert "## Delegations" in (tmp_path / "out.md").read_text()
    assert sorted(path.name for path in tmp_path.iterdir() if "out" in path.name) == ["out.md"]


async def test_leaving_the_dossier_ends_the_search_for_its_problems(browsing, started):
    started.instead = [NEVER]
    async with browsing() as pilot:
        await press(pilot, "problems.show")
        await until(pilot, lambda: started)
    assert started[0].wait(PATIENCE) != 0


def test_what_was_cancelled_before_it_began_is_not_waited_for(london, started):
    started.instead = ["import time; time.sleep(60); print('{\"result\": []}')"]
    desk, token = Desk.open(london), CancellationToken()
    try:
        token.cancel()
        with pytest.raises(DossierError, match="was ended before it was done"):
            problems_of(desk, token)
    finally:
        desk.close()
