"""The first paint of the browser beside an empty Textual app: `python benchmarks/first_paint.py [--links 201]`.

Both are programs in a pseudo-terminal of 120x40, started in turn with the browser on London. The dossier is one of 643
articles with `--links` links each, read and weighed before: 201 make 129,243 links. London is also measured.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "terminal")]

from figures import Figures, run  # noqa: E402 - found once the path is known
from generate import generate  # noqa: E402

MANY_LINKS = "643 articles with many links"
LINKS = 201
"""Links of each of them."""

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("nothing-here")
Empty().run()
"""


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for dossiers, and for what the program keeps of a user meanwhile; its modules are compiled before."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    run([sys.executable, "-m", "compileall", "-q", str(ROOT / "dossier")])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        os.environ |= {f"XDG_{one}_HOME": f"{name}/{one.lower()}" for one in ("CACHE", "STATE", "CONFIG")}
        yield Path(name)


def shipped(room: Path) -> Path:
    """A copy of London that was read once."""
    folder = Path(shutil.copytree(ROOT / "seeds" / "london-trade-talks", room / "london"))
    run([sys.executable, "-m", "dossier", "check", str(folder)])
    return folder


def forget_places() -> None:
    """Forget where the browser was left: it would begin there, with what was typed the last time.

    The key that seals the catalogue stays beside it.
    """
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"]) / "dossier" / "places", ignore_errors=True)


def paint(word: str, *arguments: str, answers: bool = False) -> tuple[float, float]:
    """Seconds until a program has drawn `word` on a terminal of 120x40, and until what is then typed is answered."""
    from pseudo import Terminal

    forget_places()
    start = time.perf_counter()
    with Terminal(sys.executable, *arguments) as terminal:
        terminal.until(word.encode(), 60)
        painted = time.perf_counter() - start
        if answers:
            terminal.type("/\x1b[200~qzxj\x1b[201~")  # at once, so that it is drawn at once
            terminal.until(b"qzxj", 60)
        return painted, time.perf_counter() - start


def first_paints(folder: Path, london: Path, rounds: int = 9) -> dict[str, float]:
    """The first paint of the browser on `folder` and on London as ratios of the medians to that of an empty app."""
    with tempfile.TemporaryDirectory() as room:
        empty = Path(room) / "empty.py"
        empty.write_text(EMPTY)
        taken = [
            (
                paint("nothing-here", str(empty))[0],
                *paint("Delegations", "-m", "dossier", "browse", str(london), answers=True),
                *paint("Delegations", "-m", "dossier", "browse", str(folder), answers=True),
            )
            for _ in range(rounds)
        ]
    nothing, small, _, large, answered = (statistics.median(one) for one in zip(*taken, strict=True))
    return {
        "empty app s": nothing,
        "first paint s": large,
        "first paint of London s": small,
        "first paint / empty": large / nothing,
        "first paint / London": large / small,
        "London / empty": small / nothing,
        "first answer / empty": answered / nothing,
    }


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=LINKS)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with workshop() as room:
        folder, london = room / "dossier", shipped(room)
        generate(folder, 643, links=arguments.links)
        for command in ("check", "matrix"):
            run([sys.executable, "-m", "dossier", command, str(folder)])
        figures = Figures(MANY_LINKS)
        figures.take("first paint", lambda: first_paints(folder, london, arguments.rounds))


if __name__ == "__main__":
    main()
