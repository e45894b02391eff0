"""The manifest of a published archive: its version, and the digest of every file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import msgspec
from msgspec import Struct

from dossier.model.problems import DossierError

NAME = "manifest.json"
SIGNATURE = "manifest.json.sig"
FORMAT = 1
"""Version of the layout of an archive."""
DOSSIER, DERIVED = "dossier", "derived"
"""The folders of an archive: the files of the dossier, and what is derived from them."""
MOST_BYTES = 200_000_000
"""Longest manifest that is read: that of a million files."""


class ArchivedFile(Struct, frozen=True, array_like=True):
    """A file of an archive."""

    size: int
    sha256: str
    """In hexadecimal."""


class ArchiveManifest(Struct, frozen=True):
    """The description of one version of an archive."""

    format: int
    title: str
    contents: str
    """Digest of what was read of the dossier (`dossier.desk.archive.versions`)."""
    commit: str
    """The git commit it was published from; empty where there is none."""
    published: str
    """When, ISO 8601."""
    engine: str
    """The engine of the index that is in it."""
    files: dict[str, ArchivedFile]
    """Every file by its path in the archive, with forward slashes."""

    @property
    def version(self) -> str:
        """The version to display: the commit, else the day."""
        return self.commit[:10] or self.published[:10]


def parse(data: bytes) -> ArchiveManifest:
    """Return a manifest whose signature was verified.

    Raises:
        DossierError: it is of another format, or names a place outside the archive.

    """
    try:
        found = msgspec.json.decode(data, type=ArchiveManifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DossierError(f"The manifest of the archive cannot be read: {error}.") from error
    if found.format != FORMAT:
        raise DossierError(
            f"The archive has format {found.format}, and this program reads {FORMAT}; update the program."
        )
    for path in found.files:
        parts = PurePosixPath(path).parts
        plain = "/".join(parts) == path and "\0" not in path and not {"..", "."} & set(parts)
        if not plain or len(parts) < 2 or parts[0] not in (DOSSIER, DERIVED):
            raise DossierError(f"The archive names a file outside itself: {path}.")
    return found


@contextmanager
def opened_below(root: Path, path: str) -> Iterator[int]:
    """Open a regular file below a folder, following no link.

    Raises:
        OSError: there is none.

    """
    *folders, name = PurePosixPath(path).parts
    at = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
    finally:
        os.close(at)
    try:
        yield file
    finally:
        os.close(file)
