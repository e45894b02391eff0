"""What a reader waits for a search and its index: `python benchmarks/search_table.py [--articles 5147]`.

One run, one table, each line beside a reference of the same run: a whole `dossier search WORD` with each engine, beside
`dossier --version`, SQLite's FTS5 in a Python process of its own and ripgrep (or else grep) over the files; the index
of a dossier and of a quarter of it, beside FTS5 over the same paragraphs; opening an index of 5,000 paragraphs and its
first query; two words at 20,000 paragraphs; a search right after a build that was killed. Times are those of the
processor, as seconds that pass say little on a shared machine. The dossiers are those of `generate.py`.
"""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus import corpus, queries, split  # noqa: E402 - found once the path is known
from generate import generate  # noqa: E402
from search import measured  # noqa: E402

WORD = "minister"
FEW, MANY = 5_000, 20_000
"""Paragraphs of the index that is opened, and of the one that is asked for two words."""
FTS5 = """
import sqlite3, sys
sql = "SELECT rowid, snippet(p, 0, '[', ']', '…', 12) FROM p WHERE p MATCH ? ORDER BY rank LIMIT 20"
base = sqlite3.connect(sys.argv[1])
print(base.execute(sql, (sys.argv[2],)).fetchall())
print(base.execute("SELECT count(*) FROM p WHERE p MATCH ?", (sys.argv[2],)).fetchall())
"""
OPENED = """
import sys, time
from pathlib import Path
if sys.argv[1] == "fts5":
    import sqlite3
    begun = time.process_time()
    base = sqlite3.connect(f"{sys.argv[2]}/base.sqlite")
    list(base.execute("SELECT snippet(p, 1, '', '', '', 24) FROM p WHERE p MATCH 'president' ORDER BY rank LIMIT 10"))
    base.execute("SELECT count(*) FROM p WHERE p MATCH 'president'").fetchall()
else:
    begun = time.process_time()
    from dossier.search.engines.engine import open_engine
    from dossier.search.finder import Finder
    Finder(open_engine(sys.argv[1], Path(sys.argv[2]))).find("president", limit=10)
print(1000 * (time.process_time() - begun))
"""


def run(command: list[str]) -> tuple[float, float]:
    """Carry out a command; the milliseconds of the processor that it took, and its most megabytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return 1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024


def dossier(*arguments: object) -> list[str]:
    """A command of the program."""
    return [sys.executable, "-m", "dossier", *map(str, arguments)]


def print_row(what: str, milliseconds: float, megabytes: float, beside: str) -> None:
    """Print a line of the table."""
    memory = f"{megabytes:.0f}" if megabytes else "–"
    print(f"| {what} | {milliseconds:,.1f} | {memory} | {beside} |", flush=True)


def full_text(folder: Path, base: Path) -> float:
    """Put every paragraph of a dossier into a table of FTS5; milliseconds of the processor."""
    begun = time.process_time()
    db = sqlite3.connect(base)
    db.execute("CREATE VIRTUAL TABLE p USING fts5(text, tokenize='porter unicode61')")
    for path in sorted(folder.rglob("*.md")):
        db.executemany("INSERT INTO p VALUES (?)", [(text,) for _, text in split(path.read_text("utf-8"))])
    db.commit()
    db.close()
    return 1000 * (time.process_time() - begun)


def indexes(room: Path, articles: int, engines: list[str]) -> None:
    """The index of a dossier, and of a quarter of it for how the time grows; beside it FTS5."""
    taken: dict[tuple[str, int], float] = {}
    for size in (articles // 4, articles):
        folder = room / str(size)
        generate(folder, size)
        run(dossier("check", folder))
        taken["fts5", size] = full_text(folder, room / f"{size}.sqlite")
        for engine in engines:
            taken[engine, size], memory = run(dossier("index", folder, "--engine", engine))
            times = f"{taken[engine, size] / taken['fts5', size]:.1f} times FTS5"
            grown = taken[engine, size] / taken.get((engine, articles // 4), 1)
            linear = f"; {grown / 4:.2f} times linear from a quarter" if size == articles else ""
            print_row(f"index of {size:,} articles, {engine}", taken[engine, size], memory, times + linear)


def searches(room: Path, articles: int, engines: list[str], rounds: int) -> None:
    """A word in a dossier that is indexed, as whole processes in turn."""
    folder, base = room / str(articles), room / f"{articles}.sqlite"
    grep = ["rg", "-i", WORD, str(folder)] if shutil.which("rg") else ["grep", "-ri", WORD, str(folder)]
    every = {
        "dossier --version": dossier("--version"),
        f"{grep[0]} over the files": grep,
        "FTS5 in Python": [sys.executable, "-c", FTS5, str(base), WORD],
        **{f"dossier search WORD, {one}": dossier("search", WORD, "-d", folder, "--engine", one) for one in engines},
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in every}
    for _ in range(rounds):
        for name, command in every.items():
            taken[name].append(run(command))
    version = statistics.median(spent for spent, _ in taken["dossier --version"])
    for name, found in taken.items():
        spent, memory = map(statistics.median, zip(*found, strict=True))
        print_row(f"{name}, {articles:,} articles", spent, memory, f"{spent / version:.2f} times --version")


def unfinished(room: Path, articles: int, engine: str) -> None:
    """A search right after a build that was killed."""
    folder = room / str(articles)
    shutil.rmtree(next((Path(os.environ["XDG_CACHE_HOME"]) / "dossier").glob(f"{articles}-*")) / engine)
    build = subprocess.Popen(
        dossier("index", folder, "--engine", engine), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(15)
    build.send_signal(signal.SIGKILL)
    build.wait()
    begun = time.perf_counter()
    done = subprocess.run(
        dossier("search", WORD, "-d", folder, "--engine", engine), capture_output=True, text=True, check=False
    )
    passed = 1000 * (time.perf_counter() - begun)
    told = " ".join(done.stderr.split())
    print_row(f"search after a build killed at 15 s, {engine} (time that passed)", passed, 0, told)


def opened(room: Path, engines: list[str], rounds: int) -> None:
    """Opening an index and its first query, modules included."""
    rows = corpus(str(ROOT.parent / "shared/data/whitehouse-2021.tar.xz"), MANY, room)
    asked = queries(rows)
    one_each = {kind: words[:1] for kind, words in asked.items()}
    (room / f"corpus-{FEW}.json").write_text(json.dumps(rows[:FEW]))
    measured([*engines, "fts5"], FEW, room, one_each)
    medians = {}
    for engine in ("fts5", *engines):
        where = str(room / f"{engine}-{FEW}")
        command = [sys.executable, "-W", "ignore", "-c", OPENED, engine, where]
        taken = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(rounds)
        ]
        medians[engine] = statistics.median(taken)
        beside = f"{medians[engine] / medians['fts5']:.0f} times FTS5"
        print_row(f"opened and first query, {FEW:,} paragraphs, {engine}", medians[engine], 0, beside)
    large = [one for one in engines if one != "whoosh"]
    found = measured([*large, "fts5"], MANY, room, one_each | {"two words": asked["two words"]})
    for engine in (*large, "fts5"):
        p50 = found[engine]["times"]["two words"][0]
        beside = f"{p50 / found['fts5']['times']['two words'][0]:.2f} times FTS5"
        print_row(f"two words, {MANY:,} paragraphs, p50 (time that passed), {engine}", p50, 0, beside)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5147)
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        room = Path(name)
        os.environ |= {f"XDG_{one}_HOME": f"{name}/{one.lower()}" for one in ("CACHE", "STATE", "CONFIG")}
        os.environ["PYTHONPATH"] = str(ROOT)
        print("| what | ms | MB | beside |\n| --- | ---: | ---: | --- |")
        opened(room, arguments.engines, arguments.rounds)
        indexes(room, arguments.articles, arguments.engines)
        searches(room, arguments.articles, arguments.engines, arguments.rounds)
        for engine in arguments.engines:
            unfinished(room, arguments.articles, engine)


if __name__ == "__main__":
    main()
