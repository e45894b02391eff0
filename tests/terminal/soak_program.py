"""The browser, watched: writes every fifth of a second how late its event loop answered, and shares when it is at rest."""

import asyncio
import contextlib
import json
import mmap
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

    _count_keys()
    mount = DossierApp.on_mount

    def on_mount(app: DossierApp) -> None:
        loop = asyncio.get_running_loop()
        _share_rest(loop, app)
        threading.Thread(target=_beat, args=(loop, app), daemon=True).start()
        mount(app)

    DossierApp.on_mount = on_mount  # type: ignore[method-assign]
    if os.environ["SOAK_STAYS"]:
        _take_no_quitting()
    command()


def _take_no_quitting() -> None:
    """Let no key and no click end the browser, so that a run is one of the same process; a signal does."""
    from dossier.ui.app import DossierApp

    leave = DossierApp.exit

    def stay(app: DossierApp, result: None = None, return_code: int = 0, message=None) -> None:
        if return_code not in (0, 130):
            leave(app, result, return_code, message)

    DossierApp.exit = stay  # type: ignore[method-assign]


def _count_keys() -> None:
    """Count the keys that the app has taken up."""
    from textual import events

    from dossier.ui.app import DossierApp

    handle = DossierApp.on_event

    async def counted(app: DossierApp, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            app.keys_taken = getattr(app, "keys_taken", 0) + 1
        await handle(app, event)

    DossierApp.on_event = counted  # type: ignore[method-assign]


def _share_rest(loop: asyncio.AbstractEventLoop, app) -> None:
    """Share when the loop last came to rest behind a key, everything drawn, and whether it is at rest now.

    The cells are those of `soak.Rest`: keys taken up until then, seconds of the clock and of the processor, 1 at rest,
    seconds that the threads stood in line for a processor; keys taken up by now.
    """
    with Path(os.environ["SOAK_REST"]).open("r+b") as file:
        cells = memoryview(mmap.mmap(file.fileno(), 48)).cast("d")
    select = loop._selector.select

    def watched(timeout: float | None = None):
        cells[5] = getattr(app, "keys_taken", 0)
        if (timeout is None or timeout > 0) and not _to_draw(app):
            keys = getattr(app, "keys_taken", 0)
            if cells[0] != keys:
                cells[1] = time.monotonic()
                cells[2], cells[4] = _spent()
                cells[0] = keys
            cells[3] = 1
        found = select(timeout)
        cells[3] = 0
        return found

    loop._selector.select = watched


def _to_draw(app) -> bool:
    """Return whether the front screen has something to draw yet."""
    screen = app._screen_stack[-1] if app._screen_stack else None
    return screen is not None and bool(
        screen._repaint_required
        or screen._dirty_widgets
        or screen._layout_required
        or screen._scroll_required
        or screen._callbacks
    )


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
        }
        out.write(json.dumps({**_late(asked, before), **sizes}) + "\n")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
