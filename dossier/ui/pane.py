"""What all panes have in common: a name, a number, and the state they follow."""

from typing import ClassVar

from textual.reactive import var

from dossier.desk.state import BrowseState, Spot
from dossier.ui.frame import Framed
from dossier.ui.lines import Lines
from dossier.ui.reading import Reading


class Pane(Framed):
    """One pane of the browse screen. It is given what to read and follows the state; it never sets either."""

    pane: ClassVar[str]
    """Its name, by which the state and the commands know it."""

    state: var[BrowseState] = var(BrowseState(), init=False)
    """Where the reader is; bound to the screen's."""

    reading: var[Reading | None] = var(None, init=False)
    """What there is to read; bound to the screen's."""

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
            self.take_up()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Shows what is new in the state."""

    def take_up(self) -> None:
        """Shows what there is to read."""

    def selected_entry(self) -> str:
        """Id of the entry under the cursor; empty where the pane has none of its own."""
        return ""

    def spot(self) -> Spot:
        """Where the pane stands now."""
        return Spot(top=self.top)

    def restore(self, spot: Spot) -> None:
        """Puts the pane where it stood."""
        self.top = spot.top


class ListPane(Lines, Pane):
    """A pane that is a list."""
