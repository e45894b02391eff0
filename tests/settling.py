"""When an app under test has done all that a key led to, told by its state and not by the processor's rest.

Textual's own test driver takes a process for idle that used little of the processor for 20 ms: on a busy machine that is
one that was not let run, and on an idle one 60 ms are lost at every key.
"""

import asyncio
import threading
from functools import cache
from pathlib import Path

from textual._context import active_app

QUIET = 3
"""How many turns of the event loop in a row must have nothing left to do."""

PATIENCE = 120.0
"""Seconds within which an app comes to rest on a machine that is busy with other things."""


def _working(name: str) -> bool:
    """Return whether a thread of that name runs, or waits for the disk: one that waits for something else may wait for the test."""
    for thread in threading.enumerate():
        if thread.name == name:
            try:
                state = Path(f"/proc/self/task/{thread.native_id}/stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                return False
            return state in "RD"
    return False


class Jobs:
    """The jobs that were asked of threads beside the screen and are not answered yet, by the name of the thread."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, name: str, change: int) -> None:
        with self._lock:
            self.asked[name] = self.asked.get(name, 0) + change

    def in_work(self) -> list[str]:
        with self._lock:
            return [name for name, number in self.asked.items() if number > 0]


JOBS = Jobs()


async def settle(min_sleep: float = 0, max_sleep: float = PATIENCE) -> None:
    """Wait until the event loop has nothing to do, no thread is at work for the app, and all that changed is drawn.

    Raises:
        TimeoutError: it never comes to rest; else a test would wait as long again at each further key.

    """
    loop, app = asyncio.get_running_loop(), active_app.get()
    end = loop.time() + PATIENCE
    quiet = asleep = 0
    while quiet < QUIET:
        if loop.time() > end:
            raise TimeoutError(f"the app has not come to rest in {PATIENCE:.0f} s; at work: {JOBS.in_work()}")
        await asyncio.sleep(0)
        if loop._ready:
            quiet = 0
            continue
        names = JOBS.in_work()
        if names and asleep < 10:
            asleep = 0 if any(map(_working, names)) else asleep + 1
            quiet = 0
            await asyncio.sleep(0.002)
        elif _to_draw(app):
            quiet = 0
            await asyncio.sleep(0.001)
        else:
            quiet += 1


def _to_draw(app) -> bool:
    """Return whether a change is not on the screen yet: Textual draws at most sixty times a second."""
    if not app.is_running or not app.screen_stack:
        return False
    return app.screen._update_timer._active.is_set() or not app.animator._complete_event.is_set()


@cache
def install() -> None:
    """Have Textual's test driver wait for this, and parse a style sheet once and not for each app."""
    import textual.app
    import textual.pilot
    from textual.css.stylesheet import Stylesheet

    from dossier.ui.work import thread

    ask, carry_out, parse = thread.Aside.ask, thread.Aside._carry_out, Stylesheet._parse_rules
    parsed = {}

    def counted_ask(self, job, failure):
        if not self._closed:
            JOBS.count(self._name, 1)
        ask(self, job, failure)

    def counted_carry_out(self):
        try:
            carry_out(self)
        finally:
            JOBS.count(self._name, -1)

    def parse_once(self, css, read_from, **how):
        sheet = css, read_from, *how.items(), *self._variables.items()
        if sheet not in parsed:
            parsed[sheet] = parse(self, css, read_from, **how)
        return parsed[sheet]

    thread.Aside.ask, thread.Aside._carry_out = counted_ask, counted_carry_out
    Stylesheet._parse_rules = parse_once
    textual.pilot.wait_for_idle = textual.app.wait_for_idle = settle
