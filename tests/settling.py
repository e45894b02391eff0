"""When an app under test has done all that a key led to, told by its state and not by the processor's rest.

Textual's own test driver takes a process for idle that used little of the processor for 20 ms: on a busy machine that is
one that was not let run. Both must hold: what the app knows it has to do is done, and the process rests.
"""

import asyncio
import threading
from pathlib import Path

from textual._wait import wait_for_idle

QUIET = 3
"""How many turns of the event loop in a row must have nothing left to do."""

PATIENCE = 60.0
"""Seconds after which an app that never comes to rest is taken as it is."""


def _working(name: str) -> bool:
    """Whether a thread of that name runs, or waits for the disk: what waits for something else may wait for the test."""
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
    """Wait until the app has nothing to do, no thread beside the screen is at work for it, and the process rests."""
    end = asyncio.get_running_loop().time() + PATIENCE
    await _no_work(end)
    await wait_for_idle(0)
    await _no_work(end)


async def _no_work(end: float) -> None:
    """Wait until the event loop has nothing to do and no thread beside the screen is at work for it."""
    loop = asyncio.get_running_loop()
    quiet = asleep = 0
    while quiet < QUIET and loop.time() < end:
        await asyncio.sleep(0)
        if loop._ready:
            quiet = 0
            continue
        names = JOBS.in_work()
        if names and asleep < 10:
            asleep = 0 if any(map(_working, names)) else asleep + 1
            quiet = 0
            await asyncio.sleep(0.002)
        else:
            quiet += 1


def install(patch) -> None:
    """Have the test driver wait for this."""
    import textual.pilot

    from dossier.ui.work import thread

    ask, carry_out = thread.Aside.ask, thread.Aside._carry_out

    def counted_ask(self, job, failure):
        if not self._closed:
            JOBS.count(self._name, 1)
        ask(self, job, failure)

    def counted_carry_out(self):
        try:
            carry_out(self)
        finally:
            JOBS.count(self._name, -1)

    patch.setattr(thread.Aside, "ask", counted_ask)
    patch.setattr(thread.Aside, "_carry_out", counted_carry_out)
    patch.setattr(textual.pilot, "wait_for_idle", settle)
