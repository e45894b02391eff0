"""The panes: which are mounted, where they stand, their tabs, and which one has the focus."""

from collections.abc import Iterator, Mapping
from functools import partial

from textual import events
from textual.geometry import Size
from textual.widget import AwaitMount

from dossier.desk.state import SIDES, BrowseState, focus, toggle_zoom
from dossier.ui.messages import PaneLeft
from dossier.ui.panes import PANES
from dossier.ui.panes.matrix import MatrixPane
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.widgets.bars import Button, Tabs
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.entry_list import EntryList
from dossier.ui.widgets.layouts import LISTS, Box, breadth, plan
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.performers import Actions

FIRST = ("delegations", "issues", "quotes", "article", "links")
"""The panes that are mounted at the start; the others are mounted when they are first shown."""

OPENED_BY_MATRIX = ("statements", "gaps", "comparison")
"""The panes that the matrix opens; they stand under its tab."""

_ROW_LINES = {"quotes": 12, "articles": 4}
"""Lines that a row of a list beside the middle is taken to need, so that a short list leaves room to the one below."""


class PaneController(Controller):
    """Places the panes on the board as the state wants them, and moves between them."""

    def __init__(self, screen: BrowseBase) -> None:
        super().__init__(screen)
        self.open_list = LISTS[0]
        """The list that is shown where there is room for one."""

    def actions(self) -> Actions:
        """The actions that show a pane, for every pane, and those of its methods.

        A controller that comes later in the list of controllers may replace one of them.
        """
        return {f"action_{name}_show": partial(self.show_pane, name) for name in PANES} | super().actions()

    def mounted(self) -> list[Pane]:
        """The mounted panes, in the order in which they were mounted."""
        return [pane for pane in self.screen.query_one(Board).children if isinstance(pane, Pane)]

    def first_panes(self) -> Iterator[Pane]:
        """The panes to mount at the start."""
        for name in FIRST:
            yield self._new_pane(name)

    def _new_pane(self, name: str) -> Pane:
        pane = PANES[name]()
        pane.data_bind(BrowseBase.state, BrowseBase.reading)
        if self.screen.setup.roomy and isinstance(pane, EntryList) and pane.rows.height > 1:
            pane.rows.height, pane.rows.least_gap = pane.rows.height + 1, 1
            pane.rows.gap = pane.rows.least_gap
        return pane

    def mount_pane(self, name: str) -> AwaitMount | None:
        """Mount a pane and return what can be awaited; None if there is nothing to mount."""
        board = self.screen.query_one(Board)
        if name not in PANES or self.screen.the_pane(name) is not None or not board.is_mounted:
            return None
        return board.mount(self._new_pane(name))

    def boxes(self, size: Size) -> Mapping[str, Box]:
        """The box of each pane in sight on a board of `size`, by the pane's name."""
        view, total = self.view, self.screen.size
        kind = breadth(total.width, total.height)
        centre = "results" if view.searching else view.centre
        lines = {name: len(self.reading.listing(name, (), "written")) + 2 for name in LISTS[:2]}
        if view.side in _ROW_LINES:
            narrowed = view.filters, view.typed_in(view.side)
            rows = len(self.reading.listing(view.side, view.lens, view.sort(view.side), *narrowed))
            lines[view.side] = rows * _ROW_LINES[view.side] + 2
        matrix = self.screen.the_pane("matrix")
        if isinstance(matrix, MatrixPane):
            lines["matrix"] = matrix.content.room_wanted(size.width)
        return plan(
            (size.width, size.height), kind, view.pane, self.open_list, centre, lines,
            zoomed=self.screen.state.zoomed, side=view.side,
        )  # fmt: skip

    def place(self) -> None:
        """Mount and place the panes that the state wants, and focus the one that it names."""
        view = self.view
        for name in (view.centre, view.side, *(["results"] if view.searching else [])):
            self.mount_pane(name)
        if view.pane in LISTS:
            self.open_list = view.pane
        self.screen.set_class(view.searching, "-searching")
        self.screen.query_one(Board).replan()
        pane = self.screen.the_pane(view.pane)
        if pane is not None and not isinstance(self.screen.focused, LineEdit):
            self.screen.set_focus(pane, scroll_visible=False)
        self.screen.query_one(Tabs).show(self._tabs())
        for controller in self.screen.controllers:
            controller.panes_placed()

    def _tabs(self) -> list[Button]:
        view, desk = self.view, self.reading.desk
        current = "matrix" if view.pane in OPENED_BY_MATRIX else view.pane
        tabs = []
        for name, pane in sorted(PANES.items(), key=lambda pane: pane[1].number):
            if pane.number and name != ("article" if view.searching else "results"):
                action = f"{'article' if name == 'results' else name}.show"
                label = desk.label(name) if name != "results" else name.capitalize()
                tabs.append(Button(action, pane.number, label, current=name == current))
        return tabs

    def on_resize(self, _event: events.Resize) -> None:
        """Place the panes anew: another size may want another layout."""
        self.place()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Note in the state which pane has the focus, however it came there.

        The event may be late: a pane that is being mounted reports its focus after the next pane has it.
        """
        if isinstance(event.widget, Pane) and event.widget is self.screen.focused:
            self.screen.state = focus(self.screen.state, event.widget.pane)
        self.screen.show_keys()

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:
        """Place the panes anew when the state wants others, and update the status line."""
        old, new = before.view, after.view
        if (old.pane, old.searching, before.zoomed) != (new.pane, new.searching, after.zoomed):
            self.place()
        elif (old.lens, old.filters, old.typed) != (new.lens, new.filters, new.typed):
            self.screen.query_one(Board).replan()
        self.screen.show_status()

    def on_pane_left(self, message: PaneLeft) -> None:
        """Go to another pane."""
        message.stop()
        self.show_pane(message.onward or self.open_list)

    def show_pane(self, name: str) -> None:
        """Focus a pane, and put beside it what belongs there: quotes to the article, statements to the matrix."""
        view = self.view
        changes: dict[str, object] = {"pane": name}
        if name == "matrix":
            changes |= {"searching": False, "side": SIDES[1] if view.side == SIDES[0] else view.side}
        elif name == "timeline":
            changes |= {"searching": False, "side": SIDES[0]}
        elif name == "article" and view.searching:
            changes["pane"] = "results"
        elif name == "article" and view.centre != "article":
            changes["side"] = SIDES[0]
        self.screen.alter(**changes)
        self.place()

    def action_articles_show(self) -> None:
        """Go to the articles, or back to the quotes from them."""
        self.show_pane("quotes" if self.view.pane == "articles" else "articles")

    def action_pane_next(self) -> None:
        """Go to the pane of the next number."""
        self._turn_pane(1)

    def action_pane_previous(self) -> None:
        """Go to the pane of the number before."""
        self._turn_pane(-1)

    def _turn_pane(self, by: int) -> None:
        view = self.view
        names = [*LISTS[:2], view.side, "results" if view.searching else view.centre, "links"]
        position = names.index(view.pane) if view.pane in names else 0
        self.show_pane(names[(position + by) % len(names)])

    def action_pane_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        self.screen.state = toggle_zoom(self.screen.state)
