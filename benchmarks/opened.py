"""What a built index costs a reader, and an article added to many: `python benchmarks/opened.py --articles 4100`.

Of each engine: first paint in a pseudo-terminal with a built index and without one, taken in turn; memory of the
browser and of the process behind it while one searches; and how long it is from a new article until it is found.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/terminal")]

NEW = "---\ntitle: A new article\npublished: 2026-01-02\n---\n\nThe quokkabird spoke of tariffs.\n"

INDEX = """
import sys, time
from pathlib import Path
from dossier.desk.desk import Desk
if __name__ == "__main__":
    desk = Desk.open(Path(sys.argv[1]), engine=sys.argv[2])
    start = time.perf_counter()
    count = desk.index() if "index" in sys.argv else 0
    print(count, time.perf_counter() - start)
    desk.close()
"""
"""A process of its own, as the one behind the screen is: what it reads leaves nothing in this one."""

ADD = """
import sys, time
from pathlib import Path
from dossier.desk.desk import Desk
if __name__ == "__main__":
    root, engine, word = Path(sys.argv[1]), sys.argv[2], "quokkabird"
    reader = Desk.open(root, engine=engine, refresh=False)
    reader.synced_elsewhere = True
    reader.search("president", wait=False)
    behind = Desk.open(root, engine=engine, refresh=False)
    (root / "articles" / "000" / "zz-new.md").write_text(sys.argv[3])
    start = time.perf_counter()
    behind.refresh()
    read = time.perf_counter()
    behind.index()
    indexed = time.perf_counter()
    found = reader.search(word, wait=False).total
    print(read - start, indexed - read, time.perf_counter() - indexed, found)
"""


def python(*arguments: str, places: dict[str, str]) -> list[float]:
    """The numbers that a script prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(word) for word in done.stdout.split()]


def memory(pid: int) -> tuple[float, float]:
    """Resident megabytes of a process and all under it; the same with what they share counted once."""
    resident = proportional = 0.0
    for one in (pid, *under(pid)):
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        resident += int(re.search(r"Rss:\s+(\d+)", told)[1]) / 1024
        proportional += int(re.search(r"Pss:\s+(\d+)", told)[1]) / 1024
    return resident, proportional


def under(pid: int) -> list[int]:
    """The processes that one has started, and those that these have."""
    found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(one) for one in (task / "children").read_text().split() if int(one) not in found]
    return found + [deeper for one in found for deeper in under(one)]


def paint(folder: Path, engine: str, places: dict[str, str]) -> float:
    """Seconds until the browser has drawn its panes."""
    from pseudo import Terminal

    start = time.perf_counter()
    with Terminal.dossier("browse", str(folder), "--engine", engine, environment=places) as terminal:
        terminal.until(b"Delegations")
        return time.perf_counter() - start


def running(folder: Path, engine: str, places: dict[str, str]) -> tuple[float, float]:
    """Megabytes while one searches, with nothing left to do behind the screen."""
    from pseudo import Terminal

    with Terminal.dossier("browse", str(folder), "--engine", engine, environment=places) as terminal:
        terminal.until(b"Delegations")
        terminal.settle(3.0, 60.0)
        for letter in "/president":
            terminal.type(letter)
            terminal.settle(0.3)
        return memory(terminal.pid)


def measure(folder: Path, engine: str, room: Path, rounds: int) -> list[str]:
    """The lines of the table for one engine."""
    with_index, without = room / f"with-{engine}", room / f"without-{engine}"

    def places(cache: Path) -> dict[str, str]:
        return {"XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": f"{room}/state", "XDG_CONFIG_HOME": f"{room}/config"}

    for name, script in (("index.py", INDEX), ("add.py", ADD)):
        (room / name).write_text(script)
    (folder / "articles" / "000" / "zz-new.md").unlink(missing_ok=True)
    here = str(folder)
    os.environ["PYTHONPATH"] = str(ROOT)
    count, spent = python(str(room / "index.py"), here, engine, "index", places=places(with_index))
    python(str(room / "index.py"), here, engine, places=places(without))
    painted: dict[Path, list[float]] = {with_index: [], without: []}
    for number in range(rounds):
        for index in without.glob(f"*/*/{engine}"):
            shutil.rmtree(index)
        for cache, times in sorted(painted.items(), reverse=bool(number % 2)):
            times.append(paint(folder, engine, places(cache)) * 1000)
    there, missing = map(statistics.median, (painted[with_index], painted[without]))
    resident, proportional = running(folder, engine, places(with_index))
    read, indexed, found, hits = python(str(room / "add.py"), here, engine, NEW, places=places(with_index))
    assert hits >= 1, "the new article is not found"
    rows = {
        "passages": f"{count:,.0f}",
        "built, passages a second (0: it was there)": f"{count / spent if spent > 1 else 0:,.0f}",
        "first paint with the index, ms": f"{there:.0f}",
        "first paint without, ms": f"{missing:.0f}",
        "memory while searching, MB resident": f"{resident:.0f}",
        "the same, what is shared counted once": f"{proportional:.0f}",
        "an article added: read, s": f"{read:.2f}",
        "then indexed, s": f"{indexed:.2f}",
        "then found, s": f"{found:.2f}",
    }
    return [
        f"| {engine}, {len(list(folder.rglob('*.md'))):,} articles: {name} | {value} |" for name, value in rows.items()
    ]


def main() -> None:
    """The command."""
    from generate import generate

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[420])
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--room", type=Path, help="a folder in which dossiers and indexes stay for the next run")
    options = parser.parse_args()
    room = options.room or Path(tempfile.mkdtemp())
    print("| figure | |\n| --- | ---: |")
    for articles in options.articles:
        folder = room / f"articles-{articles}"
        if not folder.exists():
            generate(folder, articles)
        for engine in options.engines:
            print("\n".join(measure(folder, engine, room, options.rounds)), flush=True)
    if not options.room:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    main()
