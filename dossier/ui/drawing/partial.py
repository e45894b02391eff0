"""Drawing of changed widgets and lines alone, and once.

Both classes replace Textual's own, which draw everything: half the time of a drawing of results went into lines that
nobody would see change, and into boxes that no pane has.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

_colours = lru_cache(256)(StylesCache.get_inner_outer.__wrapped__)
"""The colours inside and outside of a box, by `(None, base, background)`."""

# Textual 8.2.8 keeps the last 1,024 of these by the object that asked for them, with every line it has drawn: dialogs
# that were closed stayed in memory, 90 MB of them after ten minutes.
StylesCache.get_inner_outer = lambda _self, base, background: _colours(None, base, background)  # type: ignore[assignment]


class LineCache(StylesCache):
    """Keeps the lines of a widget as they go to the screen, until they are told to be dirty.

    A widget to which a sheet gives a border, a padding or less than full strength is drawn as Textual draws all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept_for: Hashable = None

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The lines inside `crop`; those that are dirty or not kept are drawn anew."""
        styles = widget.styles
        size = widget.outer_size
        if styles.gutter.width or styles.gutter.height or styles.tint.a or widget.opacity < 1:
            return super().render_widget(widget, crop)
        filters, ground = widget.get_line_filters(), widget.background_colors[1]
        # A widget that is about to leave the screen has no room left, though its size is still the one it had.
        if self._kept_for != (now := (size, widget.size, ground, *filters)):
            self.clear()
            self._kept_for = now
        kept, dirty = self._cache, self._dirty_lines
        strips = []
        for y in crop.line_range:
            drawn = None if y in dirty else kept.get(y)
            if drawn is None:
                drawn = self.draw_line(widget, y)
                for filter_ in filters:
                    drawn = drawn.apply_filter(filter_, ground)
                kept[y] = drawn
            strips.append(drawn)
        dirty.difference_update(crop.line_range)
        if crop.column_span != (0, size.width):
            first, last = crop.column_span
            return [drawn.crop(first, last) for drawn in strips]
        return strips

    def draw_line(self, widget: Widget, y: int) -> Strip:
        """Return one line of a widget, drawn anew."""
        return widget.render_line(y)


class PartialCompositor(Compositor):
    """Asks only those widgets for their lines of which something has changed.

    Textual asks all that lie in the rectangle around everything that has; a line above the panes and one below them
    make that the whole screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._changed: tuple[Region, ...] = ()
        self._is_incomplete = False

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """The changes since the last drawing; none yet of a screen that is to be drawn whole, as one that opens is."""
        screen = self.root
        if not full and isinstance(screen, Screen) and screen._repaint_required:  # noqa: SLF001 - no other way to know
            screen._update_timer.resume()  # noqa: SLF001 - at its next beat it is
            return None
        return super().render_update(full, screen_stack, simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """The changes since the last drawing."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """The pieces of the lines by their columns; blank where no widget has drawn any, if all are asked for.

        Textual's drawing of a whole screen ends the app at a piece that is not there.
        """
        chops = super()._render_chops(crop, is_rendered_line)
        if self._changed:
            return chops
        is_incomplete = False
        for pieces in cast("list[dict[int, Strip | None]]", chops):
            for column, end in pairwise([*pieces, self.size.width]):
                if pieces[column] is None:
                    pieces[column] = Strip.blank(end - column)
                    is_incomplete = True
        if is_incomplete and not self._is_incomplete and self.root is not None:
            self.root.call_later(self.root.refresh, layout=True)
        self._is_incomplete = is_incomplete
        return chops

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """The lines of the widgets in sight, each with its place and what may be seen of it, from front to back."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and any(seen.overlaps(changed) for changed in self._changed):
                yield region, clip, widget.render_lines(seen.translate(-region.offset))
