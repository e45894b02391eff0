"""However the browser ends, the terminal comes back, the exit status tells how it went, and no article is in any log."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from terminal_driver import START, Terminal

SECONDS = 2.0
"""Within which the terminal must be back (issue 6)."""

BY_KEY = {"q": (b"q", 0), "Ctrl+Q": (b"\x11", 0), "Ctrl+C": (b"\x03", 130)}
BY_SIGNAL = {"SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131, "SIGINT": 130}


@pytest.mark.parametrize("key", BY_KEY)
def test_keys_end_it(seed, key):
    terminal = Terminal(seed)
    keys, status = BY_KEY[key]
    terminal.type(keys)
    assert terminal.end()[0] == status
    assert terminal.cooked()
    assert terminal.modes_left_on() == []


@pytest.mark.parametrize("name", BY_SIGNAL)
def test_signals_end_it(seed, name):
    terminal = Terminal(seed)
    os.kill(terminal.pid, getattr(signal, name))
    status, took = terminal.end()
    assert status == BY_SIGNAL[name]
    assert took < SECONDS + 1
    assert terminal.cooked()
    assert terminal.modes_left_on() == []


HANGING = (
    "import os, time; from dossier.ui.entry_list import EntryList; "
    "EntryList.follow = lambda *_: (os.write(2, b'HANGING'), time.sleep(60)); from dossier.ui.run"
)


def test_a_signal_ends_it_even_while_it_hangs(seed):
    terminal = Terminal(seed, START.replace("from dossier.ui.run", HANGING))
    terminal.type(b"j")
    terminal.wait_for(b"HANGING")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.end()[0] == 143
    assert terminal.cooked()
    assert terminal.modes_left_on() == []


def test_a_closed_terminal_ends_it(seed):
    terminal = Terminal(seed)
    os.close(terminal.fd)
    terminal.fd = -1
    assert terminal.end()[0] == 129


def test_it_can_be_stopped_and_comes_back(seed):
    terminal = Terminal(seed)
    terminal.forget()
    os.kill(terminal.pid, signal.SIGTSTP)
    terminal.wait_for(b"\x1b[?1049l")
    os.waitpid(terminal.pid, os.WUNTRACED)
    assert terminal.cooked()
    terminal.written = b""
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.wait_for(b"Delegations")
    terminal.type(b"q")
    assert terminal.end()[0] == 0
    assert terminal.cooked()


CRASHES = {
    "at the start": "from dossier.ui.screens.ground import Ground; Ground.compose = crash",
    "while drawing": "from dossier.ui.panes.article import Article; Article.content_line = crash",
    "in a handler": "from dossier.ui.screens.browse import BrowseScreen; BrowseScreen.action_pane_next = crash",
}


@pytest.mark.parametrize("where", CRASHES)
def test_a_crash_is_one_readable_line_and_a_log_without_article_text(seed, where, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    secret = "high-level trade talks"
    crash = f"crash = lambda *_, **__: (_ for _ in ()).throw(ValueError({secret!r})); {CRASHES[where]}; "
    code = START.replace("from dossier.ui.run", crash + "from dossier.ui.run")
    terminal = Terminal(seed, code, ready=b"Delegations" if where == "in a handler" else b"")
    if where == "in a handler":
        terminal.type(b"\t")
    status, _ = terminal.end()
    assert status == 1
    assert terminal.cooked()
    assert terminal.modes_left_on() == []
    told = terminal.written.rpartition(b"\x1b[?1006l")[2].decode()
    assert "the browser broke off (ValueError)" in told
    assert "Traceback" not in terminal.written.decode(errors="replace")
    log = next(tmp_path.rglob("crash.log"))
    assert str(log) in told.replace("\r\n", "")
    assert "ValueError" in log.read_text()
    assert secret not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_without_a_terminal_it_says_what_to_use_instead(seed):
    run = subprocess.run(
        [sys.executable, "-c", START, str(seed)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert "needs a terminal" in run.stderr
    assert "Traceback" not in run.stderr


def test_several_dossiers_are_there_to_choose_from(seed, tmp_path):
    for name in ("first", "second"):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds" / name).symlink_to(seed)
    code = f"import os; os.chdir({str(tmp_path)!r}); " + START.replace("Path(sys.argv[1])", "None")
    terminal = Terminal(seed, code, ready=b"Which dossier?")
    terminal.type(b"j\r")
    terminal.wait_for(b"Delegations")
    terminal.type(b"q")
    assert terminal.end()[0] == 0
    assert Path(tmp_path / "seeds" / "second").exists()


def test_the_editor_gets_the_terminal_and_gives_it_back(seed, tmp_path, monkeypatch):
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/args\necho EDITING\n')
    script.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    terminal = Terminal(seed)
    terminal.type(b"3je")
    terminal.wait_for(b"EDITING")
    terminal.wait_for(b"Read anew")
    terminal.type(b"q")
    assert terminal.end()[0] == 0
    line, path = (tmp_path / "args").read_text().split()
    assert "us-relax-in-exchange:" in Path(path).read_text().splitlines()[int(line[1:]) - 1]
