"""The handle of the screen on the process behind it (`dossier.desk.keeper`): start, reports, stop."""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct


class KeeperReport(Struct, frozen=True):
    """A message of the process behind."""

    state: str
    """`working`; `read` (the catalogue is up to date); `indexed` (so is the index); `settled` (there is nothing left
    to do); `failed`; `ended`.
    """
    what: str = ""
    """What is being done, or what went wrong, or with `indexed` a notice."""
    done: int = 0
    total: int = 0
    broken: str = ""
    """With `read`: a file that could be read before and cannot be now, with what is wrong with it."""


class Watcher:
    """A process that keeps one dossier up to date until it is stopped. It ends with this process, however that ends."""

    def __init__(self, root: Path, tell: Callable[[KeeperReport], object], engine: str = "whoosh") -> None:
        """Start it; `tell` is called from a thread of its own with every report."""
        # -P: a dossier's folder may be the current one, and nothing in it may be imported.
        command = [sys.executable, "-P", "-m", "dossier.desk.keeper", str(root), engine]
        self._process = subprocess.Popen(  # noqa: S603  our own module, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self.pid = self._process.pid
        """Its number."""
        self._tell = tell
        self._stopped = False
        self._listener = threading.Thread(target=self._listen, name="keeper", daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if self._stopped:
                return
            with contextlib.suppress(ValueError, TypeError):
                self._tell(KeeperReport(**json.loads(line)))
        if not self._stopped:
            self._tell(KeeperReport("ended", "Changes are no longer noticed; reload to read them."))

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
            self._process.kill()  # all it writes is safe from that: SQLite's journal, commits of the index
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        self._listener.join(1)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
