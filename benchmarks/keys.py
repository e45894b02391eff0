"""From a key press to the repainted screen, in process, without a terminal: `python benchmarks/keys.py [FOLDER]`.

Each step presses a key and notes when the app drew first for it (the cursor moves) and when last (what hangs on the
cursor has followed: links, evidence, statements).
"""

import asyncio
import gc
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dossier.desk.desk import Desk
from dossier.ui.app import DossierApp
from dossier.ui.work.reading import Reading

STEPS: dict[str, tuple[list[str], list[str]]] = {
    "move in delegations": (["1"], ["j", "j", "k"]),
    "page in delegations": (["1"], ["ctrl+d", "ctrl+u"]),
    "move in quotes": (["3"], ["j", "j", "k"]),
    "page in quotes": (["3"], ["ctrl+d", "ctrl+d", "ctrl+u"]),
    "end and start of quotes": (["3"], ["G", "home"]),
    "move in the article": (["4"], ["ctrl+d", "J", "ctrl+u"]),
    "select words in the article": (["4", "v"], ["l", "l", "h", "L", "H"]),
    "select by sentences": (["4", "v"], ["j", "j", "k", "J", "J", "K"]),
    "open an entry": (["3"], ["enter", "3", "j"]),
    "lens on and off": (["1"], ["f", "escape"]),
    "back and forward": (["3", "enter", "3", "j", "enter"], ["[", "]"]),
    "move in the matrix": (["6"], ["j", "l", "k", "h"]),
    "move in the timeline": (["7"], ["j", "j", "k"]),
}
"""By name: the keys that lead there, and the keys that are measured in turn."""


class _Painted(DossierApp):
    """The app, noting when it drew first for a key, and when last."""

    first = last = 0.0

    def _display(self, *arguments: Any, **options: Any) -> None:
        super()._display(*arguments, **options)
        self.last = time.perf_counter()
        self.first = self.first or self.last


async def _press(app: _Painted, key: str) -> tuple[float, float] | None:
    """Milliseconds from a key to the first and the last drawing it led to; None when it led to none."""
    app.first = 0.0
    start = time.perf_counter()
    app.simulate_key(key)
    quiet = 0
    while quiet < 8 and time.perf_counter() - start < 3:
        await asyncio.sleep(0.002)
        busy = time.perf_counter() - max(app.last, start) < 0.02
        quiet = 0 if busy else quiet + 1
    return ((app.first - start) * 1000, (app.last - start) * 1000) if app.first else None


async def _measure(folder: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for name, (there, keys) in STEPS.items():
        desk = Desk.open(folder)
        desk.weigh()
        app = _Painted(Reading(desk))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for key in there:
                await pilot.press(key)
            await pilot.pause()
            await asyncio.sleep(0.3)
            gc.collect()
            gc.freeze()  # as the browser does when its first screen is drawn (dossier/ui/run.py)
            times = [await _press(app, keys[at % len(keys)]) for at in range(rounds)]
        found[name] = [one for one in times if one is not None]
    return found


def measure(folder: Path, rounds: int = 60) -> dict[str, tuple[float, float, float, float]]:
    """Median and 95th percentile of each step, in milliseconds, to the first drawing and to the last."""
    found = asyncio.run(_measure(folder, rounds))
    told = {}
    for name, times in found.items():
        if len(times) > 1:
            first, last = zip(*times, strict=True)
            told[name] = (*_figures(first), *_figures(last))
    return told


def _figures(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """The command."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds/london-trade-talks")
    print(f"| ms, {folder.name} | first p50 | first p95 | last p50 | last p95 |\n| --- | --- | --- | --- | --- |")
    for name, figures in measure(folder).items():
        print(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")


if __name__ == "__main__":
    main()
