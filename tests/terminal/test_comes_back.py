"""Whatever ends the browser, the terminal is the user's again: else the shell behind it is unusable."""

import os
import random
import signal

import pytest
from terminal.pseudo import Terminal

PAINTED = b"Rare-earth exports"


@pytest.fixture
def browser(seed):
    with Terminal.dossier("browse", str(seed)) as terminal:
        terminal.until(PAINTED)
        terminal.settle()
        yield terminal


def assert_given_back(terminal: Terminal, status: int) -> None:
    assert terminal.wait(4) == status
    assert terminal.modes_left_on() == set()
    assert terminal.is_cooked()


@pytest.mark.parametrize(
    ("ending", "status"),
    [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131), ("SIGINT", 130)],
)
def test_a_signal_ends_it_with_the_terminal_as_it_was(browser, ending, status):
    browser.kill(getattr(signal, ending))
    assert_given_back(browser, status)


@pytest.mark.parametrize("keys", ["q", "\x11"], ids=["q", "Ctrl+Q"])
def test_quitting_gives_it_back(browser, keys):
    browser.type(keys)
    assert_given_back(browser, 0)


def test_ctrl_c_gives_it_back(browser):
    browser.type("\x03")
    assert_given_back(browser, 130)


def test_stopped_and_brought_back_it_paints_again(browser):
    browser.kill(signal.SIGTSTP)
    browser.until(lambda: browser.modes_left_on() == set() and browser.is_cooked())
    before = len(browser.output)
    browser.kill(signal.SIGCONT)
    browser.until(lambda: b"?1049h" in browser.output[before:])
    browser.until(lambda: PAINTED in browser.output[before:])
    browser.type("q")
    assert_given_back(browser, 0)


def test_a_terminal_that_is_closed_ends_it(seed):
    terminal = Terminal.dossier("browse", str(seed))
    terminal.until(PAINTED)
    os.close(terminal.fd)
    terminal.fd = os.open(os.devnull, os.O_RDONLY)
    _, status = os.waitpid(terminal.pid, 0)
    terminal.status = status
    assert os.waitstatus_to_exitcode(status) in (129, -1)
    terminal.close()


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.thorough)])
def test_any_sizes_in_turn_leave_it_alive(browser, count):
    rng = random.Random(5)
    for _ in range(count):
        browser.resize(
            rng.choice((1, 5, 20, 39, 40, 60, 79, 80, 119, 120, 300, 500)), rng.choice((1, 5, 9, 10, 24, 40, 90, 200))
        )
        browser.read(0.01)
    browser.resize(120, 40)
    before = len(browser.output)
    browser.until(lambda: PAINTED in browser.output[before:])
    browser.type("q")
    assert_given_back(browser, 0)
    print(f"{count} resizes")


@pytest.mark.parametrize("place", ["start", "handler", "worker"])
def test_a_crash_tells_one_line_and_where_the_log_is(seed, tmp_path, place):
    hooks = {
        "start": "Browser.on_mount = boom",
        "handler": "Browser.action_quit = boom",
        "worker": "Browser.on_mount = lambda self: self.run_worker(boom, thread=True)",
    }
    program = tmp_path / "crash.py"
    program.write_text(
        "import sys\nfrom dossier.ui.app import Browser\nfrom dossier.ui.run import browse\nfrom pathlib import Path\n"
        "def boom(*_a, **_k):\n    raise RuntimeError('China is not easy to deal with. \\x1b]0;PWN\\x07')\n"
        f"{hooks[place]}\nsys.exit(browse(Path(sys.argv[1])))\n"
    )
    import sys

    with Terminal(sys.executable, str(program), str(seed)) as terminal:
        if place == "handler":
            terminal.until(PAINTED)
            terminal.settle()
            terminal.type("\x11")
        assert_given_back(terminal, 1)
        said = bytes(terminal.output).rsplit(b"?1049l", 1)[-1]
        assert b"\x1b]0;PWN" not in terminal.output
        assert b".log" in said
        assert b"Traceback" not in said


def test_without_a_terminal_it_says_what_to_do(seed):
    import subprocess
    import sys

    run = subprocess.run(
        [sys.executable, "-P", "-m", "dossier", "browse", str(seed)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
