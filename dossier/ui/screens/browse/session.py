"""The trail as a list, and the position of the last run, which is restored and saved."""

from threading import Thread

from msgspec.structs import replace
from textual import events
from textual.timer import Timer

from dossier.desk.state import BrowseState, jump
from dossier.desk.user import saved_state
from dossier.ui.messages import AnswerArrived
from dossier.ui.screens.browse.base import BrowseBase, Controller, first_view
from dossier.ui.screens.browse.basket import BasketController
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.widgets.screen import Conditions

PAUSE = 3.0
"""Seconds after a change until it is saved, so that a quick succession is saved once."""


class SessionController(Controller):
    """Saves and restores where the reader is, within a run and from one run to the next."""

    def __init__(
        self, screen: BrowseBase, panes: PaneController, results: ResultsController, basket: BasketController
    ) -> None:
        super().__init__(screen)
        self._panes, self._results, self._basket = panes, results, basket
        self._timer: Timer | None = None
        self._thread: Thread | None = None
        self._notice = ""
        self._awaited = False
        if screen.setup.keeps:
            self._load()

    def _load(self) -> None:
        """Take the saved state, as far as it still fits the dossier."""
        desk = self.reading.desk
        saved, self._notice = saved_state.load(desk.root)
        if desk.content is not None:
            known = {entry for entry in saved_state.named_ids(saved) if desk.can_mark(entry)}
            saved, lost = saved_state.fit(saved, known)
            self._notice = self._notice or lost
        self._basket.notes, self._results.queries = saved.notes, saved.queries
        state = saved.state
        if not (state.view.entry or state.view.article):
            first = first_view(self.reading)
            state = replace(state, view=replace(state.view, entry=first.entry, article=first.article))
        self.screen.set_reactive(BrowseBase.state, state)

    def on_mount(self, _event: events.Mount) -> None:
        """Restore the panes once they have their size."""
        if self._notice:
            self.screen.tell(self._notice, "row--doubt")
        if self.screen.setup.keeps and self.view.spots:
            self.screen.call_after_refresh(self._restore)

    def _restore(self) -> None:
        for pane in self._panes.mounted():
            pane.restore(self.view.spot(pane.pane))
        self.screen.state = replace(self.screen.state, moves=self.screen.state.moves + 1)

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:
        """Save a step on the way or a mark a moment later."""
        self._awaited = after.view.searching and (self._awaited or after.moves != before.moves)
        if (before.past, before.future, before.marks) != (after.past, after.future, after.marks):
            self._save_soon()

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Restore the results of a search that one came back to, once they are there again."""
        if self._awaited and message.request == self._results.searcher.last:
            self._awaited = False
            self.screen.call_next(self._restore_results)

    def _restore_results(self) -> None:
        if self._results.pane is not None and self.view.searching:
            self._results.pane.restore(self.view.spot("results"))

    def _save_soon(self) -> None:
        if self.screen.setup.keeps and self.screen.is_mounted and self._timer is None:
            self._timer = self.screen.set_timer(PAUSE, self._save)

    def _save(self) -> None:
        """Save in a thread: a disk may take its time to say that it has it."""
        self._timer = None
        root, notes = self.reading.desk.root, dict(self._basket.notes)
        state = saved_state.SavedState(state=self.screen.remembered(), notes=notes, queries=self._results.queries)

        def save() -> None:
            failure = saved_state.save(root, state)
            if failure and self.screen.is_attached:
                self.screen.call_later(self.screen.tell, failure, "row--doubt")

        self._wait()
        self._thread = Thread(target=save, name="keeping")
        self._thread.start()

    def _wait(self) -> None:
        """Wait until everything is saved."""
        if self._thread is not None:
            self._thread.join()

    def leaving(self) -> None:
        """Save where one is."""
        if self.screen.setup.keeps and self.screen.is_mounted:
            self._save()
            self._wait()

    def conditions(self) -> Conditions:
        """The condition of the trail."""
        return {"trail": lambda: bool(self.screen.state.past or self.screen.state.future)}

    def action_trail_show(self) -> None:
        """Open the trail."""
        from dossier.ui.screens.trail import TrailScreen  # noqa: PLC0415 - not needed to start

        def jumped(steps: str | None) -> None:
            if steps:
                self.screen.state = jump(self.screen.remembered(), int(steps))

        self.screen.state = self.screen.remembered()
        self.screen.open_dialog(TrailScreen(self.keymap, self.reading, self.screen.state), jumped)
