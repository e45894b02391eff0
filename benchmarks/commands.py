"""How long a reader waits for a plain command: `python benchmarks/commands.py [--sizes 1,1000,10000]`.

For each size a dossier is generated (`generate.py`) and every command that only reads is run as a whole process: the
first time after nothing is known of it, then warm, `--rounds` times in turn with the rest. Told are the median of the
processor time in ms, what that is a ratio of to `dossier --version`, the median of the time that passed, and the most
memory in MB. Beside them in the same run: the parsing of all YAML with PyYAML's C loader, one word by SQLite's FTS5
over the same paragraphs (in a Python process of its own), and by ripgrep, or else grep, over the files as they are.

Besides, `--links N` measures a dossier of 643 articles with so many links each: 201 make 129,243. A command that fails
is told as one, and the rest follow.
"""

import argparse
import shutil
import sqlite3
import statistics
import sys
import time
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from corpus import split  # noqa: E402 - found once the path is known
from figures import MeasureError, Used, print_failure, run  # noqa: E402
from first_paint import LINKS, MANY_LINKS, workshop  # noqa: E402
from generate import generate  # noqa: E402

WORD = "minister"
DOSSIER = [sys.executable, "-m", "dossier"]

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


def full_text(folder: Path, database: Path) -> None:
    """Put every paragraph of a dossier into a table of FTS5."""
    db = sqlite3.connect(database)
    db.execute("CREATE VIRTUAL TABLE p USING fts5(text)")
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.txt"))):
        db.executemany("INSERT INTO p VALUES (?)", [(text,) for _, text in split(path.read_text("utf-8"))])
    db.commit()
    db.close()


def commands(folder: Path, quote: str, delegation: str, engines: list[str]) -> dict[str, list[str]]:
    """Every command that only reads, on one dossier."""
    where = ["-d", str(folder)]
    return {
        "check": [*DOSSIER, "check", str(folder)],
        "show a quote": [*DOSSIER, "show", quote, *where],
        "show who is linked most": [*DOSSIER, "show", delegation, *where],
        "links": [*DOSSIER, "links", delegation, *where],
        "matrix": [*DOSSIER, "matrix", str(folder)],
        "matrix --json": [*DOSSIER, "matrix", str(folder), "--json"],
        "matrix --markdown": [*DOSSIER, "matrix", str(folder), "--markdown"],
        "timeline": [*DOSSIER, "timeline", str(folder)],
        "timeline --json": [*DOSSIER, "timeline", str(folder), "--json"],
        "statements": [*DOSSIER, "statements", "--csv", *where],
        "anchors": [*DOSSIER, "anchors", str(folder)],
        "relations": [*DOSSIER, "relations", str(folder)],
        **{f"search, {one}": [*DOSSIER, "search", WORD, "--engine", one, *where] for one in engines},
    }


class Table:
    """A table of what commands need, printed line by line as it becomes known."""

    def __init__(self, title: str) -> None:
        columns = ("command", "processor ms", "/ --version", "passed ms", "MB")
        print(f"\n{title}\n\n| {' | '.join(columns)} |\n| --- |{' ---: |' * 4}", flush=True)
        self.version = self.row("--version", [run([*DOSSIER, "--version"]) for _ in range(5)])

    def row(self, name: str, runs: list[Used]) -> float:
        """Print the medians of some runs of a command; the processor's milliseconds."""
        processor, passed, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        ratio = processor / getattr(self, "version", processor)
        print(f"| {name} | {processor:.0f} | {ratio:.2f} | {passed:.0f} | {memory:.0f} |", flush=True)
        return processor

    def run(self, name: str, command: list[str]) -> None:
        """Print the row of a command that is carried out once; or why there is none."""
        try:
            self.row(name, [run(command)])
        except MeasureError as error:
            print_failure(name, error)


def measure(title: str, folder: Path, quote: str, delegation: str, rounds: int) -> None:
    """Print the figures of every command on one dossier, and of what stands beside them."""
    engines = ["whoosh", *(["tantivy"] if find_spec("tantivy") else [])]
    database = folder.parent / f"{folder.name}-fts5.sqlite"
    full_text(folder, database)
    table = Table(title)
    warm = commands(folder, quote, delegation, engines)
    table.run("parse", [sys.executable, "-c", PARSE, str(folder)])
    time.sleep(2.1)  # files younger than the clock's grain are read again
    table.run("check, nothing known", warm["check"])
    for one in engines:
        table.run(f"index, {one}", [*DOSSIER, "index", str(folder), "--engine", one])
    table.run("matrix, weighed for the first time", warm["matrix"])
    grep = ["rg", "-i", WORD, str(folder)] if shutil.which("rg") else ["grep", "-ri", WORD, str(folder)]
    beside = {
        "--version, in turn with the rest": [*DOSSIER, "--version"],
        f"one word, {grep[0]}": grep,
        "one word, FTS5": [sys.executable, "-c", FTS5, str(database), WORD],
    }
    taken: dict[str, list[Used]] = {name: [] for name in (*beside, *warm)}
    failed: dict[str, MeasureError] = {}
    for _ in range(rounds):
        for name, command in (beside | warm).items():
            if name not in failed:
                try:
                    taken[name].append(run(command))
                except MeasureError as error:
                    failed[name] = error
    table.version = statistics.median(one.processor for one in taken["--version, in turn with the rest"])
    for name, runs in taken.items():
        if name in failed:
            print_failure(name, failed[name])
        else:
            table.row(name, runs)


def main() -> None:
    """Measure, and print a table for each dossier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,1000,10000")
    parser.add_argument("--links", type=int, default=LINKS, help="Links of each of 643 articles; 0 leaves them out.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dossier", type=Path, help="Measure this one instead.")
    parser.add_argument("--quote", default="a00000-q0")
    parser.add_argument("--delegation", default="d0-m1")
    arguments = parser.parse_args()
    options = (arguments.quote, arguments.delegation, arguments.rounds)
    with workshop() as room:
        if arguments.dossier:
            folder = Path(shutil.copytree(arguments.dossier, room / "dossier"))
            measure(str(arguments.dossier), folder, *options)
            return
        for size in filter(None, arguments.sizes.split(",")):
            generate(room / size, int(size))
            measure(f"{int(size):,} articles", room / size, *options)
        if arguments.links:
            generate(room / "links", 643, links=arguments.links)
            measure(MANY_LINKS, room / "links", *options)


if __name__ == "__main__":
    main()
