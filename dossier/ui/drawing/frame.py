"""A widget that draws its own frame, title and scroll thumb, and of its content only the lines in sight."""

from typing import NamedTuple, cast

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from dossier.ui.drawing.partial import OwnLines
from dossier.ui.drawing.styles import Styled, look
from dossier.ui.drawing.text import Cells, Piece, blank, cells, cut, line, strip

_LIGHT = ("┌", "─", "┐", "│", "└", "┘", "▐")
_HEAVY = ("┏", "━", "┓", "┃", "┗", "┛", "▐")
WHEEL = 3
"""How many lines a notch of the mouse wheel moves."""


class _Sides(NamedTuple):
    """The look of one drawing of a frame beside its lines."""

    size: Size
    frame: Style
    glyphs: tuple[str, ...]
    plain: Cells
    held: Cells
    thumb: tuple[int, int]


class Framed(Widget, can_focus=True):
    """Content of any length in a frame. A heavy frame has the focus, so that it is told without colour too."""

    number = ""
    """The key that leads to it, shown in the title; empty when there is none."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._styles_cache = OwnLines()
        self._top = 0
        self._base: Style | None = None
        self._stage: Styled | None = None
        self._sides: _Sides | None = None
        self._dragged: int | None = None

    async def handle_key(self, event: events.Key) -> bool:  # noqa: ARG002 - Textual's signature
        """Keep Textual from calling a method named `key_…` for a key: `@`, the key `at`, would call `key_at`."""
        return False

    def heading(self) -> str:
        """The text behind the number in the title."""
        return ""

    def tally(self) -> str:
        """The text at the right end of the title: a count, a place."""
        return ""

    def footnote(self) -> tuple[str, str]:
        """The text in the lower edge of the frame, and the name of its style; empty when there is none."""
        return "", "frame--title"

    def line_count(self) -> int:
        """The number of lines there are."""
        return 0

    def content_line(self, number: int, width: int) -> Cells:  # noqa: ARG002 - all lines are empty here
        """The line `number`, from 0, exactly `width` cells wide. It may be behind the last one."""
        return blank(width, self.base)

    @property
    def leads(self) -> bool:
        """Whether it is drawn as the one that has the focus."""
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
        value = max(0, min(value, self.line_count() - self.page))
        if value != self._top:
            self._top = value
            self.refresh()

    def reveal(self, first: int, last: int, *, margin: int = 0) -> None:
        """Scrolls as little as shows the lines from `first` to `last`; the first of them when they are too many."""
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

    def prepare(self) -> None:
        """Breaks lines for the present width; called before every drawing, when the size is known."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the widget inside `crop`."""
        self.prepare()
        self._stage = cast("Styled", self.screen)  # looking the screen up for each style takes a tenth of a drawing
        self._sides = self._stand()
        try:
            return super().render_lines(crop)
        finally:
            self._sides = None

    def render_line(self, y: int) -> Strip:
        """One line of the widget: frame above and below, content between."""
        sides = self._sides or self._stand()
        width, height = sides.size
        if width < 4 or height < 3:
            return strip(blank(width, self.base), width)
        glyphs = sides.glyphs
        if y == 0:
            return strip(self._title_line(width, sides.frame, glyphs), width)
        if y == height - 1:
            return strip(self._bottom_line(width, sides.frame, glyphs), width)
        content = self.content_line(self._top + y - 1, width - 2)
        first, last = sides.thumb
        return strip([*sides.plain, *content, *(sides.held if first <= y - 1 <= last else sides.plain)], width)

    def _stand(self) -> "_Sides":
        """The values that are the same for all lines of one drawing."""
        focused = self.leads
        frame = self.look("frame--focus" if focused else "frame--line")
        glyphs = _HEAVY if focused else _LIGHT
        plain, held = (line([(side, frame)], 1, self.base) for side in (glyphs[3], glyphs[6]))
        return _Sides(self.size, frame, glyphs, plain, held, self._thumb())

    def _title_line(self, width: int, frame: Style, glyphs: tuple[str, ...]) -> Cells:
        focused = self.leads
        title = self.look("frame--focus") if focused else self.look("frame--title")
        tally = self.tally()
        room = width - 4 - (cells(tally) + 1 if tally else 0)
        named = f"{self.number} " if self.number else ""
        text = cut(f"{named}{self.heading()}", room)
        fill = glyphs[1] * max(room - cells(text), 0)
        pieces: list[Piece] = [(glyphs[0], frame), (text, title), (f" {fill}", frame)]
        if tally:
            pieces.append((f" {tally}", title))
        return line([*pieces, (glyphs[1] + glyphs[2], frame)], width, self.base)

    def _bottom_line(self, width: int, frame: Style, glyphs: tuple[str, ...]) -> Cells:
        note, look = self.footnote()
        note = f" {cut(note, width - 6)} " if note and width > 12 else ""
        rest = glyphs[1] * (width - 3 - cells(note)) + glyphs[5]
        return line([(glyphs[4] + glyphs[1], frame), (note, self.look(look)), (rest, frame)], width, self.base)

    def _thumb(self) -> tuple[int, int]:
        """First and last line of the thumb, in lines of the page; `(0, -1)` when all is in sight."""
        total, page = self.line_count(), self.page
        if total <= page or page < 2:
            return 0, -1
        size = max(1, page * page // total)
        first = (page - size) * self.top // (total - page)
        return first, first + size - 1

    def refresh_lines(self, first: int, last: int) -> None:
        """Draws the content lines from `first` to `last` anew, as far as they are in sight."""
        first, last = max(first, self.top), min(last, self.top + self.page - 1)
        if first <= last:
            self.refresh(Region(0, first - self.top + 1, self.size.width, last - first + 1))

    def on_resize(self, _event: events.Resize) -> None:
        """Keeps the scroll position within what there is."""
        self.prepare()
        self.top = self._top

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, towards the end."""
        event.stop()
        self.top += WHEEL

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, towards the beginning."""
        event.stop()
        self.top -= WHEEL

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold of the thumb, or brings it under the pointer."""
        first, last = self._thumb()
        if event.x == self.size.width - 1 and last >= first:
            event.stop()
            self._dragged = event.y - 1 - first if first <= event.y - 1 <= last else (last - first) // 2
            self.capture_mouse()
            self._drag(event.y - 1)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drags the thumb."""
        if self._dragged is not None:
            event.stop()
            self._drag(event.y - 1)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets the thumb go."""
        if self._dragged is not None:
            event.stop()
            self._dragged = None
            self.release_mouse()

    def _drag(self, y: int) -> None:
        first, last = self._thumb()
        reach = self.page - (last - first + 1)
        if self._dragged is not None and reach > 0:
            self.top = (y - self._dragged) * (self.line_count() - self.page) // reach

    def on_click(self, event: events.Click) -> None:
        """Tells which content line was clicked."""
        if 0 < event.x < self.size.width - 1 and 0 < event.y <= self.page:
            event.stop()
            event.prevent_default()  # Textual would select all of it at a second click
            self.clicked(self.top + event.y - 1, event.x - 1, event.chain)

    def clicked(self, number: int, x: int, chain: int) -> None:
        """The content line `number` was clicked at cell `x`; `chain` counts clicks in quick succession."""
