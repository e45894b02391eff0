"""The terminal driver: Textual's, but reading survives any bytes, and a slow terminal makes nobody wait."""

import asyncio
import contextlib
import os
import selectors
import time
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from dossier.ui.work.background import QUESTION, BackgroundProbe
from dossier.ui.work.memory import RestKeeper
from dossier.ui.work.terminal_input import TerminalParser, is_movement
from dossier.ui.work.terminal_output import BEHIND, TerminalWriter

AHEAD = 32
"""Events that may wait in the app; while there are more, the terminal keeps what is typed."""

SMALL, LARGE = 96, 65_536
"""Bytes that are read at once: keys stay with the terminal until there is time for them, what is pasted does not. The
smaller must hold a paste that a terminal does not mark (`UNMARKED`).
"""

LOOK = 0.1
"""Seconds between two looks at what else there is to do while nothing is typed."""

MOVES_AHEAD = 4
"""Events behind which a movement of the mouse is dropped: the next one says where it is."""


class BrowserDriver(LinuxDriver):
    """Reads and writes the terminal of the browser."""

    _writer: TerminalWriter | None = None

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._under_way: deque[Message] = deque()
        """As many messages as were handed over and have not yet reached the app's queue."""
        self._parser = TerminalParser(debug=self._debug)
        """Outlives the thread that reads: an editor that is opened while something is pasted ends that thread."""

    def write(self, data: str) -> None:
        """Have `data` written to the terminal; returns at once."""
        if self._writer is None:
            assert self._file is not None
            self._writer = TerminalWriter(self._file, self._draw_anew)
        self._writer.write(data)

    def is_behind(self) -> bool:
        """Return whether the terminal has not yet taken so much that drawing more would be of no use."""
        return self._writer is not None and self._writer.size > BEHIND

    def close(self) -> None:
        """End the writing thread, and Textual's own, which had nothing to do."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.stop()
        super().close()

    def _draw_anew(self) -> None:
        """Have all of the screen drawn: some of what was drawn never reached the terminal."""
        self._run_in_app(self._app.refresh)

    def _run_in_app(self, function: Callable[[], object]) -> None:
        """Have a function called in the app's thread."""
        with contextlib.suppress(RuntimeError):  # the app has just ended
            self._loop.call_soon_threadsafe(function)

    def _run_later(self, seconds: float, function: Callable[[], object]) -> None:
        """Have a function called in the app's thread after some seconds."""
        self._run_in_app(lambda: self._loop.call_later(seconds, function))

    _probe: BackgroundProbe | None = None

    def start_application_mode(self) -> None:
        """Take the terminal; ask it once for its background when the app wants to know."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._probe is None and getattr(self._app, "asks_background", False):
            self._probe = BackgroundProbe()
            self._probe.asked()
            self.write(QUESTION)

    def _without_answer(self, data: str) -> str:
        """Return the bytes read without the terminal's answer, which is handed to the app."""
        if self._probe is None:
            return data
        data, light = self._probe.feed(data) if data else (self._probe.tick(), None)
        told = getattr(self._app, "background_told", None)
        if light is not None and told is not None:
            self._loop.call_soon_threadsafe(told, light)
        return data

    def run_input_thread(self) -> None:
        """Read until the app ends, whatever the bytes are."""
        parser = self._parser
        decode = getincrementaldecoder("utf-8")("replace").decode
        rest = RestKeeper(self._run_later)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(min(parser.due, LOOK)):
                    data = os.read(self.fileno, LARGE if parser.pasting else SMALL)
                    if not data:
                        return
                    rest.heard()
                    for message in parser.feed(self._without_answer(decode(data))):
                        self._deliver(message)
                elif late := self._without_answer(""):
                    for message in parser.feed(late):
                        self._deliver(message)
                else:
                    rest.tick()
                for message in parser.tick():
                    self._deliver(message)

    def _deliver(self, message: Message) -> None:
        """Hand a message to the app once few enough wait there."""
        if is_movement(message) and self._waiting() > MOVES_AHEAD:
            return
        while self._waiting() > AHEAD and not self.exit_event.is_set():
            time.sleep(0.005)
        self.process_message(message)

    def send_message(self, message: Message) -> None:
        """Hand a message to the app; returns at once. While the app's thread is busy, it is not yet in the queue."""
        self._under_way.append(message)
        sent = asyncio.run_coroutine_threadsafe(self._app._post_message(message), self._loop)  # noqa: SLF001 - as Textual does
        sent.add_done_callback(lambda _: self._under_way.pop())

    def _waiting(self) -> int:
        """Messages that the app, its screen and the focused widget have not yet taken up."""
        app = self._app
        try:
            screen = app.screen
            focused = screen.focused
            return (
                len(self._under_way)
                + len(getattr(app, "typed", ()))
                + sum(pump.message_queue_size for pump in (app, screen, focused) if pump is not None)
            )
        except Exception:  # noqa: BLE001 - the screen may just be changing; then nothing need wait
            return 0
