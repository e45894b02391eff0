"""From asking for an entry to its being written, locked and known: `python benchmarks/annotate.py [FOLDER]`.

Each round writes a quote into an article of the dossier in FOLDER (else a copy of London with a lock), then undoes it.
The folder is written to, and is afterwards what it was. The reference is writing the same bytes whole and forced to the
disk, without looking at them.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dossier.desk.desk import Desk
from dossier.desk.writing import write_whole
from dossier.model.text_spans import paragraph_span, sentences

LONDON = Path(__file__).resolve().parents[1] / "seeds" / "london-trade-talks"


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000


def requests(desk: Desk, rounds: int) -> list[dict[str, object]]:
    """Sentences of some articles, each to be written as a quote."""
    listed = desk.listing("articles")
    found: list[dict[str, object]] = []
    for number in range(rounds):
        article = listed.id_at(number * 7 % len(listed))
        text = desk.anchoring.text(article).original
        span = paragraph_span(text, len(text) // 2)
        one = sentences(text, span)[0] if span else None
        if one is not None:
            found.append({"kind": "quote", "article": article, "start": one.start, "end": one.end})
    return found


def measure(folder: Path, rounds: int) -> None:
    """Write, undo and write bare, and print how long each took."""
    desk = Desk.open(folder)
    if not (folder / "dossier.lock").exists():
        desk.anchoring.lock()
    taken: dict[str, list[float]] = {"write, lock, know": [], "undo": [], "the same bytes, bare": []}
    count = desk.anchor_counts()["exact"]
    for request in requests(desk, rounds):
        taken["write, lock, know"].append(timed(lambda request=request: desk.annotations.write([request])))
        taken["undo"].append(timed(desk.annotations.undo))
        paths = [folder / "dossier.lock", next((folder / "articles").rglob("*.yaml"))]
        bare = [(folder / f".{path.name}.bare", path.read_text("utf-8")) for path in paths]
        taken["the same bytes, bare"].append(timed(lambda bare=bare: [write_whole(*one, force=True) for one in bare]))
        for path, _ in bare:
            path.unlink()
    assert desk.anchor_counts()["exact"] == count
    print(f"{folder}: {count} anchors, {rounds} rounds")
    for name, some in taken.items():
        print(f"  {name:22} median {statistics.median(some):7.1f} ms, most {max(some):7.1f} ms")
    desk.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    if arguments.folder:
        measure(arguments.folder.resolve(), arguments.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(shutil.copytree(LONDON, Path(folder) / "london")), arguments.rounds)


if __name__ == "__main__":
    sys.exit(main())
