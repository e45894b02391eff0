"""The published site by size: `python benchmarks/publish.py [--sizes 1,1000,10000]`.

For each size a dossier is generated (`generate.py`; size 1 is the shipped dossier), checked without a catalogue,
published, then again with nothing changed, with one article's text and with one article's stances changed.
Printed are seconds of processor of each command, its ratio to the cold check, peak memory, the largest page of an
article with its words, and the largest page of all.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))


def command(*arguments: str, **environment: str) -> tuple[float, float]:
    """Seconds of processor of a `dossier` command with the processes it starts, and its peak memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = "import resource, sys; from dossier.cli import main\ntry: main(sys.argv[1:])\nfinally: "
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, int(done.stderr.split()[-1]) / 1024


def measure(size: int, room: Path) -> None:
    """Print the lines of one size."""
    import shutil

    from generate import generate

    dossier, out = room / f"d{size}", room / f"o{size}"
    if size == 1:
        shutil.copytree(ROOT / "seeds" / "london-trade-talks", dossier)
    else:
        generate(dossier, size)
    places = {"XDG_CACHE_HOME": str(room / "cache"), "XDG_STATE_HOME": str(room / "state")}
    check, _ = command("check", str(dossier), **places)
    text = next(path for path in sorted(dossier.rglob("articles/**/*")) if path.suffix in (".md", ".txt"))
    stances = text.with_suffix(".yaml")
    steps = {"published": lambda: None, "nothing changed": lambda: None}
    steps["a text changed"] = lambda: text.write_text(text.read_text() + "\n\nOne paragraph more.\n")
    steps["stances changed"] = lambda: stances.write_text(stances.read_text().replace("stance: for", "stance: against"))
    print(f"{size:>6} articles: check without a catalogue {check:.2f} s")
    for name, change in steps.items():
        change()
        seconds, memory = command("publish", str(out), "-d", str(dossier), **places)
        print(f"       {name:<16} {seconds:8.2f} s {seconds / check:6.2f} of the check {memory:6.0f} MB")
    pages = sorted((path.stat().st_size, path) for path in out.rglob("*.html"))
    article = max((path.stat().st_size, path) for path in (out / "article").glob("*.html"))
    words = len(article[1].read_text().split())
    print(
        f"       largest page of an article {article[0]:,} bytes ({words:,} words with markup), of all {pages[-1][0]:,}"
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,1000,10000")
    with tempfile.TemporaryDirectory() as room:
        for size in parser.parse_args().sizes.split(","):
            measure(int(size), Path(room))


if __name__ == "__main__":
    main()
