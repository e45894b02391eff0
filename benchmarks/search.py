"""How quick the search is, against SQLite FTS5 and ripgrep, over the same paragraphs and queries in one run.

    python benchmarks/search.py --sizes 2000 20000 200000 --skip whoosh:200000 --out search.md

Every engine is built in a process of its own. They are asked in turn, query by query, so that whatever else the machine
does falls on all of them. A query is timed whole: text in, ten hits with snippets and the exact number of all out.
"""

import argparse
import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import EACH, KINDS, corpus, queries, written

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import opensearch  # noqa: E402 - found once the path is known

ENGINES = ("whoosh", "tantivy", "opensearch", "fts5", "ripgrep")
ADDRESS = "BENCHMARK_OPENSEARCH"
"""The variable by which the processes of the engines know the node."""


def passages(rows, start=0):
    from dossier.model.passages import Passage

    return [
        Passage(f"paragraph:{article}:{number}", article, "paragraph", article, text, article=article, paragraph=number,
                publisher=section, date=day, language="en", digest=str(start + at))
        for at, (article, number, section, day, text) in enumerate(rows)
    ]  # fmt: skip


class Ours:
    """This product, with one of its engines."""

    def __init__(self, name, folder):
        from dossier.search.engines.engine import open_engine
        from dossier.search.engines.server import Server
        from dossier.search.finder import Finder

        place = Server(os.environ[ADDRESS], folder.name) if name == "opensearch" else folder
        self.finder = Finder(open_engine(name, place))
        self.finder.engine.update([], [])

    def build(self, rows):
        self.finder.refresh(passages(rows))

    def add(self, rows):
        self.finder.engine.update(passages(rows, 10**7), [])

    def ask(self, kind, text):
        return self.finder.find(written(kind, text), limit=10, typing=kind.startswith("prefix")).total


class Fts5:
    """SQLite's full-text index with its Porter stemmer and its prefix indexes."""

    def __init__(self, folder):
        self.base = sqlite3.connect(folder / "base.sqlite")

    def build(self, rows):
        self.base.execute(
            "create virtual table p using fts5"
            "(section, text, key unindexed, tokenize='porter unicode61', prefix='1 2 3')"
        )
        self.add(rows)

    def add(self, rows):
        with self.base:
            self.base.executemany(
                "insert into p values(?, ?, ?)", ((row[2], row[4], f"{row[0]}:{row[1]}") for row in rows)
            )

    def ask(self, kind, text):
        if kind == "phrase":
            match = f'text : "{text}"'
        elif kind == "field":
            section, _, word = text.partition(" ")
            match = f'(section : "{section}") AND (text : "{word}")'
        elif kind.startswith("prefix"):
            match = f'text : "{text}"*'
        elif kind == "fuzzy":
            return None
        else:
            match = "text : (" + " AND ".join(f'"{word}"' for word in text.split()) + ")"
        list(
            self.base.execute(
                "select key, snippet(p, 1, '[', ']', '…', 24), rank from p where p match ? order by rank limit 10",
                (match,),
            )
        )
        return self.base.execute("select count(*) from p where p match ?", (match,)).fetchone()[0]


class Ripgrep:
    """Paragraphs as lines of a file, read through every time."""

    def __init__(self, folder):
        self.file = folder / "lines.txt"

    def build(self, rows):
        self.file.write_text("".join(" ".join(row[4].split()) + "\n" for row in rows))

    def add(self, rows):
        with self.file.open("a") as file:
            file.writelines(" ".join(row[4].split()) + "\n" for row in rows)

    def ask(self, kind, text):
        if kind in ("field", "fuzzy", "two words"):
            return None
        pattern = rf"\b{text}" if kind.startswith("prefix") else rf"\b{text}\b"
        done = subprocess.run(["rg", "-i", "-c", pattern, str(self.file)], capture_output=True, text=True, check=False)
        return int(done.stdout or 0)


def engine(name, folder):
    return Fts5(folder) if name == "fts5" else Ripgrep(folder) if name == "ripgrep" else Ours(name, folder)


def memory():
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return round(int(found[1]) / 1024, 1) if found else None


def build(name, size, folder):
    """Build the index of one engine; its rate and its size."""
    here = folder / f"{name}-{size}"
    here.mkdir()
    rows = json.loads((folder / f"corpus-{size}.json").read_text())
    subject = engine(name, here)
    start = time.perf_counter()
    subject.build(rows)
    spent = time.perf_counter() - start
    bytes_ = sum(path.stat().st_size for path in here.rglob("*") if path.is_file())
    return {"rate": round(len(rows) / spent), "size": round(bytes_ / 1e6, 1)}


def answer(name, size, folder):
    """Answer the queries that come on standard input, a line each, with the milliseconds each takes."""
    start = time.perf_counter()
    subject = engine(name, folder / f"{name}-{size}")
    subject.ask("word", "president")
    print(round((time.perf_counter() - start) * 1000, 1), flush=True)
    for line in sys.stdin:
        kind, text = json.loads(line)
        start = time.perf_counter()
        if kind == "add":
            subject.add([("new-article", n, "blog", "2021-12-31", f"zebra unicorn {n} of it") for n in range(20)])
            subject.ask("word", "unicorn")
        asked = kind in ("add", "memory") or subject.ask(kind, text) is not None
        spent = (time.perf_counter() - start) * 1000
        print(json.dumps(memory() if kind == "memory" else spent if asked else None), flush=True)


def child(name, phase, size, folder, **options):
    """This script once more, for one phase of one engine."""
    command = [sys.executable, "-W", "ignore", __file__, "--one", name, "--phase", phase, "--size", str(size)]
    return subprocess.Popen(
        [*command, "--folder", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options
    )


def measured(names, size, folder, asked):
    """The figures of every engine at one size."""
    results = {}
    for name in names:
        with child(name, "build", size, folder) as building:
            results[name] = json.loads(building.communicate()[0]) | {"times": {}}
        print(name, size, results[name], file=sys.stderr)
    running = {name: child(name, "answer", size, folder) for name in names}
    for name, process in running.items():
        results[name]["first"] = float(process.stdout.readline())

    def tell(name, kind, text=""):
        running[name].stdin.write(json.dumps([kind, text]) + "\n")
        running[name].stdin.flush()
        return json.loads(running[name].stdout.readline())

    for kind in KINDS:
        times = {name: [] for name in names}
        for text in asked[kind]:
            for name, found in times.items():
                found.append(tell(name, kind, text))
        for name, found in times.items():
            if None not in found:
                results[name]["times"][kind] = [percentile(found, part) for part in (0.5, 0.95, 0.99)]
    for name, process in running.items():
        results[name] |= {"memory": tell(name, "memory"), "added": round(tell(name, "add"), 1)}
        process.communicate()
    return results


def percentile(times, part):
    """The time below which that part of them is."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * part))], 2)


def table(results, size):
    """The figures of one size as Markdown; in parentheses how many times FTS5's."""
    names = [name for name in ENGINES if (name, size) in results]
    base = results.get(("fts5", size))
    lines = [f"## {size:,} paragraphs", "", "| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]

    def row(title, pick):
        cells = []
        for name in names:
            value = pick(results[name, size])
            compared = pick(base) if base else None
            ratio = f" ({value / compared:.2g}×)" if value and compared and name != "fts5" else ""
            cells.append("–" if value is None else f"{value:g}{ratio}")
        lines.append(f"| {title} | " + " | ".join(cells) + " |")

    row("built, paragraphs a second", lambda one: one["rate"])
    row("size, MB", lambda one: one["size"])
    row("memory after all queries, MB", lambda one: one["memory"])
    row("opened and first query, ms", lambda one: one["first"])
    row("an article of 20 paragraphs added and found, ms", lambda one: one["added"])
    for kind in KINDS:
        for place, part in enumerate(("p50", "p95", "p99")):
            row(f"{kind}, {part}, ms", lambda one, kind=kind, place=place: one["times"].get(kind, [None] * 3)[place])
    return "\n".join(lines) + "\n"


def growth(results, sizes):
    """Return how the medians grow with the number of paragraphs, and in parentheses how many times FTS5's they are."""
    lines = ["## Growth of the median, ms", ""]
    lines.append("| engine | query | " + " | ".join(f"{size:,}" for size in sizes) + " | grows |")
    lines.append("| --- | --- |" + " --- |" * (len(sizes) + 1))
    for name in ENGINES:
        for kind in KINDS:
            values, cells = [], []
            for size in sizes:
                value = results.get((name, size), {}).get("times", {}).get(kind, [None])[0]
                base = results.get(("fts5", size), {}).get("times", {}).get(kind, [None])[0]
                values += [value] if value else []
                ratio = f" ({value / base:.2g}×)" if value and base and name != "fts5" else ""
                cells.append("–" if value is None else f"{value:g}{ratio}")
            if values:
                lines.append(f"| {name} | {kind} | {' | '.join(cells)} | {values[-1] / values[0]:.2g}× |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=str(ROOT.parent / "shared/data/whitehouse-2021.tar.xz"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--skip", nargs="*", default=[], metavar="ENGINE:SIZE", help="what would take too long")
    parser.add_argument("--out", help="a file for the tables; standard output when left out")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--phase", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        found = (build if options.phase == "build" else answer)(options.one, options.size, Path(options.folder))
        if found:
            print(json.dumps(found))
        return
    if not Path(options.data).exists():
        sys.exit(f"The corpus {options.data} is not here; name another with --data.")
    engines = [name for name in options.engines if name != "ripgrep" or shutil.which("rg")]
    results = {}
    node = None
    if "opensearch" in engines and opensearch.lacking():
        engines.remove("opensearch")
    elif "opensearch" in engines:
        node = opensearch.Node(heap="1g")
        os.environ[ADDRESS] = node.url
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for size in options.sizes:
            asked = queries(corpus(options.data, size, folder))
            names = [name for name in engines if f"{name}:{size}" not in options.skip]
            for one, found in measured(names, size, folder, asked).items():
                results[one, size] = found
    if node:
        node.stop()
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}."
    how = f"{EACH} queries of each kind, the same for all; each whole, with ten snippets and the exact count."
    parts = [f"# Search, measured\n\n{machine} {how}\n"]
    parts += [table(results, size) for size in options.sizes]
    parts.append(growth(results, options.sizes))
    text = "\n".join(parts)
    if options.out:
        Path(options.out).write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
