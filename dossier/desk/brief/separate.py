"""Documents made in a process of their own where the dossier is large, for the memory and the time that they take.

A brief of 300 articles takes 25 MB for a moment, most of which would stay with the screen's process in pages that are
in use in part, and two seconds of the processor, for which each key would wait in turn.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from dossier.desk.brief.builder import outline_of
from dossier.desk.brief.documents import make_document, preview_of, write_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.state import is_heading
from dossier.model.brief import Brief
from dossier.model.brief_options import BriefOptions, Style
from dossier.model.problems import DossierError
from dossier.store.catalogue.header import head

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

LARGE = 2_000
"""Entries from which a process is started, which takes some 0.3 s."""

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
    """A document that was made, or why it was not."""

    text: str = ""
    length: int = 0
    """Characters of the document."""
    failure: str = ""
    """One sentence; empty where it was made."""


class _Task(Struct, frozen=True):
    root: str
    engine: str
    request: DocumentRequest


_Told = TypeVar("_Told")


def _line_of(value: Struct) -> str:
    """Return a record as a line of ASCII: Python's own JSON carries halves of surrogate pairs, which names may hold."""
    return json.dumps(msgspec.to_builtins(value))


def _read_line(line: bytes, kind: type[_Told]) -> _Told:
    return msgspec.convert(json.loads(line), kind)


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


def make_beside(desk: "Desk", request: DocumentRequest) -> MadeDocument:
    """Make a document, in a process of its own where the dossier is large.

    Raises:
        DossierError: it cannot be made or written, or the process ended before it was done.

    """
    if sum(head(desk.texts.catalogue).counts.values()) < LARGE:
        return carry_out(desk, request)
    task = _line_of(_Task(str(desk.root), desk.engine, request))
    command = [sys.executable, "-P", "-m", "dossier.desk.brief.separate"]
    with subprocess.Popen(  # noqa: S603 - our own module, no shell; -P: nothing is imported from the current folder
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):  # it has ended; what it says tells
            process.stdin.write(f"{task}\n".encode())
            process.stdin.flush()  # and stays open: its end tells the process that this one has ended
        answer = process.stdout.readline()
        with contextlib.suppress(OSError):
            process.stdin.close()
    if not answer.endswith(b"\n"):
        raise DossierError("The document could not be made: its process was ended; try again.")
    made = _read_line(answer, MadeDocument)
    if made.failure:
        raise DossierError(made.failure)
    return made


def _answer(task: _Task) -> MadeDocument:
    from dossier.desk.desk import Desk  # noqa: PLC0415 - only the process needs it

    try:
        desk = Desk.open(Path(task.root), refresh=False, engine=task.engine)
        try:
            return carry_out(desk, task.request)
        finally:
            desk.close()
    except DossierError as error:
        return MadeDocument(failure=str(error))
    except Exception as error:  # noqa: BLE001 - told to the reader
        return MadeDocument(failure=f"Something went wrong: {type(error).__name__}: {error}")


def _end_with_parent() -> None:
    """End once the one who asked has ended or let go: nothing more comes from it."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Answer the one request that stands on standard input."""
    task = _read_line(sys.stdin.buffer.readline(), _Task)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(_line_of(_answer(task)), flush=True)  # noqa: T201 - standard output is the wire to the one who asked
    os._exit(0)  # the thread that reads would else be waited for


if __name__ == "__main__":
    main()
