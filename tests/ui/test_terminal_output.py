"""A terminal that takes nothing makes nobody wait, and holds no more than it may."""

import contextlib
import os
import threading

import pytest

from dossier.ui.work.terminal_output import BEHIND, CONTROL, MOST, TerminalWriter


@pytest.fixture
def terminal():
    """Both ends of a pseudo-terminal: what a program writes to, and from where a terminal reads."""
    master, slave = os.openpty()
    file = os.fdopen(slave, "w", encoding="utf-8")
    yield master, file
    os.close(master)
    with contextlib.suppress(OSError):
        file.close()


def read_to(master: int, mark: bytes) -> bytes:
    found = b""
    while mark not in found:
        found += os.read(master, 65_536)
    return found


def test_what_is_written_reaches_the_terminal_in_order(terminal):
    master, file = terminal
    writer = TerminalWriter(file, lambda: None)
    for number in range(50):
        writer.write(f"{number},")
    writer.write("end")
    assert read_to(master, b"end") == b"".join(b"%d," % n for n in range(50)) + b"end"
    writer.stop()


def test_a_terminal_that_reads_nothing_holds_no_more_than_a_bound(terminal):
    _, file = terminal
    writer = TerminalWriter(file, lambda: None)
    for _ in range(300):
        writer.write("x" * 50_000)
    assert BEHIND < writer.size <= MOST + 50_000
    writer.stop()


def test_stopping_a_terminal_that_reads_nothing_ends_the_thread(terminal):
    _, file = terminal
    writer = TerminalWriter(file, lambda: None)
    for _ in range(10):
        writer.write("x" * 50_000)
    writer.write("\x1b[?1049l")
    writer.stop()
    assert not writer._thread.is_alive()


def test_all_is_drawn_anew_once_after_drawings_were_dropped(terminal):
    master, file = terminal
    told = threading.Semaphore(0)
    writer = TerminalWriter(file, told.release)
    for _ in range(100):
        writer.write("x" * 50_000)
    writer.write("m" * CONTROL)

    def read():
        with contextlib.suppress(OSError):  # of a terminal that is closed before all has been read
            read_to(master, b"m" * CONTROL)

    threading.Thread(target=read, daemon=True).start()
    assert told.acquire(timeout=120)
    writer.stop()
    assert not told.acquire(blocking=False)


def test_a_terminal_that_is_gone_stops_nothing():
    master, slave = os.openpty()
    file = os.fdopen(slave, "w", encoding="utf-8")
    os.close(master)
    writer = TerminalWriter(file, lambda: None)
    for _ in range(100):
        writer.write("x" * 5_000)
    writer.stop()
    assert not writer._thread.is_alive()
    assert writer.size == 0
    with contextlib.suppress(OSError):
        file.close()


async def test_a_screen_waits_with_drawing_while_the_terminal_is_behind(browsing, monkeypatch):
    async with browsing() as pilot:
        screen = pilot.app.screen
        behind = True
        monkeypatch.setattr(pilot.app._driver, "is_behind", lambda: behind, raising=False)
        drawn = []
        monkeypatch.setattr(screen, "_compositor_refresh", lambda: drawn.append(1))
        screen.query_one("Status").refresh()
        screen._dirty_widgets.add(screen.query_one("Status"))
        screen._on_timer_update()
        assert drawn == []
        behind = False
        screen._on_timer_update()
        assert drawn == [1]
