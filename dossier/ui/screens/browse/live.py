"""A dossier that changes while it is read: what was edited flows in, and the reader's place stays."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import ComposeResult

from dossier.desk.state import fitting
from dossier.model.anchors import SOUND, STATUSES
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import Reported
from dossier.ui.panes import PANES
from dossier.ui.screens.browse.base import first_view
from dossier.ui.screens.browse.commands import Handing
from dossier.ui.widgets.entry_list import EntryList
from dossier.ui.work.reading import Reading
from dossier.ui.work.scroll_memory import place_of, put_back
from dossier.ui.work.setup import Setup

if TYPE_CHECKING:
    from dossier.desk.keeper import Report, Watcher


class Living(Handing):
    """What goes on behind the screen, and what comes of it on the screen."""

    def __init__(self, reading: Reading, keymap: Keymap, setup: Setup | None = None) -> None:
        super().__init__(reading, keymap)
        self.setup = setup or Setup()
        """How the user wants the browser."""
        self._keeper: Watcher | None = None
        self._content = reading.desk.content
        self._doing = self._broken = self._taken = ""
        self._insisting = False
        self.rests = False
        """Whether nothing is left to do behind the screen."""
        self._counted: tuple[Reading, int] | None = None
        self._drawn = False
        self._unread: list[str] = []

    def compose(self) -> ComposeResult:
        """The panes, with more space in them for who wants it."""
        for widget in super().compose():
            if self.setup.roomy and isinstance(widget, EntryList) and widget.height > 1:
                widget.height, widget.gap = widget.height + 1, 1
            yield widget

    def on_mount(self) -> None:
        """What the user wants first is shown; the process behind is started when the screen is there."""
        self.set_class(self.setup.roomy, "-roomy")
        if self.setup.layout in PANES and not self.state.past:
            self.call_later(self.perform, f"{self.setup.layout}.show")
        if self.setup.notice:
            self.tell(self.setup.notice, "row--doubt")
        self._keep()
        self.call_after_refresh(self._begin)

    def _keep(self) -> None:
        """From now on the dossier is shown as it was at one moment after the other."""
        if self.setup.live:
            assert self.reading is not None
            self.reading.desk.kept = True
            self.reading.desk.hold()
            self._content = self.reading.desk.content

    def _begin(self) -> None:
        """What the first screen need not wait for."""
        self._drawn = True
        self._look_for_broken_files()
        self.show_status()
        if self._unread:
            self.action_problems_show()
        if not self.setup.live:
            return
        from dossier.desk.keeper import Watcher  # noqa: PLC0415 - not before the first screen

        assert self.reading is not None
        desk = self.reading.desk
        try:
            self._keeper = Watcher(desk.root, lambda report: self.post_message(Reported(report)), desk.engine)
        except OSError as error:
            self.tell(f"Changes of the files are not noticed ({error.strerror}): press R to read them.", "row--doubt")

    def on_unmount(self) -> None:
        """Ends the process behind."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None

    def on_reported(self, message: Reported) -> None:
        """Shows what the process behind has done or is doing."""
        message.stop()
        report: Report = message.report
        assert self.reading is not None
        self._doing = ""
        self.rests = report.state == "settled"
        if report.state == "working":
            self._doing = f"{report.what} {100 * report.done // report.total} %" if report.total else report.what
            if self._content is None:
                self.flow_in()
        elif report.state == "read":
            self._read(report)
        elif report.state == "indexed":
            self.renew(only_new=True)
            self.search_again()
            if report.what:
                self.tell(report.what)
        elif report.state == "settled":
            self.renew(only_new=True)
            if self._answer is not None and self._answer.partial:
                self.search_again()
        else:
            self._ended(report)
        self.show_status()

    def flow_in(self) -> None:
        """Shows what has been read so far of a dossier that was never read to its end."""
        assert self.reading is not None
        desk = self.reading.desk
        before = desk.generation
        desk.hold()
        if desk.generation != before:
            self.renew()

    def _read(self, report: "Report") -> None:
        """The catalogue is up to date: shows it, unless a file broke; then the last good view stays."""
        assert self.reading is not None
        broke = "" if report.broken == self._taken else report.broken
        if self._insisting:
            self._taken, broke = report.broken, ""
        if broke and self._content is not None:
            if broke != self._broken:
                self.tell(f"The last good view stays: {broke}", "row--bad")
            self._broken = broke
            return
        mended, self._broken = bool(self._broken), ""
        self.renew(only_new=not self._insisting)
        if self._insisting:
            self._insisting = False
            self.tell(self.read_anew())
        elif mended:
            self.tell("Mended: all is shown as it is now.", "row--good")

    def _ended(self, report: "Report") -> None:
        if report.state == "ended" and self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        self._insisting = False
        stays = "" if report.state == "ended" else "The last good view stays: "
        self.tell(f"{stays}{report.what}", "row--bad")

    def renew(self, *, only_new: bool = False) -> None:
        """Shows the dossier as it is known now, everything staying where it was."""
        assert self.reading is not None
        desk = self.reading.desk
        if self._broken:
            return
        if desk.kept:
            desk.hold()
        content = desk.content
        if only_new and content == self._content:
            return
        self._content = content
        self._look_for_broken_files()
        places = [(pane, place_of(pane)) for pane in self.panes()]
        empty = not (self.state.view.entry or self.state.view.article)
        self.reading = Reading(desk)
        if empty:
            self.state = replace(self.state, view=replace(first_view(self.reading), pane=self.state.view.pane))
            self.place()
            return
        self.state = fitting(self.state, self.still_there())
        for pane, place in places:
            put_back(pane, place)
        view = self.state.view
        entry = view.entry or self.selected()
        if entry and not (view.entry and view.article):
            self.alter(**({"entry": entry} if view.article else {**self.shown_for(entry), "entry": entry}))
        self.show_status()

    def action_dossier_reload(self) -> None:
        """Reads the dossier anew, and shows it whatever state its files are in."""
        if self._keeper is None:
            super().action_dossier_reload()
            self._keep()
            self._begin()
            return
        self._insisting = True
        self._keeper.again()
        self.tell("Reloading …", "row--faint")

    def headline(self) -> str:
        """The title of the dossier, behind what needs a look."""
        title = super().headline()
        if self._unread and not self.state.view.searching:
            more = f" and {len(self._unread) - 1} more" if len(self._unread) > 1 else ""
            told = f"✗ {self._unread[0]}{more} cannot be read whole"
            return f"{told} · press {self.keymap.shown('problems.show')} · {title}"
        count = self.open_evidence()
        if not count or self.state.view.searching:
            return title
        many = "1 quotation needs a look" if count == 1 else f"{count:,} quotations need a look"
        return f"≠ {many} · press {self.keymap.shown('review.open')} · {title}"

    def open_evidence(self) -> int:
        """How many pieces of evidence need a look, counted once for each state of the dossier."""
        if self.reading is None or not self._drawn:
            return 0
        if self._counted is None or self._counted[0] is not self.reading:
            counts = self.reading.desk.anchor_counts()
            self._counted = self.reading, sum(counts.get(status, 0) for status in STATUSES if status not in SOUND)
        return self._counted[1]

    def headline_look(self) -> str:
        """The style of the headline: loud while evidence needs a look."""
        return "row--doubt" if self.open_evidence() and not self.state.view.searching else super().headline_look()

    def condition_met(self, need: str) -> bool:
        """Whether there is evidence to review."""
        if need != "review":
            return super().condition_met(need)
        return self.reading is not None and any(
            count for status, count in self.reading.desk.anchor_counts().items() if status != "exact"
        )

    def facts(self) -> list[str]:
        """What goes on behind, after what else there is to say."""
        broken = f"✗ {self._broken.partition(':')[0].rpartition('/')[2]} is broken" if self._broken else ""
        count = self.open_evidence() if self.message else 0
        look = f"≠ {count:,} to look at: {self.keymap.shown('review.open')}" if count else ""
        return [*super().facts(), *filter(None, (look, broken, self._doing))]

    def _look_for_broken_files(self) -> None:
        """Notes which files are not read to their end: until that is mended, all else is a consequence."""
        from dossier.desk.sync import broken_files  # noqa: PLC0415 - not before the first screen

        assert self.reading is not None
        self._unread = broken_files(self.reading.desk)

    def action_problems_show(self) -> None:
        """Lists the problems of the dossier's files."""
        from dossier.ui.screens.problems import ProblemsScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        problems = self.reading.desk.problems()
        if not problems:
            self.tell("✓ The dossier's files have no problems.", "row--good")
            return

        def mend(row: str | None) -> None:
            if row:
                self.edit(problems[int(row)].place)

        self.open_dialog(ProblemsScreen(self.keymap, problems), mend)

    def action_review_open(self) -> None:
        """Opens the review."""
        from dossier.ui.screens.review import ReviewScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        self.open_dialog(ReviewScreen(self.keymap, self.reading.desk), self._reviewed)

    def _reviewed(self, told: str | None) -> None:
        if told:
            self.renew()
            self.tell(told, "row--good")
            if self._keeper is not None:
                self._keeper.again()
