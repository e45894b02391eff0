"""The screen below a dialog, drawn in the tint of the dialog's ground.

Textual's own drawing of it works out the colours of each stretch of text anew: half the time a dialog took to open.
"""

from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dossier.ui.drawing.partial import LineCache
from dossier.ui.drawing.text import restyled


@lru_cache(4096)
def _tinted(style: Style, tint: Color) -> Style:
    """A style with its colours tinted, and without what a click would mean."""
    text, ground = (one and (Color.from_rich_color(one) + tint).rich_color for one in (style.color, style.bgcolor))
    return style.clear_meta_and_links() + Style.from_color(text, ground)


class Backdrop(LineCache):
    """The lines of a screen that show the one below it, which is asked for its lines once for each drawing."""

    def __init__(self) -> None:
        super().__init__()
        self._below: list[Strip] | None = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines inside `crop`."""
        try:
            return super().render_widget(widget, crop)
        finally:
            self._below = None

    def draw_line(self, widget: Widget, y: int) -> Strip:
        """Return a line of the screen below, tinted; where there is none, the plain ground.

        A screen hears of a new size of the terminal after the one in front of it, and has fewer cells until then.
        """
        if self._below is None:
            stack = widget.app.screen_stack
            below = stack[: stack.index(widget.screen)] if widget.screen in stack else []
            self._below = below[-1]._compositor.render_strips() if below else []  # noqa: SLF001 - as Textual does
        if y >= len(self._below):
            return super().draw_line(widget, y)
        tint, width = widget.styles.background, widget.outer_size.width
        drawn = restyled(self._below[y], lambda style: _tinted(style, tint))
        return drawn.adjust_cell_length(width, widget.rich_style)
