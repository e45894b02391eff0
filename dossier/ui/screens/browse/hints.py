"""Going to a link by letters: each link in sight gets one, and the next key goes there."""

from textual import events

from dossier.desk.state import BrowseState
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.hints import Hint, LinkTarget, labels
from dossier.ui.widgets.layouts import LISTS
from dossier.ui.widgets.pane import Pane


class HintController(Controller):
    """Shows the letters and takes the keys while they are shown."""

    def __init__(self, screen: BrowseBase, panes: PaneController) -> None:
        super().__init__(screen)
        self._panes = panes
        self._links: dict[str, LinkTarget] | None = None
        self._typed = ""

    def action_links_hint(self) -> None:
        """Put a letter on every link in sight, those of the focused pane first."""
        boxes = self._panes.boxes(self.screen.query_one(Board).size)
        panes = [pane for pane in self._panes.mounted() if pane.pane in boxes]
        panes.sort(key=lambda pane: (not pane.leads, pane.pane in LISTS))
        links = [(pane, link) for pane in panes for link in pane.links_in_sight()]
        if not links:
            self.screen.refuse("There is no link in sight.")
            return
        self._typed, self._links = "", {}
        drawn: dict[Pane, dict[int, list[Hint]]] = {pane: {} for pane in panes}
        for label, (pane, link) in zip(labels(len(links)), links, strict=True):
            self._links[label] = link
            drawn[pane].setdefault(link.y, []).append(Hint(link.x, label))
        for pane, lines in drawn.items():
            pane.letter(lines)
        self.screen.tell("Press a letter to go there; any other key ends it.", "row--key")

    def _clear(self) -> None:
        if self._links is not None:
            self._links, self._typed = None, ""
            for pane in self._panes.mounted():
                pane.letter({})

    def on_key(self, event: events.Key) -> None:
        """Take the next key for a letter while letters are shown."""
        if self._links is None:
            return
        event.stop()
        event.prevent_default()
        self._typed += event.character or "\0"
        link = self._links.get(self._typed)
        if link is None and any(label.startswith(self._typed) for label in self._links):
            return
        self._clear()
        self.screen.keys_pending("")
        if link is not None:
            link.follow()

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:  # noqa: ARG002 - any change will do
        """Take the letters away: what was in sight may be elsewhere now."""
        self._clear()

    def on_resize(self, _event: events.Resize) -> None:
        """Take the letters away: what was in sight is elsewhere now."""
        self._clear()
