"""The files that are verified together: one brief, or every note of a folder."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dossier.desk.user.read_input import read_input_file
from dossier.export.styles.notes_style import INDEX
from dossier.model.problems import DossierError


class NoteFolder(NamedTuple):
    """The names and the list of the notes of a folder, by which they refer to each other."""

    names: tuple[str, ...] = ()
    """The names of all notes without ending."""
    listing: str = ""
    """The list of all notes as it is written; empty where there is none."""


NO_FOLDER = NoteFolder()
"""Of a brief that is a single file."""


class BriefFile(NamedTuple):
    """A file to verify."""

    path: Path
    """Where it is."""
    text: str
    """Its content."""
    note: str
    """Of one of a folder its name without ending; empty for a file alone."""
    folder: NoteFolder = NO_FOLDER
    """Where it is a note: the folder that holds it."""


def brief_files(path: Path) -> Iterator[BriefFile]:
    """The file at `path`, or every Markdown file below it in the order of names; links are not followed.

    Raises:
        DossierError: a file cannot be read, or a folder has none.

    """
    if not path.is_dir():
        yield BriefFile(path, _read(path), "")
        return
    names = [Path(folder) / name for folder, _, files in os.walk(path) for name in files if name.endswith(".md")]
    names = sorted(name for name in names if not name.is_symlink())
    if not names:
        raise DossierError(f"{path} holds no notes; give a brief, or a folder of Markdown files.")
    index = next((name for name in names if name.name == INDEX), None)
    folder = NoteFolder(tuple(name.stem for name in names), _read(index) if index else "")
    for name in names:
        yield BriefFile(name, _read(name), name.stem, folder)


def _read(path: Path) -> str:
    try:
        return read_input_file(path).decode()
    except UnicodeDecodeError as error:
        raise DossierError(
            f"{path} cannot be read: it is not text in UTF-8. Save it so; give a Word file to `pandoc -t gfm` first."
        ) from error
