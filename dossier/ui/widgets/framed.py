"""A widget that draws its own frame, title and scroll thumb, and of its content only the lines in sight."""

from typing import NamedTuple, cast

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from dossier.ui.drawing.partial import LineCache
from dossier.ui.drawing.styles import Styled, look
from dossier.ui.drawing.text import NO_STYLE, Cells, Piece, blank, cells, cut, line, strip

_LIGHT = ("┌", "─", "┐", "│", "└", "┘", "▐")
_HEAVY = ("┏", "━", "┓", "┃", "┗", "┛", "▐")
WHEEL = 3
"""How many lines a notch of the mouse wheel moves."""


class Captions:
    """The texts in the frame around what is shown."""

    def heading(self) -> str:
        """The text behind the number in the title."""
        return ""

    def tally(self) -> str:
        """The text at the right end of the title: a count, a place."""
        return ""

    def footnote(self) -> tuple[str, str]:
        """The text in the lower edge of the frame, and the name of its style; empty when there is none."""
        return "", "frame--title"

    def prepare(self) -> None:
        """Break lines for the present width; called before every drawing, when the size is known."""


class Content(Captions):
    """The lines in a frame. A subclass says how many lines there are, and draws them."""

    frame: "Framed"
    """The widget that shows it, which sets this."""

    def line_count(self) -> int:
        """The number of lines there are."""
        return 0

    def content_line(self, number: int, width: int) -> Cells:  # noqa: ARG002 - all lines are empty here
        """The line `number`, from 0, exactly `width` cells wide. It may be behind the last one."""
        return blank(width, self.frame.base)

    def clicked(self, number: int, x: int, chain: int) -> None:
        """The content line `number` was clicked at cell `x`; `chain` counts clicks in quick succession."""

    def look(self, name: str) -> Style:
        """The style a sheet gives `name`."""
        return self.frame.look(name)

    def combined(self, names: tuple[str, ...]) -> Style:
        """The styles of some names, the later over the earlier."""
        style = NO_STYLE
        for name in names:
            style += self.frame.look(name)
        return style


class _Sides(NamedTuple):
    """The look of one drawing of a frame beside its lines."""

    size: Size
    frame: Style
    glyphs: tuple[str, ...]
    plain: Cells
    held: Cells
    thumb: tuple[int, int]


class FrameDrawing:
    """Draws the edges and the title of a frame around lines of its content."""

    def __init__(self, frame: "Framed") -> None:
        self._frame = frame
        self._sides: _Sides | None = None

    def begin(self) -> None:
        """Compute what is the same for all lines of one drawing."""
        self._sides = self._measure()

    def end(self) -> None:
        """Forget what was computed for one drawing."""
        self._sides = None

    def line(self, y: int) -> Strip:
        """Return one line of the widget: frame above and below, content between."""
        frame, sides = self._frame, self._sides or self._measure()
        width, height = sides.size
        if width < 4 or height < 3:
            return strip(blank(width, frame.base), width)
        if y == 0:
            return strip(self._title_line(width, sides), width)
        if y == height - 1:
            return strip(self._bottom_line(width, sides), width)
        content = frame.content.content_line(frame.top + y - 1, width - 2)
        first, last = sides.thumb
        return strip([*sides.plain, *content, *(sides.held if first <= y - 1 <= last else sides.plain)], width)

    def _measure(self) -> _Sides:
        frame = self._frame
        name, glyphs = ("frame--focus", _HEAVY) if frame.leads else ("frame--line", _LIGHT)
        style = frame.look(name)
        plain, held = (line([(side, style)], 1, frame.base) for side in (glyphs[3], glyphs[6]))
        return _Sides(frame.size, style, glyphs, plain, held, frame.scrollbar.thumb())

    def _title_line(self, width: int, sides: _Sides) -> Cells:
        frame, content, glyphs = self._frame, self._frame.content, sides.glyphs
        title = frame.look("frame--focus" if frame.leads else "frame--title")
        tally = content.tally()
        room = width - 4 - (cells(tally) + 1 if tally else 0)
        named = f"{frame.number} " if frame.number else ""
        text = cut(f"{named}{content.heading()}", room)
        fill = glyphs[1] * max(room - cells(text), 0)
        pieces: list[Piece] = [(glyphs[0], sides.frame), (text, title), (f" {fill}", sides.frame)]
        pieces += [(f" {tally}", title)] if tally else []
        return line([*pieces, (glyphs[1] + glyphs[2], sides.frame)], width, frame.base)

    def _bottom_line(self, width: int, sides: _Sides) -> Cells:
        frame, glyphs = self._frame, sides.glyphs
        note, style = frame.content.footnote()
        note = f" {cut(note, width - 6)} " if note and width > 12 else ""
        rest = glyphs[1] * (width - 3 - cells(note)) + glyphs[5]
        pieces = [(glyphs[4] + glyphs[1], sides.frame), (note, frame.look(style)), (rest, sides.frame)]
        return line(pieces, width, frame.base)


class Scrollbar:
    """The thumb in the right edge of a frame, and dragging it."""

    def __init__(self, frame: "Framed") -> None:
        self._frame = frame
        self._dragged: int | None = None

    def thumb(self) -> tuple[int, int]:
        """First and last line of the thumb, in lines of the page; `(0, -1)` when all is in sight."""
        total, page = self._frame.content.line_count(), self._frame.page
        if total <= page or page < 2:
            return 0, -1
        size = max(1, page * page // total)
        first = (page - size) * self._frame.top // (total - page)
        return first, first + size - 1

    def press(self, event: events.MouseDown) -> None:
        """Take hold of the thumb, or bring it under the pointer."""
        first, last = self.thumb()
        if event.x == self._frame.size.width - 1 and last >= first:
            event.stop()
            self._dragged = event.y - 1 - first if first <= event.y - 1 <= last else (last - first) // 2
            self._frame.capture_mouse()
            self._drag(event.y - 1)

    def move(self, event: events.MouseMove) -> None:
        """Drag the thumb while it is held."""
        if self._dragged is not None:
            event.stop()
            self._drag(event.y - 1)

    def release(self, event: events.MouseUp) -> None:
        """Let the thumb go."""
        if self._dragged is not None:
            event.stop()
            self._dragged = None
            self._frame.release_mouse()

    def _drag(self, y: int) -> None:
        first, last = self.thumb()
        reach = self._frame.page - (last - first + 1)
        if self._dragged is not None and reach > 0:
            self._frame.top = (y - self._dragged) * (self._frame.content.line_count() - self._frame.page) // reach


class Framed(Widget, can_focus=True):
    """Content of any length in a frame. A heavy frame has the focus, so that it is told without colour too."""

    number = ""
    """The key that leads to it, shown in the title; empty when there is none."""

    performers: tuple[object, ...] = ()
    """Objects that do actions of the action table for it, by their methods named `action_*`."""

    def __init__(self, content: Content, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._styles_cache = LineCache()
        self.content = content
        """What it shows."""
        content.frame = self
        self.scrollbar = Scrollbar(self)
        """The thumb in its right edge."""
        self._drawing = FrameDrawing(self)
        self._top = 0
        self._base: Style | None = None
        self._stage: Styled | None = None

    @property
    def leads(self) -> bool:
        """Return whether it is drawn as the one that has the focus."""
        return self.has_focus

    @property
    def page(self) -> int:
        """The number of lines in sight."""
        return max(self.size.height - 2, 0)

    @property
    def top(self) -> int:
        """The first line in sight, from 0."""
        return self._top

    @top.setter
    def top(self, value: int) -> None:
        value = max(0, min(value, self.content.line_count() - self.page))
        if value != self._top:
            self._top = value
            self.refresh()

    def reveal(self, first: int, last: int, *, margin: int = 0) -> None:
        """Scroll as little as shows the lines from `first` to `last`; the first of them when they are too many."""
        if last + margin >= self.top + self.page:
            self.top = last + margin - self.page + 1
        self.top = min(self.top, first - margin)

    def look(self, name: str) -> Style:
        """The style a sheet gives `name`, without what lies under it."""
        return self._stage.look(name) if self._stage is not None else look(self, name)

    @property
    def base(self) -> Style:
        """The style of plain text here."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Called by Textual when colours change."""
        super().notify_style_update()
        self._base = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the widget inside `crop`."""
        self.content.prepare()
        self._stage = cast("Styled", self.screen)  # looking the screen up for each style takes a tenth of a drawing
        self._drawing.begin()
        try:
            return super().render_lines(crop)
        finally:
            self._drawing.end()

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget."""
        return self._drawing.line(y)

    def refresh_lines(self, first: int, last: int) -> None:
        """Draw the content lines from `first` to `last` anew, as far as they are in sight."""
        first, last = max(first, self.top), min(last, self.top + self.page - 1)
        if first <= last:
            self.refresh(Region(0, first - self.top + 1, self.size.width, last - first + 1))

    def on_resize(self, _event: events.Resize) -> None:
        """Keep the scroll position within what there is."""
        self.content.prepare()
        self.top = self._top

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll towards the end by the wheel."""
        event.stop()
        self.top += WHEEL

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll towards the beginning by the wheel."""
        event.stop()
        self.top -= WHEEL

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Let the scroll bar take it."""
        self.scrollbar.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the scroll bar take it."""
        self.scrollbar.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the scroll bar take it."""
        self.scrollbar.release(event)

    def on_click(self, event: events.Click) -> None:
        """Tell the content which of its lines was clicked."""
        if 0 < event.x < self.size.width - 1 and 0 < event.y <= self.page:
            event.stop()
            event.prevent_default()  # Textual would select all of it at a second click
            self.content.clicked(self.top + event.y - 1, event.x - 1, event.chain)
