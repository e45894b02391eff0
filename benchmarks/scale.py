"""How the product grows with the dossier: `python benchmarks/scale.py [--sizes 1,10,100,1000,10000]`.

For each size a dossier is generated (`generate.py`), and in one run, beside what each figure is a ratio of, are
measured: parsing its YAML once with PyYAML's C loader; reading, checking, resolving and weighing it with no catalogue
(cold), as the process behind the screen does; `dossier check` without a catalogue and with one, and `dossier show`, as
whole commands; the first paint of the browser in a pseudo-terminal beside an empty Textual app, and the first letter
that it answers; keys to repaint in process; the browser started without a catalogue, and a file changed while it runs
until the change is on its screen; peak memory.

Of more than `--large` articles (of ten passages each, so that 100,000 are a million) only what a reader waits for is
measured, and memory. A figure is printed once it is known; one that cannot be measured is told, and the rest follow.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "terminal")]

from commands import PARSE  # noqa: E402 - found once the path is known
from figures import Figures, MeasureError, resident, run  # noqa: E402
from first_paint import first_paints, forget_places, shipped, workshop  # noqa: E402
from generate import generate  # noqa: E402

_LARGE = 20_000
"""Articles from which on each step takes minutes, so that fewer are measured."""

COLD = """
import resource, sys, time
from pathlib import Path
from dossier.desk.desk import Desk
if __name__ == "__main__":
    start = time.perf_counter()
    desk = Desk.open(Path(sys.argv[1]), refresh=False)
    desk.has_ui = True
    desk.refresh()
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Subject(NamedTuple):
    """The dossier that is measured, and the results so far."""

    folder: Path
    london: Path
    found: Figures


def dossier(*arguments: object) -> list[str]:
    """A command of the program."""
    return [sys.executable, "-m", "dossier", *map(str, arguments)]


def apart(module: str, function: str, folder: Path, *options: int) -> dict[str, Any]:
    """Return what a function of another benchmark gives, called in a process of its own: the memory that a command is
    said to have used is never less than what its parent has.
    """
    words = ", ".join(("Path(sys.argv[1])", *map(str, options)))
    path = "sys.path[:0] = sys.argv[2:]"
    code = f"import json, sys; {path}; from pathlib import Path; from {module} import {function}"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(json.dumps({function}({words})))", str(folder), *sys.path[:2]],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MeasureError(done.stderr[-300:])
    return dict(json.loads(done.stdout))


def written(folder: Path, size: int, *, large: bool) -> dict[str, float]:
    """Write the dossier; fields like `speaker` are links besides those counted."""
    start = time.perf_counter()
    counts = generate(folder, size, passages=10 if large else 0)
    return {
        "quotes": counts["quotes"],
        "links written out": counts["links written out"],
        "written s": time.perf_counter() - start,
    }


def parsed(subject: Subject) -> dict[str, float]:
    """The parse of every YAML file and every front matter, once."""
    used = run([sys.executable, "-c", PARSE, str(subject.folder)])
    return {"parse s": used.passed / 1000, "parse: processor s": used.processor / 1000}


def cold_read(subject: Subject) -> dict[str, float]:
    """A reading of everything, with no catalogue, as the process behind the screen does it."""
    script = subject.folder.parent / "cold.py"
    script.write_text(COLD)
    places = {"XDG_CACHE_HOME": f"{os.environ['XDG_CACHE_HOME']}-{subject.folder.name}"}
    command = [sys.executable, str(script), str(subject.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | places)
    if done.returncode:
        raise MeasureError(done.stderr[-300:])
    read, memory = map(float, done.stdout.split())
    return {"cold read s": read, "cold read / parse": read / subject.found["parse s"], "cold read: peak MB": memory}


def checks(subject: Subject) -> dict[str, float]:
    """A check without a catalogue, and the next one."""
    time.sleep(2.1)  # files younger than the clock's grain are read again
    cold, warm = run(dossier("check", subject.folder)), run(dossier("check", subject.folder))
    found = {
        "cold check s": cold.passed / 1000,
        "cold check: processor s": cold.processor / 1000,
        "cold check: MB": cold.memory,
        "check warm s": warm.passed / 1000,
        "check warm: processor s": warm.processor / 1000,
        "check warm: MB": warm.memory,
    }
    if "parse s" in subject.found:
        found["cold check / parse"] = cold.passed / 1000 / subject.found["parse s"]
        found["cold check / parse: processor"] = cold.processor / 1000 / subject.found["parse: processor s"]
    return found


def commands(subject: Subject) -> dict[str, float]:
    """Commands that show one thing or add up all, beside one that opens nothing; medians."""
    run(dossier("matrix", subject.folder))  # its statements are weighed once

    def processor(*words: object) -> float:
        return statistics.median(run(dossier(*words)).processor for _ in range(5)) / 1000

    version = processor("--version")
    return {
        "--version: processor s": version,
        "show of a quote / --version": processor("show", "a00000-q0", "-d", subject.folder) / version,
        "show of who is linked most / --version": processor("show", "d0-m1", "-d", subject.folder) / version,
        "matrix: processor s": processor("matrix", subject.folder),
        "timeline: processor s": processor("timeline", subject.folder),
    }


def paints(subject: Subject) -> dict[str, float]:
    """The first paint of the browser."""
    return first_paints(subject.folder, subject.london, rounds=5)


def keys(subject: Subject) -> dict[str, float]:
    """Keys until the last drawing that they lead to."""
    found: dict[str, float] = {}
    for step, (_, first, _, last) in apart("keys", "measure", subject.folder, 40).items():
        found[f"{step}: first drawing, p95 ms"] = first
        found[f"{step}: last drawing, p95 ms"] = last
    return found


def first_list(subject: Subject) -> dict[str, float]:
    """A browser that is started without a catalogue."""
    cold = apart("screen_latency", "cold_start", subject.folder)
    found = {
        "browser without catalogue: first list s": cold["list s"],
        "browser without catalogue: all s": cold["all s"],
        "browser without catalogue: peak MB with all it began": cold["peak MB"],
    }
    if "parse s" in subject.found:
        found["browser without catalogue: all read / parse"] = cold["all s"] / subject.found["parse s"]
    return found


def changed(subject: Subject) -> dict[str, float]:
    """A file that is changed while the browser shows it."""
    seconds = run(dossier("index", subject.folder)).passed / 1000
    found = apart("screen_latency", "changed_file", subject.folder)
    return {
        "index s": seconds,
        "changed file until shown, median s": found["median s"],
        "changed file until shown, most s": found["most s"],
        "browser with catalogue: MB with the process behind": found["MB"],
    }


def reader(subject: Subject) -> dict[str, float]:
    """The memory of the browser, once some panes were looked at; the process behind it may be indexing meanwhile."""
    from pseudo import Terminal

    forget_places()
    with Terminal.dossier("browse", str(subject.folder)) as terminal:
        terminal.until(b"Delegations", 60)
        terminal.settle(3, 60)
        for pane in ("1", "2", "3", "4", "gg", "G"):
            terminal.type(pane)
            terminal.settle(1, 30)
        found = {
            "reader: MB": resident(terminal.pid, alone=True),
            "reader: MB with the process behind": resident(terminal.pid),
        }
        terminal.type("\x11")
    return found


Step = Callable[[Subject], dict[str, float]]
ALL: tuple[Step, ...] = (parsed, cold_read, checks, commands, paints, keys, first_list, changed)
LARGE: tuple[Step, ...] = (parsed, checks, paints, reader, commands)
"""What is measured of a large dossier, what is asked for first."""


def measure(size: int, room: Path, london: Path, *, large: bool) -> Figures:
    """Every figure for one size, printed as they come."""
    folder = room / f"d{size}"
    found = Figures(f"{size:,} articles")
    if found.take("the dossier", lambda: written(folder, size, large=large)):
        subject = Subject(folder, london, found)
        for step in LARGE if large else ALL:
            found.take(step.__name__.replace("_", " "), lambda step=step: step(subject))
    return found


def main() -> None:
    """Measure, and print a table of all sizes at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10,100,1000,10000")
    parser.add_argument("--large", type=int, default=_LARGE)
    arguments = parser.parse_args()
    sizes = [int(one) for one in arguments.sizes.split(",")]
    with workshop() as room:
        london = shipped(room)
        figures = {size: measure(size, room, london, large=size > arguments.large) for size in sizes}
    print(f"\nAll sizes\n\n| figure | {' | '.join(f'{size:,}' for size in sizes)} |\n| --- |{' ---: |' * len(sizes)}")
    for row in dict.fromkeys(row for found in figures.values() for row in found):
        seen = (f"{figures[size][row]:.2f}" if row in figures[size] else "" for size in sizes)
        print(f"| {row} | {' | '.join(seen)} |")


if __name__ == "__main__":
    main()
