"""Opening files of the dossier in the user's editor, and addresses in the user's web browser."""

import contextlib
import subprocess
from threading import Thread

from textual.app import SuspendNotSupported

from dossier.model.problems import DossierError, Place
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.live import LiveController
from dossier.ui.widgets.screen import Conditions
from dossier.ui.work import editor, opener
from dossier.ui.work.problem_reader import ProblemsListed

_LOOK = 0.2
"""Seconds between two looks at whether an editor has ended."""


class EditorController(Controller):
    """Hands files and addresses to programs of the user's choice."""

    def __init__(self, screen: BrowseBase, live: LiveController) -> None:
        super().__init__(screen)
        self._live = live

    def conditions(self) -> Conditions:
        """The condition of opening an address."""
        return {"address": lambda: bool(self._address())}

    def action_entry_edit(self) -> None:
        """Open the entry's file in the editor at its line, and read the dossier again afterwards."""
        entry = self.reading.desk.entry(self.screen.selected())
        if entry is None or not entry.place.file:
            self.screen.refuse("What is selected is not written in a file of the dossier.")
            return
        self.edit(entry.place)

    def edit(self, place: Place) -> None:
        """Open a file of the dossier in the editor at a line, and read the dossier again afterwards."""
        root = self.reading.desk.root
        path = root / place.file
        if not path.resolve().is_relative_to(root.resolve()):
            self.screen.refuse("That file lies outside the dossier.")
            return
        try:
            command = editor.command(path, place.line)
            with self.screen.app.suspend():
                _run_to_end(command)
        except (DossierError, OSError) as error:
            self.screen.refuse(f"The editor could not be opened: {error}")
            return
        except SuspendNotSupported:
            self.screen.refuse("The editor cannot be opened from this terminal.")
            return
        self.screen.app.refresh()
        self._live.action_dossier_reload()

    def action_problems_show(self) -> None:
        """Ask for the problems of the dossier's files."""
        self.screen.tell("Looking for problems …", "row--faint")
        self._live.problems.list()

    def on_problems_listed(self, message: ProblemsListed) -> None:
        """List the problems; the one that is chosen is opened in the editor."""
        from dossier.ui.screens.problems import ProblemsScreen  # noqa: PLC0415 - not needed to start

        message.stop()
        problems = message.problems
        self.screen.tell("" if problems else "✓ The dossier's files have no problems.", "row--good")

        def chosen(row: str | None) -> None:
            if row:
                self.edit(problems[int(row)].place)

        if problems:
            self.screen.open_dialog(ProblemsScreen(self.keymap, problems), chosen)

    def _address(self) -> str:
        """The address of the selected article, else of the open one; empty where it has none."""
        desk = self.reading.desk
        article = desk.entry(self.screen.selected())
        if article is None or article.kind != "article":
            article = desk.entry(self.view.article)
        return article.text("url") if article else ""

    def action_address_open(self) -> None:
        """Show the article's address; it is opened with the user's own program when that is wanted."""
        from dossier.ui.screens.address import AddressScreen  # noqa: PLC0415 - not needed to start

        try:
            command, takes_terminal = opener.command(self._address())
        except DossierError as error:
            self.screen.refuse(f"{error} {self._address()}")
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._run(command, takes_terminal=takes_terminal)

        self.screen.open_dialog(AddressScreen(self.keymap, self._address(), command[0]), answered)

    def _run(self, command: list[str], *, takes_terminal: bool) -> None:
        try:
            if takes_terminal:
                with self.screen.app.suspend():
                    _run_to_end(command)
                self.screen.app.refresh()
            else:
                nowhere = subprocess.DEVNULL
                process = subprocess.Popen(  # noqa: S603 - likewise
                    command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
                )
                Thread(target=process.wait, name="address", daemon=True).start()
                self.screen.tell(f"Given to {command[0]}.", "row--good")
        except OSError as error:
            self.screen.refuse(f"{command[0]} could not be started: {error.strerror}.")
        except SuspendNotSupported:
            self.screen.refuse("That program cannot take this terminal.")


def _run_to_end(command: list[str]) -> None:
    """Run a program that has the terminal until it ends.

    Looked at now and then and not waited for: a signal that the system gives to another thread, as when the terminal is
    closed, has its handler called in this one, and not before this one is awake.
    """
    process = subprocess.Popen(command)  # noqa: S603 - a list of arguments from the user's own setting
    while process.returncode is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)
