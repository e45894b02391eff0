"""What is typed without waiting for the screen is not lost: it reaches what the keys before it open, in order."""

import pytest
from textual import events

from dossier.ui.work.typed_queue import TypedQueue


def typed(app, text, at=None):
    """Type as in one packet of a slow line: nothing is waited for in between."""
    names = {"\r": "enter", "\x1b": "escape", "\t": "tab"}
    for number, one in enumerate(text):
        event = one if isinstance(one, events.Event) else events.Key(names.get(one, one), one)
        if at is not None:
            event.time = at + number / 1000
        app._driver.send_message(event)


async def test_letters_typed_behind_a_slash_are_searched_for(browsing):
    async with browsing() as pilot:
        typed(pilot.app, "/abc def")
        await pilot.pause()
        assert pilot.app.screen.query_one("#search").text == "abc def"


def dialog_of(app):
    """The screens, what is typed into the lines of the front one, and the place of its focus."""
    front = app.screen
    lines = [one.text for one in front.query("LineEdit")]
    return [type(one) for one in app.screen_stack], lines, list(front.query("*")).index(front.focused)


@pytest.mark.parametrize("keys", ["?quotes", ":quotes", "x\t\tnotes.md", "F\t\tab"])
async def test_keys_typed_behind_one_that_opens_a_dialog_do_there_what_they_do_once_it_is_seen(browsing, keys):
    async with browsing() as pilot:
        view = pilot.app.screen.state.view
        for key in keys:
            typed(pilot.app, key)
            await pilot.pause()
        waited = dialog_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert (len(pilot.app.screen_stack), pilot.app.screen.state.view) == (1, view)
        typed(pilot.app, keys)
        await pilot.pause()
        assert len(waited[0]) == 2
        assert dialog_of(pilot.app) == waited


async def test_a_dialog_that_closes_gives_the_keys_behind_it_to_the_screen_below(browsing):
    async with browsing() as pilot:
        browse = pilot.app.screen
        typed(pilot.app, "x\x1b/ab")
        await pilot.pause()
        assert pilot.app.screen is browse
        assert browse.query_one("#search").text == "ab"


async def test_a_paste_behind_a_key_that_opens_a_line_keeps_its_place(browsing):
    async with browsing() as pilot:
        typed(pilot.app, ["/", "a", events.Paste("bc"), "d"])
        await pilot.pause()
        assert pilot.app.screen.query_one("#search").text == "abcd"


async def test_keys_that_come_with_a_paste_reach_no_dialog_that_they_open_themselves(browsing, tmp_path, monkeypatch):
    """They may be the rest of it: what was copied held the marker of its end."""
    monkeypatch.chdir(tmp_path)
    async with browsing() as pilot:
        typed(pilot.app, [events.Paste("words"), *"x\r"], at=1000.0)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 2
        assert not list(tmp_path.iterdir())
        typed(pilot.app, "\x1b", at=1001.0)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 1


class Task:
    """The task that runs a screen, as asyncio has it."""

    def __init__(self):
        self.callbacks = []

    def add_done_callback(self, done):
        self.callbacks.append(done)

    def remove_done_callback(self, done):
        self.callbacks.remove(done)

    def end(self):
        for done in list(self.callbacks):
            done(self)


class Pump:
    """A screen that takes what it is given when it is told to."""

    def __init__(self):
        self.taken, self._behind = [], []
        self._task = Task()

    def _forward_event(self, event):
        self.taken.append(event.key)

    def call_later(self, done):
        self._behind.append(done)
        return True

    def done(self):
        self._behind.pop(0)()


class App:
    focused = None

    def __init__(self):
        self.screen = Pump()


def test_one_key_is_under_way_at_a_time_and_the_next_goes_to_who_is_in_front_then():
    app = App()
    queue, below = TypedQueue(app), app.screen
    for key in "abc":
        queue.put(events.Key(key, key))
    assert (below.taken, len(queue)) == (["a"], 2)
    app.screen = front = Pump()
    below.done()
    assert (below.taken, front.taken, len(queue)) == (["a"], ["b"], 1)
    front.done()
    assert (front.taken, len(queue)) == (["b", "c"], 0)
    front.done()
    assert below._task.callbacks == front._task.callbacks == []


def test_a_screen_that_ends_before_it_is_done_keeps_no_key_back():
    app = App()
    queue, gone = TypedQueue(app), app.screen
    queue.put(events.Key("a", "a"))
    queue.put(events.Key("b", "b"))
    app.screen = Pump()
    gone._task.end()
    assert (gone.taken, app.screen.taken, len(queue)) == (["a"], ["b"], 0)
    gone.done()
    queue.put(events.Key("c", "c"))
    assert (app.screen.taken, len(queue)) == (["b"], 1)


def test_a_screen_that_takes_nothing_any_more_keeps_no_key_back():
    app = App()
    app.screen.call_later = lambda _done: False
    queue = TypedQueue(app)
    queue.put(events.Key("a", "a"))
    queue.put(events.Key("b", "b"))
    assert len(queue) == 0
