"""How quick the search is, against SQLite FTS5 and ripgrep, over the same paragraphs and queries in one run.

    python benchmarks/search.py --sizes 2000 20000 200000 --out search.md

Every engine is built and asked in a process of its own. A query is timed whole: text in, ten hits with snippets and the
exact number of all out.
"""

import argparse
import json
import platform
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

KINDS = ("word", "two words", "phrase", "prefix 1", "prefix 2", "prefix 3", "prefix 4", "field", "fuzzy")
ENGINES = ("whoosh", "tantivy", "fts5", "ripgrep")
EACH = 60


def corpus(archive, size, folder):
    """Paragraphs as `(article, number, section, day, text)`; repeated under other names when there are too few."""
    from dossier.model.articles import body_start, paragraphs

    kept = folder / f"corpus-{size}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    found = []
    with tarfile.open(archive) as tar:
        members = sorted((one for one in tar if one.name.endswith(".md")), key=lambda one: one.name)
        for member in members:
            text = tar.extractfile(member).read().decode("utf-8")
            section = next((part for part in member.name.split("/") if "-" in part and not part[0].isdigit()), "blog")
            day = re.search(r"(2021-\d\d)", member.name)[1] + f"-{len(found) % 28 + 1:02d}"
            article = Path(member.name).stem
            inside = paragraphs(text, body_start(text))
            found += ((article, one.number, section, day, text[one.start : one.end]) for one in inside)
    rows = []
    for number in range(size):
        article, *rest = found[number % len(found)]
        rows.append((f"{article}-{number // len(found)}", *rest))
    kept.write_text(json.dumps(rows))
    return rows


def queries(rows):
    """The same queries for every engine, drawn from the text itself."""
    rng = random.Random(2021)
    found = {kind: [] for kind in KINDS}
    while min(map(len, found.values())) < EACH:
        text = rng.choice(rows)
        words = [word for word in re.findall(r"[A-Za-z]+", text[4]) if len(word) > 1]
        if len(words) < 8:
            continue
        at = rng.randrange(len(words) - 3)
        word, other = rng.choice(words), rng.choice(words)
        run = re.search(r"\b[A-Za-z]+ [A-Za-z]+ [A-Za-z]+\b", text[4][len(text[4]) // 3 :]) or re.search(
            r"[A-Za-z]+", text[4]
        )
        found["word"].append(word)
        found["two words"].append(f"{words[at]} {other}")
        found["phrase"].append(run.group())
        for length in range(1, 5):
            if len(word) >= length:
                found[f"prefix {length}"].append(word[:length].lower())
        found["field"].append(f"{text[2].split('-')[0]} {word}")
        if len(word) > 4:
            found["fuzzy"].append(word[:2].lower() + word[3:].lower())
    return {kind: found[kind][:EACH] for kind in KINDS}


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
        from dossier.search.engine import open_engine
        from dossier.search.finder import Finder

        self.finder = Finder(open_engine(name, folder))

    def build(self, rows):
        self.finder.refresh(passages(rows))

    def add(self, rows):
        self.finder.engine.update(passages(rows, 10**7), [])

    def ask(self, kind, text):
        if kind == "phrase":
            text = f'"{text}"'
        elif kind == "field":
            section, _, word = text.partition(" ")
            text = f"publisher:{section} {word}"
        elif kind == "fuzzy":
            text = f"{text}~"
        return self.finder.find(text, limit=10, typing=kind.startswith("prefix")).total


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


def child(options):
    """One phase of one engine; prints JSON."""
    folder = Path(options.folder)
    here = folder / f"{options.one}-{options.size}"
    if options.phase == "build":
        here.mkdir()
        rows = json.loads((folder / f"corpus-{options.size}.json").read_text())
        subject = engine(options.one, here)
        start = time.perf_counter()
        subject.build(rows)
        spent = time.perf_counter() - start
        size = sum(path.stat().st_size for path in here.rglob("*") if path.is_file()) / 1e6
        result = {"rate": round(len(rows) / spent), "size": round(size, 1)}
    else:
        asked = json.loads((folder / f"queries-{options.size}.json").read_text())
        subject = engine(options.one, here)
        start = time.perf_counter()
        subject.ask("word", "president")
        result = {"first": round((time.perf_counter() - start) * 1000, 1), "times": {}}
        for kind in KINDS:
            times = []
            for text in asked[kind]:
                start = time.perf_counter()
                if subject.ask(kind, text) is None:
                    break
                times.append((time.perf_counter() - start) * 1000)
            if times:
                times.sort()
                result["times"][kind] = [
                    round(times[min(len(times) - 1, int(len(times) * part))], 2) for part in (0.5, 0.95, 0.99)
                ]
        result["memory"] = memory()
        article = [
            ("new-article", number, "blog", "2021-12-31", f"zebra unicorn {number} of a new article")
            for number in range(20)
        ]
        start = time.perf_counter()
        subject.add(article)
        subject.ask("word", "unicorn")
        result["added"] = round((time.perf_counter() - start) * 1000, 1)
    print(json.dumps(result))


def measured(name, size, folder):
    result = {}
    for phase in ("build", "ask"):
        command = [sys.executable, "-W", "ignore", __file__, "--one", name, "--phase", phase, "--size", str(size)]
        command += ["--folder", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3600)
        result |= json.loads(done.stdout)
    return result


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
    """How the medians grow with the number of paragraphs."""
    lines = [
        "## Growth of the median, ms",
        "",
        "| engine | query | " + " | ".join(f"{size:,}" for size in sizes) + " |",
    ]
    lines.append("| --- | --- |" + " --- |" * len(sizes))
    for name in ENGINES:
        for kind in KINDS:
            cells = [results.get((name, size), {}).get("times", {}).get(kind, ["–"])[0] for size in sizes]
            if any(cell != "–" for cell in cells):
                lines.append(f"| {name} | {kind} | " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=str(ROOT.parent / "shared/data/whitehouse-2021.tar.xz"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--out", help="a file for the tables; standard output when left out")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--phase", help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        child(options)
        return
    if not Path(options.data).exists():
        sys.exit(f"The corpus {options.data} is not here; name another with --data.")
    engines = [name for name in options.engines if name != "ripgrep" or shutil.which("rg")]
    results = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for size in options.sizes:
            rows = corpus(options.data, size, folder)
            (folder / f"queries-{size}.json").write_text(json.dumps(queries(rows)))
            for one in engines:
                results[one, size] = measured(one, size, folder)
                print(one, size, results[one, size], file=sys.stderr)
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
