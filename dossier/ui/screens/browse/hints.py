"""Following by letters: one on every link in sight, and the next key goes there."""

from textual import events

from dossier.desk.state import BrowseState
from dossier.ui.screens.browse.filters import Narrowing
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.hints import Hint, Link, labels
from dossier.ui.widgets.layouts import LISTS
from dossier.ui.widgets.pane import Pane


class Hinting(Narrowing):
    """The letters, while they are shown."""

    _links: dict[str, Link] | None = None
    _typed = ""

    def action_links_hint(self) -> None:
        """Letters every link in sight, those of the focused pane first."""
        boxes = self.boxes(self.query_one(Board).size)
        panes = sorted(
            (pane for pane in self.panes() if pane.pane in boxes), key=lambda pane: (not pane.leads, pane.pane in LISTS)
        )
        found = [(pane, link) for pane in panes for link in pane.links_in_sight()]
        if not found:
            self.refuse("There is no link in sight.")
            return
        self._typed = ""
        self._links = {}
        drawn: dict[Pane, dict[int, list[Hint]]] = {pane: {} for pane in panes}
        for label, (pane, link) in zip(labels(len(found)), found, strict=True):
            self._links[label] = link
            drawn[pane].setdefault(link.y, []).append(Hint(link.x, label))
        for pane, lines in drawn.items():
            pane.letter(lines)
        self.tell("Press a letter to go there; any other key takes the letters away.", "row--key")

    def _unlettered(self) -> None:
        self._links, self._typed = None, ""
        for pane in self.panes():
            pane.letter({})

    async def on_key(self, event: events.Key) -> None:
        """While there are letters, the next key is one of them."""
        if self._links is None:
            return
        event.stop()
        event.prevent_default()
        self._typed += event.character or "\0"
        link = self._links.get(self._typed)
        if link is None and any(label.startswith(self._typed) for label in self._links):
            return
        self._unlettered()
        self.keys_pending("")
        if link is not None:
            link.follow()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """What was in sight may be elsewhere now."""
        super().watch_state(before, after)
        if self._links is not None:
            self._unlettered()

    def on_resize(self, _event: events.Resize) -> None:
        """What was in sight is elsewhere now."""
        if self._links is not None:
            self._unlettered()
