"""The page "For a team", followed word for word in an empty home: only the address of the server is another."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal.pseudo import Terminal

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/team.md").read_text("utf-8")
pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")


def blocks(heading, language):
    """The blocks of code of one chapter, in their order."""
    chapter = re.split(r"^#+ ", PAGE.split(f"## {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(rf"```{language}\n(.*?)```", chapter, re.DOTALL)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Runs lines of the page as its reader does; `ssh-keygen` and the browser in a terminal."""
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "dossier"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m dossier "$@"\n')
    program.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")
    shutil.copytree(ROOT / "seeds/london-trade-talks", home / "seeds/london-trade-talks")

    def follow(line):
        if line.startswith(("ssh-keygen", "dossier browse")):
            with Terminal("/bin/sh", "-c", line, cwd=home) as terminal:
                if line.startswith("ssh-keygen"):
                    for asked in (b"empty for no passphrase", b"same passphrase again"):
                        terminal.until(asked)
                        terminal.settle()
                        terminal.type("\r")
                else:
                    terminal.until(b"Rare-earth")
                    terminal.settle()
                    terminal.type("\x11")
                assert terminal.wait() == 0
            return ""
        done = subprocess.run(
            ["/bin/sh", "-c", line], cwd=home, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout + done.stderr

    follow.home = home
    return follow


def lines_of(heading):
    return [line for block in blocks(heading, "sh") for line in block.splitlines()]


def configure(home, text):
    file = home / ".config/dossier/config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_an_archive_in_one_folder_and_a_dossier_on_top_of_it(reader):
    told = [reader(line) for line in lines_of("An archive in one folder")]
    assert "issue export-controls" in told[-1]
    mine = reader.home / "archives/mine"
    mine.mkdir()
    (mine / "dossier.yaml").write_text(blocks("A dossier on top of an archive", "yaml")[0], "utf-8")
    assert "No problems" in reader("dossier check ~/archives/mine")
    (reader.home / "archives/london").rename(reader.home / "elsewhere")
    (table,) = blocks("A dossier on top of an archive", "toml")
    configure(reader.home, table.replace("/mnt/newsroom/london", str(reader.home / "elsewhere")))
    assert "No problems" in reader("dossier check ~/archives/mine")


def test_the_chapter_on_a_search_server_works_as_written(reader, node):
    here = [reader(line) for line in lines_of("An archive in one folder")][-1]
    (table,) = blocks("A search server", "toml")
    configure(reader.home, table.replace("http://127.0.0.1:9200", node.url))
    published, found = [reader(line) for line in lines_of("A search server")]
    assert re.search(r"articles and files sent, 0 unchanged", published)
    assert found.splitlines()[-1] == here.splitlines()[-1]
    assert "0 articles and files sent" in reader(lines_of("A search server")[0])
