"""Narrowing: the lens on what is selected, the order of a list, the filters."""

from dossier.desk.state import BrowseState, go, look, narrow, remember, widen
from dossier.model.views import ALL
from dossier.ui.drawing.text import cut
from dossier.ui.screens.browse.matrix import Weighing
from dossier.ui.widgets.layouts import LISTS, breadth

ORDERS = {
    "delegations": ("written", "name"),
    "issues": ("written", "name"),
    "quotes": ("written", "name", "date"),
    "articles": ("written", "latest", "date", "name"),
    "results": ("written", "date"),
}
"""The orders of each list, the one it opens with first."""

_NAME = 30
"""Cells that a name in the status line takes at most."""


class Narrowing(Weighing):
    """What is listed, and in which order."""

    def action_lens_set(self) -> None:
        """Puts the lens on the selection too; takes it off where it is on it."""
        entry = self.selected()
        lifted = entry in self.state.view.lens
        self.state = look(narrow(remember(self.state, self.spots()), entry), hit=-1)
        key = self.keymap.shown("level.leave")
        name = self._called(entry)
        self.tell(f"Lens off {name}" if lifted else f"Only what is linked with {name} · {key} shows all")

    def action_order_next(self) -> None:
        """The next order of the focused list."""
        pane, view = self.state.view.pane, self.state.view
        orders = ORDERS[pane]
        order = orders[(orders.index(view.sort(pane)) + 1) % len(orders)]
        sorts = {**dict(view.sorts), pane: order}
        self.alter(sorts=tuple((name, one) for name, one in sorts.items() if one != "written"))
        self.tell("As written." if order == "written" else f"By {order}.")

    def action_filters_choose(self) -> None:
        """Opens the filters."""
        from dossier.ui.screens.filters import FilterScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        screen = FilterScreen(
            self.keymap, self.state.view.filters, self.reading.desk.filter_counts(self.state.view.lens)
        )

        def chosen(done: str | None) -> None:
            if done is not None and screen.filters != self.state.view.filters:
                self.state = go(remember(self.state, self.spots()), filters=screen.filters)

        self.open_dialog(screen, chosen)

    def action_level_leave(self) -> None:
        """One level up: the filters go when the lens has gone."""
        view = self.state.view
        narrowed = view.lens or view.filters
        nothing_over = not (self.state.zoomed or view.searching or view.query)
        if narrowed and nothing_over and view.pane in LISTS:
            state = remember(self.state, self.spots())
            self.state = widen(state) if view.lens else go(state, filters=ALL)
        else:
            super().action_level_leave()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Searches again through another lens or other filters."""
        super().watch_state(before, after)
        old, new = before.view, after.view
        narrowed = (old.lens, old.filters) != (new.lens, new.filters)
        if self.is_mounted and new.query and narrowed and before.moves == after.moves:
            self._asking = self.asked_now(new.query, typing=new.begun)
            self.search()

    def condition_met(self, need: str) -> bool:
        """Whether the focused list has several orders."""
        return self.state.view.pane in ORDERS if need == "order" else super().condition_met(need)

    def _called(self, entry: str) -> str:
        row = self.reading.row(entry) if self.reading else None
        return cut(row.title, _NAME) if row else entry

    def facts(self) -> list[str]:
        """The filters, and the lens with each name cut short; nothing where a message needs the room."""
        if self._message[0] and breadth(self.size.width, self.size.height) == "narrow":
            return []
        view = self.state.view
        found = [fact for fact in super().facts() if not fact.startswith("lens: ")]
        if view.filters:
            asked = view.filters
            days = " – ".join(filter(None, (asked.first, asked.last)))
            found.append(f"only {', '.join(filter(None, (*asked.attributions, *asked.statuses, days)))}")
        if view.lens:
            found.append(f"lens: {' + '.join(map(self._called, view.lens))}")
        return found
