"""The container that puts the panes where the plan says."""

from collections.abc import Callable, Mapping

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from dossier.ui.widgets.layouts import Box

Planner = Callable[[Size], Mapping[str, Box]]
"""From the size of the board to the box of each pane in sight, by the pane's id."""


class _PlanLayout(Layout):
    """Children stand where a plan says; those it does not name are not drawn."""

    name = "planned"

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._boxes: Mapping[str, Box] | None = None

    def stale(self, size: Size) -> bool:
        """Return whether the plan has changed since the children were put where they are."""
        return self._boxes is not None and self._boxes != self._planner(size)

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:  # noqa: ARG002 - Textual's signature
        """See `Layout`."""
        boxes = self._planner(size)
        self._boxes = boxes
        found = []
        for child in children:
            box = boxes.get(child.id or "")
            if box is not None:
                region = Region(box.x, box.y, box.width, box.height)
                found.append(WidgetPlacement(region, NULL_OFFSET, Spacing(), child))
        return found


class Board(Widget):
    """The panes."""

    def __init__(self, planner: Planner) -> None:
        super().__init__()
        self._planned = _PlanLayout(planner)

    @property
    def layout(self) -> Layout:
        """The arrangement of children."""
        return self._planned

    def replan(self) -> None:
        """Put every pane where it belongs now, if that has changed."""
        if self._planned.stale(self.size):
            self._clear_arrangement_cache()
            self.refresh(layout=True)
