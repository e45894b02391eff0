"""The lines under the query: how it was understood, what is wrong with it, and what may have been meant."""

from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from dossier.ui.drawing.partial import LineCache
from dossier.ui.drawing.styles import look
from dossier.ui.drawing.text import NO_STYLE, Piece, line, strip
from dossier.ui.drawing.wrap import wrap

_MOST = 2
"""Lines for what there is to tell."""


class Understood(Widget):
    """A line that is always there while one searches; more below it where there is something to tell."""

    def __init__(self) -> None:
        super().__init__(id="understood")
        self._styles_cache = LineCache()
        self._said: tuple[str, str, str, str] = ("", "", "", "")
        self._lines: list[tuple[int, int]] = []

    def show(self, mode: str, understood: str, order: str, notes: str) -> None:
        """Show how words are taken, how the query was read, in which order hits come, and what there is to tell."""
        said = (mode, understood, order, notes)
        if said != self._said:
            self._said = said
            self._lay_out()
            self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Break what there is to tell anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay out at most two lines of messages."""
        notes = self._said[3]
        self._lines = wrap(notes, 0, len(notes), max((self.size.width or self.app.size.width) - 2, 10)) if notes else []
        self.set_class(len(self._lines) == 1, "-noted")
        self.set_class(len(self._lines) > 1, "-told")

    def render_line(self, y: int) -> Strip:
        """The mode first, whatever else has room."""
        mode, understood, order, notes = self._said
        faint = self._look("row--faint")
        width = self.size.width
        if y:
            start, end = self._lines[y - 1] if y <= len(self._lines) else (0, 0)
            end = len(notes) if y == _MOST and len(self._lines) > _MOST else end
            return strip(line([(f" {notes[start:end]}", self._look("row--doubt"))], width, self.rich_style), width)
        pieces: list[Piece] = [(f" {mode} ", self._look("row--tab"))]
        pieces += [(" read as ", faint), (understood, NO_STYLE)] if understood else []
        return strip(line(pieces, width, self.rich_style, [(f"{order} ", faint)] if order else []), width)

    def _look(self, name: str) -> Style:
        return look(self, name)
