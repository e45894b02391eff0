"""A queue of what is typed: each key reaches the screen that is in front once the key before it is carried out."""

from collections import deque
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.app import App

CLOSE = 0.1
"""Seconds within which a key behind a paste may be a part of it: what was copied may hold the marker of its end."""


class TypedQueue:
    """Gives keys and pastes to the front screen, one at a time and in order.

    Given at once, all of them would go to the screen below a dialog that the first of them opens, and be lost. A key
    that comes close behind a paste is for the screen that got the paste alone.
    """

    def __init__(self, app: "App[None]") -> None:
        self._app = app
        self._waiting: deque[Key | Paste] = deque()
        self._under_way: object = None
        """Stands for the event that a screen has not yet carried out."""
        self._pasted: Screen[object] | None = None
        """The screen that got the last paste."""
        self._close_until = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, event: Key | Paste) -> None:
        """Give an event to the front screen, now or once those before it are carried out."""
        self._waiting.append(event)
        self._give()

    def _give(self) -> None:
        """Give what waits, until the screen has something to do."""
        while self._waiting and self._under_way is None:
            event = self._waiting.popleft()
            if self._is_for_front(event):
                target = self._app.screen
                receiver = (self._app.focused or target) if isinstance(event, Paste) else target
                receiver._forward_event(event)  # noqa: SLF001 - as Textual's app does
                self._await(receiver)

    def _is_for_front(self, event: Key | Paste) -> bool:
        """Return whether the front screen may get an event."""
        front, close = self._app.screen, event.time < self._close_until
        if isinstance(event, Paste):
            self._pasted = front
        elif not close:
            return True
        self._close_until = event.time + CLOSE
        return front is self._pasted

    def _await(self, receiver: MessagePump) -> None:
        """Go on once a screen or widget has carried out what it was given, or has ended before."""
        task, mine = receiver._task, object()  # noqa: SLF001 - what waits for a widget that ends is never called

        def done(*_: object) -> None:
            if self._under_way is mine:
                self._under_way = None
                if task is not None:
                    task.remove_done_callback(done)
                self._give()

        self._under_way = mine
        if not receiver.call_later(done):
            self._under_way = None
        elif task is not None:
            task.add_done_callback(done)
