"""The figures of a benchmark, printed as they come: one that cannot be measured does not lose the others."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Timer
from typing import NamedTuple

LIMIT = 900.0
"""Seconds after which a command is ended, and told as one that failed."""

STARTER = """
import os, sys
quiet = os.open(os.devnull, os.O_RDWR)
actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
_, status, used = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions), 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Starts a command from a small process: Linux counts what the one that starts it held among its most memory."""

Rows = dict[tuple[str, str], list[str]]
"""The rows of tables, by the line above the table and the first cell of the row: the other cells."""


class MeasureError(Exception):
    """A command that is measured has failed."""


class Used(NamedTuple):
    """The use that a command made of the machine."""

    processor: float
    """Milliseconds, of the command and all that it began and waited for."""
    passed: float
    """Milliseconds."""
    memory: float
    """Megabytes at most, of the largest of its processes."""


def run(command: list[str], limit: float = LIMIT) -> Used:
    """Carry out a command as a process of its own, and measure it; raises `MeasureError`."""
    start = time.perf_counter()
    starter = subprocess.Popen(
        [sys.executable, "-S", "-c", STARTER, *command], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    timer = Timer(limit, os.killpg, (starter.pid, signal.SIGKILL))
    timer.start()
    told, _ = starter.communicate()
    timer.cancel()
    passed = time.perf_counter() - start
    code, seconds, megabytes = map(float, told.split()) if told else (starter.returncode, 0, 0)
    if code not in (0, 1):  # 1: a check that found something
        raise MeasureError(f"{' '.join(command)} ended with {code:.0f} after {passed:.0f} s")
    return Used(1000 * seconds, 1000 * passed, megabytes)


def _processes(first: int) -> list[int]:
    """A process and all that it began, as Linux tells."""
    try:
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    except OSError:
        return []
    return [first, *(one for child in children for one in _processes(int(child)))]


def resident(first: int, *, alone: bool = False) -> float:
    """Megabytes of a process and, unless `alone`, of all that it began."""
    pages = 0
    for one in [first] if alone else _processes(first):
        try:
            pages += int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Figures(dict[str, float]):
    """The figures of one dossier by name, each printed once it is known."""

    def __init__(self, title: str) -> None:
        super().__init__()
        print(f"\n{title}\n\n| figure | value |\n| --- | ---: |", flush=True)

    def take(self, what: str, measure: Callable[[], Mapping[str, float]]) -> bool:
        """Measure some figures; what goes wrong is printed in place of them. Return whether nothing did."""
        try:
            found = measure()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the next is measured
            print_failure(what, error)
            return False
        for name, value in found.items():
            self[name] = value
            print(f"| {name} | {value:,.2f} |", flush=True)
        return True


def print_failure(what: str, error: BaseException) -> None:
    """Print as a row of a table that something could not be measured, and why."""
    told = re.sub(r"[|\s]+", " ", f"{type(error).__name__}: {error}")[:400]
    print(f"| {what} | failed: {told} |", flush=True)


def read_rows(text: str) -> Rows:
    """The rows of all tables in a text."""
    found: Rows = {}
    last = title = ""
    for line in text.splitlines():
        if line.startswith("| --- |"):
            found.popitem()  # the names of the columns
            title = last
        elif line.startswith("|"):
            first, *cells = (cell.strip() for cell in line.strip("| ").split(" | "))
            found[title, first] = cells
        elif line.strip():  # what stands before the next table, or among the rows of this one
            last = line.strip()
    return found
