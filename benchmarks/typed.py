"""From key press to repainted results, as queries are typed letter by letter: `python benchmarks/typed.py`.

The browser itself runs in process, without a terminal, over a dossier of real articles: line edit, search thread,
engine, names, snippets, layout and drawing are all in the figures, and so is the process that keeps the index. The echo
is the first drawing with the letter in the search line; the results, the first drawing of the hits of that very text.
"""

import argparse
import asyncio
import gc
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from textual import events  # noqa: E402 - after the path

from dossier.desk.desk import Desk  # noqa: E402 - found from here
from dossier.ui.app import DossierApp  # noqa: E402
from dossier.ui.widgets.hit_list import HitView  # noqa: E402
from dossier.ui.widgets.line_input import LineEdit  # noqa: E402
from dossier.ui.work.reading import Reading  # noqa: E402

PARAGRAPHS = 48
"""Passages of an article of the generated dossiers with its entries, about."""
PAUSE = (0.08, 0.2)
"""Seconds between two letters; a quick typist needs 0.12."""
LONGEST = 3.0
"""Seconds after which results are not waited for any more."""


class Key:
    """A letter typed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = time.perf_counter()
        self.echo = self.results = 0.0

    @property
    def begun(self) -> int:
        """Letters of the word that is being typed."""
        return len(re.split(r"[^\w]", self.text)[-1])


class _Watched(DossierApp):
    """The app, noting what is in sight after each drawing."""

    key: Key | None = None
    line = hits = ""

    def _display(self, *arguments: Any, **options: Any) -> None:
        super()._display(*arguments, **options)
        now, key = time.perf_counter(), self.key
        if key is not None:
            if not key.echo and self.line == key.text:
                key.echo = now
            if not key.results and self.hits == key.text:
                key.results = now


def _watch() -> None:
    """Have the search line and the results say what they draw."""
    line, hits = LineEdit.render_line, HitView.content_line

    def render_line(self: LineEdit, y: int) -> Any:
        if self.id == "search":
            self.app.line = self.text  # type: ignore[attr-defined]
        return line(self, y)

    def content_line(self: HitView, number: int, width: int) -> Any:
        self.frame.app.hits = self.rows.asked  # type: ignore[attr-defined]
        return hits(self, number, width)

    LineEdit.render_line, HitView.content_line = render_line, content_line  # type: ignore[method-assign]


async def _typed(app: _Watched, queries: Iterable[str], *, wait: bool, until: float = 0.0) -> list[Key]:
    rng = random.Random(7)
    found = []
    for query in queries:
        app.simulate_key("ctrl+u")
        await asyncio.sleep(0.1)
        for end in range(1, len(query) + 1):
            key = app.key = Key(query[:end])
            letter = query[end - 1]
            app.post_message(events.Key("space" if letter == " " else letter, letter))
            pause = rng.uniform(*PAUSE)
            while (wait and not key.results) or not key.echo or time.perf_counter() - key.start < pause:
                if time.perf_counter() - key.start > LONGEST:
                    break
                await asyncio.sleep(0.001)
            app.key = None
            if key.text.strip():
                found.append(key)
        if until and time.perf_counter() > until:
            break
    return found


async def _run(desk: Desk, queries: Sequence[str]) -> list[Key]:
    app = _Watched(Reading(desk))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await asyncio.sleep(1.0)
        await pilot.press("/")
        await pilot.pause()
        gc.collect()
        gc.freeze()  # as the browser does when its first screen is drawn (dossier/ui/run.py)
        await _typed(app, queries[:1], wait=True)
        return await _typed(app, queries[1:], wait=True)


async def _meanwhile(desk: Desk, queries: Sequence[str], seconds: float) -> list[Key]:
    """The same while the index is built from nothing behind the screen."""
    app = _Watched(Reading(desk))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("/")
        await pilot.pause()
        gc.freeze()
        return await _typed(app, list(queries) * 100, wait=False, until=time.perf_counter() + seconds)


def told(times: Sequence[float]) -> str:
    """Median, 95th percentile and longest of seconds, in milliseconds."""
    part = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"{statistics.median(times) * 1000:.1f} | {part * 1000:.1f} | {max(times) * 1000:.1f}"


def rows(name: str, keys: Sequence[Key], *, results: bool = True) -> list[str]:
    """The lines of the table for one engine and size; late is what did not come in `LONGEST`."""
    lines = [
        f"| {name}: echo | {len(keys)} | {told([(key.echo or key.start + LONGEST) - key.start for key in keys])} |"
    ]
    if results:
        groups = [("1 letter", [1]), ("2 letters", [2]), ("3 letters", [3]), ("all", range(1000))]
        for word, lengths in groups:
            times = [(key.results or key.start + LONGEST) - key.start for key in keys if key.begun in lengths]
            lines += [f"| {name}: results, {word} | {len(times)} | {told(times)} |"] if times else []
    return lines


def dossier(room: Path, paragraphs: int) -> Path:
    """A dossier of about so many passages, generated once."""
    from generate import generate

    folder = room / f"dossier-{paragraphs}"
    if not folder.exists():
        generate(folder, max(paragraphs // PARAGRAPHS, 1))
    return folder


def texts(folder: Path) -> list[tuple[str, int, str, str, str]]:
    """The paragraphs of its first articles, as `corpus.queries` takes them."""
    from corpus import split

    found = []
    for path in sorted(folder.rglob("*.md"))[:400]:
        found += [(path.stem, number, "white-house", "", text) for number, text in split(path.read_text("utf-8"))]
    return found


def child(folder: Path, engine: str, each: int, seconds: float) -> list[str]:
    """Measure one engine over one dossier; lines of the table."""
    from corpus import queries, written

    _watch()
    desk = Desk.open(folder, engine=engine)
    count = desk.index()
    asked = [written(kind, text) for kind, found in queries(texts(folder)).items() for text in found[:each]]
    random.Random(3).shuffle(asked)
    name = f"{engine}, {count:,}"
    if seconds:
        desk.finding.index.clear()
        return rows(f"{name}, being built", asyncio.run(_meanwhile(desk, asked, seconds)), results=False)
    return rows(name, asyncio.run(_run(desk, asked)))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000], help="passages of each dossier, about")
    parser.add_argument("--engines", nargs="+", default=["whoosh", "tantivy"])
    parser.add_argument("--each", type=int, default=6, help="queries typed of each kind")
    parser.add_argument("--room", type=Path, help="a folder in which dossiers and indexes stay for the next run")
    parser.add_argument("--building", type=float, default=0.0, metavar="SECONDS", help=argparse.SUPPRESS)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print("\n".join(child(options.one, options.engines[0], options.each, options.building)))
        return
    room = options.room or Path(tempfile.mkdtemp())
    places = {f"XDG_{name}_HOME": str(room / name.lower()) for name in ("CACHE", "STATE", "CONFIG")}
    print("| ms | keys | p50 | p95 | longest |\n| --- | ---: | ---: | ---: | ---: |")
    for size in options.sizes:
        folder = dossier(room, size)
        for engine in options.engines:
            for building in ("0", "8"):
                command = [sys.executable, "-W", "ignore", __file__, "--one", str(folder), "--engines", engine]
                command += ["--each", str(options.each), "--building", building]
                done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=True)
                print(done.stdout.strip(), flush=True)
    if not options.room:
        shutil.rmtree(room, ignore_errors=True)


if __name__ == "__main__":
    main()
