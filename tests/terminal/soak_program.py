"""The browser with a heart beat: writes every fifth of a second how late its event loop answered, and its keys."""

import asyncio
import contextlib
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path


def main() -> None:
    """Start the browser, watched."""
    from dossier.cli import main as command
    from dossier.ui.app import DossierApp

    _time_keys()
    mount = DossierApp.on_mount

    def on_mount(app: DossierApp) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_beat, args=(loop, app), daemon=True).start()
        mount(app)

    DossierApp.on_mount = on_mount  # type: ignore[method-assign]
    command()


_keys: dict[int, tuple[object, float, float, float]] = {}
"""The keys of late: each event, when it was read, and seconds of the clock and of the processor that it took."""


def _time_keys() -> None:
    """Measure each key from when it was read to the end of the last of the handlers that it came to."""
    from textual import events
    from textual.message_pump import MessagePump

    dispatch = MessagePump._dispatch_message

    async def timed(pump, message) -> None:
        if not isinstance(message, events.Key):
            await dispatch(pump, message)
            return
        began = time.thread_time()
        try:
            await dispatch(pump, message)
        finally:
            spent = _keys[id(message)][3] if id(message) in _keys else 0.0
            now = time.monotonic()
            _keys[id(message)] = message, now, now - message.time, spent + time.thread_time() - began

    MessagePump._dispatch_message = timed


def _answered() -> list[tuple[float, float]]:
    """The keys that are done with, in milliseconds."""
    done = [key for key, (_, last, _, _) in list(_keys.items()) if time.monotonic() - last > 0.5]
    return [(round(1000 * clock, 1), round(1000 * spent, 1)) for _, _, clock, spent in map(_keys.pop, done)]


def _spent() -> tuple[float, float]:
    """Seconds of the processor that this process had, and those that its threads stood in line for one."""
    waited = 0
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):  # a thread that has just ended
            waited += int((task / "schedstat").read_text().split()[1])
    return time.process_time(), waited / 1e9


def _late(asked: float, before: tuple[float, float]) -> dict[str, float]:
    """Return how late an answer is: by the clock, and without the time for which the machine ran other programs."""
    late = time.monotonic() - asked
    processor, waited = (now - then for now, then in zip(_spent(), before, strict=True))
    return {"late": late, "own": max(late - max(waited, 0.0), min(processor, late))}


def _beat(loop: asyncio.AbstractEventLoop, app) -> None:
    out = Path(os.environ["SOAK_BEATS"]).open("a", buffering=1)  # noqa: SIM115 - for the whole run
    while not loop.is_closed():
        answered = threading.Event()
        asked, before = time.monotonic(), _spent()
        try:
            loop.call_soon_threadsafe(answered.set)
        except RuntimeError:
            return
        while not answered.wait(0.5):
            stack = traceback.walk_stack(sys._current_frames()[threading.main_thread().ident])
            frames = list(traceback.StackSummary.extract(stack, lookup_lines=False))[
                ::-1
            ]  # reads no source into memory
            where = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-14:]]
            out.write(json.dumps({**_late(asked, before), "where": where}) + "\n")
        sizes = {
            "screens": [type(s).__name__ for s in app._screen_stack][-12:],
            "depth": len(app._screen_stack),
            "widgets": len(app._registry),
            "queue": app.message_queue_size,
            "keys": _answered(),
        }
        out.write(json.dumps({**_late(asked, before), **sizes}) + "\n")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
