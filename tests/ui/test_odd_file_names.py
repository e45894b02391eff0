"""Whatever is typed as the name of a file or a folder is written there whole, or refused in a sentence."""

import os
import stat

import pytest

from dossier.model.clean import clean_line
from dossier.ui.screens.export import ExportScreen
from dossier.ui.screens.replace import Replace
from dossier.ui.widgets.line_input import LineState

LONG = "x" * 300
NAMES = {  # what is typed: what becomes of a file, and of a folder of notes
    "a\tb.md": ("written", "written"),  # a line takes a space for a tab
    "nl\n.md\n": ("written", "written"),
    "esc\x1b[2J.md": ("written", "written"),
    "turn\u202e.md": ("written", "written"),
    "-x.md": ("written", "written"),
    "../above.md": ("written", "written"),
    " ": ("refused", "refused"),
    f"{LONG}.md": ("refused", "refused"),
    f"{LONG[:200]}/" * 20 + "p.md": ("refused", "refused"),
    "folder": ("refused", "asked"),
    "folder/x.md": ("asked", "refused"),
    "empty": ("refused", "written"),
    ".": ("refused", "asked"),
    "..": ("refused", "asked"),
    "/": ("refused", "asked"),
    "/dev/null": ("refused", "refused"),
    "/dev/full": ("refused", "refused"),
    "fifo.md": ("refused", "refused"),
    "linked.md": ("asked", "refused"),
    "dangling.md": ("refused", "refused"),
    "loop.md": ("refused", "refused"),
    "linked-folder": ("refused", "refused"),
    "linked-folder/x.md": ("asked", "refused"),
    "mine.md": ("asked", "refused"),
    "mine.md/x.md": ("refused", "refused"),
    "no/such/x.md": ("refused", "refused"),
    "~nobody-of-that-name/x.md": ("refused", "refused"),
    "/proc/self/x.md": ("refused", "refused"),
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with what somebody else has put there."""
    folder = tmp_path / "below"
    (folder / "folder").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "folder" / "x.md").write_text("theirs")
    (folder / "mine.md").write_text("mine")
    (folder / "linked.md").symlink_to(folder / "mine.md")
    (folder / "dangling.md").symlink_to(tmp_path / "nothing.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "linked-folder").symlink_to(folder / "folder")
    os.mkfifo(folder / "fifo.md")
    monkeypatch.chdir(folder)
    return tmp_path


def what_is_in(folder):
    """Every path below a folder, with its kind and what is in it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        found[path] = (stat.S_IFMT(mode), path.read_bytes() if stat.S_ISREG(mode) else b"")
    return found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file system of Unix")
@pytest.mark.parametrize("style", ["full", "notes"])
async def test_a_typed_name_is_written_whole_asked_about_or_refused(browsing, place, style):
    before = what_is_in(place)
    outcomes, new = {}, set()
    async with browsing() as pilot:
        for name in NAMES:
            await pilot.app.screen.perform("brief.export")
            await pilot.pause()
            export = pilot.app.screen
            assert isinstance(export, ExportScreen)
            export._form.choices.tick(style)
            export._form.file.typed = LineState()
            export._form.file._put_in(name)
            export.action_dialog_accept()
            await pilot.pause()
            front = pilot.app.screen
            said = front.query_one("Status")._left if front is export else ("", "row--bad")
            assert said[1] == "row--bad"  # in a sentence
            outcomes[name] = {ExportScreen: "refused", Replace: "asked"}.get(type(front), "written")
            while len(pilot.app.screen_stack) > 1:
                await pilot.press("escape")
                await pilot.pause()
            after = what_is_in(place)
            assert {path: after.get(path) for path in before} == before, name
            made = after.keys() - before.keys() - new
            assert bool(made) == (outcomes[name] == "written") or name == "empty", name
            new |= made
    assert outcomes == {name: told[style == "notes"] for name, told in NAMES.items()}
    assert all(clean_line(path.name) == path.name and not path.name.endswith(".part") for path in new)
    assert not (place / "nothing.md").exists()
