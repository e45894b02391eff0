"""The matrix, what its cells rest on, two delegations side by side, the timeline, and the day all is seen from."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from dossier.desk.matrix.agreement import Agreements
from dossier.desk.state import CENTRES, SIDES, look, remember, widen
from dossier.model.relations import ABOUT, MEMBER_OF, SAID_BY
from dossier.ui.messages import CellSelected, EntryOpened, RoomWanted, StatementSelected
from dossier.ui.panes.matrix import MatrixPane
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.navigation import NavigationController, framing
from dossier.ui.screens.browse.panes import OPENED_BY_MATRIX, PaneController
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.layouts import LISTS
from dossier.ui.widgets.matrix_search import place_of
from dossier.ui.widgets.matrix_table import PARTS
from dossier.ui.widgets.screen import Conditions

_TO_CELLS = (SAID_BY, ABOUT, MEMBER_OF)
"""Relations that lead from an entry to the rows and columns where it counts."""

_ENDS = 20
"""Links of an entry that are looked at for these."""


class MatrixController(Controller):
    """Panes that take the places of the reader and of the quotes, and what is done in them."""

    def __init__(self, screen: BrowseBase, panes: PaneController, navigation: NavigationController) -> None:
        super().__init__(screen)
        self._panes, self._navigation = panes, navigation
        self._waiting: list[Callable[[], object]] = []

    @property
    def pane(self) -> MatrixPane | None:
        """The pane of the matrix; None while it is not mounted."""
        pane = self.screen.the_pane("matrix")
        return pane if isinstance(pane, MatrixPane) else None

    def conditions(self) -> Conditions:
        """Conditions on the row and the column under the cursor and on dates."""
        return {
            "members": lambda: self.pane is not None and bool(self.pane.folds.foldable()[0]),
            "parts": lambda: self.pane is not None and bool(self.pane.folds.foldable()[1]),
            "days": lambda: bool(self.reading.desk.weighing.dial()),
        }

    def facts(self) -> list[str]:
        """The day the matrix is seen from, and the delegation that another is to be compared with."""
        view = self.view
        row = self.reading.row(view.rival) if view.rival and view.pane == "matrix" else None
        return [*([f"as of {view.as_of}"] if view.as_of else []), *([f"{row.title} beside …"] if row else [])]

    def on_room_wanted(self, message: RoomWanted) -> None:
        """Place the panes anew: the matrix has other rows or columns."""
        message.stop()
        if self.pane is not None:
            self.screen.state = remember(self.screen.state, {"matrix": self.pane.spot()})
            self.screen.query_one(Board).replan()
        while self._waiting and self.pane is not None and self.pane.content.chart is not None:
            self._waiting.pop(0)()

    def on_cell_selected(self, message: CellSelected) -> None:
        """Let statements and links follow the cursor of the matrix; go to a cell that was opened."""
        message.stop()
        cell, view = message.cell, self.view
        if not message.opened:
            if view.pane != "comparison":  # which was opened since, on a cell of its own
                self.screen.alter(cell=cell, entry=cell.delegation)
        elif message.gap:
            self.screen.go(cell=cell, pane="matrix")
        elif self.reading.desk.weighing.statements(
            cell.delegation, cell.issue, as_of=view.as_of, lens=view.lens, filters=view.filters,
            alone=cell.alone, deep=cell.deep, parts=cell.parts,
        ):  # fmt: skip
            self.screen.go(cell=cell, pane="statements", centre="article")
        else:
            names = [row.title for row in map(self.reading.row, (cell.delegation, cell.issue)) if row]
            self.screen.refuse(f"Nothing was said: {' on '.join(names)}.")

    def on_statement_selected(self, message: StatementSelected) -> None:
        """Frame the words of a statement in the reader; go there when it was opened."""
        message.stop()
        evidence = message.evidence
        if evidence is None and message.opened:
            self.screen.post_message(EntryOpened(message.entry))
        elif evidence is None:
            self.screen.alter(entry=message.entry)
        else:
            if message.opened:
                self.screen.go(entry=message.entry, pane="article", **framing(evidence))
            else:
                self.screen.alter(entry=message.entry, **framing(evidence))
            self._navigation.warn_of(evidence)

    def action_gaps_show(self) -> None:
        """Show the gaps beside the matrix, or the statements again."""
        back = self.view.pane == "gaps"
        changes = {"pane": "matrix", "side": "statements"} if back else {"pane": "gaps", "centre": "matrix"}
        self.screen.state = look(self.screen.remembered(), **changes)

    def action_dial_earlier(self) -> None:
        """See the matrix as of the day before on which anything changed."""
        self._dial(-1)

    def action_dial_later(self) -> None:
        """See the matrix as of the next day on which anything changed."""
        self._dial(1)

    def _dial(self, by: int) -> None:
        weighing = self.reading.desk.weighing
        days = weighing.dial()
        end = len(days) if weighing.matrix(as_of=days[-1]).undated else len(days) - 1
        day = self.view.as_of
        position = (bisect_left(days, day) if day else end) + by
        if position < 0:
            self.screen.refuse("Nothing was said before this day.")
        elif position > end or (by > 0 and not day):
            self.screen.refuse("This is all there is.")
        else:
            self.screen.alter(as_of=days[position] if position < end else "")

    def action_sides_compare(self) -> None:
        """Choose the row's delegation; with one chosen, show it and the row's side by side."""
        if self.view.pane != "matrix" and self.view.pane not in OPENED_BY_MATRIX:
            self.action_matrix_show()
            self._once_read(self.action_sides_compare)
            return
        view, pane = self.view, self.pane
        cell = pane.content.crossing() if pane is not None and view.pane == "matrix" else view.cell
        if view.pane == "comparison":
            self._return("matrix")
            return
        if not cell or pane is None or pane.content.matrix is None:
            self.screen.refuse("Move to a cell of the matrix first.")
            return
        others = [head.id for head in pane.content.matrix.delegations if not head.depth and head.id != cell.delegation]
        if not view.rival and len(others) == 1:
            self.screen.go(rival=cell.delegation, cell=replace(cell, delegation=others[0]), pane="comparison")
        elif view.rival and view.rival != cell.delegation:
            self.screen.go(cell=cell, pane="comparison")
        elif view.rival:
            self.screen.alter(rival="")
        else:
            self.screen.alter(rival=cell.delegation)
            row = self.reading.row(cell.delegation)
            key = self.keymap.shown("sides.compare")
            self.screen.tell(f"{row.title if row else ''} beside … move to another row and press {key} again.")

    def action_matrix_show(self) -> None:
        """Show the matrix, at the row and the column of what is selected."""
        entries = () if self.view.pane == "matrix" or self.view.pane in OPENED_BY_MATRIX else self._sides_and_issues()
        self._panes.show_pane("matrix")
        if entries:
            self._once_read(lambda: self._go_to(entries))

    def _go_to(self, entries: Sequence[str]) -> None:
        pane = self.pane
        if pane is not None and pane.content.matrix is not None:
            pane.content.move_to(place_of(pane.content.matrix, entries, pane.content.cursor))

    def _once_read(self, then: Callable[[], object]) -> None:
        """Do something when the matrix is read: at once, or when its pane, being mounted now, says so."""
        if self.pane is not None and self.pane.content.chart is not None and not self._waiting:
            then()
        else:
            self._waiting.append(then)

    def _sides_and_issues(self) -> Sequence[str]:
        """The selected entry, with the speakers and issues of a quote and the delegations of a person."""
        ends: dict[str, None] = {}
        waiting = [self.screen.selected()]
        for entry in waiting[:_ENDS]:
            ends[entry] = None
            view = self.reading.view(entry)
            if view is not None and view.entry.kind in ("quote", "person"):
                onward = [row.other for row in view.links[:_ENDS] if row.outward and row.relation in _TO_CELLS]
                waiting += [one for one in onward if one not in ends]
        return [*ends, *waiting]

    def action_coalitions_fold(self) -> None:
        """Count what the parts of coalitions say with them, or apart again."""
        coalitions = any(head.parts for head in self.reading.desk.weighing.matrix(parts=True).delegations)
        if self.pane is not None and coalitions:
            self.pane.folds.turn(PARTS)
        else:
            self.screen.refuse("No delegation here is a coalition: none has others that are part of it.")

    def action_agreement_show(self) -> None:
        """Show which sides agree, and on which issues."""
        from dossier.ui.screens.agreement import AgreementScreen  # noqa: PLC0415 - not needed to start

        view = self.view
        matrix = self.reading.desk.weighing.matrix(as_of=view.as_of, lens=view.lens, filters=view.filters)
        self.screen.open_dialog(AgreementScreen(self.keymap, Agreements(matrix)))

    def action_timeline_group(self) -> None:
        """Group the timeline by month, or by day again."""
        sorts = dict(self.view.sorts)
        if sorts.pop("timeline", "") != "month":
            sorts["timeline"] = "month"
        self.screen.alter(sorts=tuple(sorts.items()))

    def _return(self, pane: str) -> None:
        """Go back to a pane: to the very view one came from, where it was that pane's."""
        past = self.screen.state.past
        if past and past[-1].pane == pane and past[-1].as_of == self.view.as_of:
            self._navigation.action_view_back()
        else:
            self._panes.show_pane(pane)
        if pane == "matrix" and self.view.rival:
            self.screen.alter(rival="")

    def leave_level(self) -> bool:
        """Leave what the matrix opened, the day it is seen from, the lens over it, and the matrix itself."""
        state, view = self.screen.state, self.view
        in_centre = view.centre in CENTRES[1:]
        if state.zoomed or view.searching:
            return False
        if view.pane in OPENED_BY_MATRIX:
            self._return("matrix")
        elif view.pane == "article" and state.past and state.past[-1].pane in ("timeline", "comparison", "statements"):
            self._return(state.past[-1].pane)
        elif view.pane == "article" and view.side == "statements":
            self._panes.show_pane("statements")
        elif view.pane == "matrix" and view.rival:
            self.screen.alter(rival="")
        elif view.pane == "matrix" and view.as_of:
            self.screen.alter(as_of="")
        elif in_centre and view.lens:
            self.screen.state = widen(self.screen.remembered())
        elif in_centre or (view.pane in LISTS and view.side != SIDES[0]):
            pane = view.pane if view.pane in LISTS else self._panes.open_list
            self.screen.alter(centre=CENTRES[0], side=SIDES[0], pane=pane)
            self._panes.place()
        else:
            return False
        return True
