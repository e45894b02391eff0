"""Requests for documents of what a reader chose, and how they are carried out."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from dossier.desk.brief.builder import outline_of
from dossier.desk.brief.documents import make_document, preview_of, write_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.separate import DOCUMENT, CancellationToken, is_large, work_beside
from dossier.desk.state import is_heading
from dossier.model.brief import Brief
from dossier.model.brief_options import BriefOptions, Style

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

SHOWN = 20_000
"""Characters of a document that a preview shows; a file gets all of it."""


class DocumentRequest(Struct, frozen=True):
    """A choice of panes as a document, with the file that it is written to."""

    panes: tuple[str, ...]
    scope: str
    """`all`, `shown`, `marked` or `outline`."""
    shown: BriefScope
    """What is shown on the screen."""
    marks: tuple[str, ...]
    """Ids of the marked entries, and keys of the marked links."""
    notes: dict[str, str]
    """The reader's notes on them, by id."""
    style: Style
    form: str
    """A format of `dossier.export.formats`."""
    options: BriefOptions
    path: str = ""
    """Where it is written; empty for a preview."""
    force: bool = False
    """Whether it may replace a file."""
    whole: bool = False
    """Whether all of its text is wanted back, and not what a preview shows."""


class MadeDocument(Struct, frozen=True):
    """A document that was made."""

    text: str
    """All of it, or as much as a preview shows."""
    length: int
    """Characters of the document."""


def chosen_brief(desk: "Desk", request: DocumentRequest) -> Brief:
    """Return the brief of a choice of panes and a scope."""
    if request.scope == "outline":
        marks = [mark for mark in request.marks if is_heading(mark) or desk.can_mark(mark)]
        return outline_of(desk, marks, request.notes)
    extent = BriefScope()
    if request.scope == "marked":
        extent = BriefScope(tuple(entry for entry in request.marks if desk.entry(entry) is not None))
    elif request.scope == "shown":
        extent = request.shown
    return brief_within(desk, request.panes, extent).brief


def carry_out(desk: "Desk", request: DocumentRequest) -> MadeDocument:
    """Make a document here, and write it where the request names a file.

    Raises:
        DossierError: it cannot be made or written.

    """
    made = make_document(desk, chosen_brief(desk, request), request.style, request.form, request.options)
    if request.path:
        write_document(made, Path(request.path), force=request.force)
    text = preview_of(made)
    return MadeDocument(text if request.whole else text[:SHOWN], len(text))


def make_beside(desk: "Desk", request: DocumentRequest, token: CancellationToken) -> MadeDocument:
    """Make a document, in a process of its own where the dossier is large.

    Raises:
        DossierError: it cannot be made or written, or the process ended before it was done.

    """
    return work_beside(desk, DOCUMENT, request, MadeDocument, token) if is_large(desk) else carry_out(desk, request)
