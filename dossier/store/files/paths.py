"""Paths of a dossier's files: relative to its folder, with forward slashes, and never out of it."""

import re

from dossier.store.files.errors import PathOutside

_MAX_PATH = 1_000
_DRIVE = re.compile(r"[A-Za-z]:")
SKIPPED = frozenset({"index"})
"""Names in a dossier's folder that are never looked at."""
ARCHIVE = ".archive"
"""The folder in which the files of the archive that a dossier extends stand among its own; of its own, hidden ones are
never listed.
"""


def is_skipped(path: str) -> bool:
    """Return whether nothing at a relative path is ever looked at: what is hidden, and the index."""
    parts = path.split("/")
    return parts[0] in SKIPPED or any(part.startswith(".") for part in parts)


def is_of_archive(path: str) -> bool:
    """Return whether a file is of the archive that the dossier extends."""
    return path.startswith(f"{ARCHIVE}/")


def components(path: str) -> tuple[str, ...]:
    """The names that make up a relative path; raises `PathOutside` for whatever is none."""
    why = ""
    if not path.strip():
        why = "is empty"
    elif len(path) > _MAX_PATH:
        why = f"has {len(path):,} characters, more than a path of a dossier may have ({_MAX_PATH:,})"
    elif "\0" in path or not is_encodable(path):
        why = "holds a character that no file name can have"
    elif "\\" in path:
        why = "holds a backslash"
    elif path.startswith(("/", "~")) or _DRIVE.match(path):
        why = "is not relative to the dossier's folder"
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if not why and ".." in parts:
        why = "leads out of its folder by “..”"
    if not why and not parts:
        why = "names a folder"
    if why:
        raise PathOutside(path, why)
    return parts


def is_encodable(path: str) -> bool:
    """Return whether a path is text, as every name in UTF-8 is."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
