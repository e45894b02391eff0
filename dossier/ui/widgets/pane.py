"""What all panes have in common: a name, a number, and the state they follow."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.reactive import var
from textual.strip import Strip

from dossier.desk.state import BrowseState, Spot
from dossier.ui.drawing.frame import Framed
from dossier.ui.widgets.hints import Hint, Link, lettered
from dossier.ui.widgets.list_view import Lines
from dossier.ui.work.reading import Reading


class Pane(Framed):
    """One pane of the browse screen. It is given what to read and follows the state; it never sets either."""

    pane: ClassVar[str]
    """Its name, by which the state and the commands know it."""

    state: var[BrowseState] = var(BrowseState(), init=False)
    """Where the reader is; bound to the screen's."""

    reading: var[Reading | None] = var(None, init=False)
    """What there is to read; bound to the screen's."""

    hints: Mapping[int, Sequence[Hint]] = {}
    """The letters drawn over it, by the line of the pane; see `letter`."""

    def letter(self, hints: Mapping[int, Sequence[Hint]]) -> None:
        """Draws other letters over it."""
        if hints or self.hints:
            self.hints = hints
            self.refresh()

    def links_in_sight(self) -> list[Link]:
        """The places in sight that can be gone to, from top to bottom."""
        return []

    def render_line(self, y: int) -> Strip:
        """One line of the pane, letters over it."""
        drawn = super().render_line(y)
        return lettered(drawn, self.hints[y], self.look("row--hint")) if y in self.hints else drawn

    @property
    def leads(self) -> bool:
        """Whether it has the focus, as the state has it: the terminal may have lost its own for a while."""
        return self.state.view.pane == self.pane

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Follows the reader: takes its spot from the view when one went back, forward or on."""
        if self.reading is None:
            return
        if before.view.pane != after.view.pane and self.pane in (before.view.pane, after.view.pane):
            self.refresh()
        self.follow(before, after)
        if after.moves != before.moves:
            self.restore(after.view.spot(self.pane))

    def watch_reading(self) -> None:
        """Takes up another dossier, or the same one read anew."""
        if self.reading is not None:
            self.reload()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Shows what is new in the state."""

    def reload(self) -> None:
        """Shows what there is to read."""

    def selected_entry(self) -> str:
        """Id of the entry under the cursor; empty where the pane has none of its own."""
        return ""

    def spot(self) -> Spot:
        """The place where the pane stands now."""
        return Spot(top=self.top)

    def restore(self, spot: Spot) -> None:
        """Puts the pane where it stood."""
        self.top = spot.top


class ListPane(Lines, Pane):
    """A pane that is a list."""

    def entry_on(self, row: int) -> str:
        """Id of the entry a row is about; empty where there is none."""
        before, self.cursor = self.cursor, row
        try:
            return self.selected_entry()
        finally:
            self.cursor = before

    def links_in_sight(self) -> list[Link]:
        """Its rows, by their first lines."""
        found = []
        for y in range(self.page if self.stack.rows else 0):
            if self.top + y < self.stack.lines:
                row, part = self.stack.at(self.top + y)
                if part == 0 and self.rests(row):
                    found.append(Link(1, y + 1, partial(self.open_row, row)))
        return found


class TellingPane(ListPane):
    """A list whose rows stand for something in another pane: that follows the cursor, and Enter goes there."""

    def tell_row(self, *, opened: bool = False) -> None:
        """Posts what the row under the cursor stands for; `opened` when one goes there."""

    def on_focus(self) -> None:
        """Show what is under the cursor when the focus arrives."""
        self.tell_row()

    def on_lines_cursor_moved(self, message: Lines.CursorMoved) -> None:
        """Shows what the cursor came to."""
        message.stop()
        self.tell_row()

    def open_row(self, row: int) -> None:
        """Goes to what a row stands for."""
        self.move_to(row, tell=False)
        self.tell_row(opened=True)

    def action_entry_open(self) -> None:
        """Goes to what the row under the cursor stands for."""
        self.open_row(self.cursor)

    def action_row_in(self) -> None:
        """The same: there is nothing to unfold."""
        self.action_entry_open()
