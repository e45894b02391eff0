"""How long a reader waits for a plain command: `python benchmarks/commands.py [--sizes 1,1000,10000]`.

For each size a dossier is generated (`generate.py`) and every command that only reads is run as a whole process: the
first time after nothing is known of it, then warm, `--rounds` times in turn with the rest. Told are the median of the
processor time in ms, what that is a ratio of to `dossier --version`, the median of the time that passed, and the most
memory in MB. Beside them in the same run: the parsing of all YAML with PyYAML's C loader, one word by SQLite's FTS5
over the same paragraphs (in a Python process of its own), and by ripgrep, or else grep, over the files as they are.

Besides, `--links N` measures a dossier of 643 articles with so many links each: 201 make 129,243.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORD = "minister"
MANY_LINKS = "643 articles with many links"

PARSE = """
import sys, yaml
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.*"):
    if path.suffix in (".yaml", ".md"):
        data = path.read_bytes()
        yaml.load(data.split(b"\\n---\\n")[0][4:] if path.suffix == ".md" else data, yaml.CSafeLoader)
"""
FTS5 = """
import sqlite3, sys
sql = "SELECT rowid, snippet(p, 0, '[', ']', '…', 12) FROM p WHERE p MATCH ? ORDER BY rank LIMIT 20"
print(sqlite3.connect(sys.argv[1]).execute(sql, (sys.argv[2],)).fetchall())
"""

Run = tuple[float, float, float]
"""Milliseconds of the processor, milliseconds that passed, most megabytes."""


def run(command: list[str]) -> Run:
    """Carry out a command as a process of its own, and measure it and all that it began."""
    start = time.perf_counter()
    with Path(os.devnull).open("w") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=nothing)
        _, status, used = os.wait4(process.pid, 0)
    passed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: a check that found something
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return 1000 * (used.ru_utime + used.ru_stime), 1000 * passed, used.ru_maxrss / 1024


def full_text(folder: Path, database: Path) -> None:
    """Put every paragraph of a dossier into a table of FTS5."""
    from corpus import split

    db = sqlite3.connect(database)
    db.execute("CREATE VIRTUAL TABLE p USING fts5(text)")
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.txt"))):
        db.executemany("INSERT INTO p VALUES (?)", [(text,) for _, text in split(path.read_text("utf-8"))])
    db.commit()
    db.close()


def commands(folder: Path, quote: str, delegation: str, engines: list[str]) -> dict[str, list[str]]:
    """Every command that only reads, on one dossier."""
    dossier = [sys.executable, "-m", "dossier"]
    where = ["-d", str(folder)]
    return {
        "check": [*dossier, "check", str(folder)],
        "show a quote": [*dossier, "show", quote, *where],
        "show who is linked most": [*dossier, "show", delegation, *where],
        "links": [*dossier, "links", delegation, *where],
        "matrix": [*dossier, "matrix", str(folder)],
        "matrix --json": [*dossier, "matrix", str(folder), "--json"],
        "matrix --markdown": [*dossier, "matrix", str(folder), "--markdown"],
        "timeline": [*dossier, "timeline", str(folder)],
        "timeline --json": [*dossier, "timeline", str(folder), "--json"],
        "statements": [*dossier, "statements", "--csv", *where],
        "anchors": [*dossier, "anchors", str(folder)],
        "relations": [*dossier, "relations", str(folder)],
        **{f"search, {one}": [*dossier, "search", WORD, "--engine", one, *where] for one in engines},
    }


def measure(folder: Path, room: Path, quote: str, delegation: str, rounds: int) -> dict[str, Run]:
    """The figures of every command and of what stands beside them."""
    engines = ["whoosh"]
    try:
        import tantivy  # noqa: F401

        engines.append("tantivy")
    except ImportError:
        pass
    database = room / "fts5.sqlite"
    full_text(folder, database)
    version = [sys.executable, "-m", "dossier", "--version"]
    found = {"parse": run([sys.executable, "-c", PARSE, str(folder)])}
    time.sleep(2.1)  # files younger than the clock's grain are read again
    warm = commands(folder, quote, delegation, engines)
    found["check, nothing known"] = run(warm["check"])
    for one in engines:
        found[f"index, {one}"] = run([sys.executable, "-m", "dossier", "index", str(folder), "--engine", one])
    run(warm["matrix"])  # its statements are weighed once
    grep = ["rg", "-i", WORD, str(folder)] if shutil.which("rg") else ["grep", "-ri", WORD, str(folder)]
    beside = {
        "--version": version,
        f"one word, {grep[0]}": grep,
        "one word, FTS5": [sys.executable, "-c", FTS5, str(database), WORD],
    }
    taken: dict[str, list[Run]] = {name: [] for name in (*beside, *warm)}
    for _ in range(rounds):
        for name, command in (*beside.items(), *warm.items()):
            taken[name].append(run(command))
    medians = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in taken.items()}
    return found | {name: (cpu, passed, memory) for name, (cpu, passed, memory) in medians.items()}


def print_table(title: str, found: dict[str, Run]) -> None:
    """Print the figures of one dossier as a table."""
    base = found["--version"][0]
    print(
        f"\n{title}\n\n| command | processor ms | / --version | passed ms | MB |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for name, (cpu, passed, memory) in found.items():
        print(f"| {name} | {cpu:.0f} | {cpu / base:.2f} | {passed:.0f} | {memory:.0f} |")
    sys.stdout.flush()


ASKED = {
    ("timeline", "10,000 articles"): (0, 1000),
    ("show a quote", "10,000 articles"): (1, 2.0),
    ("matrix", MANY_LINKS): (0, 1000),
    ("matrix --json", MANY_LINKS): (0, 1000),
    ("matrix --markdown", MANY_LINKS): (0, 1000),
}
"""What is to be reached (issue 19) by command and dossier: processor ms (0), or its ratio to `--version` (1)."""


def print_asked(tables: dict[str, dict[str, Run]]) -> None:
    """Print what was asked for beside what was seen."""
    print("\n| command | dossier | asked | seen | |\n| --- | --- | ---: | ---: | --- |")
    for (name, dossier), (ratio, asked) in ASKED.items():
        if name in tables.get(dossier, ()):
            found = tables[dossier]
            seen = found[name][0] / (found["--version"][0] if ratio else 1)
            unit = "x --version" if ratio else "ms of processor"
            print(f"| {name} | {dossier} | {asked} {unit} | {seen:.2f} | {'' if seen <= asked else 'missed'} |")


def main() -> None:
    """Measure, and print a table for each dossier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,1000,10000")
    parser.add_argument("--links", type=int, default=201, help="Links of each of 643 articles; 0 leaves them out.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dossier", type=Path, help="Measure this one instead.")
    parser.add_argument("--quote", default="a00000-q0")
    parser.add_argument("--delegation", default="d0-m1")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from generate import generate

    with tempfile.TemporaryDirectory() as name:
        os.environ |= {f"XDG_{one}_HOME": f"{name}/{one.lower()}" for one in ("CACHE", "STATE", "CONFIG")}
        tables: dict[str, dict[str, Run]] = {}
        sizes = [] if arguments.dossier else [int(one) for one in arguments.sizes.split(",")]
        for size in sizes:
            room = Path(name) / str(size)
            generate(room / "dossier", size)
            found = measure(room / "dossier", room, arguments.quote, arguments.delegation, arguments.rounds)
            tables[f"{size:,} articles"] = found
            print_table(f"{size:,} articles", found)
        if arguments.links and not arguments.dossier:
            room = Path(name) / "links"
            generate(room / "dossier", 643, links=arguments.links)
            found = measure(room / "dossier", room, arguments.quote, arguments.delegation, arguments.rounds)
            tables[MANY_LINKS] = found
            print_table(f"{MANY_LINKS}, {arguments.links} each", found)
        if arguments.dossier:
            found = measure(arguments.dossier, Path(name), arguments.quote, arguments.delegation, arguments.rounds)
            print_table(str(arguments.dossier), found)
        print_asked(tables)


if __name__ == "__main__":
    main()
