"""Narrowing the lists: the lens, the filters, and the order of a list."""

from dossier.desk.state import BrowseState, go, look, narrow, widen
from dossier.model.views import ALL
from dossier.ui.drawing.text import cut
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.widgets.layouts import LISTS
from dossier.ui.widgets.screen import Conditions

ORDERS = {
    "delegations": ("written", "name"),
    "issues": ("written", "name"),
    "quotes": ("written", "name", "date"),
    "articles": ("written", "latest", "date", "name"),
    "results": ("written", "date"),
}
"""The orders of each list, the one it opens with first."""

NAME_WIDTH = 30
"""Cells that a name in the status line takes at most."""


class FilterController(Controller):
    """The filter and the order of lists."""

    def __init__(self, screen: BrowseBase, results: ResultsController) -> None:
        super().__init__(screen)
        self._results = results

    def conditions(self) -> Conditions:
        """The condition of sorting."""
        return {"order": lambda: self.view.pane in ORDERS}

    def action_lens_set(self) -> None:
        """Put the lens on the selection too; take it off where it is on it."""
        entry = self.screen.selected()
        lifted = entry in self.view.lens
        self.screen.state = look(narrow(self.screen.remembered(), entry), hit=-1)
        name, key = short_title(self.screen, entry), self.keymap.shown("level.leave")
        self.screen.tell(f"Lens off {name}" if lifted else f"Only what is linked with {name} · {key} shows all")

    def action_order_next(self) -> None:
        """Sort the focused list in the next of its orders."""
        pane, view = self.view.pane, self.view
        orders = ORDERS[pane]
        order = orders[(orders.index(view.sort(pane)) + 1) % len(orders)]
        sorts = {**dict(view.sorts), pane: order}
        self.screen.alter(sorts=tuple(item for item in sorts.items() if item[1] != "written"))
        self.screen.tell("As written." if order == "written" else f"By {order}.")

    def action_filters_choose(self) -> None:
        """Open the filters."""
        from dossier.ui.screens.filters import FilterScreen  # noqa: PLC0415 - not needed to start

        dialog = FilterScreen(self.keymap, self.view.filters, self.reading.filter_counts(self.view.lens))

        def chosen(done: str | None) -> None:
            if done is not None and dialog.filters != self.view.filters:
                self.screen.go(filters=dialog.filters)

        self.screen.open_dialog(dialog, chosen)

    def leave_level(self) -> bool:
        """Lift the lens, then the filters, from a list that has the focus."""
        state, view = self.screen.state, self.view
        over = state.zoomed or view.searching or view.query
        if over or view.pane not in LISTS or not (view.lens or view.filters):
            return False
        remembered = self.screen.remembered()
        self.screen.state = widen(remembered) if view.lens else go(remembered, filters=ALL)
        return True

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:
        """Search again through another lens or other filters."""
        old, new = before.view, after.view
        narrowed = (old.lens, old.filters) != (new.lens, new.filters)
        if new.query and narrowed and before.moves == after.moves:
            self._results.search(self._results.request(new.query, typing=new.begun))

    def facts(self) -> list[str]:
        """The filters, and the lens with each name cut short."""
        filters, lens = self.view.filters, self.view.lens
        facts = []
        if filters:
            days = " – ".join(filter(None, (filters.first, filters.last)))
            facts.append(f"only {', '.join(filter(None, (*filters.attributions, *filters.statuses, days)))}")
        if lens:
            facts.append(f"lens: {' + '.join(short_title(self.screen, entry) for entry in lens)}")
        return facts


def short_title(screen: BrowseBase, entry: str) -> str:
    """The title of an entry, cut to what the status line has room for."""
    row = screen.reading.row(entry) if screen.reading else None
    return cut(row.title, NAME_WIDTH) if row else entry
