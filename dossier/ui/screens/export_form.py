"""The form of an export: which panes, how much of them, in which style, signed by whom, into which file."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dossier.desk.brief.builder import EXPORTED, TABLES
from dossier.desk.brief.scope import BriefScope
from dossier.desk.desk import Desk
from dossier.desk.state import TITLE, is_heading
from dossier.model.brief_options import STYLES, BriefOptions, Style
from dossier.ui.widgets.choices import Choice, Choices
from dossier.ui.widgets.line_input import LineEdit

LISTED = tuple(pane for pane in EXPORTED if pane != "links")
"""The panes that are lists of entries."""


class Wish(Struct, frozen=True):
    """The state of the browse screen that an export may be narrowed to."""

    panes: tuple[str, ...]
    """Panes on the screen."""
    shown: BriefScope = BriefScope()
    """What the lens, the filters and an open search leave of them."""
    marks: tuple[str, ...] = ()
    """Ids of the marked entries, and keys of the marked links."""
    notes: Mapping[str, str] = {}
    """The reader's notes on them, by id."""
    outline: bool = False
    """Whether the basket is to be exported, in its order."""


class ExportForm:
    """The choices and texts of the export."""

    def __init__(self, desk: Desk, wish: Wish) -> None:
        self.choices = Choices("Export", _choices(desk, wish))
        """Panes, style, notes and scope."""
        self.file = LineEdit("File: ", "a name for the file", scopes=(), id="file")
        """The name of the file."""
        self.file.fill(_file_name((wish.notes.get(TITLE, "") if wish.outline else "") or desk.title))
        self.author = LineEdit("Author: ", "who signs it; may be left empty", scopes=(), id="author")
        """The author of a brief."""
        self.date = LineEdit("Date: ", "such as 2025-06-11; may be left empty", scopes=(), id="date")
        """The date of a brief."""
        self._styled = False
        self._made_in: Style = "full"

    @property
    def style(self) -> Style:
        """The style that is ticked."""
        return next((one for one in STYLES if one in self.choices.chosen("style")), "full")

    @property
    def scope(self) -> str:
        """The scope that is ticked: `all`, `shown`, `marked` or `outline`."""
        return next(iter(self.choices.chosen("scope")), "all")

    @property
    def is_empty(self) -> bool:
        """The condition of an export of nothing: no pane is ticked, nor the basket, which has no panes."""
        return not self.choices.chosen() and self.scope != "outline"

    @property
    def signature(self) -> tuple[str, str]:
        """Author and date as they are typed."""
        return self.author.text, self.date.text

    def options(self) -> BriefOptions:
        """The options of the document."""
        notes = self.choices.chosen("told") == ["with"]
        return BriefOptions(author=self.author.text.strip(), date=self.date.text.strip(), notes=notes)

    def follow_scope(self) -> None:
        """Tick the brief style for a basket, which is made to be sent, unless a style was chosen before."""
        self._styled = self._styled or self.style != self._made_in
        if self.scope == "outline" and not self._styled:
            self.choices.tick("brief")
        self._made_in = self.style

    def show_lines(self) -> None:
        """Show author and date where they are told, and fit the file's name to the style."""
        for one in (self.author, self.date):
            one.display = self.style != "full"
        name = self.file.text
        if self.style == "notes" and name.endswith(".md"):
            self.file.fill(name.removesuffix(".md"))
        elif self.style != "notes" and name and "." not in Path(name).name:
            self.file.fill(f"{name}.md")


def _choices(desk: Desk, wish: Wish) -> list[Choice]:
    extent = wish.shown
    scope = "outline" if wish.outline else "all" if extent == BriefScope() else "shown"
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
