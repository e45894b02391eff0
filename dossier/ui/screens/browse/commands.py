"""Handing over and looking after: export, copies, the editor, reading anew, the palette and the help."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

from textual.app import SuspendNotSupported

from dossier.desk.desk import Desk
from dossier.desk.state import fitting
from dossier.model.anchors import Evidence, weakest
from dossier.model.problems import DossierError, Place
from dossier.ui.keys.actions import ACTIONS
from dossier.ui.messages import EntryOpened
from dossier.ui.screens.browse.hits import Finding
from dossier.ui.web.read_only import read_only
from dossier.ui.widgets.board import Board
from dossier.ui.work import editor, opener
from dossier.ui.work.reading import Reading


class Handing(Finding):
    """What leaves the browser, and what comes into it anew."""

    notes: Mapping[str, str] = {}
    """The reader's notes on marked entries, by id."""

    def action_brief_export(self) -> None:
        """Opens the export."""
        from dossier.desk.brief.scope import Extent  # noqa: PLC0415 - not needed to start
        from dossier.ui.screens.export import ExportScreen, Wish  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        view = self.state.view
        names = {"article": "articles", "results": "articles"}
        names |= dict.fromkeys(("statements", "gaps", "comparison"), "matrix")
        panes = tuple(names.get(name, name) for name in self.boxes(self.query_one(Board).size))
        shown = Extent(lens=view.lens, filters=view.filters)
        if view.searching and view.query:
            shown = Extent(None, view.query, view.mode, view.begun, view.lens, view.filters)
        wish = Wish(panes, shown, self.state.marks, self.notes)
        self.open_dialog(ExportScreen(self.keymap, self.reading.desk, wish), self._told)

    def _told(self, message: str | None) -> None:
        if message:
            self.tell(message, "row--good")

    def action_help_open(self) -> None:
        """Opens the help."""
        from dossier.ui.screens.help import HelpScreen  # noqa: PLC0415 - not needed to start

        self.open_dialog(HelpScreen(self.keymap, self.scopes(), self.reasons()), self._chosen)

    def reasons(self) -> dict[str, str]:
        """Why actions do nothing now, by id."""
        return {action.id: why for action in ACTIONS if (why := self.why_not(action))}

    def action_theme_choose(self) -> None:
        """Open the choice of a theme."""
        from textual.theme import BUILTIN_THEMES  # noqa: PLC0415 - not needed to start

        from dossier.ui.screens.themes import ThemeScreen  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.background import fitting_theme  # noqa: PLC0415 - not needed to start

        now = self.app.theme
        own = now if now in ("dossier", "dossier-light") else fitting_theme(os.environ)[0]
        dark = {name: theme.dark for name, theme in BUILTIN_THEMES.items()}
        self.open_dialog(ThemeScreen(self.keymap, dark, now, own), self._themed)

    def _themed(self, name: str | None) -> None:
        from dossier.desk.user.preferences import save_theme  # noqa: PLC0415 - not needed to start

        if name is None:
            return
        try:
            self.tell(f"Theme {name}, kept in {save_theme(name)}.", "row--good")
        except DossierError as error:
            self.refuse(str(error))

    async def _chosen(self, action: str | None) -> None:
        if action:
            await self.perform(action)

    def action_palette_open(self) -> None:
        """Opens the palette."""
        from dossier.ui.screens.palette import PaletteScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        self.open_dialog(PaletteScreen(self.keymap, self.reading, self.reasons()), self._picked)

    async def _picked(self, picked: str | None) -> None:
        what, _, chosen = (picked or "").partition(" ")
        if what == "action":
            await self.perform(chosen)
        elif what == "entry":
            self.post_message(EntryOpened(chosen))
        elif what == "search":
            await self.action_search_open()
            self.take(chosen)

    def words(self, entry: str) -> tuple[str, str, Evidence | None]:
        """`(words, article, evidence)` to copy: selected with the mouse, else framed, else the entry's own."""
        assert self.reading is not None
        state, view = self.state.view, self.reading.view(entry)
        selected = self.get_selected_text()
        if selected:
            return selected, state.article, None
        framed = self.reading.desk.evidence_of(state.owner) if state.owner and state.pane == "article" else ()
        evidence = next((one for one in framed if one.ordinal == state.ordinal), None)
        if evidence is None:
            evidence = weakest(view.evidence) if view else None
        words = (evidence.text if evidence else "") or (view.entry.title if view else "")
        return words, evidence.article if evidence else state.article, evidence

    def _copy(self, text: str) -> None:
        from dossier.desk.brief.clipboard import copied  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.copying import carry_out  # noqa: PLC0415 - not needed to start

        if self.reading is None or not text:
            self.refuse("There are no words to copy here: select some with the mouse, or a quote.")
            return
        driver = self.app._driver  # noqa: SLF001 - the only way to write to the terminal without going through a widget
        copy = copied(text, os.environ, self.reading.desk.home / "copied.txt")
        write = driver.write if driver is not None else str
        said, done = carry_out(copy, write, local=not read_only())
        self.tell(said, "row--good" if done else "row--bad")

    def action_words_copy(self) -> None:
        """Copies the words."""
        self._copy(self.words(self.selected())[0])

    def action_words_cite(self) -> None:
        """Copies the words with their source."""
        from dossier.desk.brief.clipboard import citation  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        words, article, evidence = self.words(self.selected())
        source = self.reading.desk.entry(article) if article else None
        speaker, attribution = self._speaker_of(evidence)
        cited = citation(words, source, evidence, speaker=speaker, attribution=attribution)
        self._copy(cited if words else "")

    def _speaker_of(self, evidence: Evidence | None) -> tuple[str, str]:
        """`(speaker, attribution)` of the quote that rests on some evidence; empty where it is no quote's."""
        quote = self.reading.desk.entry(evidence.owner) if self.reading and evidence else None
        row = self.reading.row(quote.id) if self.reading and quote and quote.kind == "quote" else None
        return (row.detail, quote.text("attribution")) if row and quote else ("", "")

    def action_copy_text(self) -> None:
        """Copies what was selected with the mouse."""
        self._copy(self.get_selected_text() or "")

    def action_entry_edit(self) -> None:
        """Opens the entry's file in the editor at its line, and reads the dossier anew afterwards."""
        assert self.reading is not None
        entry = self.reading.desk.entry(self.selected())
        if entry is None or not entry.place.file:
            self.refuse("What is selected is not written in a file of the dossier.")
            return
        self.edit(entry.place)

    def edit(self, place: Place) -> None:
        """Opens a file of the dossier in the editor at a line, and reads the dossier anew afterwards."""
        assert self.reading is not None
        root = self.reading.desk.root
        path = root / place.file
        if not path.resolve().is_relative_to(root.resolve()):
            self.refuse("That file lies outside the dossier.")
            return
        try:
            command = editor.command(path, place.line)
            with self.app.suspend():
                subprocess.run(command, check=False)  # noqa: S603 - a list of arguments from the user's own setting
        except (DossierError, OSError) as error:
            self.refuse(f"The editor could not be opened: {error}")
            return
        except SuspendNotSupported:
            self.refuse("The editor cannot be opened from this terminal.")
            return
        self.app.refresh()
        self.action_dossier_reload()

    def address(self) -> str:
        """Where the selected article, else the open one, can be read; empty where that is not told."""
        if self.reading is None:
            return ""
        chosen = self.reading.desk.entry(self.selected())
        if chosen is None or chosen.kind != "article":
            chosen = self.reading.desk.entry(self.state.view.article)
        return chosen.text("url") if chosen else ""

    def condition_met(self, need: str) -> bool:
        """Whether the article has an address."""
        return bool(self.address()) if need == "address" else super().condition_met(need)

    def action_address_open(self) -> None:
        """Shows the article's address; opened with the user's own program when that is wanted."""
        from dossier.ui.screens.address import AddressScreen  # noqa: PLC0415 - not needed to start

        try:
            command, takes_terminal = opener.command(self.address())
        except DossierError as error:
            self.refuse(f"{error} {self.address()}")
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._start(command, takes_terminal=takes_terminal)

        self.open_dialog(AddressScreen(self.keymap, self.address(), command[0]), answered)

    def _start(self, command: list[str], *, takes_terminal: bool) -> None:
        try:
            if takes_terminal:
                with self.app.suspend():
                    subprocess.run(command, check=False)  # noqa: S603 - a list of arguments from the user's own setting
                self.app.refresh()
            else:
                nowhere = subprocess.DEVNULL
                process = subprocess.Popen(  # noqa: S603 - likewise
                    command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
                )
                Thread(target=process.wait, name="address", daemon=True).start()
                self.tell(f"Given to {command[0]}.", "row--good")
        except OSError as error:
            self.refuse(f"{command[0]} could not be started: {error.strerror}.")
        except SuspendNotSupported:
            self.refuse("That program cannot take this terminal.")

    def action_dossier_reload(self) -> None:
        """Reads the dossier anew."""
        assert self.reading is not None
        old = self.reading.desk
        try:
            desk = Desk.open(Path(old.root), engine=old.engine)
        except DossierError as error:
            self.tell(f"{error} The last good view stays.", "row--bad")
            return
        self.reading = Reading(desk)
        old.close()
        self.state = fitting(self.state, self.still_there())
        self.tell(self.read_anew())

    def still_there(self) -> set[str]:
        """Of the entries that the state names, those that are in the dossier."""
        assert self.reading is not None
        views = (self.state.view, *self.state.past, *self.state.future)
        named = {entry for view in views for entry in (view.entry, view.article, *view.lens)}
        return {entry for entry in named.union(self.state.marks) if self.reading.desk.entry(entry) is not None}

    def read_anew(self) -> str:
        """What to say when the dossier was read anew."""
        assert self.reading is not None
        problems = len(self.reading.desk.problems())
        many = "1 problem" if problems == 1 else f"{problems} problems"
        return f"Reloaded: {many}; dossier check names them." if problems else "Reloaded."
