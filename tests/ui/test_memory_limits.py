"""What the browser needed once does not stay with it: threads, dialogs' desks, and arenas of the allocator."""

import gc
import subprocess
import sys
import threading
import weakref
from queue import SimpleQueue

import pytest
from screen_text import until
from textual._styles_cache import StylesCache

from dossier.desk.listing.listing import Listing
from dossier.model.bounded import CallCache
from dossier.ui import run
from dossier.ui.screens import palette
from dossier.ui.work import memory, preload
from dossier.ui.work.thread import Aside

ARENAS = """
import ctypes, tempfile, threading
from dossier.ui.work.memory import limit_memory
if {limited}:
    assert limit_memory()
ready, held = threading.Barrier(9), []
def work():
    held.append(bytearray(100_000))
    ready.wait()
for _ in range(8):
    threading.Thread(target=work, daemon=True).start()
ready.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as told:
    file = ctypes.c_void_p(libc.fopen(told.name.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(told.read().count(b"<heap nr="))
"""


def arenas(*, limited):
    command = [sys.executable, "-c", ARENAS.format(limited=limited)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an allocator of Linux")
def test_many_threads_share_two_arenas():
    assert arenas(limited=False) > 2
    assert arenas(limited=True) <= 2


class Desk:
    def __init__(self, held):
        self.held = held
        held.append(self)

    def close(self):
        self.held.remove(self)


def test_dialogs_that_open_and_close_leave_no_thread_and_no_desk():
    held, posted, go = [], SimpleQueue(), threading.Event()
    for number in range(20):
        aside = Aside(lambda: Desk(held), posted.put, "one-kind")
        aside.ask(lambda _desk, number=number: go.wait(60) and number, str)
        aside.close()
    assert sum(thread.name == "one-kind" for thread in threading.enumerate()) == 1
    go.set()
    last = Aside(lambda: Desk(held), posted.put, "one-kind")
    last.ask(lambda _desk: "last", str)
    assert posted.get(timeout=120) == "last"
    assert len(held) == 1
    last.close()


def test_what_a_key_opens_is_loaded_beside_the_screen():
    """Else the first annotation waits for its modules."""
    code = "import sys; from dossier.ui.work.preload import preload; preload(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    assert {*preload.MODULES, "dossier.desk.annotate.service", "dossier.ui.screens.prompt"} <= set(loaded)


def test_a_list_scrolled_through_holds_some_screens_of_it():
    read = []
    listing = Listing(
        [(n, str(n), 0) for n in range(10_000)], 10_000, lambda places: read.append(len(places)) or places
    )
    assert [row[0] for row in listing] == list(range(10_000))
    assert sum(read) == 10_000
    assert sum(map(len, listing._pages.values())) <= 8 * 32


class Clock:
    """A clock that is set by hand, in place of the module `time`."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


class Circle:
    """An object that leads back to itself, as a dialog does."""

    def __init__(self):
        self.itself = self


def test_circles_are_collected_once_nothing_was_typed_for_a_while(monkeypatch):
    """And are frozen never: a dialog that is open then would stay in memory for the rest of the program."""
    clock, released = Clock(), []
    monkeypatch.setattr(memory, "time", clock)
    monkeypatch.setattr(memory, "release_memory", lambda: released.append(clock.now))
    monkeypatch.setattr(memory.gc, "get_count", lambda: (0, 1, 0))
    frozen, calls = gc.get_freeze_count(), []
    gc.disable()
    try:
        rest = memory.RestKeeper(lambda after, function: after or (calls.append(clock.now), function()))
        circle = weakref.ref(Circle())
        clock.now += memory.REST / 2
        rest.tick()
        rest.heard()
        clock.now += memory.REST * 0.75  # since the start it is more than that
        rest.tick()
        assert (calls, circle() is None) == ([], False)
        clock.now += memory.REST
        rest.tick()
        assert circle() is None
        assert released == []  # the pages are given back in the thread that ticks, while others run
        rest.tick()
        assert released == [clock.now]
        clock.now += memory.BETWEEN / 2
        rest.tick()
        assert len(calls) == 1
        clock.now += memory.BETWEEN
        rest.tick()
        assert len(calls) == 2
    finally:
        gc.enable()
    assert gc.get_freeze_count() <= frozen


def test_at_rest_with_nothing_made_since_nobody_looks_for_circles(monkeypatch):
    clock, calls = Clock(), []
    monkeypatch.setattr(memory, "time", clock)
    monkeypatch.setattr(memory.gc, "get_count", lambda: (500, 0, 0))
    rest = memory.RestKeeper(lambda *call: calls.append(call))
    clock.now += 10 * memory.REST
    rest.tick()
    assert calls == []


def test_after_a_long_rest_nothing_is_kept_for_the_next_edit_or_search(monkeypatch):
    clock, calls, made, released = Clock(), [], [], []
    monkeypatch.setattr(memory, "time", clock)
    monkeypatch.setattr(memory, "release_mapped_pages", lambda: released.append(clock.now))
    monkeypatch.setattr(memory.gc, "get_count", lambda: (0, 0, 0))
    rest = memory.RestKeeper(lambda after, function: after or calls.append(function))
    read = CallCache(lambda one: made.append(one) or one, 4, 100, lambda _: 1)
    for wait, times in ((0.5, 1), (1.1, 2), (0.5, 2)):
        read("a")
        rest.heard()
        clock.now += wait * memory.LONG_REST
        rest.tick()
        read("a")
        assert made == ["a"] * times
    assert len(released) == 1
    rest.tick()
    assert len(calls) == 1  # the pages of what was kept are given back


def test_circles_are_collected_between_two_keys_and_their_pages_given_back_at_rest(monkeypatch):
    """Else a key waits for it now and then, or a browser that was collected between keys never gives anything back."""
    clock, later, released, count = Clock(), [], [], [0, 0, memory.DUE]
    monkeypatch.setattr(memory, "time", clock)
    monkeypatch.setattr(memory, "release_memory", lambda: released.append(clock.now))
    monkeypatch.setattr(memory.gc, "get_count", lambda: tuple(count))
    gc.disable()
    try:
        rest = memory.RestKeeper(lambda after, function: later.append((after, function)))
        circle = weakref.ref(Circle())
        rest.heard()
        clock.now += memory.PAUSE / 2
        rest.heard()
        assert [after for after, _ in later] == [memory.PAUSE]
        clock.now += memory.PAUSE / 2
        later.pop()[1]()
        assert (len(later), circle() is None) == (1, False)  # another key has come meanwhile
        clock.now += 1.5 * memory.PAUSE
        count[2] = memory.DUE - 1
        later.pop()[1]()
        assert circle() is not None  # it is not worth it yet
        rest.heard()
        clock.now += 1.5 * memory.PAUSE
        count[2] = memory.DUE
        later.pop()[1]()
        assert (later, circle()) == ([], None)
        count[:] = 0, 0, 0
        clock.now += 2 * memory.REST
        rest.tick()
        later.pop()[1]()
        rest.tick()
        assert released == [clock.now]
        clock.now += 2 * memory.BETWEEN
        rest.tick()
        assert later == []
    finally:
        gc.enable()


def test_a_desk_that_a_dialog_asked_is_closed_once_its_work_is_done():
    """Twenty dialogs would else leave twenty connections and their caches."""
    held, posted, done = [], SimpleQueue(), threading.Event()
    aside = Aside(lambda: Desk(held), posted.put, "one-desk")
    aside.ask(lambda _desk: "asked", str)
    assert posted.get(timeout=120) == "asked"
    assert len(held) == 1
    aside.close()
    last = Aside(lambda: held, posted.put, "one-desk")
    last.ask(lambda _desk: done.set() or "done", str)
    assert posted.get(timeout=120) == "done"
    assert held == []


def test_work_beside_the_screen_gives_way_often(monkeypatch):
    """With the usual five milliseconds a reload beside three busy threads took ten times as long: over three seconds."""
    usual, thresholds = sys.getswitchinterval(), gc.get_threshold()
    monkeypatch.setattr(run, "continue_well", lambda _app: None)
    monkeypatch.setattr(run.gc, "freeze", lambda: None)

    class App:
        def set_timer(self, *_):
            pass

    try:
        run._settle(App())
        assert sys.getswitchinterval() <= usual / 5
        assert gc.get_threshold() == (*thresholds[:2], memory.LATEST)  # old objects are looked through between two keys
    finally:
        sys.setswitchinterval(usual)
        gc.set_threshold(*thresholds)


async def test_the_palette_reads_entries_once_something_is_typed(browsing, monkeypatch):
    """To read a thousand of them took half the time of opening it, and whoever wants an action needs none."""
    read, entries = [], palette._entries
    monkeypatch.setattr(palette, "_entries", lambda reading: read.append(1) or entries(reading))
    async with browsing() as pilot:
        await pilot.app.screen.perform("palette.open")
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 2
        assert read == []
        await pilot.press("t")
        await until(pilot, lambda: read)
        await pilot.press("e")
        await until(pilot, lambda: any(one.kind == "quote" for one in pilot.app.screen._commands.commands))
        assert read == [1]


async def test_dialogs_that_were_closed_leave_none_of_their_lines(browsing):
    """Textual kept the lines of the last thousand widgets: 90 MB after ten minutes of opening and closing."""

    def drawn():
        gc.collect()
        return sum(isinstance(one, StylesCache) for one in gc.get_objects())

    async with browsing() as pilot:
        counts = []
        for _ in range(3):
            for action in ("help.open", "palette.open", "brief.export", "filters.choose"):
                await pilot.app.screen.perform(action)
                await pilot.pause()
                assert len(pilot.app.screen_stack) == 2
                await pilot.press("escape")
                await pilot.pause()
            counts.append(drawn())
    assert counts[0] >= counts[1] >= counts[2]


async def test_a_dialog_that_was_closed_lets_go_of_its_lines_before_it_is_collected(browsing):
    """Dialogs opened and closed in a flood of keys would else pile up their lines until the next collection."""
    async with browsing() as pilot:
        await pilot.app.screen.perform("help.open")
        await pilot.pause()
        dialog = pilot.app.screen
        widgets = [dialog, *dialog.query("*")]
        assert all(widget._styles_cache._cache for widget in widgets if widget.size)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not dialog
        assert not any(widget._styles_cache._cache for widget in widgets)
