"""Exporting: which panes, how much of them, in which style, into which file, with a look at what comes of it."""

import io
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from dossier.desk.brief.builder import EXPORTED, TABLES, outline_of
from dossier.desk.brief.documents import make_document, preview_of, write_document
from dossier.desk.brief.scope import Extent, brief_within
from dossier.desk.desk import Desk
from dossier.desk.state import TITLE, is_heading
from dossier.desk.user.atomic_write import file_target
from dossier.desk.user.folder_write import folder_target
from dossier.export.formats import FORMATS, format_by_ending
from dossier.model.brief import Brief
from dossier.model.brief_options import STYLES, BriefOptions, Style
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import LineTyped
from dossier.ui.screens.replace import Replace
from dossier.ui.web.read_only import read_only
from dossier.ui.widgets.choices import Choice, ChoiceMade, Choices, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.work.thread import Aside

_SHOWN = 20_000
"""Characters of the document that the preview shows; the file gets all of it."""

LISTED = tuple(pane for pane in EXPORTED if pane != "links")
"""The panes that are lists of entries."""


class Wish(Struct, frozen=True):
    """The state of the browse screen that an export may be narrowed to."""

    panes: tuple[str, ...]
    """Panes on the screen."""
    shown: Extent = Extent()
    """What the lens, the filters and an open search leave of them."""
    marks: tuple[str, ...] = ()
    """Ids of the marked entries, and keys of the marked links."""
    notes: Mapping[str, str] = {}
    """The reader's notes on them, by id."""
    outline: bool = False
    """Whether the basket is to be exported, in its order."""


class Written(Message):
    """A document was made, or written to its file."""

    def __init__(self, request: int, text: str, length: int, path: Path | None) -> None:
        super().__init__()
        self.request = request
        """Number of the request."""
        self.text = text
        """As much of the document as a preview shows; all of it where the reader's web browser gets it."""
        self.length = length
        """Characters of the document."""
        self.path = path
        """Where it was written; None for a preview."""


class Refusal(Message):
    """A document could not be made or written."""

    def __init__(self, request: int, why: str) -> None:
        super().__init__()
        self.request = request
        """Number of the request."""
        self.why = why
        """One sentence."""


class ExportScreen(Dialog):
    """The export. It is left with what to say about the file written, or with None."""

    def __init__(self, keymap: Keymap, desk: Desk, wish: Wish) -> None:
        super().__init__(keymap)
        self._desk = desk
        self._wish = wish
        self._aside: Aside | None = None
        self._request = 0
        self._replacing: Path | None = None
        self._writing = False
        self._choices = Choices("Export", _choices(desk, wish), id="choices")
        self._preview = Reader("Preview", id="preview")
        self._file = LineEdit("File: ", "a name for the file", scopes=(), id="file")
        self._file.fill(_file_name((wish.notes.get(TITLE, "") if wish.outline else "") or desk.title))
        self._author = LineEdit("Author: ", "who signs it; may be left empty", scopes=(), id="author")
        self._date = LineEdit("Date: ", "such as 2025-06-11; may be left empty", scopes=(), id="date")
        self._styled = False
        self._made_in: Style = "full"
        self._signed = ("", "")

    def fields(self) -> list[Widget]:
        """The choices, the preview, who signs a brief, its date, the name of the file."""
        return [self._choices, self._preview, self._author, self._date, self._file]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """Choices and preview stand side by side where there is room."""
        return [Horizontal(*fields[:2], id="sides"), *fields[2:]]

    def on_mount(self) -> None:
        """The preview is made at once."""
        self._aside = Aside(self._desk.clone, self.post_message, "export")
        self._show_lines()
        self._make(None, force=False)

    def on_unmount(self) -> None:
        """Lets the thread end."""
        if self._aside is not None:
            self._aside.close()

    def on_choice_made(self, message: ChoiceMade) -> None:
        """Another choice, another preview."""
        message.stop()
        self._replacing = None
        scope, style = next(iter(self._choices.chosen("scope")), "all"), self._style()
        self._styled = self._styled or style != self._made_in
        if scope == "outline" and not self._styled:
            self._choices.tick("brief")  # a basket is made to be sent; a style that was chosen stays
        self._made_in = self._style()
        self._show_lines()
        if not self._writing:  # a newer request would take the place of the writing
            self._make(None, force=False)

    def on_line_typed(self, message: LineTyped) -> None:
        """Another author or date, another preview."""
        message.stop()
        if self._signed != (self._author.text, self._date.text) and not self._writing:
            self._make(None, force=False)

    def _style(self) -> Style:
        return next((one for one in STYLES if one in self._choices.chosen("style")), "full")

    def _show_lines(self) -> None:
        """Author and date are asked for where they are told; the file's name fits the style."""
        style = self._style()
        for one in (self._author, self._date):
            one.display = style != "full"
        name = self._file.text
        if style == "notes" and name.endswith(".md"):
            self._file.fill(name.removesuffix(".md"))
        elif style != "notes" and name and "." not in Path(name).name:
            self._file.fill(f"{name}.md")

    def _make(self, path: Path | None, *, force: bool) -> None:
        panes = self._choices.chosen()
        if not panes:
            self._request += 1
            self._preview.show("Nothing is ticked: Space ticks a pane.")
            return
        scope = next(iter(self._choices.chosen("scope")), "all")
        self._request += 1
        request, wish = self._request, self._wish
        assert self._aside is not None

        self._signed = (self._author.text, self._date.text)
        style, notes = self._style(), self._choices.chosen("told") == ["with"]
        options = BriefOptions(author=self._author.text.strip(), date=self._date.text.strip(), notes=notes)

        form = format_by_ending(path.name if path else "")

        def job(desk: Desk) -> Message:
            made = make_document(desk, chosen_brief(desk, panes, scope, wish), style, form, options)
            if path is not None and not read_only():
                write_document(made, path, force=force)
            if path is not None and read_only() and isinstance(made, str):
                return Written(request, made, len(made), path)
            text = preview_of(made)
            return Written(request, text[:_SHOWN], len(text), path)

        self._aside.ask(job, lambda why: Refusal(request, why))

    def on_written(self, message: Written) -> None:
        """Shows the preview; leaves when the file is there."""
        message.stop()
        if message.path is not None and read_only():
            self.app.deliver_text(io.StringIO(message.text), save_filename=clean_line(message.path.name))
            self.dismiss(f"Given to your web browser: {message.path.name}.")
        elif message.path is not None:
            self.dismiss(f"Written to {message.path}: {message.length:,} characters.")
        elif message.request == self._request:
            more = "\n\n…" if message.length > _SHOWN else ""
            self._preview.show(message.text + more, f"{message.length:,} characters")

    def on_refusal(self, message: Refusal) -> None:
        """Says what went wrong."""
        message.stop()
        if message.request == self._request:
            self._writing = False
            self.refuse(message.why)

    def action_entry_open(self) -> None:
        """Enter on a choice writes as well: Space ticks."""
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Writes the file; asks first when there is one of that name."""
        if self._writing:
            self.refuse("The file is still being written.")
            return
        name = self._file.text.strip()
        if not name:
            self.refuse("Give the file a name.")
            self.set_focus(self._file)
            return
        if not self._choices.chosen():
            self.refuse("Nothing is ticked: Space ticks a pane.")
            return
        if read_only():
            if self._style() == "notes" or not FORMATS[format_by_ending(name)].preview:
                self.refuse("Through a web browser only one file of text can be given out, such as Markdown or HTML.")
                return
            self._make(Path(name), force=False)
            return
        try:
            path, there = folder_target(name) if self._style() == "notes" else file_target(name)
        except DossierError as error:
            self.refuse(str(error))
            self.set_focus(self._file)
            return
        if there:
            self._replacing = path
            self.open_dialog(Replace(self.keymap, path), self._answered)
            return
        self._write(path, force=False)

    def _write(self, path: Path, *, force: bool) -> None:
        self._writing = True
        self.say("Writing …")
        self._make(path, force=force)

    def _answered(self, answer: str | None) -> None:
        if answer == "replace" and self._replacing is not None:
            self._write(self._replacing, force=True)
        else:
            self.refuse("Nothing was written: give another name.")
            self.set_focus(self._file)


def chosen_brief(desk: Desk, panes: list[str], scope: str, wish: Wish) -> Brief:
    """The brief for a choice of panes and a scope: `all`, `shown`, `marked` or `outline`."""
    if scope == "outline":
        marks = [mark for mark in wish.marks if is_heading(mark) or desk.can_mark(mark)]
        return outline_of(desk, marks, wish.notes)
    extent = Extent()
    if scope == "marked":
        extent = Extent(tuple(entry for entry in wish.marks if desk.entry(entry) is not None))
    elif scope == "shown":
        extent = wish.shown
    return brief_within(desk, panes, extent).brief


def _choices(desk: Desk, wish: Wish) -> list[Choice]:
    extent = wish.shown
    scope = "outline" if wish.outline else "all" if extent == Extent() else "shown"
    marks = [mark for mark in wish.marks if not is_heading(mark)]
    entries = sum(desk.link(mark) is None for mark in marks)
    narrowings = [*(["lens"] if extent.lens else []), *(["filters"] if extent.filters else [])]
    shown = " + ".join([*narrowings, *([f"/{extent.query}"] if extent.query else [])])
    found = [Choice("", "Panes")]
    for pane in (*EXPORTED, *TABLES):
        count = str(len(desk.listing(pane))) if pane in LISTED else ""
        found.append(Choice(pane, desk.label(pane), "", pane in wish.panes, count))
    found += [
        Choice("", ""),
        Choice("", "How it is written"),
        Choice("full", "Full, all there is", "style", ticked=True),
        Choice("brief", "Brief, to send", "style"),
        Choice("notes", "Notes, a file per entry", "style"),
        Choice("", ""),
        Choice("", "Editor's notes"),
        Choice("without", "Left out", "told", ticked=True),
        Choice("with", "Told", "told"),
        Choice("", ""),
        Choice("", "How much of them"),
        Choice("all", "All", "scope", scope == "all"),
        Choice("shown", "What is shown", "scope", scope == "shown", shown or "all"),
        Choice("marked", "What is marked", "scope", ticked=False, note=str(entries)),
        Choice("outline", "Basket as outline", "scope", scope == "outline", str(len(marks))),
    ]
    return found


def _file_name(title: str) -> str:
    """A file name made of a title: letters and digits alone."""
    words = re.sub(r"[^\w]+", "-", title.lower()).strip("-_")
    return f"{words[:60].rstrip('-') or 'dossier'}.md"
