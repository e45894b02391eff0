"""The real browser in a pseudo-terminal: how long a cold start and a changed file take until they are on the screen.

Used by `scale.py`; what is measured is the program with the process behind it, from outside.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from figures import resident
from first_paint import forget_places, workshop
from pseudo import Terminal

from dossier.desk.desk import Desk
from dossier.ui.screens.browse.base import first_view
from dossier.ui.work.reading import Reading

_NEW = "Zqx7"
"""A word that stands in no article."""


def _count(number: int) -> re.Pattern[bytes]:
    """A count as it stands at the end of a pane's title."""
    return re.compile(rb"[ ;m]%d(?:\x1b\[[\d;]*m)*[\xe2]\x94[\x80\x81]" % number)


def peak(work: Callable[[], object]) -> float:
    """Most megabytes of this process and all that it began while `work` went on, less what it had before."""
    over, most, before = Event(), [0.0], resident(os.getpid())

    def look() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], resident(os.getpid()))

    looking = Thread(target=look)
    looking.start()
    try:
        work()
    finally:
        over.set()
        looking.join()
    return most[0] - before


def cold_start(folder: Path) -> dict[str, float]:
    """Seconds until a browser without any catalogue shows its first list whole, and until it has all quotes."""
    desk = Desk.open(folder)
    first, last = len(desk.listing("delegations")), len(desk.listing("quotes"))
    desk.close()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as cache:

        def start() -> None:
            start = time.perf_counter()
            places = {"XDG_CACHE_HOME": cache, "XDG_STATE_HOME": cache}  # where it is left is no place to come back to
            with Terminal.dossier("browse", str(folder), environment=places) as terminal:
                for name, number in (("list s", first), ("all s", last)):
                    wanted = _count(number)
                    terminal.until(lambda wanted=wanted: wanted.search(terminal.output), 180)
                    found[name] = time.perf_counter() - start
                terminal.type("\x11")

        found["peak MB"] = peak(start)
    return found


def changed_file(folder: Path, rounds: int = 5) -> dict[str, float]:
    """Seconds from writing a file of an indexed dossier until its new words are on the screen, and the megabytes
    of the browser with the process behind it.
    """
    desk = Desk.open(folder)
    article = desk.entry(first_view(Reading(desk)).article)
    desk.close()
    assert article is not None
    path = folder / article.text("file")
    whole = path.read_text("utf-8")
    front, fence, body = whole.partition("\n---\n")
    taken, found = [], {}
    forget_places()
    with Terminal.dossier("browse", str(folder)) as terminal:
        terminal.until(b"Delegations")
        terminal.settle(3, 60)
        terminal.type("4")
        terminal.type("gg")  # the beginning of the article is in sight
        terminal.settle(1)
        for at in range(rounds):
            word = f"{_NEW}{at}"
            start = time.perf_counter()
            path.write_text(f"{front}{fence}{word} {body}" if fence else f"{word} {whole}", "utf-8")
            terminal.until(word.encode(), 60)
            taken.append(time.perf_counter() - start)
            terminal.settle(1, 30)
        found["MB"] = resident(terminal.pid)
        terminal.type("\x11")
    path.write_text(whole, "utf-8")
    return found | {"median s": statistics.median(taken), "most s": max(taken)}


if __name__ == "__main__":
    with workshop():
        print(cold_start(Path(sys.argv[1])), changed_file(Path(sys.argv[1])))
