"""What a reader waits for a search and its index: `python benchmarks/search_table.py [--only opened search]`.

One run, one table, each line beside a reference of the same run: opening an index of 5,000 paragraphs and its first
query; two words at 20,000 paragraphs; the index of a dossier and of a quarter of it, beside FTS5 over the same
paragraphs; a whole `dossier search WORD` with each engine, beside `dossier --version`, SQLite's FTS5 in a Python
process of its own and ripgrep (or else grep) over the files; how soon Whoosh says that a dossier is too large for it;
a search right after a build that was killed. Times are those of the processor, as seconds that pass say little on a
shared machine, but for the last two. The dossiers are those of `generate.py`. Each line is printed as soon as it is
known; a measurement that fails is told in its line, and the others go on. `rows` gives the lines to another program.
"""

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus import corpus, queries, split  # noqa: E402 - found once the path is known
from figures import STARTER  # noqa: E402
from generate import generate  # noqa: E402
from search import measured  # noqa: E402

ARTICLES, ROUNDS = 5147, 3
"""Articles of the dossier, as many as the archive of the issue has; runs of which the median counts."""
WORD = "minister"
FEW, MANY = 5_000, 20_000
"""Paragraphs of the index that is opened, and of the one that is asked for two words."""
KILLED_AFTER = (3, 15)
"""Seconds after which a build is killed: as a rule before its first commit, and in the middle."""
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
ASKED = {
    "index whoosh": "50 s, 300 MB",
    "index tantivy": "15 s, 250 MB",
    "search whoosh": "0.35 s, 120 MB",
    "search tantivy": "0.2 s, 50 MB",
}
"""What the issue asks for."""


class Row(NamedTuple):
    """A line of the table."""

    what: str
    """What was measured, with its size and its engine."""
    measured: str
    """The figure with its unit, memory beside it where that is asked; or why there is none."""
    reference: str = ""
    """What it was measured beside in the same run, with its figure."""
    ratio: float | None = None
    """How many times the reference it is; of an index of several sizes, see `what`."""
    asked: str = ""
    """What the issue asks for; empty for a line that is a reference itself."""


class Cost(NamedTuple):
    """The cost of a process."""

    seconds: float
    """Of the processor."""
    megabytes: float
    """At most, resident."""

    def __str__(self) -> str:
        return f"{self.seconds:,.2f} s, {self.megabytes:.0f} MB"


class Bench:
    """The measurements over one folder for scratch files; each gives its rows one by one."""

    def __init__(self, room: Path, articles: int, engines: list[str], rounds: int) -> None:
        self.room = room
        self.articles = articles
        self.engines = engines
        self.rounds = rounds
        self.folder = room / str(articles)
        homes = {f"XDG_{one}_HOME": str(room / one.lower()) for one in ("CACHE", "STATE", "CONFIG")}
        self.environment = os.environ | homes | {"PYTHONPATH": str(ROOT)}

    def run(self, command: list[str]) -> Cost:
        """Carry out a command; raises `OSError` where it fails."""
        starter = [sys.executable, "-S", "-c", STARTER, *command]
        told = subprocess.run(starter, env=self.environment, capture_output=True, text=True, check=True).stdout
        code, seconds, megabytes = map(float, told.split())
        if code not in (0, 1):
            raise OSError(f"{' '.join(command)} ended with {code:.0f}")
        return Cost(seconds, megabytes)

    def generated(self, articles: int) -> Path:
        """A dossier of so many articles, read and checked once."""
        folder = self.room / str(articles)
        if not folder.exists():
            generate(folder, articles)
            self.run(dossier("check", folder))
        return folder

    def full_text(self, articles: int) -> float:
        """Put every paragraph of a dossier into a table of FTS5; seconds of the processor."""
        begun = time.process_time()
        db = sqlite3.connect(self.room / f"{articles}.sqlite")
        db.execute("DROP TABLE IF EXISTS p")
        db.execute("CREATE VIRTUAL TABLE p USING fts5(text, tokenize='porter unicode61')")
        for path in sorted(self.generated(articles).rglob("*.md")):
            db.executemany("INSERT INTO p VALUES (?)", [(text,) for _, text in split(path.read_text("utf-8"))])
        db.commit()
        db.close()
        return time.process_time() - begun

    def opened(self) -> Iterator[Row]:
        """Opening an index and its first query, modules included."""
        rows = self.paragraphs()
        one_each = {kind: words[:1] for kind, words in queries(rows).items()}
        (self.room / f"corpus-{FEW}.json").write_text(json.dumps(rows[:FEW]))
        measured([*self.engines, "fts5"], FEW, self.room, one_each)
        beside = 0.0
        for engine in ("fts5", *self.engines):
            command = [sys.executable, "-W", "ignore", "-c", OPENED, engine, str(self.room / f"{engine}-{FEW}")]
            took = statistics.median(
                float(subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout)
                for _ in range(self.rounds)
            )
            beside = beside or took
            what = f"opened and first query, {FEW:,} paragraphs, {engine}"
            asked = "150 ms" if engine != "fts5" else ""
            yield Row(what, f"{took:.1f} ms", f"FTS5 {beside:.1f} ms", took / beside, asked)

    def two_words(self) -> Iterator[Row]:
        """Two words in a process that is up, seconds that pass."""
        asked = queries(self.paragraphs())
        kinds = {kind: words[:1] for kind, words in asked.items()} | {"two words": asked["two words"]}
        large = [one for one in self.engines if one != "whoosh"]
        found = measured([*large, "fts5"], MANY, self.room, kinds)
        p50 = {engine: found[engine]["times"]["two words"][0] for engine in (*large, "fts5")}
        for engine, took in p50.items():
            what = f"two words, {MANY:,} paragraphs, p50, {engine}"
            limit = "< 0.8 times FTS5" if engine != "fts5" else ""
            yield Row(what, f"{took:.2f} ms", f"FTS5 {p50['fts5']:.2f} ms", took / p50["fts5"], limit)

    def paragraphs(self) -> list[list[str]]:
        """Real paragraphs, from the archive of the search benchmarks."""
        return corpus(str(ROOT.parent / "shared/data/whitehouse-2021.tar.xz"), MANY, self.room)

    def index(self) -> Iterator[Row]:
        """The index of a quarter of a dossier and of all of it, for how the time grows; beside it FTS5."""
        quarter: dict[str, float] = {}
        for size in (self.articles // 4, self.articles):
            folder = self.generated(size)
            beside = self.full_text(size)
            for engine in self.engines:
                cost = self.run(dossier("index", folder, "--engine", engine, "--rebuild"))
                what, asked = f"index of {size:,} articles, {engine}", ASKED.get(f"index {engine}", "")
                whole = size == self.articles
                yield Row(what, str(cost), f"FTS5 {beside:.2f} s", cost.seconds / beside, asked if whole else "")
                if whole and (before := quarter.get(engine)):
                    what = f"growth of that from {size // 4:,} articles, {engine}; 1 is linear"
                    yield Row(what, f"{cost.seconds:.2f} s", f"4 times {before:.2f} s", cost.seconds / before / 4, "1")
                quarter[engine] = cost.seconds

    def search(self) -> Iterator[Row]:
        """A word in a dossier that is indexed, as whole processes in turn."""
        folder, base = self.generated(self.articles), self.room / f"{self.articles}.sqlite"
        if not base.exists():
            self.full_text(self.articles)
        for engine in self.engines:  # nothing to do where `index` was measured
            self.run(dossier("index", folder, "--engine", engine))
        grep = ["rg", "-i", WORD, str(folder)] if shutil.which("rg") else ["grep", "-ri", WORD, str(folder)]
        every = {
            "dossier --version": dossier("--version"),
            f"{grep[0]} over the files": grep,
            "FTS5 in Python": [sys.executable, "-c", FTS5, str(base), WORD],
            **{f"search {one}": dossier("search", WORD, "-d", folder, "--engine", one) for one in self.engines},
        }
        costs: dict[str, list[Cost]] = {name: [] for name in every}
        for _ in range(self.rounds):
            for name, command in every.items():
                costs[name].append(self.run(command))
        found = {name: Cost(*map(statistics.median, zip(*taken, strict=True))) for name, taken in costs.items()}
        version = found["dossier --version"].seconds
        for name, cost in found.items():
            beside = f"--version {version:.2f} s"
            what, asked = f"{name}, {self.articles:,} articles", ASKED.get(name, "")
            yield Row(what, str(cost), beside, cost.seconds / version, asked)

    def early(self) -> Iterator[Row]:
        """How soon `dossier index` says that a dossier is too large for Whoosh; seconds that pass."""
        command = dossier("index", self.generated(self.articles), "--engine", "whoosh", "--rebuild")
        version, _ = self.passed(dossier("--version"))
        begun = time.perf_counter()
        with self.started(command) as build:
            told = next((line for line in build.stderr or () if "large" in line), "nothing")
            took = time.perf_counter() - begun
            build.kill()
        what = f"whoosh says of {self.articles:,} articles: {told.strip()[:60]} …"
        yield Row(what, f"{took:.2f} s", f"--version {version:.2f} s", took / version, "early")

    def unfinished(self) -> Iterator[Row]:
        """A search right after a build that was killed; seconds that pass."""
        folder = self.generated(self.articles)
        version, _ = self.passed(dossier("--version"))
        for engine in self.engines:
            for after in KILLED_AFTER:
                with self.started(dossier("index", folder, "--engine", engine, "--rebuild")) as build:
                    time.sleep(after)
                    build.kill()
                took, told = self.passed(dossier("search", WORD, "-d", folder, "--engine", engine))
                what = f"search after a build killed at {after} s, {engine}: {told}"
                yield Row(what, f"{took:.2f} s", f"--version {version:.2f} s", took / version, "2 s, says x % indexed")

    def passed(self, command: list[str]) -> tuple[float, str]:
        """Seconds that pass while a command is carried out, and what it says."""
        begun = time.perf_counter()
        _, told = self.started(command).communicate()
        return time.perf_counter() - begun, " ".join(told.split())

    def started(self, command: list[str]) -> subprocess.Popen[str]:
        """A command that was started."""
        quiet, told = subprocess.DEVNULL, subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=told, text=True)


MEASUREMENTS = {
    "opened": Bench.opened,
    "two-words": Bench.two_words,
    "index": Bench.index,
    "search": Bench.search,
    "early": Bench.early,
    "unfinished": Bench.unfinished,
}
"""What can be measured, in the order in which it is."""


def dossier(*arguments: object) -> list[str]:
    """A command of the program."""
    return [sys.executable, "-m", "dossier", *map(str, arguments)]


def rows(
    only: tuple[str, ...] = (),
    articles: int = ARTICLES,
    engines: tuple[str, ...] = ("whoosh", "tantivy"),
    rounds: int = ROUNDS,
) -> Iterator[Row]:
    """The lines `(what, measured, reference, ratio, asked)` of the table, each as soon as it is known.

    `only` names some of `MEASUREMENTS`. A measurement that fails gives a line that says so, and the next follows. What
    is measured runs in processes with folders of their own; the environment of this one is left alone.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        bench = Bench(Path(name), articles, list(engines), rounds)
        for title, measurement in MEASUREMENTS.items():
            if only and title not in only:
                continue
            try:
                yield from measurement(bench)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - told in its line
                yield Row(f"{title}: failed", f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", default=(), choices=MEASUREMENTS)
    arguments = parser.parse_args()
    print(f"Medians of {arguments.rounds} rounds for whole commands; builds run once.\n")
    print("| what | measured | beside | times | asked |\n| --- | ---: | --- | ---: | --- |")
    for row in rows(tuple(arguments.only), arguments.articles, tuple(arguments.engines), arguments.rounds):
        times = "–" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"| {row.what} | {row.measured} | {row.reference} | {times} | {row.asked} |", flush=True)


if __name__ == "__main__":
    main()
