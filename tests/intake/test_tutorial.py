"""Every command of the tutorial runs as it stands there; every command of the page on intake is one of the program's."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from intake.samples import PAGE

from dossier.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL = (DOCS / "tutorial.md").read_text()
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL) for line in block.splitlines()]
ENTRIES = re.search(r"```json\n(.*?)```", TUTORIAL, re.DOTALL)[1]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The results of all commands, run in order in a folder with the page that the tutorial speaks of."""
    folder = tmp_path_factory.mktemp("tutorial")
    before, _, after = PAGE.rpartition("We will not sign before the tariffs are gone")
    (folder / "page.html").write_text(f"{before}We have signed nothing today{after}")
    (folder / "entries.json").write_text(ENTRIES)
    results = {}
    for command in [*COMMANDS, "dossier verify brief.md -d talks"]:
        words = shlex.split(command)
        name = words[1]
        stdin = (folder / words[words.index("<") + 1]).read_bytes() if "<" in words else b""
        words = words[1 : words.index("<")] if "<" in words else words[1:]
        program = [sys.executable, "-P", "-m", "dossier", *words]
        results[name] = subprocess.run(
            program, cwd=folder, input=stdin, capture_output=True, check=False, timeout=300, env=dict(os.environ)
        )
    return folder, results


@pytest.mark.parametrize("name", ["new", "add", "draft", "annotate", "check", "export"])
def test_a_command_of_the_tutorial_runs(finished, name):
    _, results = finished
    assert results[name].returncode == 0, results[name].stderr.decode()


def test_the_tutorial_ends_with_a_brief_that_holds(finished):
    folder, results = finished
    assert "We will not sign before the tariffs are gone" in (folder / "brief.md").read_text()
    assert (folder / "talks" / "dossier.lock").exists()
    assert results["verify"].returncode == 0
    drafts = json.loads(results["draft"].stdout)["drafts"]
    assert any("We will not sign" in one["text"] for one in drafts)


def test_the_pages_name_only_options_that_there_are():
    for page in ("tutorial.md", "intake.md", "editors.md"):
        for command, rest in re.findall(
            r"dossier (new|add|schema|check|export|verify)\b([^`\n|]*)", (DOCS / page).read_text()
        ):
            known = {option for one in main.commands[command].params for option in one.opts}
            assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known
