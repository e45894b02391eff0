"""Whatever the paths of a dossier are made of: not one byte from outside its folder is shown, indexed or exported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "zanzibar"
"""A word of the reader's own, which stands in every file outside the dossier."""

INSIDE = {"good.txt": "Words that may be read.\n", "caf\u00e9.txt": "Words of a name with an accent.\n"}


def outside(tmp_path: Path) -> dict[str, str]:
    """Paths that a stranger may write, by what they are; each leads to the secret, or to what never ends."""
    dossier, private = tmp_path / "d", tmp_path / "private"
    private.mkdir()
    for name in ("secret.txt", "secret.yaml", "private/b.txt"):
        (tmp_path / name).write_text(f"title: {SECRET}\n")
    links = {"out.txt": "../secret.txt", "up": "..", "private": "../private", "loop.txt": "loop.txt", "gone.txt": "nowhere",
             "proc.txt": "/proc/self/environ", "chain.txt": "out.txt", "linked.yaml": "../secret.yaml"}  # fmt: skip
    for name, target in links.items():
        (dossier / name).symlink_to(target)
    os.mkfifo(dossier / "pipe.txt")
    os.mkfifo(dossier / "pipe.yaml")
    (dossier / "folder.txt").mkdir()
    return {name: name for name in links} | {
        "absolute": f"{tmp_path}/secret.txt", "doubly absolute": f"/{tmp_path}/secret.txt", "up one": "../secret.txt", "down and up": "folder.txt/../../secret.txt",
        "through a link to a folder": "private/b.txt", "through a link upwards": "up/secret.txt", "its own": "./../d/../secret.txt",
        "a URL": f"file://{tmp_path}/secret.txt", "home": "~/secret.txt", "another's home": "~root/x", "a variable": "$HOME/secret.txt",
        "a drive": "C:\\secret.txt", "a share": "\\\\server\\share", "backslashes": "..\\secret.txt", "percents": "%2e%2e/secret.txt",
        "NUL": "good.txt\0/../secret.txt", "5,000 characters": "x" * 5_000, "2,500 folders": "a/" * 2_500 + "x", "empty": "", "a folder": "folder.txt",
        "a pipe": "pipe.txt", "a device": "/dev/zero", "the terminal": "/dev/tty", "/proc": "/proc/self/environ", "a descriptor": "/dev/fd/0",
        "case": "GOOD.txt", "NFD": "cafe\u0301.txt",
    }  # fmt: skip


@pytest.fixture
def traps(tmp_path):
    dossier = tmp_path / "d"
    dossier.mkdir()
    for name, words in INSIDE.items():
        (dossier / name).write_text(words)
    paths = outside(tmp_path)
    (dossier / "dossier.lock").write_text("")
    lines = [
        "title: Paths",
        "articles:",
        "  good: {file: good.txt, title: Good}",
        "  accent: {file: café.txt, title: Accent}",
    ]
    quotes = ["quotes:", "  inside: {text: Words that may be read, at: {article: good}}"]
    for number, path in enumerate(paths.values()):
        lines.append(f"  a{number}: {{file: {json.dumps(path)}, title: Trap {number}}}")
        quotes.append(f"  q{number}: {{text: {SECRET}, at: {{article: a{number}}}}}")
    patterns = [path for path in paths.values() if len(path) < 500]
    lines.append(
        f"article_files: {json.dumps([*patterns, '../*.txt', '/**', '**/../*.txt', 'up/*.txt', 'private/*', '*.txt'])}"
    )
    (dossier / "dossier.yaml").write_text("\n".join([*lines, *quotes]) + "\n")
    return dossier, paths


COMMANDS = {
    "check": ["check"],
    "index": ["index", "--rebuild"],
    "search": ["search", "read OR words OR title", "-d"],
    "export": ["export", "--pane", "articles", "--pane", "quotes", "--pane", "links", "-d"],
    "anchors": ["anchors"],
}


def test_no_path_leads_out_of_a_dossier(traps, tmp_path, counted):
    """Nor does one hang the program: each command is done within two seconds, on a machine with nothing else to do."""
    dossier, paths = traps
    home = {
        "HOME": str(tmp_path),
        **{f"XDG_{one}_HOME": str(tmp_path / "own" / one) for one in ("STATE", "CACHE", "CONFIG")},
    }
    told = {}
    for name, command in COMMANDS.items():
        done = subprocess.run(
            [sys.executable, "-P", "-m", "dossier", *command, str(dossier)],
            env={**os.environ, **home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1), (name, done.stderr)
        told[name] = done.stdout + done.stderr
    assert "Words that may be read" in told["search"]
    assert "Words that may be read" in told["export"]
    for number, (what, path) in enumerate(paths.items()):
        assert f"dossier.yaml:{5 + number}:" in told["check"], f"nothing is said of {what}: {path!r}"
    for name, text in told.items():
        assert f"title: {SECRET}" not in text, f"{name} shows a file from outside"
        assert "XDG_STATE_HOME=" not in text, f"{name} shows the environment"
    kept = [path for path in (tmp_path / "own").rglob("*") if path.is_file()]
    assert len(kept) > 3
    for path in kept:
        assert f"title: {SECRET}".encode() not in path.read_bytes(), f"{path} holds a file from outside"
    counted["paths that lead out or never end"] += len(paths)
    counted["commands, none of which shows or keeps a byte of them"] += len(COMMANDS)
