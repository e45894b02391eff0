"""The terminal driver: Textual's, with a reading thread that survives any bytes and does not run ahead of the app."""

import os
import selectors
import time
from codecs import getincrementaldecoder

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from dossier.ui.work.terminal_input import TerminalParser, is_movement

AHEAD = 32
"""Events that may wait in the app; while there are more, the terminal keeps what is typed."""

MOVES_AHEAD = 4
"""Events behind which a movement of the mouse is dropped: the next one says where it is."""


class BrowserDriver(LinuxDriver):
    """Reads the terminal of the browser."""

    def run_input_thread(self) -> None:
        """Read until the app ends, whatever the bytes are."""
        parser = TerminalParser(debug=self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = os.read(self.fileno, 65536)
                    if not data:
                        return
                    for message in parser.feed(decode(data)):
                        self._deliver(message)
                for message in parser.tick():
                    self._deliver(message)

    def _deliver(self, message: Message) -> None:
        """Hand a message to the app once few enough wait there."""
        if is_movement(message) and self._waiting() > MOVES_AHEAD:
            return
        while self._waiting() > AHEAD and not self.exit_event.is_set():
            time.sleep(0.005)
        self.process_message(message)

    def _waiting(self) -> int:
        """Messages that the app, its screen and the focused widget have not yet taken up."""
        app = self._app
        try:
            screen = app.screen
            focused = screen.focused
            return sum(pump.message_queue_size for pump in (app, screen, focused) if pump is not None)
        except Exception:  # noqa: BLE001 - the screen may just be changing; then nothing need wait
            return 0
