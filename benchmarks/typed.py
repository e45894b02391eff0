"""From key press to repainted results, as queries are typed letter by letter: `python benchmarks/typed.py`.

The browser itself runs in process, without a terminal, over a dossier of real articles: line edit, search thread,
engine, names, snippets, layout and drawing are all in the figures, and so is the process that keeps the index. The echo
is the first drawing with the letter in the search line; the results, the first drawing of the hits of that very text.

With `--engines opensearch` the browser searches on a node with 1 GiB of heap (`python -m tools.opensearch` fetches it).
The dossier is published to it by command, then once more with one changed article, and both are timed.
"""

import argparse
import asyncio
import gc
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
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
from tools import opensearch  # noqa: E402

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


def published(folder: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    """Publish a dossier to the node, then with one changed article; its passages, and lines of the table."""
    command = [sys.executable, "-m", "dossier", "archive", "publish", "--to", "opensearch", "-d", str(folder)]
    article = min(folder.rglob("*.md"))
    before = article.read_bytes()
    count, lines = 0, []
    try:
        for change in (b"", b"\n\nA paragraph more.\n"):
            article.write_bytes(before + change)
            start = time.perf_counter()
            told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
            spent = time.perf_counter() - start
            count = int(re.search(r"(\d+) passages", told)[1])  # type: ignore[index]
            what = "one changed article published" if change else f"published, {count / spent:,.0f} a second"
            lines.append(f"| opensearch, {count:,}: {what} | 1 | {spent * 1000:.1f} | | |")
    finally:
        article.write_bytes(before)
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return count, lines


def warm_up(folder: Path) -> None:
    """Ask the node other queries than those timed, as it has long been up when somebody searches."""
    from corpus import queries, written

    desk = Desk.open(folder)
    for kind, found in queries(texts(folder), seed=1).items():
        for text in found:
            answer = desk.search(written(kind, text))
            assert not answer.notes, answer.notes
    desk.close()


def child(folder: Path, engine: str, each: int, seconds: float, count: int) -> list[str]:
    """Measure one engine over one dossier; lines of the table."""
    from corpus import queries, written

    _watch()
    if engine == "opensearch":
        warm_up(folder)
        desk = Desk.open(folder)
    else:
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
    parser.add_argument("--count", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print("\n".join(child(options.one, options.engines[0], options.each, options.building, options.count)))
        return
    print("| ms | keys | p50 | p95 | longest |\n| --- | ---: | ---: | ---: | ---: |")
    with ExitStack() as stack:
        room = options.room or Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        places = {f"XDG_{name}_HOME": str(room / name.lower()) for name in ("CACHE", "STATE", "CONFIG")}
        environment = {**os.environ, **places}
        for size in options.sizes:
            folder = dossier(room, size)
            for engine in options.engines:
                command = [sys.executable, "-W", "ignore", __file__, "--one", str(folder), "--engines", engine]
                command += ["--each", str(options.each)]
                if engine == "opensearch":
                    node = opensearch.Node(heap="1g")
                    stack.callback(node.stop)
                    server = environment | {"XDG_CONFIG_HOME": str(configured(room, folder, node.url))}
                    count, lines = published(folder, server)
                    print("\n".join(lines), flush=True)
                    measure([*command, "--count", str(count)], server)
                    continue
                for building in ("0", "8"):
                    measure([*command, "--building", building], environment)


def configured(room: Path, folder: Path, url: str) -> Path:
    """A folder with a configuration that names the node for a dossier."""
    place = room / f"config-{folder.name}"
    (place / "dossier").mkdir(parents=True, exist_ok=True)
    table = f'[opensearch]\nurl = "{url}"\n[opensearch.archives]\n"{folder}" = "{folder.name}"\n'
    (place / "dossier" / "config.toml").write_text(table, "utf-8")
    return place


def measure(command: list[str], environment: dict[str, str]) -> None:
    """Print the lines of one engine over one dossier, measured in a process of its own."""
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
