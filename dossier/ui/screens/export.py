"""Exporting: which panes, how much of them, into which file, with a look at what comes of it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from dossier.desk.brief.builder import EXPORTED, TABLES, outline_of
from dossier.desk.brief.scope import Extent, brief_within
from dossier.desk.desk import Desk
from dossier.desk.user.atomic_write import file_target
from dossier.model.problems import DossierError
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceMade, Choices, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.work.thread import Aside

_SHOWN = 20_000
"""Characters of the document that the preview shows; the file gets all of it."""

LISTED = tuple(pane for pane in EXPORTED if pane != "links")
"""The panes that are lists of entries."""


class Wish(Struct, frozen=True):
    """What the browse screen knows that an export may be narrowed to."""

    panes: tuple[str, ...]
    """Panes on the screen."""
    shown: Extent = Extent()
    """What the lens, the filters and an open search leave of them."""
    marks: tuple[str, ...] = ()
    """Ids of the marked entries."""
    notes: Mapping[str, str] = {}
    """The reader's notes on them, by id."""


class Written(Message):
    """A document was made, or written to its file."""

    def __init__(self, request: int, text: str, path: Path | None) -> None:
        super().__init__()
        self.request = request
        """Number of the request."""
        self.text = text
        """The document."""
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
        self._file.fill(_file_name(desk.title))

    def fields(self) -> list[Widget]:
        """The choices, the preview, the name of the file."""
        return [self._choices, self._preview, self._file]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """Choices and preview stand side by side where there is room."""
        return [Horizontal(*fields[:2], id="sides"), *fields[2:]]

    def on_mount(self) -> None:
        """The preview is made at once."""
        self._aside = Aside(self._desk.beside, self.post_message, "export")
        self._make(None, force=False)

    def on_unmount(self) -> None:
        """Lets the thread end."""
        if self._aside is not None:
            self._aside.close()

    def on_choice_made(self, message: ChoiceMade) -> None:
        """Another choice, another preview."""
        message.stop()
        self._replacing = None
        if not self._writing:  # a newer request would take the place of the writing
            self._make(None, force=False)

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

        def job(desk: Desk) -> Message:
            text = document(desk, panes, scope, wish)
            if path is not None:
                desk.write(text, path, force=force)
            return Written(request, text, path)

        self._aside.ask(job, lambda why: Refusal(request, why))

    def on_written(self, message: Written) -> None:
        """Shows the preview; leaves when the file is there."""
        message.stop()
        if message.path is not None:
            self.dismiss(f"Written to {message.path}: {len(message.text):,} characters.")
        elif message.request == self._request:
            more = "\n\n…" if len(message.text) > _SHOWN else ""
            self._preview.show(message.text[:_SHOWN] + more, f"{len(message.text):,} characters")

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
        try:
            path, there = file_target(name)
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


class Replace(Dialog):
    """Whether a file may be replaced. It is left with `replace` or with None."""

    def __init__(self, keymap: Keymap, path: Path) -> None:
        super().__init__(keymap)
        rows = [Choice("keep", "Keep it, and give another name"), Choice("replace", "Replace it")]
        self._path = path
        self._rows = Answers("There is such a file already", rows, id="answers")

    def fields(self) -> list[Widget]:
        """Keep or replace."""
        return [self._rows]

    def on_mount(self) -> None:
        """Says which file it is."""
        self.refuse(str(self._path))

    def action_entry_open(self) -> None:
        """The answer under the cursor."""
        self.dismiss("replace" if self._rows.choices[self._rows.cursor].key == "replace" else None)

    def action_dialog_accept(self) -> None:
        """The answer under the cursor."""
        self.action_entry_open()


def document(desk: Desk, panes: list[str], scope: str, wish: Wish) -> str:
    """The document for a choice of panes and a scope: `all`, `shown`, `marked` or `outline`."""
    if scope == "outline":
        marks = [entry for entry in wish.marks if desk.entry(entry) is not None]
        return desk.render(outline_of(desk, marks, wish.notes))
    extent = Extent()
    if scope == "marked":
        extent = Extent(tuple(entry for entry in wish.marks if desk.entry(entry) is not None))
    elif scope == "shown":
        extent = wish.shown
    return desk.render(brief_within(desk, panes, extent).brief)


def _choices(desk: Desk, wish: Wish) -> list[Choice]:
    extent = wish.shown
    scope: Literal["all", "shown", "marked"] = "all" if extent == Extent() else "shown"
    narrowings = [*(["lens"] if extent.lens else []), *(["filters"] if extent.filters else [])]
    shown = " + ".join([*narrowings, *([f"/{extent.query}"] if extent.query else [])])
    found = [Choice("", "Panes")]
    for pane in (*EXPORTED, *TABLES):
        count = str(len(desk.listing(pane))) if pane in LISTED else ""
        found.append(Choice(pane, desk.label(pane), "", pane in wish.panes, count))
    found += [
        Choice("", ""),
        Choice("", "How much of them"),
        Choice("all", "All", "scope", scope == "all"),
        Choice("shown", "What is shown", "scope", scope == "shown", shown or "all"),
        Choice("marked", "What is marked", "scope", ticked=False, note=str(len(wish.marks))),
        Choice("outline", "Basket as outline", "scope", ticked=False, note=str(len(wish.marks))),
    ]
    return found


def _file_name(title: str) -> str:
    """A file name made of a title: letters and digits alone."""
    words = re.sub(r"[^\w]+", "-", title.lower()).strip("-_")
    return f"{words[:60].rstrip('-') or 'dossier'}.md"
