"""From a key press to the repainted screen, in process, without a terminal: `python benchmarks/keys.py [FOLDER]`.

Each step presses a key and notes when the app last drew for it; what a key leads to in several
drawings counts to the last.
"""

import asyncio
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from dossier.desk.desk import Desk
from dossier.ui.app import DossierApp
from dossier.ui.reading import Reading

STEPS: dict[str, tuple[list[str], list[str]]] = {
    "move in delegations": (["1"], ["j", "j", "k"]),
    "page in delegations": (["1"], ["ctrl+d", "ctrl+u"]),
    "move in quotes": (["3"], ["j", "j", "k"]),
    "page in quotes": (["3"], ["ctrl+d", "ctrl+d", "ctrl+u"]),
    "end and start of quotes": (["3"], ["G", "home"]),
    "move in the article": (["4"], ["ctrl+d", "J", "ctrl+u"]),
    "open an entry": (["3"], ["enter", "3", "j"]),
    "lens on and off": (["1"], ["f", "escape"]),
    "back and forward": (["3", "enter", "3", "j", "enter"], ["[", "]"]),
    "move in the matrix": (["6"], ["j", "l", "k", "h"]),
    "move in the timeline": (["7"], ["j", "j", "k"]),
}
"""By name: the keys that lead there, and the keys that are measured in turn."""


class _Painted(DossierApp):
    """The app, noting when it drew last."""

    last = 0.0

    def _display(self, *arguments: Any, **options: Any) -> None:
        super()._display(*arguments, **options)
        self.last = time.perf_counter()


async def _press(app: _Painted, key: str) -> float | None:
    """Milliseconds from a key to the last drawing it led to; None when it led to none."""
    start = time.perf_counter()
    app.simulate_key(key)
    quiet = 0
    while quiet < 8 and time.perf_counter() - start < 3:
        await asyncio.sleep(0.002)
        busy = time.perf_counter() - max(app.last, start) < 0.02
        quiet = 0 if busy else quiet + 1
    return (app.last - start) * 1000 if app.last > start else None


async def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for name, (there, keys) in STEPS.items():
        app = _Painted(Reading(Desk.open(folder)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for key in there:
                await pilot.press(key)
            await pilot.pause()
            await asyncio.sleep(0.3)
            times = [await _press(app, keys[at % len(keys)]) for at in range(rounds)]
        found[name] = [one for one in times if one is not None]
    return found


def measure(folder: Path, rounds: int = 60) -> dict[str, tuple[float, float, float]]:
    """Median, 95th percentile and maximum of each step, in milliseconds."""
    found = asyncio.run(_measure(folder, rounds))
    return {
        name: (statistics.median(times), statistics.quantiles(times, n=20)[-1], max(times))
        for name, times in found.items()
        if len(times) > 1
    }


def main() -> None:
    """The command."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds/london-trade-talks")
    print(f"| step ({folder.name}) | p50 ms | p95 ms | max ms |\n| --- | --- | --- | --- |")
    for name, figures in measure(folder).items():
        print(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")


if __name__ == "__main__":
    main()
