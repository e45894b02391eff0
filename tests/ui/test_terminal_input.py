"""Whatever bytes a terminal sends, the parser goes on with the next one, and a paste is a paste."""

import asyncio
import itertools
import os
import selectors
import threading
import time
import tracemalloc
from codecs import getincrementaldecoder

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App

from dossier.ui.work.terminal_driver import AHEAD, LARGE, MOVES_AHEAD, SMALL, BrowserDriver
from dossier.ui.work.terminal_input import ESCAPE_SECONDS, PASTE_LIMIT, PASTE_SILENCE, TerminalParser

START, END = "\x1b[200~", "\x1b[201~"
FAULTY = ("\x1b[::;u", "\x1b[97:65;2u", "\x1b[97;;97:98:99u", "\x1b[106;5:1u", "\x1b[1114112u", "\x1b[99999999999u")
"""Extended key reports as terminals send them, or could; some of them raise in Textual's parser."""

SEQUENCES = st.sampled_from([*FAULTY, START, END, "\x1b", "\x1b[", "\x1b[A", "\x1b[<0;3;4M", "\x1b[<35;999;9m", "\x1b[48;1;2;3;4t",
                             "\x1b]52;c;", "\x1bP", "\x00", "\x9b", "é漢🙂", "q\r", "\x1b[I", "\x1b[?2048;1$y"])  # fmt: skip
BYTES = st.lists(st.one_of(st.binary(max_size=30), SEQUENCES.map(str.encode)), max_size=20)
INSIDE = st.lists(st.one_of(st.text(max_size=20), SEQUENCES.filter(lambda one: one != END)), max_size=10).map("".join)


def messages(chunks, parser=None):
    parser = parser or TerminalParser()
    decode = getincrementaldecoder("utf-8")("replace").decode
    return [message for chunk in chunks for message in parser.feed(decode(chunk))]


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[first:last] for first, last in itertools.pairwise(edges)]


def keys(found):
    return [message.key for message in found if isinstance(message, events.Key)]


def pastes(found):
    return [message.text for message in found if isinstance(message, events.Paste)]


def test_textual_still_has_the_fault_that_is_guarded_against():
    with pytest.raises(ValueError, match="invalid literal"):
        list(XTermParser().feed("\x1b[::;u"))


@pytest.mark.parametrize("report", FAULTY)
def test_the_key_behind_a_faulty_report_is_understood(report):
    assert keys(messages([report.encode() + b"j"]))[-1:] == ["j"]


@given(BYTES)
def test_no_bytes_in_any_chunks_raise(chunks):
    parser = TerminalParser()
    messages(chunks, parser)
    list(parser.tick())


@given(BYTES)
def test_after_any_bytes_and_a_pause_a_key_is_a_key(chunks):
    parser = TerminalParser()
    messages(chunks, parser)
    time_passed(parser)
    assert keys(messages([b"j"], parser)) == ["j"]


def time_passed(parser):
    """Let the time pass after which a lone Escape counts."""
    parser._heard -= PASTE_SILENCE + 1
    if parser._parser._timeout_time is not None:
        parser._parser._timeout_time = time.monotonic() - 1
    list(parser.tick())


@given(INSIDE, st.lists(st.integers(min_value=0), max_size=8))
def test_a_paste_is_one_message_and_no_key_however_it_is_split(inside, cuts):
    inside = inside.replace(END, "")
    data = f"{START}{inside}{END}".encode("utf-8", "replace")
    found = messages(split(data, cuts))
    assert keys(found) == []
    assert pastes(found) == [inside.encode("utf-8", "replace").decode().replace("\x00", "")]


@given(INSIDE, st.lists(st.integers(min_value=0), max_size=8))
def test_keys_before_and_behind_a_paste_stay_in_order(inside, cuts):
    inside = inside.replace(END, "")
    found = messages(split(f"a{START}{inside}{END}b".encode("utf-8", "replace"), cuts))
    assert [type(message).__name__ for message in found] == ["Key", "Paste", "Key"]
    assert keys(found) == ["a", "b"]


def test_a_paste_without_an_end_ends_when_nothing_more_comes():
    parser = TerminalParser()
    assert messages([f"{START}words".encode()], parser) == []
    parser._heard -= PASTE_SILENCE + 1
    assert pastes(parser.tick()) == ["words"]
    assert keys(messages([b"j"], parser)) == ["j"]


def test_a_paste_goes_on_however_long_the_app_took_for_the_keys_before_it(monkeypatch):
    """Else its rest would run as keys: the terminal waited for the app, not the app for the terminal."""
    now = time.monotonic()
    monkeypatch.setattr("dossier.ui.work.terminal_input.time.monotonic", lambda: now)
    parser, found = TerminalParser(), []
    for message in parser.feed(f"jj{START}first "):
        found.append(message)
        now += PASTE_SILENCE
    found += parser.tick()
    found += parser.feed(f"q second{END}")
    assert keys(found) == ["j", "j"]
    assert pastes(found) == ["first q second"]


def test_a_paste_from_a_terminal_that_does_not_mark_it_runs_no_key():
    text = "quit quickly\rquit quickly\rquit quickly\rquit quickly\rquit quickly\r"
    parser = TerminalParser()
    found = messages([text[:70].encode(), text[70:].encode()], parser)
    assert found == []
    parser._heard -= 1
    found = list(parser.tick())
    assert keys(found) == []
    assert "".join(pastes(found)).count("quit") == text.count("quit")


def test_bytes_that_are_no_text_are_replaced_and_nuls_left_out():
    found = messages([b"\x1b[200~a\xff\xfe\x00b\x1b[201~"])
    assert pastes(found) == ["a\ufffd\ufffdb"]


def test_a_paste_is_kept_up_to_its_limit_and_whoever_takes_it_can_see_that():
    found = messages([START.encode() + b"x" * (3 * PASTE_LIMIT) + END.encode() + b"j"])
    assert [len(text) for text in pastes(found)] == [PASTE_LIMIT + 1]
    assert keys(found) == ["j"]


def test_a_paste_of_ten_megabytes_leaves_no_memory_behind():
    body = "words \x1b[A and more\n" * 550_000
    assert len(body) > 10_000_000
    data = f"{START}{body}{END}".encode()
    parser = TerminalParser()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        found = messages((data[at : at + 65_536] for at in range(0, len(data), 65_536)), parser)
        peak = tracemalloc.get_traced_memory()[1] - before
        assert len(pastes(found)) == 1
        assert keys(found) == []
        del found
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000  # characters that are dropped are not collected first


@pytest.mark.parametrize(
    "size",
    [
        "\x1b[48;0;0;0;0t",
        "\x1b[48;99999;99999;9;9t",
        "\x1b[48;-1;5;1;1t",
        "\x1b[48;24;99999;9;9t",
        "\x1b[48;99999;80;9;9t",
    ],
)
def test_a_terminal_of_no_size_or_of_one_that_cannot_be_is_not_believed(size):
    assert not [one for one in messages([size.encode()]) if isinstance(one, events.Resize)]


async def test_a_paste_goes_on_when_an_editor_had_the_terminal_meanwhile(monkeypatch):
    """The thread that reads ends while an editor is open; what is left of a paste must not run as keys after it."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin:
        monkeypatch.setattr("sys.__stdin__", stdin)
        driver, found = BrowserDriver(App()), []

        def read(text: str, *, until_read) -> None:
            driver.exit_event.clear()
            thread = threading.Thread(target=driver.run_input_thread)
            thread.start()
            os.write(writing, text.encode())
            while not until_read():
                time.sleep(0.001)
            driver.exit_event.set()
            thread.join()

        monkeypatch.setattr(driver, "_deliver", found.append)
        read(f"j{START}q first ", until_read=lambda: driver._parser._kept)
        read(f"q second{END}k", until_read=lambda: len(found) > 2)
        os.close(writing)
    assert keys(found) == ["j", "k"]
    assert pastes(found) == ["q first q second"]


async def test_what_is_typed_waits_in_the_terminal_while_the_app_has_enough_to_do(monkeypatch):
    """Else a flood of keys is held in memory, and answered for minutes after the last of them."""
    driver, waiting, order = BrowserDriver(App()), [AHEAD + 9, AHEAD + 1, AHEAD], []
    monkeypatch.setattr(driver, "_waiting", lambda: waiting.pop(0))
    monkeypatch.setattr(driver, "process_message", lambda message: order.append(message.key))
    monkeypatch.setattr("dossier.ui.work.terminal_driver.time.sleep", lambda _seconds: order.append("slept"))
    driver._deliver(events.Key("j", "j"))
    assert order == ["slept", "slept", "j"]


async def test_movements_of_the_mouse_are_dropped_behind_a_few_events_and_clicks_never(monkeypatch):
    driver, taken = BrowserDriver(App()), []
    monkeypatch.setattr(driver, "process_message", taken.append)
    move, press = messages([b"\x1b[<35;3;4M\x1b[<0;3;4M"])
    for waiting in (MOVES_AHEAD, MOVES_AHEAD + 1):
        monkeypatch.setattr(driver, "_waiting", lambda waiting=waiting: waiting)
        driver._deliver(move)
        driver._deliver(press)
    assert [type(one) for one in taken] == [events.MouseMove, events.MouseDown, events.MouseDown]


def test_escape_is_told_once_no_sequence_can_follow(monkeypatch):
    """It came at the end of the look for input in which that had passed, up to two tenths of a second after the press."""
    reading, writing = os.pipe()
    looks, found = [], []

    async def made():
        return BrowserDriver(App())

    class Selector(selectors.SelectSelector):
        def select(self, timeout=None):
            looks.append((list(map(type, found)), timeout))
            return super().select(timeout)

    with os.fdopen(reading, "rb") as stdin:
        monkeypatch.setattr("sys.__stdin__", stdin)
        monkeypatch.setattr("dossier.ui.work.terminal_driver.selectors.SelectSelector", Selector)
        driver = asyncio.run(made())
        monkeypatch.setattr(driver, "_deliver", found.append)
        thread = threading.Thread(target=driver.run_input_thread)
        os.write(writing, b"j\x1b")
        thread.start()
        while len(found) < 2:
            time.sleep(0.001)
        os.close(writing)
        thread.join(60)
    assert keys(found) == ["j", "escape"]
    waits = [timeout for so_far, timeout in looks[1:] if len(so_far) == 1]
    assert waits
    assert max(waits) <= ESCAPE_SECONDS
    assert constants.ESCAPE_DELAY <= ESCAPE_SECONDS


async def test_keys_are_read_a_few_at_a_time_and_what_is_pasted_is_not(monkeypatch):
    """What was read once cannot be left to the terminal any more."""
    reading, writing = os.pipe()
    rooms, read = [], os.read
    with os.fdopen(reading, "rb") as stdin:
        monkeypatch.setattr("sys.__stdin__", stdin)
        driver, found = BrowserDriver(App()), []
        monkeypatch.setattr(driver, "_deliver", found.append)
        fake = lambda file, room: rooms.append(room) or read(file, room)  # noqa: E731
        monkeypatch.setattr("dossier.ui.work.terminal_driver.os.read", fake)
        thread = threading.Thread(target=driver.run_input_thread)
        thread.start()
        os.write(writing, (f"{START}words" + " words" * SMALL).encode())
        os.write(writing, END.encode())
        os.close(writing)
        thread.join(60)
    assert rooms[:2] == [SMALL, LARGE]
    assert rooms[-1] == SMALL
