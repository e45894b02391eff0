"""Following a dossier that changes while it is read: edits are shown as they are made, and the position stays."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events

from dossier.desk.desk import Desk
from dossier.desk.state import fit_to_dossier, named_entries
from dossier.model.anchors import SOUND, STATUSES
from dossier.model.problems import DossierError
from dossier.ui.messages import Reported
from dossier.ui.panes import PANES
from dossier.ui.screens.browse.base import BrowseBase, Controller, first_view
from dossier.ui.screens.browse.navigation import NavigationController
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.screen import Conditions
from dossier.ui.work.problem_reader import ProblemReader, ProblemsCounted, ProblemsFailed
from dossier.ui.work.reading import Reading
from dossier.ui.work.scroll_memory import ScrollPosition, place_of, put_back

if TYPE_CHECKING:
    from dossier.desk.watcher import KeeperReport, Watcher


class LiveController(Controller):
    """Starts the process that watches the files, and shows what it reports."""

    def __init__(
        self, screen: BrowseBase, panes: PaneController, navigation: NavigationController, results: ResultsController
    ) -> None:
        super().__init__(screen)
        self._panes, self._navigation, self._results = panes, navigation, results
        self.watcher: Watcher | None = None
        """The process that watches the files; None while there is none."""
        self._pin_snapshot()  # before a pane asks for an article, which would read all that changed
        self.content = self.reading.desk.content
        """What was read of the files when they were last shown; see `Desk.content`."""
        self.settled = False
        """Whether the process has nothing left to do."""
        self.problems = ProblemReader(self.reading.desk, screen.post_message)
        """Reads the problems beside the screen."""
        self._progress = ""
        self._broken = ""  # file and reason, while the last good view is shown
        self._accepted = ""  # a broken file that the user asked to be shown as it is
        self._forced = False
        self._unreadable: list[str] = []
        self._unsound: tuple[Reading, int] | None = None
        self._drawn = False

    def conditions(self) -> Conditions:
        """The condition of the review."""
        return {"review": self._has_evidence_to_review}

    def _has_evidence_to_review(self) -> bool:
        return any(count for status, count in self.reading.desk.anchor_counts().items() if status != "exact")

    def on_mount(self, _event: events.Mount) -> None:
        """Show what the user wants first; the process is started after the first paint."""
        setup = self.screen.setup
        if setup.layout in PANES and not self.screen.state.past:
            self.screen.call_later(self.screen.perform, f"{setup.layout}.show")
        if setup.notice:
            self.screen.tell(setup.notice, "row--doubt")
        self.screen.call_after_refresh(self._start)

    def _pin_snapshot(self) -> None:
        """Show the dossier as it is at one moment, until the next snapshot is pinned."""
        if self.screen.setup.live:
            self.reading.desk.synced_elsewhere = True
            self.reading.desk.pin_snapshot()
            self.content = self.reading.desk.content

    def _start(self) -> None:
        """Do what the first paint need not wait for."""
        self._drawn = True
        self._find_unreadable_files()
        self.screen.show_status()
        if self._unreadable:
            self.screen.call_later(self.screen.perform, "problems.show")
        if not self.screen.setup.live:
            return
        from dossier.desk.watcher import Watcher  # noqa: PLC0415 - not before the first paint

        desk = self.reading.desk
        try:
            self.watcher = Watcher(desk.root, lambda report: self.screen.post_message(Reported(report)), desk.engine)
        except OSError as error:
            why = f"Changes of the files are not noticed ({error.strerror}): press R to read them."
            self.screen.tell(why, "row--doubt")

    def _stop(self) -> None:
        if self.watcher is not None:
            self.watcher.stop()
            self.watcher = None

    def on_unmount(self, _event: events.Unmount) -> None:
        """End the process, and what reads the problems."""
        self._stop()
        self.problems.close()

    def refresh(self) -> None:
        """Let the process look at the files at once."""
        if self.watcher is not None:
            self.watcher.again()

    def on_reported(self, message: Reported) -> None:
        """Show what the process has done or is doing."""
        message.stop()
        report: KeeperReport = message.report
        self._progress = ""
        self.settled = report.state == "settled"
        if report.state == "working":
            self._progress = f"{report.what} {100 * report.done // report.total} %" if report.total else report.what
            if self.content is None:
                self._show_partial()
        elif report.state == "read":
            self._show_read(report)
        elif report.state == "indexed":
            self.renew(only_new=True)
            self._results.search_again()
            if report.what:
                self.screen.tell(report.what)
        elif report.state == "settled":
            self.renew(only_new=True)
            if self._results.answer is not None and self._results.answer.partial:
                self._results.search_again()
        else:
            self._show_failure(report)
        self.screen.show_status()

    def _show_partial(self) -> None:
        """Show what has been read so far of a dossier that was never read to its end."""
        desk = self.reading.desk
        before, places = desk.generation, self._places()
        desk.pin_snapshot()
        if desk.generation != before:
            self._show(places)

    def _show_read(self, report: "KeeperReport") -> None:
        """Show what was read, unless a file broke; then the last good view stays."""
        broken = "" if report.broken == self._accepted else report.broken
        if self._forced:
            self._accepted, broken = report.broken, ""
        if broken and self.content is not None:
            if broken != self._broken:
                self.screen.tell(f"The last good view stays: {broken}", "row--bad")
            self._broken = broken
            return
        mended, self._broken = bool(self._broken), ""
        self.renew(only_new=not self._forced)
        if self._forced:
            self._forced = False
            self.problems.count()
        elif mended:
            self.screen.tell("Mended: all is shown as it is now.", "row--good")

    def _show_failure(self, report: "KeeperReport") -> None:
        if report.state == "ended":
            self._stop()
        self._forced = False
        stays = "" if report.state == "ended" else "The last good view stays: "
        self.screen.tell(f"{stays}{report.what}", "row--bad")

    def renew(self, *, only_new: bool = False) -> None:
        """Show the dossier as it is known now, everything staying where it was."""
        desk = self.reading.desk
        if self._broken:
            return
        places = self._places()
        if desk.synced_elsewhere:
            desk.pin_snapshot()
        else:
            _ = desk.generation  # which drops the lists that were read before a change
        if not only_new or desk.content != self.content:
            self._show(places)

    def _places(self) -> list[tuple[Pane, ScrollPosition]]:
        """The position of each pane: to be asked for before the next snapshot, in which rows stand elsewhere."""
        return [(pane, place_of(pane)) for pane in self._panes.mounted()]

    def _show(self, places: Sequence[tuple[Pane, ScrollPosition]]) -> None:
        """Show the snapshot that is pinned, each pane at its place."""
        desk, screen = self.reading.desk, self.screen
        self.content = desk.content
        self._find_unreadable_files()
        screen.reading = Reading(desk)
        if not (self.view.entry or self.view.article):
            first = first_view(self.reading)
            screen.state = replace(screen.state, view=replace(self.view, entry=first.entry, article=first.article))
            self._panes.place()
            return
        screen.state = fit_to_dossier(screen.state, self._known_entries())
        for pane, place in places:
            put_back(pane, place)
        view = self.view
        entry = view.entry or screen.selected()
        if entry and not (view.entry and view.article):
            screen.alter(**({} if view.article else self._navigation.shown_for(entry)), entry=entry)
        screen.show_status()

    def action_dossier_reload(self) -> None:
        """Read the dossier again, and show it whatever state its files are in."""
        if self.watcher is not None:
            self._forced = True
            self.watcher.again()
            self.screen.tell("Reloading …", "row--faint")
            return
        old = self.reading.desk
        try:
            desk = Desk.open(Path(old.root), engine=old.engine)
        except DossierError as error:
            self.screen.tell(f"{error} The last good view stays.", "row--bad")
        else:
            self.screen.reading = Reading(desk)
            old.close()
            self.screen.state = fit_to_dossier(self.screen.state, self._known_entries())
            self.problems.count()
        self._pin_snapshot()
        self._start()

    def _known_entries(self) -> set[str]:
        """The entries of the state that are in the dossier; all until it was read once."""
        desk, entries = self.reading.desk, named_entries(self.screen.state)
        return entries if desk.content is None else {entry for entry in entries if desk.can_mark(entry)}

    def on_problems_counted(self, message: ProblemsCounted) -> None:
        """Say how many problems a reloaded dossier has."""
        message.stop()
        count = "1 problem" if message.count == 1 else f"{message.count:,} problems"
        keys = self.keymap.shown("problems.show")
        self.screen.tell(f"Reloaded: {count} · press {keys}" if message.count else "Reloaded.")

    def on_problems_failed(self, message: ProblemsFailed) -> None:
        """Say why the problems could not be read."""
        message.stop()
        self.screen.tell(message.why, "row--bad")

    def _find_unreadable_files(self) -> None:
        """Note which files cannot be read to their end: until that is mended, other problems follow from it."""
        self._unreadable = self.reading.desk.unreadable_files()

    def headline(self) -> tuple[str, str]:
        """Files that cannot be read, else how much evidence needs a look."""
        if self.view.searching:
            return "", ""
        count, keys = self._count_unsound(), self.keymap.shown
        if self._unreadable:  # the key before the name: a narrow screen cuts the end
            more = f" and {len(self._unreadable) - 1} more" if len(self._unreadable) > 1 else ""
            return f"✗ press {keys('problems.show')}: {self._unreadable[0]}{more} cannot be read whole", "row--bad"
        if not count:
            return "", "row--faint"
        pieces = "1 piece of evidence needs a look" if count == 1 else f"{count:,} pieces of evidence need a look"
        return f"≠ {pieces} · press {keys('review.open')}", "row--doubt"

    def _count_unsound(self) -> int:
        """The number of pieces of evidence that need a look, counted once for each state of the dossier."""
        if not self._drawn:
            return 0
        if self._unsound is None or self._unsound[0] is not self.reading:
            counts = self.reading.desk.anchor_counts()
            self._unsound = self.reading, sum(counts.get(status, 0) for status in STATUSES if status not in SOUND)
        return self._unsound[1]

    def facts(self) -> list[str]:
        """The evidence that needs a look while a message hides it, a broken file, and what the process is doing."""
        count = self._count_unsound() if self.screen.message[0] else 0
        unsound = f"≠ {count:,} to look at: {self.keymap.shown('review.open')}" if count else ""
        broken = f"✗ {self._broken.partition(':')[0].rpartition('/')[2]} is broken" if self._broken else ""
        return list(filter(None, (unsound, broken, self._progress)))

    def action_review_open(self) -> None:
        """Open the review."""
        from dossier.ui.screens.review import ReviewScreen  # noqa: PLC0415 - not needed to start

        def reviewed(result: str | None) -> None:
            if result:
                self.renew()
                self.screen.tell(result, "row--good")
                self.refresh()

        self.screen.open_dialog(ReviewScreen(self.keymap, self.reading.desk), reviewed)
