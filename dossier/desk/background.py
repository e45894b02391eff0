"""A dossier kept up to date behind the screen, in a process of its own: reading, checking and indexing never make the
reader wait, and an interrupted one goes on from where it was. The catalogue and the index are what the two share.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from dossier.model.problems import DossierError


class Report(Struct, frozen=True):
    """What the process behind says."""

    state: str
    """`working`, `read` (the catalogue is up to date), `indexed` (so is the index), `failed`, `ended`."""
    what: str = ""
    """What is being done, or what went wrong, or a notice."""
    done: int = 0
    total: int = 0
    changed: bool = False
    """With `read`: whether anything differs from before."""


class Keeper:
    """The process that keeps one dossier up to date until it is stopped."""

    def __init__(self, root: Path, tell: Callable[[Report], None]) -> None:
        """Start it; `tell` is called from a thread of its own with every report."""
        # -P: a dossier's folder may be the current one, and nothing in it may be imported.
        command = [sys.executable, "-P", "-m", "dossier.desk.background", str(root)]
        self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._tell = tell
        self._stopped = False
        threading.Thread(target=self._listen, name="keeper", daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError, TypeError):
                self._tell(Report(**json.loads(line)))
        if not self._stopped:
            self._tell(Report("ended", "Changes are no longer noticed; reload to read them."))

    def again(self) -> None:
        """Read the folder anew now."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(b"again\n")
            self._process.stdin.flush()

    def stop(self) -> None:
        """End it; what it has done so far is kept."""
        self._stopped = True
        with contextlib.suppress(OSError):
            self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


def _say(report: Report) -> None:
    line = json.dumps({field: getattr(report, field) for field in report.__struct_fields__})
    try:
        print(line, flush=True)  # noqa: T201  standard output is the wire to the parent
    except OSError:
        os._exit(0)  # the program in front is gone


def _listen_for_parent(wake: threading.Event) -> None:
    for _ in sys.stdin:
        wake.set()
    os._exit(0)


def _pass(root: Path) -> None:
    """Bring the catalogue and then the index up to date once."""
    from dossier.desk.desk import Desk  # noqa: PLC0415  the parent has no need of it here

    desk = Desk.open(root, refresh=False)
    try:
        change = desk.refresh(lambda what, done, total: _say(Report("working", what, done, total)))
        _say(Report("read", changed=bool(change)))
        desk.index(lambda what, done, total: _say(Report("working", what, done, total)))
        _say(Report("indexed", " ".join(desk.notices)))
    finally:
        desk.close()


def main(root: Path) -> None:
    """Keep `root` up to date until standard input closes."""
    import watchfiles  # noqa: PLC0415  a program that keeps nothing need not wait for it

    wake = threading.Event()
    threading.Thread(target=_listen_for_parent, args=(wake,), daemon=True).start()
    changes = watchfiles.watch(
        root, watch_filter=None, debounce=300, step=50, rust_timeout=250, yield_on_timeout=True, raise_interrupt=False
    )
    pending = True
    for change in changes:
        pending = pending or bool(change) or wake.is_set()
        if pending:
            wake.clear()
            pending = False
            try:
                _pass(root)
            except DossierError as error:
                _say(Report("failed", str(error)))
            except Exception as error:  # noqa: BLE001  told to the reader, who keeps the last good view
                _say(Report("failed", f"The dossier could not be read again: {type(error).__name__}."))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
