"""Terminal input that survives any bytes: pastes taken whole, parser faults skipped, and no more events than are used.

Textual's reading thread ends with the first exception of its parser, and a paste with an escape sequence inside reaches
the app as keys. Both are handled before the parser sees them.
"""

import os
import time
from collections.abc import Generator, Iterator
from math import inf

from textual import constants
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseMove, Paste, Resize
from textual.message import Message

PASTE_LIMIT = 100_000
"""Characters of a paste that are kept; the rest is read and dropped."""

PASTE_SILENCE = 2.0
"""Seconds without input after which a paste whose end marker is missing counts as ended."""

ESCAPE_SECONDS = 0.05
"""Seconds after which an Escape is a key and not the beginning of a sequence, where `ESCDELAY` says nothing else.

A terminal sends a sequence at once; Neovim waits as long, Textual twice as long.
"""

UNMARKED = 64
"""Characters of plain text, with a space or a line end, that arrive in one read only from a paste."""

LARGEST = (2_000, 1_000)
"""Columns and rows of the largest terminal that is believed; no screen of today has as many."""

if "ESCDELAY" not in os.environ:
    constants.ESCAPE_DELAY = ESCAPE_SECONDS  # type: ignore[misc]

_START = "\x1b[200~"
_END = "\x1b[201~"


class TerminalParser:
    """Turns what is read from the terminal into messages, whatever it is."""

    def __init__(self, *, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._tail = ""
        """The last characters the parser got: a beginning of the marker may be among them."""
        self._paste: list[str] | None = None
        """What was pasted so far; None outside a paste."""
        self._kept = 0
        self._marked = True
        """Whether the paste under way began with the marker."""
        self._end_tail = ""
        self._heard = 0.0

    @property
    def pasting(self) -> bool:
        """Return whether a paste is under way."""
        return self._paste is not None

    @property
    def due(self) -> float:
        """Seconds until an Escape that was read is told if nothing follows it; endless where there is none."""
        at = self._parser._timeout_time  # noqa: SLF001 - Textual looks ten times a second, whenever it was read
        return max(at - get_time(), 0.0) if at is not None and self._paste is None else inf

    def feed(self, data: str) -> Iterator[Message]:
        """The messages that `data` completes. The silence behind it begins when the app has taken them all."""
        while data:
            if self._paste is None:
                data = yield from self._typed(data)
            elif self._marked:
                data = yield from self._pasted(data)
            elif _is_plain(data):
                self._keep(data)
                data = ""
            else:
                yield from self._end()
        self._heard = time.monotonic()

    def tick(self) -> Iterator[Message]:
        """The messages that are due because nothing more came: a lone Escape, the end of a paste without its marker."""
        if self._paste is not None:
            if time.monotonic() - self._heard > (PASTE_SILENCE if self._marked else 0.05):
                yield from self._end()
            return
        try:
            yield from self._parser.tick()
        except Exception:  # noqa: BLE001 - whatever the parser stumbles over must not end the thread
            self._restart()

    def _typed(self, data: str) -> Generator[Message, None, str]:
        """Give the parser what stands before a paste; returns what is left."""
        if len(data) >= UNMARKED and _is_plain(data) and (" " in data or "\r" in data or "\n" in data):
            self._begin(marked=False)
            return data
        joined = self._tail + data
        start = joined.find(_START)
        if start < 0:
            self._tail = joined[-len(_START) + 1 :]
            yield from self._parse(data)
            return ""
        behind = start + len(_START) - len(self._tail)
        yield from self._parse(data[: max(behind - len(_START), 0)])
        self._restart()  # it may have got the beginning of the marker
        self._begin(marked=True)
        return data[behind:]

    def _pasted(self, data: str) -> Generator[Message, None, str]:
        """Keep what belongs to the paste; returns what stands behind its end."""
        joined = self._end_tail + data
        end = joined.find(_END)
        if end < 0:
            self._keep(joined[: -len(_END) + 1])
            self._end_tail = joined[-len(_END) + 1 :]
            return ""
        self._keep(joined[:end])
        self._end_tail = ""
        yield from self._end()
        return joined[end + len(_END) :]

    def _begin(self, *, marked: bool) -> None:
        self._paste, self._kept, self._marked, self._end_tail, self._tail = [], 0, marked, "", ""

    def _keep(self, text: str) -> None:
        room = PASTE_LIMIT + 1 - self._kept  # one more, so that whoever takes it sees that it was longer
        if self._paste is not None and room > 0 and text:
            self._paste.append(text[:room])
            self._kept += min(len(text), room)

    def _end(self) -> Iterator[Message]:
        text = "".join(self._paste or ()) + self._end_tail
        self._paste, self._end_tail, self._tail = None, "", ""
        yield Paste(text.replace("\x00", ""))

    def _parse(self, data: str) -> Iterator[Message]:
        """Parse character by character, so that a fault costs the sequence it is in and nothing else."""
        for character in data:
            try:
                for message in self._parser.feed(character):
                    if _is_sound(message):
                        yield message
            except Exception:  # noqa: BLE001 - see above; extended key reports with `:` raise ValueError in 8.2.8
                self._restart()

    def _restart(self) -> None:
        """A parser in its first state that remembers the size of the terminal."""
        old, self._parser = self._parser, XTermParser(self._debug)
        for name in ("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size"):
            setattr(self._parser, name, getattr(old, name))
        self._tail = ""


def _is_plain(text: str) -> bool:
    """Return whether it is text alone: no escape sequence and no control character but line ends and tabs."""
    return text.translate(_LINE_ENDS).isprintable()


_LINE_ENDS = {ord(character): " " for character in "\r\n\t"}


def _is_sound(message: Message) -> bool:
    """Return whether the app can use a message: a key has a name, a terminal has a size that can be."""
    if isinstance(message, Key):
        return bool(message.key)
    if isinstance(message, Resize):
        return 0 < message.size.width <= LARGEST[0] and 0 < message.size.height <= LARGEST[1]
    return True


def is_movement(message: Message) -> bool:
    """Return whether only the last of several such messages matters."""
    return isinstance(message, MouseMove)


__all__ = ["ESCAPE_SECONDS", "PASTE_LIMIT", "TerminalParser", "is_movement"]
