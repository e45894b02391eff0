"""Work that takes much memory and time, given to a process of its own where the dossier is large.

A brief of 300 articles takes 25 MB for a moment, most of which would stay with the screen's process in pages that are
in use in part, and two seconds of the processor, for which each key would wait in turn.
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from dossier.model.problems import DossierError, Problem
from dossier.store.catalogue.header import head

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

LARGE = 2_000
"""Entries from which a process is started, which takes some 0.3 s."""

DOCUMENT, PROBLEMS = "document", "problems"
"""The kinds of work; see `dossier.desk.separate_process`."""

_Result = TypeVar("_Result")


class WorkRequest(Struct, frozen=True):
    """Work that is asked for."""

    root: str
    """The dossier's folder."""
    home: str
    """The folder of what is derived from it: where nothing can be kept, only the one who asks knows it."""
    engine: str
    kind: str
    request: Any = None
    """What is wanted, as plain values."""


class WorkResult(Struct, frozen=True):
    """The result of a task, or why there is none."""

    result: Any = None
    """As plain values."""
    failure: str = ""
    """One sentence; empty where it was done."""


class CancellationToken:
    """Ends the process that does some work once nobody waits for it any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._process: subprocess.Popen[bytes] | None = None

    def cancel(self) -> None:
        """End the process, and any that is started for this work later; returns at once, from any thread."""
        with self._lock:
            self._cancelled = True
            if self._process is not None:
                self._process.kill()

    @contextlib.contextmanager
    def watch(self, process: "subprocess.Popen[bytes]") -> Iterator[None]:
        """End a process if the work is cancelled meanwhile, or was before."""
        with self._lock:
            self._process = process
            if self._cancelled:
                process.kill()
        try:
            yield
        finally:
            with self._lock:
                self._process = None


def line_of(value: Struct) -> str:
    """Return a record as a line of ASCII: Python's own JSON carries halves of surrogate pairs, which names may hold."""
    return json.dumps(msgspec.to_builtins(value))


def read_line(line: bytes, kind: type[_Result]) -> _Result:
    """Read the record that a line holds."""
    return msgspec.convert(json.loads(line), kind)


def is_large(desk: "Desk") -> bool:
    """Return whether work on a dossier is worth a process of its own."""
    return sum(head(desk.texts.catalogue).counts.values()) >= LARGE


def work_beside(
    desk: "Desk", kind: str, request: Struct | None, result: type[_Result], token: CancellationToken
) -> _Result:
    """Have work done in a process of its own, which ends with this one, and wait for its result.

    Raises:
        DossierError: it cannot be done, or the process ended before it was, as it does when the work is cancelled.

    """
    task = line_of(WorkRequest(str(desk.root), str(desk.home), desk.engine, kind, request))
    command = [sys.executable, "-P", "-m", "dossier.desk.separate_process"]
    with (
        subprocess.Popen(  # noqa: S603 - our own module, no shell; -P: nothing is imported from the current folder
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process,
        token.watch(process),
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):  # it has ended; what it says tells
            process.stdin.write(f"{task}\n".encode())
            process.stdin.flush()  # and stays open: its end tells the process that this one has ended
        line = process.stdout.readline()
        with contextlib.suppress(OSError):
            process.stdin.close()
    if not line.endswith(b"\n"):
        raise DossierError("The process that did this was ended before it was done; try again.")
    answer = read_line(line, WorkResult)
    if answer.failure:
        raise DossierError(answer.failure)
    return msgspec.convert(answer.result, result)


def problems_of(desk: "Desk", token: CancellationToken) -> list[Problem]:
    """Every problem of a dossier, in the order of files and lines, looked for in a process of its own if it is large.

    Raises:
        DossierError: they cannot be read, or the process ended before they were.

    """
    return work_beside(desk, PROBLEMS, None, list[Problem], token) if is_large(desk) else desk.problems()
