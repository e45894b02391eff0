"""How quick the search is, against SQLite FTS5 and ripgrep, over the same paragraphs and queries in one run.

    python benchmarks/search.py --sizes 2000 20000 200000 --skip whoosh:200000 --out search.md

Every engine is built in a process of its own. They are asked in turn, query by query, so that whatever else the machine
does falls on all of them. A query is timed whole: text in, ten hits with snippets and the exact number of all out.

OpenSearch runs on a node with 1 GiB of heap, and is filled as `dossier archive publish --to opensearch` does. A server
has long been up: another index is filled and taken away before the one that is timed, and other queries than those
timed are asked first, by another reader.
Each figure is printed when it is there, and the tables are written anew after each size.
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
from contextlib import ExitStack, suppress
from pathlib import Path

from corpus import EACH, KINDS, corpus, queries
from engines import ADDRESS, engine, size_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import opensearch  # noqa: E402 - found once the path is known

WARM = 20_000
"""Passages that a node takes in before it is timed how quickly it does."""
ENGINES = ("whoosh", "tantivy", "opensearch", "fts5", "ripgrep")


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
    if name == "opensearch":
        subject.warm_up(rows[:WARM])
    start = time.perf_counter()
    subject.build(rows)
    spent = time.perf_counter() - start
    return {"rate": round(len(rows) / spent), "size": round(size_of(name, here) / 1e6, 1)}


def answer(name, size, folder):
    """Answer the queries that come on standard input, a line each, with the milliseconds each takes."""
    start = time.perf_counter()
    subject = engine(name, folder / f"{name}-{size}")
    subject.ask("word", "president")
    print(round((time.perf_counter() - start) * 1000, 1), flush=True)
    for line in sys.stdin:
        kind, text = json.loads(line)
        start = time.perf_counter()
        if kind == "warm":
            if name == "opensearch":
                subject.warm(text)
        elif kind == "add":
            subject.add([("new-article", n, "blog", "2021-12-31", f"zebra unicorn {n} of it") for n in range(20)])
            subject.ask("word", "unicorn")
        asked = kind in ("add", "memory", "warm") or subject.ask(kind, text) is not None
        spent = round((time.perf_counter() - start) * 1000, 3)
        print(json.dumps(memory() if kind == "memory" else spent if asked else None), flush=True)


def child(name, phase, size, folder, **options):
    """Run this script once more, for one phase of one engine."""
    command = [sys.executable, "-W", "ignore", __file__, "--one", name, "--phase", phase, "--size", str(size)]
    return subprocess.Popen(
        [*command, "--folder", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options
    )


def measured(names, size, folder, asked, first=None):
    """The figures of every engine at one size; a server is asked the queries `first` before those that are timed."""
    results = {}
    for name in names:
        with child(name, "build", size, folder) as building:
            told = building.communicate()[0]
        if building.returncode:
            print(f"{name} is left out at {size:,}: its index could not be built.", file=sys.stderr)
            continue
        results[name] = json.loads(told) | {"times": {}}
        print(name, size, results[name], file=sys.stderr)
    names = list(results)
    running = {name: child(name, "answer", size, folder) for name in names}
    for name, process in running.items():
        told = process.stdout.readline()
        results[name]["first"] = float(told) if told else None

    def tell(name, kind, text=""):
        """What an engine answers; None where it cannot, or ended: the others go on, and its figures stay empty."""
        try:
            running[name].stdin.write(json.dumps([kind, text]) + "\n")
            running[name].stdin.flush()
            return json.loads(running[name].stdout.readline())
        except (OSError, ValueError):
            return None

    for name in names:
        if first:
            tell(name, "warm", first)
    for kind in KINDS:
        times = {name: [] for name in names}
        for text in asked[kind]:
            for name, found in times.items():
                found.append(tell(name, kind, text))
        for name, found in times.items():
            if None not in found:
                results[name]["times"][kind] = [percentile(found, part) for part in (0.5, 0.95, 0.99)]
                print(f"{kind}, p50, p95, p99, ms", name, size, results[name]["times"][kind], file=sys.stderr)
    for name, process in running.items():
        results[name] |= {"memory": tell(name, "memory"), "added": tell(name, "add")}
        print("added and found, ms", name, size, results[name]["added"], file=sys.stderr)
        with suppress(OSError):
            process.communicate()
    return results


def percentile(times, part):
    """The time below which that part of them is."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * part))], 2)


def table(results, size):
    """The figures of one size as Markdown; in parentheses how many times FTS5's, without it tantivy's."""
    names = [name for name in ENGINES if (name, size) in results]
    reference = "fts5" if "fts5" in names else "tantivy"
    base = results.get((reference, size))
    lines = [f"## {size:,} paragraphs", "", "| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]

    def row(title, pick):
        cells = []
        for name in names:
            value = pick(results[name, size])
            compared = pick(base) if base else None
            ratio = f" ({value / compared:.2g}×)" if value and compared and name != reference else ""
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
    if {("opensearch", size), ("tantivy", size)} <= results.keys():
        lines += ["", "| OpenSearch / tantivy | p50 | p95 |", "| --- | --- | --- |"]
        ours, theirs = (results[name, size]["times"] for name in ("opensearch", "tantivy"))
        for kind in KINDS:
            if kind in ours and kind in theirs:
                ratios = [f"{ours[kind][part] / theirs[kind][part]:.2g}×" for part in (0, 1)]
                lines.append(f"| {kind} | {' | '.join(ratios)} |")
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
    with ExitStack() as stack:
        if "opensearch" in engines and (why := opensearch.lacking()):
            print(why, file=sys.stderr)
            engines.remove("opensearch")
        elif "opensearch" in engines:
            node = opensearch.Node(heap="1g")
            stack.callback(node.stop)
            os.environ[ADDRESS] = node.url
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        results = {}
        for at, size in enumerate(options.sizes, 1):
            rows = corpus(options.data, size, folder)
            names = [name for name in engines if f"{name}:{size}" not in options.skip]
            found = measured(names, size, folder, queries(rows), queries(rows, seed=1))
            results |= {(name, size): figures for name, figures in found.items()}
            text = page(results, options.sizes[:at])
            if options.out:
                Path(options.out).write_text(text)
    if not options.out:
        print(text)


def page(results, sizes):
    """The tables of the sizes that were measured."""
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}."
    how = f"{EACH} queries of each kind, the same for all; each whole, with ten snippets and the exact count."
    parts = [f"# Search, measured\n\n{machine} {how}\n", *(table(results, size) for size in sizes)]
    return "\n".join([*parts, growth(results, sizes)])


if __name__ == "__main__":
    main()
