"""Sources to take into a dossier: the files a user names, folders of them, and standard input."""

import os
import re
import unicodedata
from pathlib import Path

from msgspec import Struct

from dossier.desk.user.read_input import read_input_file
from dossier.intake.document import one_line
from dossier.intake.readers import ENDINGS
from dossier.model.problems import DossierError

_MAX_FOUND = 20_000
_MAX_ID = 48


class IntakeSource(Struct, frozen=True):
    """A source to be taken in."""

    name: str
    """As the user named it; `-` for standard input."""
    data: bytes
    form: str = ""
    """The name of its format, when the user says so."""


def found_files(path: Path) -> list[Path]:
    """The files that a path means: itself, or every file of a known format in a folder, at any depth, sorted.

    Hidden files and links are left out.

    Raises:
        DossierError: there is nothing to take in.

    """
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for where, folders, names in os.walk(path):
        folder = Path(where)
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        found += [
            folder / name
            for name in names
            if not name.startswith(".") and name.lower().endswith(tuple(ENDINGS)) and not (folder / name).is_symlink()
        ]
        if len(found) > _MAX_FOUND:
            raise DossierError(f"{path} holds more than {_MAX_FOUND:,} files; take in a part of them.")
    if not found:
        raise DossierError(
            f"There is nothing to take in in {path}; files of these kinds are: {' '.join(sorted(ENDINGS))}"
        )
    return sorted(found)


def read_source(path: Path, form: str = "") -> IntakeSource:
    """A file to take in; raises `DossierError`."""
    return IntakeSource(str(path), read_input_file(path), form)


def shown_name(name: str) -> str:
    """The name of a source for a message."""
    return one_line("standard input" if name == "-" else name)


def slug(text: str, most: int = _MAX_ID) -> str:
    """An id made of a title: whole words as far as they fit; empty when it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    if len(words) <= most:
        return words
    return words[: most + 1].rpartition("-")[0] or words[:most]
