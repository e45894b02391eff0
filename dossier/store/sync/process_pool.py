"""Parallel work on many files: pure functions run in several processes where there is enough work."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from dossier.store.files.folder import Folder

MANY = 600
"""Files from which processes are started: below, their start (about 0.2 s) costs more than it gains."""

_SAFE = "PYTHONSAFEPATH"
_WORKERS = 4
_MOST = 50

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class SideBySide:
    """A worker on the files of one folder, in this process or in several; use it in a `with` statement."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._pool: ProcessPoolExecutor | None = None
        self._alone = (os.cpu_count() or 1) < 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def each(
        self, work: Callable[[Folder, Task], Outcome], tasks: Sequence[Task], most: int = _MOST
    ) -> Iterator[tuple[Task, Outcome]]:
        """Every task with its result, in order. `work` is a function of a module; it must not change anything.

        At `most` so many tasks go to a process at a time. Where they are so big that processes are worth while for
        fewer of them than `MANY`, it is less than that of files.
        """
        done = 0
        self._alone = self._alone or not _has_standard_error()
        if not self._alone and len(tasks) * _MOST >= MANY * most:
            try:
                for outcome in self._shared(work, tasks, most):
                    yield tasks[done], outcome
                    done += 1
            except (BrokenProcessPool, OSError):  # no memory or no processes to be had: what is left is done here
                self._alone = True
        for task in tasks[done:]:
            yield task, work(self._folder, task)

    def _shared(self, work: Callable[[Folder, Task], Outcome], tasks: Sequence[Task], most: int) -> Iterator[Outcome]:
        chunks = [tasks[at : at + most] for at in range(0, len(tasks), most)]
        where = self._folder.root, self._folder.archive
        with _nothing_from_here():
            if self._pool is None:
                workers = min(_WORKERS, os.cpu_count() or 1)
                context = multiprocessing.get_context("spawn")  # a fork would inherit threads' locks
                self._pool = ProcessPoolExecutor(workers, context, initializer=_begin)
            found = self._pool.map(_work, [where] * len(chunks), [work] * len(chunks), chunks)
        for outcomes in found:
            yield from outcomes


def _has_standard_error() -> bool:
    """Return whether standard error is a file, which Python gives to the processes that it starts.

    While a terminal interface has the screen, it is not: then no process can be started in this way.
    """
    try:
        return sys.stderr.fileno() >= 0
    except (AttributeError, OSError, ValueError):  # there is none, or it was replaced: Python starts them without it
        return True


@contextmanager
def _nothing_from_here() -> Iterator[None]:
    """Keep processes that are begun meanwhile from importing anything from the current folder.

    It may be a stranger's dossier, and Python would look there first.
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is asked, and ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker waits for tasks for ever, even when a parent that was killed can send none any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _work(
    where: tuple[Path, Path | None], work: Callable[[Folder, Task], Outcome], tasks: Iterable[Task]
) -> list[Outcome]:
    with Folder(*where).in_passing() as folder:
        return [work(folder, task) for task in tasks]
