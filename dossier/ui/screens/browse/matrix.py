"""Weighing: the matrix, what its cells rest on, two sides abreast, the timeline, and the day all is seen from."""

from bisect import bisect_left

from msgspec.structs import replace
from textual.geometry import Size

from dossier.desk.state import CENTRES, SIDES, look, remember, widen
from dossier.ui.messages import CellSelected, EntryOpened, RoomWanted, StatementSelected
from dossier.ui.panes import PANES
from dossier.ui.panes.matrix import MatrixPane
from dossier.ui.screens.browse.base import Ground
from dossier.ui.screens.browse.live import Living
from dossier.ui.screens.browse.navigation import framing
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.layouts import LISTS

_OPENED = ("statements", "gaps", "comparison")
"""The panes that the matrix opens."""


class Weighing(Living):
    """Panes that take the places of the reader and of the quotes, and what one does in them."""

    def place(self) -> None:
        """Panes that are wanted for the first time come into being before they are placed."""
        for name in (self.state.view.centre, self.state.view.side):
            if self.the_pane(name) is None and name in PANES:
                pane = PANES[name]()
                pane.data_bind(Ground.state, Ground.reading)
                self.query_one(Board).mount(pane)
        super().place()

    def the_matrix(self) -> MatrixPane | None:
        """The pane of the matrix, once there is one."""
        pane = self.the_pane("matrix")
        return pane if isinstance(pane, MatrixPane) else None

    def needs(self, size: Size) -> dict[str, int]:
        """The matrix goes by the breadth it would have."""
        matrix = self.the_matrix()
        return {**super().needs(size), "matrix": matrix.room_wanted(size.width) if matrix else 0}

    def on_room_wanted(self, message: RoomWanted) -> None:
        """The matrix has other rows or columns."""
        message.stop()
        matrix = self.the_matrix()
        if matrix is not None:
            self.state = remember(self.state, {"matrix": matrix.spot()})
            self.query_one(Board).replan()

    def tab(self) -> str:
        """What the matrix opens stands under its tab."""
        return "matrix" if self.state.view.pane in _OPENED else super().tab()

    def show_pane(self, name: str) -> None:
        """Gives a pane the focus; the reader's return brings the quotes back beside it."""
        view = self.state.view
        if name in ("matrix", "timeline"):
            beside = SIDES[1] if name == "matrix" and view.side == SIDES[0] else view.side
            beside = SIDES[0] if name == "timeline" else beside
            self.state = look(self.state, pane=name, searching=False, side=beside)
            self.place()
            return
        if name == "article" and view.centre != "article" and not view.searching:
            self.alter(side=SIDES[0])
        super().show_pane(name)

    def action_matrix_show(self) -> None:
        """To the matrix."""
        self.show_pane("matrix")

    def action_timeline_show(self) -> None:
        """To the timeline."""
        self.show_pane("timeline")

    def on_cell_selected(self, message: CellSelected) -> None:
        """Statements and links follow the cursor of the matrix; an opened cell is gone to."""
        message.stop()
        cell = message.cell
        if not message.opened:
            self.alter(cell=cell, entry=cell.delegation)
        elif message.gap:
            self.go(cell=cell, pane="matrix")
        elif self.reading is not None:
            view = self.state.view
            found = self.reading.desk.weighing.statements(
                cell.delegation, cell.issue, as_of=view.as_of, lens=view.lens, filters=view.filters,
                alone=cell.alone, deep=cell.deep,
            )  # fmt: skip
            if found:
                self.go(cell=cell, pane="statements", centre="article")
            else:
                names = [row.title for row in map(self.reading.row, (cell.delegation, cell.issue)) if row]
                self.refuse(f"Nothing was said: {' on '.join(names)}.")

    def on_statement_selected(self, message: StatementSelected) -> None:
        """Frames the words of a statement in the reader; goes there when it was opened."""
        message.stop()
        evidence = message.evidence
        if evidence is None:
            if message.opened:
                self.post_message(EntryOpened(message.entry))
            else:
                self.alter(entry=message.entry)
            return
        if message.opened:
            self.go(entry=message.entry, pane="article", **framing(evidence))
        else:
            self.alter(entry=message.entry, **framing(evidence))
        self.warn_of(evidence)

    def action_gaps_show(self) -> None:
        """The gaps beside the matrix, or the statements again."""
        self.state = remember(self.state, self.spots())
        if self.state.view.pane == "gaps":
            self.state = look(self.state, pane="matrix", side="statements")
        else:
            self.state = look(self.state, pane="gaps", centre="matrix")

    def action_dial_earlier(self) -> None:
        """As of the day before on which anything changed."""
        self._dial(-1)

    def action_dial_later(self) -> None:
        """As of the next day on which anything changed."""
        self._dial(1)

    def _dial(self, by: int) -> None:
        assert self.reading is not None
        weighing = self.reading.desk.weighing
        days = weighing.dial()
        end = len(days) if weighing.matrix(as_of=days[-1]).undated else len(days) - 1
        day = self.state.view.as_of
        at = (bisect_left(days, day) if day else end) + by
        if at < 0:
            self.refuse("Nothing was said before this day.")
        elif at > end or (by > 0 and not day):
            self.refuse("This is all there is.")
        else:
            self.alter(as_of=days[at] if at < end else "")

    def action_sides_compare(self) -> None:
        """Pins the row's delegation; with one pinned, sets it and the row's side by side."""
        view = self.state.view
        matrix = self.the_matrix()
        cell = matrix.crossing() if matrix is not None and view.pane == "matrix" else view.cell
        if view.pane == "comparison":
            self._return("matrix")
            return
        if not cell or matrix is None or matrix.matrix is None or self.reading is None:
            self.refuse("Move to a cell of the matrix first.")
            return
        others = [head.id for head in matrix.matrix.delegations if not head.depth and head.id != cell.delegation]
        if not view.rival and len(others) == 1:
            self.go(rival=cell.delegation, cell=replace(cell, delegation=others[0]), pane="comparison")
        elif view.rival and view.rival != cell.delegation:
            self.go(cell=cell, pane="comparison")
        elif view.rival:
            self.alter(rival="")
        else:
            self.alter(rival=cell.delegation)
            row = self.reading.row(cell.delegation)
            key = self.keymap.shown("sides.compare")
            self.tell(f"{row.title if row else ''} beside … move to another row and press {key} again.")

    def action_timeline_group(self) -> None:
        """By month, or by day again."""
        sorts = {**dict(self.state.view.sorts)}
        if sorts.pop("timeline", "") != "month":
            sorts["timeline"] = "month"
        self.alter(sorts=tuple(sorts.items()))

    def _return(self, pane: str) -> None:
        """Back to a pane: to the very view one came from, where it was that pane's."""
        past = self.state.past
        if past and past[-1].pane == pane and past[-1].as_of == self.state.view.as_of:
            self.action_view_back()
        else:
            self.show_pane(pane)
        if pane == "matrix" and self.state.view.rival:
            self.alter(rival="")

    def action_level_leave(self) -> None:
        """One level up: out of what the matrix opened, off the day it is seen from, out of the matrix."""
        state, view = self.state, self.state.view
        if state.zoomed or view.searching:
            super().action_level_leave()
        elif view.pane in _OPENED:
            self._return("matrix")
        elif view.pane == "article" and state.past and state.past[-1].pane in ("timeline", "comparison", "statements"):
            self._return(state.past[-1].pane)
        elif view.pane == "article" and view.side == "statements":
            self.show_pane("statements")
        elif view.pane == "matrix" and view.rival:
            self.alter(rival="")
        elif view.pane == "matrix" and view.as_of:
            self.alter(as_of="")
        elif view.centre in CENTRES[1:] and view.lens:
            self.state = widen(remember(state, self.spots()))
        elif view.centre in CENTRES[1:] or (view.pane in LISTS and view.side != SIDES[0]):
            pane = view.pane if view.pane in LISTS else self._open_list
            self.alter(centre=CENTRES[0], side=SIDES[0], pane=pane)
            self.place()
        else:
            super().action_level_leave()

    def action_browser_close(self) -> None:
        """Closes what stands in the reader's place before the browser."""
        view = self.state.view
        if view.centre != CENTRES[0] or view.side != SIDES[0]:
            self.action_level_leave()
        else:
            super().action_browser_close()

    def condition_met(self, need: str) -> bool:
        """Whether there is anything to weigh."""
        matrix = self.the_matrix()
        match need:
            case "members" | "parts":
                return matrix is not None and bool(matrix.foldable()[need == "parts"])
            case "cell":
                return bool(self.state.view.cell)
            case "days":
                return self.reading is not None and bool(self.reading.desk.weighing.dial())
        return super().condition_met(need)

    def facts(self) -> list[str]:
        """The day that is looked at, before what else there is to say."""
        view = self.state.view
        found = [f"as of {view.as_of}"] if view.as_of else []
        row = self.reading.row(view.rival) if self.reading and view.rival and view.pane == "matrix" else None
        return [*found, *([f"{row.title} beside …"] if row else []), *super().facts()]
