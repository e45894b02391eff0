"""Coming back: the trail as a list, and where one was the last time the dossier was open."""

from threading import Thread
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.timer import Timer

from dossier.desk.state import BrowseState, jump, remember
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import AnswerArrived
from dossier.ui.panes.results import Results
from dossier.ui.screens.browse.base import Ground, first_view
from dossier.ui.screens.browse.basket import Collecting
from dossier.ui.widgets.board import Board
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup

if TYPE_CHECKING:
    from dossier.desk.user.saved_state import Kept

PAUSE = 3.0
"""Seconds after a change until it is kept, so that a quick succession is kept once."""


class Returning(Collecting):
    """The trail, within a run and from one run to the next."""

    def __init__(self, reading: Reading, keymap: Keymap, setup: Setup | None = None) -> None:
        super().__init__(reading, keymap, setup)
        self._due: Timer | None = None
        self._keeping: Thread | None = None
        self._notice = ""
        self._awaited = False
        if self.setup.keeps:
            self._resume()

    def _resume(self) -> None:
        """Takes up what was kept, as far as it still fits the dossier."""
        from dossier.desk.user import saved_state  # noqa: PLC0415 - a run that keeps nothing does not need it

        assert self.reading is not None
        desk = self.reading.desk
        kept, self._notice = saved_state.load(desk.root)
        if desk.content is not None:
            kept, lost = saved_state.fit(kept, {one for one in saved_state.named(kept) if desk.entry(one) is not None})
            self._notice = self._notice or lost
        self.notes, self.queries = kept.notes, kept.queries
        state = kept.state
        if not (state.view.entry or state.view.article):
            first = first_view(self.reading)
            state = replace(state, view=replace(state.view, entry=first.entry, article=first.article))
        self.set_reactive(Ground.state, state)

    def on_mount(self) -> None:
        """The panes stand where they stood, once they have their size."""
        if self._notice:
            self.tell(self._notice, "row--doubt")
        if self.setup.keeps and self.state.view.spots:
            self.call_after_refresh(self._restore)

    def _restore(self) -> None:
        for pane in self.panes():
            pane.restore(self.state.view.spot(pane.pane))
        self.state = replace(self.state, moves=self.state.moves + 1)

    def place(self) -> None:
        """The results are there when one comes back to a search of an earlier run."""
        if self.state.view.searching and self.results() is None and self.query_one(Board).is_mounted:
            pane = Results()
            pane.data_bind(Ground.state, Ground.reading)
            self.query_one(Board).mount(pane)
        super().place()

    def still_there(self) -> set[str]:
        """Until the dossier was read once, everything is taken to be in it."""
        assert self.reading is not None
        if self.reading.desk.content is not None:
            return super().still_there()
        views = (self.state.view, *self.state.past, *self.state.future)
        named = {entry for view in views for entry in (view.entry, view.article, *view.lens)}
        return named | set(self.state.marks)

    def kept(self) -> "Kept":
        """What is to be kept of this run."""
        from dossier.desk.user.saved_state import Kept  # noqa: PLC0415 - a run that keeps nothing does not need it

        return Kept(state=remember(self.state, self.spots()), notes=dict(self.notes), queries=self.queries)

    def _keep_now(self) -> None:
        """Keeps it beside what one does: a disk may take its time to say that it has it."""
        from dossier.desk.user import saved_state  # noqa: PLC0415 - a run that keeps nothing does not need it

        assert self.reading is not None
        self._due = None
        root, kept = self.reading.desk.root, self.kept()

        def keep() -> None:
            told = saved_state.save(root, kept)
            if told and self.is_attached:
                self.call_later(self.tell, told, "row--doubt")

        self._all_kept()
        self._keeping = Thread(target=keep, name="keeping")
        self._keeping.start()

    def _all_kept(self) -> None:
        if self._keeping is not None:
            self._keeping.join()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """A step on the way or a mark is kept a moment later."""
        super().watch_state(before, after)
        self._awaited = after.view.searching and (self._awaited or after.moves != before.moves)
        if (before.past, before.future, before.marks) != (after.past, after.future, after.marks):
            self.keep_soon()

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """The results of a search that one came back to stand where they stood, once they are there again."""
        if self._awaited and message.request == self.searcher().last:
            self._awaited = False
            self.call_next(self._restore_results)

    def _restore_results(self) -> None:
        pane = self.results()
        if pane is not None and self.state.view.searching:
            pane.restore(self.state.view.spot("results"))

    def keep_soon(self) -> None:
        """Keeps where one is a moment later."""
        if self.setup.keeps and self.is_mounted and self._due is None:
            self._due = self.set_timer(PAUSE, self._keep_now)

    def leaving(self) -> None:
        """Keeps where one was."""
        super().leaving()
        if self.setup.keeps and self.is_mounted:
            self._keep_now()
            self._all_kept()

    def action_trail_show(self) -> None:
        """Opens the trail."""
        from dossier.ui.screens.trail import TrailScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        self.state = remember(self.state, self.spots())
        self.open_dialog(TrailScreen(self.keymap, self.reading, self.state), self._jumped)

    def _jumped(self, steps: str | None) -> None:
        if steps:
            self.state = jump(remember(self.state, self.spots()), int(steps))

    def condition_met(self, need: str) -> bool:
        """Whether there is a trail."""
        return bool(self.state.past or self.state.future) if need == "trail" else super().condition_met(need)
