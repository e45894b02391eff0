"""The lines around the panes: tabs above, status and keys below. Each draws one line and answers to clicks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dossier.ui.drawing.partial import LineCache
from dossier.ui.drawing.styles import look as look_of
from dossier.ui.drawing.text import NO_STYLE, Piece, cells, line, strip
from dossier.ui.drawing.wrap import wrap

PINNED = (
    *("browser.close", "help.open", "search.leave", "dialog.close"),
    *("words.leave", "prompt.leave", "draft.leave"),
)
"""Actions whose keys the footer shows at its right end, whatever else has no room."""


_FOLDERS = re.compile(r"(?<![^\s“])(?:[^\s/“:]*/)+(?=[^\s/]+\.[a-z]+)")
"""The folders before the name of a file with an ending; no part of an address."""


class Button(Struct, frozen=True):
    """A stretch of a bar that can be clicked."""

    action: str
    """Id of the action it stands for."""
    key: str
    """Its key as people write it."""
    label: str
    """What it does."""
    why_not: str = ""
    """Why it does nothing now; empty when it does something."""
    current: bool = False
    """For a tab: whether its pane is the one in sight."""


@dataclass
class ActionChosen(Message):
    """A button was clicked, or a command picked."""

    action: str
    """Id of the action."""


class Bar(Widget):
    """A line of buttons."""

    def __init__(self) -> None:
        super().__init__()
        self._styles_cache = LineCache()
        self.buttons: tuple[Button, ...] = ()
        """What there is to click, from left to right."""
        self._ends: list[tuple[int, str]] = []

    def show(self, buttons: Sequence[Button]) -> None:
        """Show other buttons."""
        if tuple(buttons) != self.buttons:
            self.buttons = tuple(buttons)
            self.refresh()

    def look(self, name: str) -> Style:
        """The style a sheet gives `name`."""
        return look_of(self, name)

    def on_click(self, event: events.Click) -> None:
        """Run what the button under the pointer stands for."""
        event.stop()
        found = next((action for end, action in self._ends if event.x < end), "")
        if found:
            self.post_message(ActionChosen(found))


class Footer(Bar):
    """The keys of the focused pane. One that does nothing now is dim and struck through."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Lay out as many keys as fit, the way out and the help always among them."""
        width = self.size.width
        pinned = [button for button in self.buttons if button.action in PINNED]
        sizes = [cells(f" {button.key} {button.label} ") for button in pinned]
        room = width - sum(sizes) - bool(sizes)
        pieces: list[Piece] = []
        self._ends = []
        used = 0
        for button in self.buttons:
            if button in pinned:
                continue
            size = cells(f" {button.key} {button.label} ")
            if used + size > room:
                break
            pieces += self._pieces(button)
            used += size
            self._ends.append((used, button.action))
        self._ends.append((width - sum(sizes), ""))
        right: list[Piece] = []
        for button, size in zip(pinned, sizes, strict=True):
            right += self._pieces(button)
            self._ends.append((self._ends[-1][0] + size, button.action))
        return strip(line(pieces, width, self.rich_style, right), width)

    def _pieces(self, button: Button) -> list[Piece]:
        if button.why_not:
            dead = self.look("row--dead")
            return [(f" {button.key}", dead), (f" {button.label} ", dead)]
        return [(f" {button.key}", self.look("row--key")), (f" {button.label} ", NO_STYLE)]


class Tabs(Bar):
    """The panes of a screen too narrow for all of them."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Each pane with its number; where names have no room, those far from the current one show the number alone."""
        width = self.size.width
        pieces: list[Piece] = []
        self._ends = []
        used = 0
        for button, text in zip(self.buttons, self._texts(width), strict=True):
            if button.current:
                pieces.append((text, self.look("row--tab")))
            else:
                ends = text.index(button.key) + len(button.key)
                pieces += [(text[:ends], self.look("row--key")), (text[ends:], NO_STYLE)]
            used += cells(text)
            self._ends.append((used, button.action))
        return strip(line(pieces, width, self.rich_style), width)

    def _texts(self, width: int) -> list[str]:
        """The text of each tab: with all names, else with those of the current pane and as many beside it as fit."""
        named = [f" {button.key} {button.label} " for button in self.buttons]
        if sum(map(cells, named)) <= width:
            return named
        texts = [f" {button.key}" for button in self.buttons]
        here = next((at for at, button in enumerate(self.buttons) if button.current), 0)
        room = width - sum(map(cells, texts))
        for at in sorted(range(len(texts)), key=lambda at: (abs(at - here), at < here)):
            text = named[at] if at == here else named[at][:-1]
            room -= cells(text) - cells(texts[at])
            if room < 0:
                break
            texts[at] = text
        return texts


class Status(Widget):
    """The current state: a message, else the dossier's title; counts and the lens at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._styles_cache = LineCache()
        self._left: tuple[str, str] = ("", "row--faint")
        self._right = ""

    def show(self, left: str, right: str, look: str = "row--faint") -> None:
        """Show a text at either end; `look` names the style of the left one."""
        if ((left, look), right) != (self._left, self._right):
            self._left, self._right = (left, look), right
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Both texts; where there is no room, the left one names files without their folders, and is cut."""
        left, look = self._left
        right = [(f"{self._right} ", look_of(self, "row--faint"))] if self._right else []
        width = self.size.width
        if cells(left) + 1 > width - (cells(self._right) + 2 if right else 0):
            left = _FOLDERS.sub("…/", left)
        return strip(line([(f" {left}", look_of(self, look))], width, self.rich_style, right), width)


class TooSmall(Widget):
    """The text in place of everything on a terminal that has no room for it."""

    def render_line(self, y: int) -> Strip:
        """Return one plain sentence, broken where it must be."""
        text = f"Too small for a dossier ({self.size.width}x{self.size.height}): make the window at least 40x10."
        spans = wrap(text, 0, len(text), max(self.size.width, 1))
        shown = text[spans[y][0] : spans[y][1]] if y < len(spans) else ""
        return strip(line([(shown, NO_STYLE)], self.size.width, self.rich_style), self.size.width)
