"""Terminal output that never makes the app wait: a slow terminal gets fewer drawings, not later ones."""

import os
import select
import time
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from typing import IO

BEHIND = 32_768
"""Characters that may wait for the terminal before the next drawing waits too; one drawing may go beyond it."""

MOST = 1_000_000
"""Characters that wait at most; beyond them drawings are dropped, and all is drawn anew once the terminal has room."""

CONTROL = 64
"""A text up to this length switches a mode and is never dropped; a drawing is longer."""

DRAIN = 1.0
"""Seconds that stopping waits for the terminal to take what was written."""


class TerminalWriter:
    """Writes to the terminal in a thread of its own."""

    def __init__(self, file: IO[str], dropped: Callable[[], object]) -> None:
        """`dropped` is called in that thread once the terminal has caught up after drawings were dropped."""
        file.flush()
        self._terminal = _opened(file)
        self._encoding = getattr(file, "encoding", None) or "utf-8"
        self._dropped = dropped
        self._lost = False
        self._stopping = False
        self._until = float("inf")
        """When a terminal that takes nothing is given up."""
        self._waiting: deque[str] = deque()
        self._size = 0
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    @property
    def size(self) -> int:
        """The number of characters the terminal has not yet taken."""
        return self._size

    def write(self, text: str) -> None:
        """Have a text written; returns at once."""
        with self._changed:
            if self._size + len(text) > MOST:
                self._drop_drawings()
                self._lost = True
                if len(text) > CONTROL:
                    return
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def stop(self) -> None:
        """Write what waits, then end; a terminal that takes nothing any more is not waited for."""
        with self._changed:
            self._stopping = True
            self._until = time.monotonic() + DRAIN
            self._changed.notify()
        self._thread.join(2 * DRAIN)

    def _drop_drawings(self) -> None:
        kept = [text for text in self._waiting if len(text) <= CONTROL]
        self._size -= sum(map(len, self._waiting)) - sum(map(len, kept))
        self._waiting = deque(kept)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._stopping:
                    self._changed.wait()
                if not self._waiting:
                    os.close(self._terminal)
                    return
                text = self._waiting.popleft()
            if self._put(text.encode(self._encoding, "replace"), cut_short=len(text) > CONTROL):
                self._lost = True
            with self._changed:
                self._size -= len(text)
                caught_up, self._lost = self._lost and not self._waiting, self._lost and bool(self._waiting)
            if caught_up and not self._stopping:
                self._dropped()

    def _put(self, data: bytes, *, cut_short: bool) -> bool:
        """Write all of it; returns whether some of a drawing was left out because the program ends."""
        view = memoryview(data)
        while view:
            late = time.monotonic() - self._until
            if late > (0 if cut_short else DRAIN / 2):
                return cut_short
            try:
                if select.select([], [self._terminal], [], 0.05)[1]:
                    view = view[os.write(self._terminal, view) :]
            except BlockingIOError:
                continue
            except (OSError, ValueError):  # the terminal is gone: what is written goes nowhere
                return False
        return False


def _opened(file: IO[str]) -> int:
    """The terminal behind `file`, opened anew: a write to it never blocks, and the shell's stays as it is."""
    number = file.fileno()
    try:
        return os.open(os.ttyname(number), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # no name for it, as in some containers
        return os.dup(number)


__all__ = ["BEHIND", "CONTROL", "MOST", "TerminalWriter"]
