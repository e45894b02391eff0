"""The browser with a heart beat: writes every half second how late its event loop answered."""

import asyncio
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

    mount = DossierApp.on_mount

    def on_mount(app: DossierApp) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=_beat, args=(loop, app), daemon=True).start()
        mount(app)

    DossierApp.on_mount = on_mount  # type: ignore[method-assign]
    command()


def _beat(loop: asyncio.AbstractEventLoop, app) -> None:
    out = Path(os.environ["SOAK_BEATS"]).open("a", buffering=1)  # noqa: SIM115 - for the whole run
    while not loop.is_closed():
        answered = threading.Event()
        asked = time.monotonic()
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
            out.write(json.dumps({"late": time.monotonic() - asked, "where": where}) + "\n")
        sizes = {
            "screens": [type(s).__name__ for s in app._screen_stack][-12:],
            "depth": len(app._screen_stack),
            "widgets": len(app._registry),
            "queue": app.message_queue_size,
        }
        out.write(json.dumps({"late": time.monotonic() - asked, **sizes}) + "\n")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
