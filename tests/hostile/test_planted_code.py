"""A dossier's folder is often the current one: nothing in it is ever imported or run, whatever it is called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal.pseudo import Terminal

FILES = 640
"""More than it takes to read them in several processes."""

MODULES = (
    "multiprocessing pickle signal threading yaml msgspec dossier sitecustomize usercustomize platformdirs watchfiles textual click "
    "rich whoosh sqlite3 tomllib tantivy snowballstemmer encodings codecs json subprocess asyncio concurrent select site"
).split()


@pytest.fixture
def planted(tmp_path):
    """A dossier with many articles and a module of every name; and the command as it is installed, not as `python -m`."""
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("title: Planted\narticle_files: ['*.md']\n")
    for number in range(FILES):
        (folder / f"a{number}.md").write_text(f"---\ntitle: t{number}\n---\nwords {number}\n")
    for name in MODULES:
        (folder / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write({name + chr(10)!r})\nraise SystemExit(3)\n"
        )
    for name in ("vi", "nano", "xclip", "less", "git"):
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> {tmp_path / 'ran'}\n")
        (folder / name).chmod(0o755)
    (folder / "pyproject.toml").write_text("")
    (folder / "conftest.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write('conftest')\n")
    program = tmp_path / "bin" / "program"
    program.parent.mkdir()
    program.write_text("from dossier.cli import main\nif __name__ == '__main__':\n    main()\n")
    home = {
        "HOME": str(tmp_path),
        **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CACHE", "CONFIG")},
    }
    return folder, program, home


@pytest.mark.parametrize("command", ["check", pytest.param("index", marks=pytest.mark.thorough)])
def test_a_command_given_in_the_folder_imports_nothing_from_it(planted, tmp_path, command):
    folder, program, home = planted
    environment = {**os.environ, **home}
    command = [sys.executable, str(program), command]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert f"{2 * FILES} passages" in run.stdout or "No problems" in run.stderr
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


@pytest.mark.thorough
def test_the_browser_opened_in_the_folder_imports_nothing_from_it(planted, tmp_path):
    """Nor does the process behind it, nor the readers that process begins."""
    folder, program, home = planted
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if part not in ("", "."))
    with Terminal(sys.executable, str(program), cwd=folder, environment={**home, "PATH": path}) as terminal:
        terminal.until(b"words")
        terminal.settle(0.5)
        terminal.type("/words\r")
        terminal.settle(0.5)
        terminal.type("\x11")
        assert terminal.wait() == 0
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text()


def test_a_folder_of_style_sheets_beside_a_dossier_changes_nothing(planted):
    """The sheets are the program's own, wherever one is."""
    from dossier.ui.drawing.sheets import folder as sheets

    folder, _, _ = planted
    (folder / "styles").mkdir()
    (folder / "styles" / "tokens.tcss").write_text("Screen { display: none; }")
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert not sheets().is_relative_to(folder)
    finally:
        os.chdir(before)
