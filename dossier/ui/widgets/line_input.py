"""A line of text being typed: what keys do to it, as pure functions, and the widget that shows it."""

from bisect import bisect_left, bisect_right

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from dossier.model.clean import clean_line
from dossier.ui.drawing.partial import LineCache
from dossier.ui.drawing.styles import look
from dossier.ui.drawing.text import NO_STYLE, Piece, cells, line, strip
from dossier.ui.messages import LineCut, LineTyped

_CURSOR = Style(reverse=True)

MOST = 1000
"""How many characters a line takes; more are not let in."""


class LineState(Struct, frozen=True):
    """A line and where the next character goes."""

    text: str = ""
    at: int = 0
    """Offset of the cursor, in characters."""
    whole: bool = False
    """Whether all of it is chosen: what is typed next takes its place, and a key that moves the cursor keeps it."""


def insert(typed: LineState, text: str) -> LineState:
    """Return the line with `text`, made inert, put in at the cursor."""
    if typed.whole:
        typed = LineState()
    text = clean_line(text)[: room_in(typed)]
    return LineState(typed.text[: typed.at] + text + typed.text[typed.at :], typed.at + len(text))


def room_in(typed: LineState) -> int:
    """The number of further characters that the line takes."""
    return MOST if typed.whole else max(MOST - len(typed.text), 0)


def offset_at(text: str, column: int) -> int:
    """Offset of the character of `text` that covers `column`; the end of the text behind it."""
    return max(bisect_right(range(len(text) + 1), column, key=lambda at: cells(text[:at])) - 1, 0)


def press(typed: LineState, key: str) -> LineState | None:
    """The effect of an editing key, as Textual names it; None for any other key."""
    text, at = typed.text, typed.at
    word = len(text[:at].rstrip().rpartition(" ")[0])
    word += bool(word)
    ends = {"left": at - 1, "right": at + 1, "home": 0, "ctrl+a": 0, "end": len(text), "ctrl+e": len(text)}
    if key in ends:
        at = {"left": 0, "right": len(text)}.get(key, ends[key]) if typed.whole else ends[key]
        return LineState(text, max(0, min(at, len(text))))
    cuts = {
        "backspace": (max(at - 1, 0), at),
        "delete": (at, at + 1),
        "ctrl+w": (word, at),
        "ctrl+u": (0, at),
        "ctrl+k": (at, len(text)),
    }
    if key in cuts:
        start, end = (0, len(text)) if typed.whole else cuts[key]
        return LineState(text[:start] + text[end:], start)
    return None


class LineEdit(Widget, can_focus=True):
    """A line to type in. Whatever is typed or pasted is inert before it is shown or told."""

    def __init__(
        self,
        prompt: str = "",
        hint: str = "",
        *,
        scopes: tuple[str, ...] = ("typing",),
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._styles_cache = LineCache()
        self.SCOPES = scopes
        """Which keys of the action table hold here."""
        self.prompt = prompt
        """What stands before the text."""
        self.hint = hint
        """What is said while there is no text."""
        self.typed = LineState()
        """The text and the cursor."""

    @property
    def text(self) -> str:
        """The text that was typed."""
        return self.typed.text

    def fill(self, text: str) -> None:
        """Put a text in, the cursor behind it, without telling."""
        self.typed = insert(LineState(), text)
        self.refresh()

    def choose(self) -> None:
        """Offer the text as it is, or to be typed over."""
        self.typed = LineState(self.text, len(self.text), whole=bool(self.text))
        self.refresh()

    def _change(self, typed: LineState) -> None:
        changed = typed.text != self.typed.text
        self.typed = typed
        self.refresh()
        if changed:
            self.screen.post_message(LineTyped(typed.text))  # straight to who answers; the search begins sooner

    def take_key(self, event: events.Key) -> bool:
        """Take a character or an editing key from the screen, to which all keys go; returns whether it was one."""
        if event.character and event.character.isprintable() and len(event.character) == 1:
            self._put_in(event.character)
            return True
        typed = press(self.typed, event.key)
        if typed is not None:
            self._change(typed)
        return typed is not None

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted as one line."""
        event.stop()
        self._put_in(event.text)

    def _put_in(self, text: str) -> None:
        """Put a text in at the cursor; where the line has no room for all of it, that is said."""
        cut = len(clean_line(text)) > room_in(self.typed)
        self._change(insert(self.typed, text))
        if cut:
            self.screen.post_message(LineCut(MOST))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the pointer."""
        event.stop()
        column = event.x - cells(self.prompt) + self._scrolled()
        self._change(LineState(self.text, offset_at(self.text, column)))

    def _scrolled(self) -> int:
        """The number of cells of the text that are out of sight at the left."""
        room = self.size.width - cells(self.prompt) - 1
        return max(cells(self.text[: self.typed.at]) - room + 1, 0)

    def render_line(self, y: int) -> Strip:
        """The prompt, the text, and the cursor when the line has the focus."""
        base = self.rich_style
        text, at = self.typed.text, self.typed.at
        faint = look(self, "row--faint")
        key = look(self, "row--key")
        skipped = self._scrolled()
        first = bisect_left(range(at), skipped, key=lambda end: cells(text[:end]))
        pieces: list[Piece] = [(self.prompt, key)]
        if not self.has_focus:
            pieces.append((text or self.hint, NO_STYLE if text else faint))
        else:
            under = text[at : at + 1] or (self.hint[:1] if not text else "") or " "
            after = text[at + 1 :] if text else self.hint[1:]
            pieces += [
                (text[first:at], _CURSOR if self.typed.whole else NO_STYLE),
                (under, _CURSOR),
                (after, NO_STYLE if text else faint),
            ]
            column = cells(self.prompt) + cells(text[first:at])
            self.app.cursor_position = self.content_region.offset + Offset(column, y)
        return strip(line(pieces, self.size.width, base), self.size.width)
