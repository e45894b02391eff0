"""The contents of a dossier's folder at one moment, and the signatures that tell whether a file has changed."""

import os
import unicodedata

from msgspec import Struct

from dossier.model.problems import Problem
from dossier.store.files.glob import matching
from dossier.store.files.paths import ARCHIVE, components, is_of_archive

VERSIONS = "versions"
"""Folders in which earlier texts of articles are kept."""

LOCK = "dossier.lock"
"""The file that keeps where every anchor was found."""

_INODE = 2**63 - 1  # an inode has 64 bits and SQLite's integers 63 and a sign

Signature = tuple[int, int, int, int]
"""Modification time in ns, size in bytes, inode, change time in ns: all the same, and the file has not changed, unless
it was written within the clock's grain."""


class FolderListing(Struct, frozen=True):
    """The contents of a folder at one moment."""

    files: dict[str, Signature]
    """Every regular file by its path relative to the folder, with forward slashes, sorted."""
    left_out: tuple[Problem, ...] = ()
    """YAML files that are not read, such as links."""
    copies: str | None = None
    """What the paths of files begin with that are verified copies of an archive; None where there are none."""

    def is_copy(self, path: str) -> bool:
        """Return whether a file is such a copy, to which nobody writes any more."""
        return self.copies is not None and path.startswith(self.copies)

    def yaml_files(self) -> list[str]:
        """The paths of all `*.yaml` and `*.yml`, sorted."""
        return [path for path in self.files if is_yaml(path)]

    def glob(self, pattern: str, of: str = "") -> list[str]:
        """The files, other than YAML, whose path matches the `pattern` that the file `of` gives, sorted; raises
        `PathOutside`. A pattern of the archive matches files of the archive alone, and one of the dossier its own.

        `*`, `?` and `[…]` match within one name; `**` as a name of its own is any number of folders. The lock is never
        matched, and what lies in a folder `versions` only by a pattern that says so.
        """
        wanted = [unicodedata.normalize("NFC", part) for part in components(pattern)]
        archived = is_of_archive(of)
        if archived:
            wanted.insert(0, ARCHIVE)
        return [
            path
            for path in matching(self.files, wanted)
            if not is_yaml(path)
            and is_of_archive(path) == archived
            and path not in (LOCK, f"{ARCHIVE}/{LOCK}")
            and (VERSIONS in wanted or f"{VERSIONS}/" not in path or VERSIONS not in path.split("/"))
        ]


def is_yaml(path: str) -> bool:
    """Return whether a file is one of YAML, by its name."""
    return path.endswith((".yaml", ".yml", ".YAML", ".YML"))


def signature_of(status: os.stat_result) -> Signature:
    """Return the signature of a file of which the status is known."""
    return status.st_mtime_ns, status.st_size, status.st_ino & _INODE, status.st_ctime_ns
