"""Exporting: which panes, how much of them, in which style, into which file, with a look at what comes of it."""

import io
from dataclasses import dataclass
from pathlib import Path

from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from dossier.desk.brief.requests import SHOWN, DocumentRequest, make_beside
from dossier.desk.desk import Desk
from dossier.desk.separate import CancellationToken
from dossier.desk.user.atomic_write import file_target
from dossier.desk.user.folder_write import folder_target
from dossier.export.formats import FORMATS, format_by_ending
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import LineTyped
from dossier.ui.screens.export_form import ExportForm, Wish
from dossier.ui.screens.replace import Replace
from dossier.ui.web.read_only import read_only
from dossier.ui.widgets.choices import ChoiceBox, ChoiceMade, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.scroll_view import ScrollView
from dossier.ui.work.thread import HEAVY, Aside


@dataclass
class Written(Message):
    """A document was made, or written to its file."""

    request: int
    """Number of the request."""
    text: str
    """As much of the document as a preview shows; all of it where the reader's web browser gets it."""
    length: int
    """Characters of the document."""
    path: Path | None
    """Where it was written; None for a preview."""


@dataclass
class Refusal(Message):
    """A document could not be made or written."""

    request: int
    """Number of the request."""
    why: str
    """One sentence."""


class ExportScreen(Dialog):
    """The export. It is left with what to say about the file written, or with None."""

    accepts = "write"

    def __init__(self, keymap: Keymap, desk: Desk, wish: Wish) -> None:
        super().__init__(keymap)
        self._desk = desk
        self._wish = wish
        self._form = ExportForm(desk, wish)
        self._preview = Reader("Preview")
        self._aside: Aside | None = None
        self._request = 0
        self._preview_token = CancellationToken()
        self._replacing: Path | None = None
        self._writing = False
        self._signed = ("", "")

    def fields(self) -> list[Widget]:
        """The choices, the preview, who signs a brief, its date, the name of the file."""
        preview = ScrollView(self._preview, id="preview", scopes=("reader",))
        return [
            ChoiceBox(self._form.choices, id="choices"),
            preview,
            self._form.author,
            self._form.date,
            self._form.file,
        ]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """Return choices and preview in a box, side by side where there is room."""
        return [Horizontal(*fields[:2], id="sides"), *fields[2:]]

    def on_mount(self) -> None:
        """Make the preview at once."""
        self._aside = Aside(self._desk.clone, self.post_message, HEAVY)
        self._form.show_lines()
        self._make(None, force=False)

    def on_unmount(self) -> None:
        """Stop the preview that is being made, and let the thread end; a file that is being written is finished."""
        if self._aside is not None:
            self._aside.close()
        self._preview_token.cancel()

    def on_choice_made(self, message: ChoiceMade) -> None:
        """Make another preview for another choice."""
        message.stop()
        self._replacing = None
        self._form.follow_scope()
        self._form.show_lines()
        if not self._writing:  # a newer request would take the place of the writing
            self._make(None, force=False)

    def on_line_typed(self, message: LineTyped) -> None:
        """Make another preview for another author or date."""
        message.stop()
        if self._signed != self._form.signature and not self._writing:
            self._make(None, force=False)

    def _make(self, path: Path | None, *, force: bool) -> None:
        panes, wish, form = self._form.choices.chosen(), self._wish, self._form
        self._request += 1
        self._preview_token.cancel()
        if form.is_empty:
            self._preview.show("Nothing is ticked: Space ticks a pane.")
            return
        assert self._aside is not None
        self._signed = form.signature
        request, written = self._request, path is not None and not read_only()
        if written:
            self._writing = True
            self.say("Writing …")
        asked = DocumentRequest(
            tuple(panes),
            form.scope,
            wish.shown,
            wish.marks,
            dict(wish.notes),
            form.style,
            format_by_ending(path.name if path else ""),
            form.options(),
            path=str(path) if written else "",
            force=force,
            whole=path is not None and read_only(),
        )

        token = CancellationToken()
        if path is None:
            self._preview_token = token

        def job(desk: Desk) -> Message:
            made = make_beside(desk, asked, token)
            return Written(request, made.text, made.length, path)

        self._aside.ask(job, lambda why: Refusal(request, why))

    def on_written(self, message: Written) -> None:
        """Show the preview; leave when the file is there."""
        message.stop()
        if message.path is not None and read_only():
            self.app.deliver_text(io.StringIO(message.text), save_filename=clean_line(message.path.name))
            self.dismiss(f"Given to your web browser: {message.path.name}.")
        elif message.path is not None:
            self.dismiss(f"Written to {message.path}: {message.length:,} characters.")
        elif message.request == self._request:
            more = "\n\n…" if message.length > SHOWN else ""
            self._preview.show(message.text + more, f"{message.length:,} characters")

    def on_refusal(self, message: Refusal) -> None:
        """Say what went wrong."""
        message.stop()
        if message.request == self._request:
            self._writing = False
            self.refuse(message.why)

    def action_dialog_accept(self) -> None:
        """Write the file; ask first when there is one of that name."""
        if self._writing:
            self.refuse("The file is still being written.")
            return
        name = self._form.file.text.strip()
        if not name:
            self.refuse("Give the file a name.")
            self.set_focus(self._form.file)
            return
        if self._form.is_empty:
            self.refuse("Nothing is ticked: Space ticks a pane.")
            return
        if read_only():
            if self._form.style == "notes" or not FORMATS[format_by_ending(name)].preview:
                self.refuse("Through a web browser only one file of text can be given out, such as Markdown or HTML.")
                return
            self._make(Path(name), force=False)
            return

        def answered(answer: str | None) -> None:
            if answer == "replace" and self._replacing is not None:
                self._make(self._replacing, force=True)
            else:
                self.refuse("Nothing was written: give another name.")
                self.set_focus(self._form.file)

        try:
            path, there = folder_target(name) if self._form.style == "notes" else file_target(name)
        except DossierError as error:
            self.refuse(str(error))
            self.set_focus(self._form.file)
            return
        if there:
            self._replacing = path
            self.open_dialog(Replace(self.keymap, path), answered)
            return
        self._make(path, force=False)
