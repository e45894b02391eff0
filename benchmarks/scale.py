"""How the product grows with the dossier: `python benchmarks/scale.py [--sizes 1,10,100,1000,10000]`.

For each size a dossier is generated (`generate.py`), and in one run, beside what each figure is a ratio of, are
measured: parsing its YAML once with PyYAML's C loader; reading, checking, resolving and weighing it with no catalogue
(cold), as the process behind the screen does; `dossier check` without a catalogue and with one, and `dossier show`, as
whole commands; the first paint of the browser in a pseudo-terminal beside an empty Textual app, and the first letter
that it answers; keys to repaint in process; the browser started without a catalogue, and a file changed while it runs
until the change is on its screen; peak memory.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "terminal")]

_LARGE = 20_000
"""Articles from which on each step takes minutes, so that fewer are measured."""

ASKED = {
    ("browser without catalogue: first list s", 1_000): 0.4,
    ("cold check / parse", 10_000): 2.0,
    ("show of a quote / --version", 10_000): 2.0,
    ("first paint / empty", 10_000): 1.5,
    ("London / empty", 1_000): 1.4,
    ("first paint / London", 100_000): 1.3,
    ("check warm s", 100_000): 3.0,
    ("reader: MB with the process behind", 100_000): 300,
}
"""What is to be reached (issue 19), by figure and number of articles."""

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("nothing-here")
Empty().run()
"""

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


def parse_seconds(folder: Path) -> float:
    """Seconds to parse every YAML file and every front matter of a dossier once."""
    import yaml

    start = time.perf_counter()
    for path in folder.rglob("*.*"):
        if path.suffix in (".yaml", ".md"):
            data = path.read_bytes()
            yaml.load(data.split(b"\n---\n")[0][4:] if path.suffix == ".md" else data, yaml.CSafeLoader)
    return time.perf_counter() - start


def command(*arguments: str, **environment: str) -> tuple[float, str]:
    """Seconds and output of a Python command."""
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    return time.perf_counter() - start, run.stdout


def paint(word: str, *arguments: str, answers: bool = False) -> tuple[float, float]:
    """Seconds until a program has drawn `word` on a terminal of 120x40, and until what is then typed is answered."""
    from pseudo import Terminal

    # Else it would begin with what was typed the last time. The key that seals the catalogue stays beside it.
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"]) / "dossier" / "places", ignore_errors=True)
    start = time.perf_counter()
    with Terminal(sys.executable, *arguments) as terminal:
        terminal.until(word.encode())
        painted = time.perf_counter() - start
        if answers:
            terminal.type("/\x1b[200~qzxj\x1b[201~")  # at once, so that it is drawn at once
            terminal.until(b"qzxj")
        return painted, time.perf_counter() - start


def first_paints(folder: Path, london: Path, rounds: int = 9) -> tuple[float, float, float, float, float]:
    """Median seconds to the first paint of an empty app, and to that and the first answer of the browser on London and
    on `folder`, taken in turn.
    """
    with tempfile.TemporaryDirectory() as room:
        empty = Path(room) / "empty.py"
        empty.write_text(EMPTY)
        taken = [
            (
                paint("nothing-here", str(empty))[0],
                *paint("Delegations", "-m", "dossier", "browse", str(london), answers=True),
                *paint("Delegations", "-m", "dossier", "browse", str(folder), answers=True),
            )
            for _ in range(rounds)
        ]
    nothing, small, small_answers, large, large_answers = (statistics.median(one) for one in zip(*taken, strict=True))
    return nothing, small, small_answers, large, large_answers


def written(folder: Path) -> dict[str, float]:
    """Return how many quotes and links were written by hand; fields like `speaker` are links besides."""
    texts = [path.read_text("utf-8") for path in folder.rglob("*.yaml")]
    return {
        "quotes": sum(text.count("\n    text: ") for text in texts),
        "links": sum(text.count("rel: ") for text in texts),
    }


def measure_large(size: int, room: Path, london: Path) -> dict[str, float]:
    """The figures of a size at which each step takes minutes: what a reader waits for, and memory."""
    from commands import PARSE, run
    from generate import generate
    from living import resident
    from pseudo import Terminal

    folder = room / f"d{size}"
    start = time.perf_counter()
    generate(folder, size, passages=10)
    found = {**written(folder), "written s": time.perf_counter() - start}
    dossier = [sys.executable, "-m", "dossier"]
    parsed = run([sys.executable, "-c", PARSE, str(folder)])
    cold = run([*dossier, "check", str(folder)])
    warm = run([*dossier, "check", str(folder)])
    run([*dossier, "matrix", str(folder)])  # its statements are weighed once
    found |= {
        "parse s": parsed[1] / 1000,
        "cold check / parse": cold[1] / parsed[1],
        "cold check: processor s": cold[0] / 1000,
        "cold peak MB": cold[2],
        "check warm s": warm[1] / 1000,
        "check warm: processor s": warm[0] / 1000,
        "check warm: MB": warm[2],
    }
    version = statistics.median(run([*dossier, "--version"])[0] for _ in range(5))
    for name, words in (
        ("show of a quote / --version", ["show", "a00000-q0", "-d", str(folder)]),
        ("matrix: processor s", ["matrix", str(folder)]),
        ("timeline: processor s", ["timeline", str(folder)]),
    ):
        used = statistics.median(run([*dossier, *words])[0] for _ in range(3))
        found[name] = used / version if "version" in name else used / 1000
    empty, small, _, large, answered = first_paints(folder, london, rounds=5)
    found |= {
        "first paint / empty": large / empty,
        "first paint / London": large / small,
        "London / empty": small / empty,
        "first answer / empty": answered / empty,
    }
    with Terminal.dossier("browse", str(folder)) as terminal:
        terminal.until(b"Delegations")
        terminal.settle(3, 60)
        for pane in ("1", "2", "3", "4", "gg", "G"):
            terminal.type(pane)
            terminal.settle(1, 30)
        found["reader: MB with the process behind"] = resident(terminal.pid)
        terminal.type("\x11")
    return found


def measure(size: int, room: Path, london: Path) -> dict[str, float]:
    """Every figure for one size."""
    from generate import generate
    from keys import measure as keys
    from living import changed_file, cold_start

    folder = room / f"d{size}"
    generate(folder, size)
    script = room / "cold.py"
    script.write_text(COLD)
    found: dict[str, float] = {**written(folder), "parse s": parse_seconds(folder)}
    cache = f"{os.environ['XDG_CACHE_HOME']}-{size}"
    _, printed = command(str(script), str(folder), XDG_CACHE_HOME=cache)
    read, memory = map(float, printed.split())
    found |= {"cold read / parse": read / found["parse s"], "cold read s": read, "cold peak MB": memory}
    time.sleep(2.1)  # files younger than the clock's grain are read again
    found["cold check / parse"] = command("-m", "dossier", "check", str(folder))[0] / found["parse s"]
    version, shown, much = (
        statistics.median(command("-m", "dossier", *arguments)[0] for _ in range(5))
        for arguments in (
            ("--version",),
            ("show", "a00000-q0", "-d", str(folder)),
            ("show", "d0-m1", "-d", str(folder)),
        )
    )
    found["show of a quote / --version"] = shown / version
    found["show of who is linked most / --version"] = much / version
    found["check warm s"] = command("-m", "dossier", "check", str(folder))[0]
    command("-m", "dossier", "matrix", str(folder))  # its statements are weighed once
    empty, small, _, large, answered = first_paints(folder, london)
    found |= {
        "first paint / empty": large / empty,
        "first paint / London": large / small,
        "London / empty": small / empty,
        "first answer / empty": answered / empty,
    }
    for step, (_, first, _, last) in keys(folder, 40).items():
        found[f"{step}: first drawing, p95 ms"] = first
        found[f"{step}: last drawing, p95 ms"] = last
    cold = cold_start(folder)
    found |= {
        "browser without catalogue: first list s": cold["list s"],
        "browser without catalogue: first list / parse": cold["list s"] / found["parse s"],
        "browser without catalogue: all read / parse": cold["all s"] / found["parse s"],
        "browser without catalogue: peak MB with all it began": cold["peak MB"],
    }
    found["index s"] = command("-m", "dossier", "index", str(folder))[0]
    changed = changed_file(folder)
    return found | {
        "changed file until shown, median s": changed["median s"],
        "changed file until shown, most s": changed["most s"],
        "browser with catalogue: MB with the process behind": changed["MB"],
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10,100,1000,10000")
    sizes = [int(one) for one in parser.parse_args().sizes.split(",")]
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        os.environ |= {
            "XDG_CACHE_HOME": f"{name}/cache",
            "XDG_STATE_HOME": f"{name}/state",
            "XDG_CONFIG_HOME": f"{name}/config",
        }
        london = Path(shutil.copytree(ROOT / "seeds" / "london-trade-talks", room / "london"))
        command("-m", "dossier", "check", str(london))
        figures = {size: (measure_large if size > _LARGE else measure)(size, room, london) for size in sizes}
    print(f"| figure | {' | '.join(f'{size:,}' for size in sizes)} |\n| --- |{' ---: |' * len(sizes)}")
    for row in dict.fromkeys(row for found in figures.values() for row in found):
        seen = (f"{figures[size][row]:.2f}" if row in figures[size] else "" for size in sizes)
        print(f"| {row} | {' | '.join(seen)} |")
    print("\n| figure | articles | asked | seen | |\n| --- | ---: | ---: | ---: | --- |")
    for (row, size), asked in ASKED.items():
        if row in figures.get(size, ()):
            seen = figures[size][row]
            print(f"| {row} | {size:,} | {asked} | {seen:.2f} | {'' if seen <= asked else 'missed'} |")


if __name__ == "__main__":
    main()
