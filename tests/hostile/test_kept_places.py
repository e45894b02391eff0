"""Where one was the last time is a file like any other: whatever it says, the browser opens, and what is kept is whole."""

import json
import random

import pytest
from ui.driving import driven
from ui.screen_text import press

from dossier.desk.state import BrowseState, go, look, toggle_mark
from dossier.desk.user import saved_state
from dossier.desk.user.saved_state import SavedState, file_of, load, save
from dossier.ui.work.setup import Setup

NASTY = (
    "",
    "nowhere",
    "\x1b]0;PWN\x07\u202e[/][@click=app.quit]x[/]",
    "x" * 5_000,
    -1,
    0,
    10**6,
    2**63 - 1,
    -(2**63),
    True,
    None,
    [],
    [[]],
    {},
    ["a"],
    1.5,
)
"""What a value of the file may have become."""


@pytest.fixture
def root(tmp_path, london, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    state = BrowseState()
    state = look(state, entry="trump", article="london-day-one", pane="quotes")
    state = go(state, pane="links", entry="china", query="rare earth")
    state = go(state, pane="article", lens=("china",))
    state = toggle_mark(state, ["trump", "china"])
    assert save(london, SavedState(state=state, notes={"trump": "a note"}, queries=("rare earth",))) == ""
    return london


def spots(value, path=()):
    """Every place in a JSON value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from spots(one, (*path, key))


def changed(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def variants(data: bytes, count: int) -> list[bytes]:
    """The file damaged: values changed, bits turned, cut, emptied."""
    rng = random.Random(7)
    value = json.loads(data)
    every = [path for path in spots(value) if path]
    found = [b"", data[: len(data) // 2], b"null", b"[]", b"{}", b"\xff" * 9]
    for _ in range(count):
        at = rng.randrange(len(data))
        found.append(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        found.append(json.dumps(changed(value, rng.choice(every), rng.choice(NASTY))).encode())
    return found


@pytest.mark.parametrize("count", [1, pytest.param(60, marks=pytest.mark.thorough)])
async def test_whatever_was_kept_the_browser_opens(root, count):
    path = file_of(root)
    whole = path.read_bytes()
    damaged = [whole, *variants(whole, count)]
    for data in damaged:
        path.write_bytes(data)
        async with driven(root, setup=Setup(keeps=True)) as pilot:
            assert data != whole or pilot.app.screen.state.view.lens == ("china",), "nothing was taken up"
            await press(pilot, "cursor.down", "view.back", "delegations.show", "cursor.down")
            await press(pilot, "quotes.show", "entry.open", "view.forward")
            assert pilot.app.is_running, data
            assert pilot.app.failure is None, data
    print(f"\n  {len(damaged)} damages to what was kept; seed 7")


@pytest.mark.parametrize("step", ["fsync", "replace", "write"])
def test_a_full_disk_leaves_what_was_kept_before(root, monkeypatch, step):
    import os

    path = file_of(root)
    before = path.read_bytes()

    def fail(*_args, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step if step != "write" else "fdopen", fail)
    if step == "replace":
        monkeypatch.setattr(saved_state.Path, "replace", fail)
    told = save(root, SavedState(queries=("other",)))
    monkeypatch.undo()
    assert "No space left" in told
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_a_killed_program_left_beside_it_is_removed(root):
    import subprocess
    import sys

    code = f"import os\nfrom pathlib import Path\nfrom dossier.desk.user.atomic_write import temporary_path\ntemporary_path(Path({str(file_of(root))!r})).write_text('half')\nos._exit(9)"
    subprocess.run([sys.executable, "-c", code], check=False)
    assert len(list(file_of(root).parent.iterdir())) == 2
    save(root, SavedState(queries=("other",)))
    assert [one.name for one in file_of(root).parent.iterdir()] == [file_of(root).name]
    assert load(root)[0].queries == ("other",)
