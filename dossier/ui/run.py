"""Running the browser on a terminal: how it starts, and that the terminal comes back however it ends."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread, Timer
from types import FrameType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.desk.choosing import candidates, examples
from dossier.desk.user.crash_log import log_failure
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError
from dossier.ui.web.read_only import read_only

if TYPE_CHECKING:
    from dossier.ui.app import DossierApp

STATUS = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131}
"""Exit status by signal: 128 and the signal's number, as shells have it."""

_EXAMPLE = "No dossier here: this is the example. dossier new FOLDER begins your own."
"""What is said where no dossier is found and the shipped one is opened."""

GRACE = 1.5
"""Seconds a signal leaves the app to end by itself before it is ended."""

_IDLE = 0.5
"""Seconds after the first paint at which what it did without is loaded."""

_TURN = 0.0005
"""Seconds after which a thread beside the screen lets the screen's own go on. With the five milliseconds that are
usual, each query of the screen's own waits so long for each such thread: a reload took ten times as long beside three.
"""

_MODES = (2004, 2048, 1000, 1003, 1015, 1006, 1016, 1004, 1049)
_MODES_OFF = "".join(f"\x1b[?{mode}l" for mode in _MODES) + "\x1b[<u\x1b[?7h\x1b[?25h"
"""Undoes every mode that Textual's driver sets: pastes, resizing, mouse, focus, screen, keys, wrapping, cursor."""


def browse(path: Path | None, engine: str = "", *, example: bool = False) -> int:
    """Open the browser on the dossier at `path`, or on one that is found or chosen, and return the exit status.

    Where none is found, `example` says that the one that comes with the program may be shown instead.

    Raises:
        DossierError: there is no such dossier, it cannot be read, or the `engine` is not installed.

    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not read_only() and not all(stream is not None and stream.isatty() for stream in streams):
        hint = "use `dossier show`, `search`, `check` or `export` instead."
        print(f"dossier: the browser needs a terminal; without one, {hint}", file=sys.stderr)  # noqa: T201 - no screen
        return 2
    found = candidates(path)
    notice = "" if found else _EXAMPLE
    if not found and example:
        found = examples()
    if not found:
        raise DossierError("There is no dossier here; give the path of a folder that holds a dossier.yaml.")
    gc.disable()  # a start makes many objects and no garbage; looking for it would take a tenth of the time
    try:
        return run(_app(found, engine, notice), last=True)
    finally:
        gc.enable()


def _app(found: list[Path], engine: str, notice: str = "") -> "DossierApp":
    from dossier.desk.open import start  # noqa: PLC0415 - not before it is known that there is a terminal
    from dossier.ui.app import DossierApp  # noqa: PLC0415
    from dossier.ui.work.reading import Reading  # noqa: PLC0415
    from dossier.ui.work.setup import chosen  # noqa: PLC0415

    setup = chosen(engine)
    if notice:
        setup = replace(setup, notice=" ".join(filter(None, (notice, setup.notice))))
    reading = Reading(start(found[0], setup.engine)) if len(found) == 1 else None
    app = DossierApp(reading, choices=found, drawn=lambda: _settle(app), setup=setup)
    return app


def _settle(app: "DossierApp") -> None:
    """Keep what exists once the first screen is drawn, and load then what else may be asked for."""
    from dossier.ui.work.memory import LATEST  # noqa: PLC0415 - not before the first paint

    continue_well(app)
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*gc.get_threshold()[:2], LATEST)
    gc.freeze()
    gc.enable()
    app.set_timer(_IDLE, lambda: Thread(target=_prepare, name="prepare", daemon=True).start())


def _prepare() -> None:
    """Set the limits of memory, and load what a key would else wait for; its modules are not looked through again.

    Nothing is frozen later: what lives in a dialog then would never be collected.
    """
    from dossier.ui.work.memory import limit_memory  # noqa: PLC0415 - not before the first paint
    from dossier.ui.work.preload import preload  # noqa: PLC0415 - likewise

    limit_memory()
    preload()
    gc.freeze()


def run(app: "DossierApp", *, last: bool = False) -> int:
    """Run an app to its end and return the exit status; a failure is told in one line.

    `last` when nothing follows in this process: a Ctrl+C that arrives while it ends then changes nothing.
    """
    with _leaving_by_signal(app, last=last):
        try:
            app.run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a line and not a traceback
            app.failure = app.failure or error
    if app.failure is not None and app.return_code not in STATUS.values():
        if isinstance(app.failure, DossierError):
            _tell(str(app.failure))
        else:
            _tell(f"the browser broke off ({type(app.failure).__name__}). {log_failure(app.failure)}")
    return app.return_code or 0


def _tell(message: str) -> None:
    with contextlib.suppress(OSError):
        print(f"dossier: {clean_line(message)}", file=sys.__stderr__)


@contextlib.contextmanager
def _leaving_by_signal(app: "DossierApp", *, last: bool = False) -> Iterator[None]:
    """Let signals end the app through its driver, or after a while without it."""
    saved = _terminal_attributes()

    def leave(number: int, _frame: FrameType | None) -> None:
        status = STATUS[signal.Signals(number).name]
        timer = Timer(GRACE, _give_up, (status, saved))
        timer.daemon = True
        timer.start()
        if hasattr(signal, "SIGCONT"):
            signal.signal(signal.SIGCONT, signal.SIG_DFL)  # what is leaving does not take the terminal again
        app.leave(status)

    before = {}
    for name in STATUS:
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if last and number == signal.SIGINT else handler)
        _give_back(saved)


def _terminal_attributes() -> list[object] | None:
    try:
        import termios  # noqa: PLC0415 - not on every system

        return list(termios.tcgetattr(0))
    except (ImportError, OSError):
        return None
    except Exception:  # noqa: BLE001 - termios.error, where the input is no terminal
        return None


def _give_up(status: int, saved: list[object] | None) -> None:
    """Give the terminal back without the app and end the process."""
    with contextlib.suppress(OSError):
        os.set_blocking(2, False)
        os.write(2, _MODES_OFF.encode())
    _give_back(saved)
    os._exit(status)


def _give_back(saved: list[object] | None) -> None:
    """Give the terminal the line discipline that it had."""
    if saved is not None:
        with contextlib.suppress(Exception):  # it may be gone
            import termios  # noqa: PLC0415 - not on every system

            termios.tcsetattr(0, termios.TCSANOW, saved)  # type: ignore[arg-type]


def continue_well(app: "DossierApp") -> None:
    """Have a SIGCONT that follows no SIGTSTP take the terminal anew: Textual would take it a second time, and its raw
    state for the one to give back.
    """
    driver = app._driver  # noqa: SLF001 - it alone knows the terminal
    if driver is None or not driver.can_suspend or not hasattr(signal, "SIGCONT"):
        return
    resume = signal.getsignal(signal.SIGCONT)
    if not callable(resume):
        return

    def resumed(number: int, frame: FrameType | None) -> None:
        if not getattr(driver, "_must_signal_resume", True):
            driver.suspend_application_mode()
        resume(number, frame)

    signal.signal(signal.SIGCONT, resumed)
