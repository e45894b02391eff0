"""The trail: where one has been in the dossier, the latest first, to go back to any of it."""

from textual.widget import Widget

from dossier.desk.state import BrowseState, View
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.work.reading import Reading


class TrailScreen(Dialog):
    """The trail. It is left with how many steps to go, negative ones back, or with None."""

    def __init__(self, keymap: Keymap, reading: Reading, state: BrowseState) -> None:
        super().__init__(keymap)
        self._reading = reading
        ahead = [(at + 1, view) for at, view in enumerate(state.future)]
        behind = [(-at - 1, view) for at, view in enumerate(reversed(state.past))]
        self._steps = [*reversed(ahead), (0, state.view), *behind]
        self._list = Answers("Where you have been", [self._choice(*step) for step in self._steps])
        self._first = min(len(ahead) + 1, len(self._steps) - 1)

    def fields(self) -> list[Widget]:
        """The trail."""
        box = ChoiceBox(self._list, id="answers")
        self._list.view.cursor = self._first
        return [box]

    def on_mount(self) -> None:
        """The view before is under the cursor."""
        self.call_after_refresh(self._list.view.move_to, self._list.view.cursor, tell=False)

    def _choice(self, steps: int, view: View) -> Choice:
        here = "you are here" if not steps else f"{abs(steps)} {'back' if steps < 0 else 'ahead'}"
        return Choice(str(steps), self._describe_view(view), note=here)

    def _describe_view(self, view: View) -> str:
        """The view that was seen there, in one line."""
        pane = self._reading.desk.label(view.pane)
        lens = " + ".join(filter(None, map(self._title, view.lens)))
        searched = f"/{view.query}" if view.query else ""
        cell = f"{self._title(view.cell.delegation)} × {self._title(view.cell.issue)}" if view.cell else ""
        weighed = cell if view.pane in ("matrix", "statements", "comparison") else ""
        parts = (pane, weighed or self._title(view.entry), searched, f"lens: {lens}" if lens else "")
        return " ─ ".join(filter(None, parts))

    def _title(self, entry: str) -> str:
        row = self._reading.row(entry) if entry else None
        return row.title if row else entry

    def action_dialog_accept(self) -> None:
        """Go to what is under the cursor."""
        self.dismiss(str(self._steps[self._list.view.cursor][0]))
