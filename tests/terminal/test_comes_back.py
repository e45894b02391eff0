"""Whatever ends the browser, the terminal is the user's again: else the shell behind it is unusable."""

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal.pseudo import Terminal, seconds_in_line, strange, threads_of

from dossier.model.clean import clean_line

PAINTED = b"Rare-earth exports"
LONG = pytest.mark.thorough
LIMIT = 2.0
"""Seconds within which the terminal must be back (issue 6)."""


@pytest.fixture
def home(tmp_path):
    """A home of one test: the browser remembers where one was."""
    return {
        "HOME": str(tmp_path / "home"),
        **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("STATE", "CACHE", "CONFIG")},
    }


@pytest.fixture
def browser(seed, home):
    with Terminal.dossier("browse", str(seed), environment=home) as terminal:
        terminal.until(PAINTED)
        terminal.settle()
        yield terminal


ENDED: list[tuple[int, float]] = []
"""Exit status and seconds of each end that gave the terminal back."""


@pytest.fixture(scope="module", autouse=True)
def _tally():
    """Prints after all of them how many ends there were; pytest shows it with -s."""
    ENDED.clear()
    yield
    statuses = " ".join(f"{status}" for status in sorted({status for status, _ in ENDED}))
    slowest = max((seconds for _, seconds in ENDED), default=0.0)
    print(f"\n  {len(ENDED)} ends, exit statuses {statuses}; the terminal was back within {slowest:.1f} s")


def assert_given_back(terminal: Terminal, status: int, limit: float = LIMIT) -> None:
    """Ended in time by that status, every mode off, the line discipline as it was.

    The time for which the machine ran other programs is not counted; where it runs none, that of the clock is judged.
    """
    start = time.monotonic()
    assert terminal.wait() == status
    took = time.monotonic() - start - terminal.in_line
    assert took < 2 * limit
    ENDED.append((status, took))
    assert terminal.modes_left_on() == set()
    assert terminal.is_cooked()


def family(pid: int) -> set[int]:
    """The processes that a process has begun, and those that they have begun."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            number, rest = stat.read_text().split(" (", 1)
            if int(rest.rpartition(") ")[2].split()[1]) == pid:
                found |= {int(number)} | family(int(number))
    return found


def runs(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    return False


def test_a_program_that_ends_while_its_threads_are_listed_fails_no_test(monkeypatch):
    """The list of its threads goes away between a look at it and the reading of it."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    monkeypatch.setattr(Path, "is_dir", lambda _path: True)
    assert threads_of(ended.pid) == []
    assert seconds_in_line(ended.pid) == 0


ENDINGS = {"SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131, "SIGINT": 130}


@pytest.mark.parametrize(("ending", "status"), ENDINGS.items())
def test_a_signal_ends_it_with_the_terminal_as_it_was(browser, ending, status):
    browser.kill(getattr(signal, ending))
    assert_given_back(browser, status)


@pytest.mark.parametrize("moment", [0.3, *(pytest.param(at / 50, marks=LONG) for at in range(60))])
def test_a_signal_at_any_moment_of_the_start_leaves_no_mode_on(seed, home, moment):
    """Before there are handlers the system ends it, after that we do; in between there is no gap."""
    with Terminal.dossier("browse", str(seed), environment=home) as terminal:
        end = time.monotonic() + moment
        while time.monotonic() < end:
            terminal.read(max(end - time.monotonic(), 0))
        terminal.kill(signal.SIGTERM)
        assert_given_back(terminal, 143, 5)


STORMS = ["SIGTERM SIGTERM", "SIGHUP SIGTERM SIGINT", "SIGWINCH SIGTERM", "SIGCONT SIGTERM", "SIGCONT SIGCONT SIGTERM", "SIGTERM SIGCONT",
          "stop SIGTERM SIGCONT", "stop SIGHUP SIGCONT SIGCONT", "SIGSTOP SIGCONT SIGTERM", "stop SIGCONT SIGTERM"]  # fmt: skip


@pytest.mark.parametrize(
    "storm", [pytest.param(storm, marks=() if number == 6 else LONG) for number, storm in enumerate(STORMS)]
)
def test_signals_in_a_bunch_leave_no_mode_on(browser, storm):
    """As when a stopped one is killed from the shell (`kill %1` continues it too), or a machine is frozen and thawed."""
    for name in storm.split():
        if name == "stop":
            browser.stop()
        else:
            browser.kill(getattr(signal, name))
            browser.settle(0.05)
    assert browser.wait() in (143, 129, 130)
    assert browser.modes_left_on() == set()
    assert browser.is_cooked()


def test_frozen_and_thawed_it_can_still_be_used(browser):
    for _ in range(3):
        browser.kill(signal.SIGSTOP)
        browser.kill(signal.SIGCONT)
        browser.settle()
    before = len(browser.output)
    browser.type("?")
    browser.until(lambda: b"find:" in browser.output[before:])
    browser.type("\x11")
    assert_given_back(browser, 0)


@pytest.mark.parametrize(("keys", "status"), [("q", 0), ("\x11", 0), ("\x03", 130)], ids=["q", "Ctrl+Q", "Ctrl+C"])
def test_keys_that_end_it_give_it_back(browser, keys, status):
    browser.type(keys)
    assert_given_back(browser, status)


def test_a_signal_ends_it_even_while_it_hangs(seed, home, tmp_path):
    program = written(
        tmp_path, "def hang(*_):\n    os.write(2, b'HANGING')\n    time.sleep(60)\nEntryList.follow = hang"
    )
    with Terminal(sys.executable, "-P", program, str(seed), environment=home) as terminal:
        terminal.until(PAINTED)
        terminal.settle()
        terminal.type("j")
        terminal.until(b"HANGING")
        terminal.kill(signal.SIGTERM)
        assert_given_back(terminal, 143, 3)


def written(folder: Path, change: str) -> str:
    """The path of a program that is the browser, changed."""
    program = folder / "changed.py"
    program.write_text(
        "import os, sys, time\nfrom pathlib import Path\nfrom dossier.ui.run import browse\nfrom dossier.ui.widgets.entry_list import EntryList\n"
        f"from dossier.ui.screens.browse.screen import BrowseScreen\nfrom dossier.ui.screens.browse.panes import PaneController\n{change}\nsys.exit(browse(Path(sys.argv[1])))\n"
    )
    return str(program)


@pytest.mark.parametrize(
    "opened",
    ["/rare", *(pytest.param(keys, marks=LONG) for keys in ("x", "?", ":lon", "z", "o", "J", "\x1b[200~pasted"))],
    ids=repr,
)
def test_it_is_given_back_from_wherever_one_is(browser, opened):
    """Typing, in a dialog, zoomed, within a paste that never ends."""
    browser.type(opened)
    browser.settle()
    browser.kill(signal.SIGTERM)
    assert_given_back(browser, 143)


def test_stopped_and_brought_back_it_paints_again(browser):
    for _ in range(2):
        browser.stop()
        browser.until(lambda: browser.modes_left_on() == set() and browser.is_cooked())
        before = len(browser.output)
        browser.kill(signal.SIGCONT)
        browser.until(lambda: b"?1049h" in browser.output[before:])
        browser.until(lambda: PAINTED in browser.output[before:])
        browser.settle()
    browser.type("q")
    assert_given_back(browser, 0)


def test_an_editor_gets_the_terminal_and_gives_it_back(seed, home, tmp_path):
    """It is given the very file and line of what is selected, and what it changed is read anew."""
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/given\nstty -a > {tmp_path}/stty\necho EDITING\n')
    editor.chmod(0o700)
    with Terminal.dossier("browse", str(seed), environment={**home, "EDITOR": str(editor), "VISUAL": ""}) as terminal:
        terminal.until(PAINTED)
        terminal.settle()
        terminal.type("3je")
        terminal.until(b"EDITING")
        before = len(terminal.output)
        terminal.until(lambda: b"Reloaded" in terminal.output[before:])
        terminal.type("q")
        assert_given_back(terminal, 0)
    assert " icanon" in (tmp_path / "stty").read_text()
    line, path = (tmp_path / "given").read_text().split()
    assert "us-relax-in-exchange:" in Path(path).read_text().splitlines()[int(line[1:]) - 1]


@pytest.fixture
def editing(seed, home, tmp_path):
    """The browser while an editor has the terminal."""
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho EDITING\nexec sleep 600\n")
    editor.chmod(0o700)
    with Terminal.dossier("browse", str(seed), environment={**home, "EDITOR": str(editor), "VISUAL": ""}) as terminal:
        terminal.until(PAINTED)
        terminal.settle()
        terminal.type("e")
        terminal.until(b"EDITING")
        yield terminal


def test_a_signal_ends_it_while_an_editor_has_the_terminal(editing):
    """The thread that would end the app waits for the editor; the editor itself, with what is typed there, stays."""
    began = family(editing.pid)
    editing.kill(signal.SIGTERM)
    assert_given_back(editing, 143, 3)
    for pid in filter(runs, began):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_terminal_closed_over_an_editor_ends_both(editing):
    began = family(editing.pid)
    os.close(editing.fd)
    editing.fd = os.open(os.devnull, os.O_RDONLY)
    assert_gone({editing.pid} | began)
    editing.status = os.waitstatus_to_exitcode(os.waitpid(editing.pid, 0)[1])


def test_told_to_end_while_it_is_stopped_it_ends_when_it_goes_on(browser):
    """As a shell ends a job it has stopped: by the signal, then by waking it."""
    browser.stop()
    browser.kill(signal.SIGTERM)
    browser.kill(signal.SIGCONT)
    assert_given_back(browser, 143)


def test_a_terminal_that_is_closed_ends_it_and_all_it_began(seed, home):
    terminal = Terminal.dossier("browse", str(seed), environment=home)
    terminal.until(PAINTED)
    began = family(terminal.pid)
    os.close(terminal.fd)
    terminal.fd = os.open(os.devnull, os.O_RDONLY)
    _, status = os.waitpid(terminal.pid, 0)
    terminal.status = status
    assert os.waitstatus_to_exitcode(status) == 129
    ENDED.append((129, 0.0))
    terminal.close()
    assert_gone(began)


@pytest.mark.parametrize("ending", ["q", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_nothing_it_began_outlives_it(browser, ending):
    """Not even when it is ended without a word: a process behind would read the dossier for ever."""
    began = family(browser.pid)
    assert began, "nothing runs beside the browser"
    if ending == "q":
        browser.type(ending)
    else:
        browser.kill(getattr(signal, ending))
    browser.wait()
    assert_gone(began)


def assert_gone(began: set[int]) -> None:
    end = time.monotonic() + 60  # on a busy machine; what outlives it is there for ever
    while any(map(runs, began)):
        assert time.monotonic() < end, f"{[pid for pid in began if runs(pid)]} go on"
        time.sleep(0.05)


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=LONG)])
def test_any_sizes_in_turn_leave_it_alive_and_where_it_was(browser, count):
    """From 1x1 to 500x200; afterwards the same pane has the focus and shows the same lines."""
    rng = random.Random(5)
    browser.type("4")
    browser.settle()
    browser.type("\x04\x04")
    browser.settle()
    browser.resize(119, 40)
    browser.settle(0.5)
    before = len(browser.output)
    browser.resize(120, 40)
    browser.settle(0.5)
    shown = screen(bytes(browser.output[before:]))
    assert "┏4 Article" in shown
    for number in range(count):
        extreme = ((1, 1), (500, 200), (40, 10), (39, 9))[number] if number < 4 else None
        browser.resize(
            *(
                extreme
                or (
                    rng.choice((1, 5, 20, 39, 40, 60, 79, 80, 119, 120, 300, 500)),
                    rng.choice((1, 5, 9, 10, 24, 40, 90, 200)),
                )
            )
        )
        browser.read(0.01)
    browser.resize(119, 40)
    browser.settle(0.5)
    before = len(browser.output)
    browser.resize(120, 40)
    browser.settle(0.5)
    again = screen(bytes(browser.output[before:]))
    assert "┏4 Article" in again, "the focus is elsewhere"
    first = next(line.split("│")[1:] for line in shown.split("\n") if "¶" in line and "┏" not in line)
    assert any(part[:40] in again for part in first if part.strip()), "the article stands elsewhere"
    browser.type("q")
    assert_given_back(browser, 0)
    print(f"\n  {count} resizes from 1x1 to 500x200")


def screen(output: bytes) -> str:
    """The letters of what was written, without styles and places."""
    return re.sub(r"\x1b\[[0-9;?<>]*[ -/]*[@-~]|\x1b\][^\x07]*\x07", "", output.decode(errors="replace"))


HOSTILE_WORDS = "China is not easy to deal with. \\x1b]0;PWN\\x07\\x9b7;77m"
CRASHES = {
    "before the start": "BrowseScreen.compose = boom",
    "start": "BrowseScreen.on_mount = boom",
    "drawing": "import dossier.ui.panes.article as a; a.ReaderContent.content_line = boom",
    "handler": "PaneController.action_pane_next = boom",
    "worker": "PaneController.action_pane_next = lambda self: self.screen.run_worker(boom, thread=True)",
    "async": "import asyncio\nPaneController.action_pane_next = lambda self: self.screen.call_later(boom)",
    "reading": "import dossier.desk.desk as d; d.Desk.listing = boom",
}


@pytest.mark.parametrize(
    "place", [pytest.param(place, marks=() if place in ("start", "handler", "worker") else LONG) for place in CRASHES]
)
def test_a_crash_tells_one_line_and_where_the_log_is(seed, home, tmp_path, place):
    """What the error says may be the words of an article: it is neither shown nor written down."""
    boom = f"def boom(*_a, **_k):\n    raise RuntimeError('{HOSTILE_WORDS}')\n"
    program = written(tmp_path, boom + CRASHES[place])
    home["XDG_STATE_HOME"] += "\x1b]0;PWN\x07\x9b7;77m"  # even what is told of the log is cleaned
    with Terminal(sys.executable, "-P", program, str(seed), environment=home) as terminal:
        if place in ("handler", "worker", "async"):
            terminal.until(PAINTED)
            terminal.settle()
            terminal.type("\t")
        assert_given_back(terminal, 1, 5)
        output = bytes(terminal.output)
    assert strange(output) == []
    said = output.rsplit(b"?1006l", 1)[-1].decode()
    lines = [line for line in said.split("\r\n") if line.strip()]
    assert len(lines) == 1 or "".join(lines).count("dossier:") == 1
    assert re.match(r"dossier: the browser broke off \((RuntimeError|WorkerFailed)\)", lines[0])
    assert "Traceback" not in said
    assert "China is not easy" not in said
    log = next(Path(home["XDG_STATE_HOME"]).rglob("crash.log"))
    assert clean_line(str(log)) in "".join(lines)
    assert "RuntimeError" in log.read_text()
    assert "boom" in log.read_text()
    assert "China is not easy" not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_crash_of_a_plain_command_tells_one_line_too(seed, home, tmp_path):
    """The line of progress that stood there, as where a machine is slow, leaves nothing beside it."""
    program = tmp_path / "crash.py"
    program.write_text(
        "from dossier.cli import main\nimport dossier.desk.desk as d\n"
        "from dossier.cli.opening import Progress\nProgress.__init__.__defaults__ = (0.0,)\n"
        f"def boom(*_a, **_k):\n    raise RuntimeError('{HOSTILE_WORDS}')\nd.Desk.search = boom\nmain()\n"
    )
    with Terminal(sys.executable, "-P", str(program), "search", "x", "-d", str(seed), environment=home) as terminal:
        assert terminal.wait() == 1
        progress, cleared, output = bytes(terminal.output).rpartition(b"%\r\x1b[K")
    assert progress
    assert cleared
    assert strange(output, tells=True) == []
    assert output.count(b"\r\n") == 1
    assert b"China is not easy" not in output
    log = next((tmp_path / "STATE").rglob("crash.log"))
    assert "boom" in log.read_text()
    assert "China is not easy" not in log.read_text()


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_it_says_what_to_do(seed, closed):
    """Whichever of the three is none."""
    import pty

    master, slave = pty.openpty()
    streams = {
        "stdin": slave,
        "stdout": slave,
        "stderr": slave,
        closed: subprocess.PIPE if closed != "stdin" else subprocess.DEVNULL,
    }
    run = subprocess.run(
        [sys.executable, "-P", "-m", "dossier", "browse", str(seed)], **streams, check=False, timeout=120
    )
    os.close(slave)
    if closed != "stderr":
        os.set_blocking(master, False)
        told = os.read(master, 10_000)
    else:
        told = run.stderr
    os.close(master)
    assert run.returncode == 2
    assert told.decode().strip().count("\n") == 0
    assert b"terminal" in told
