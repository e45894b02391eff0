"""The version of a dossier: the digest of what was read of it, and the git commit it is at."""

import hashlib
import re
from pathlib import Path

from dossier.desk.archive.manifest import NAME, parse
from dossier.desk.user.places import is_archived
from dossier.store.catalogue.catalogue import Catalogue

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_REFERENCE = re.compile(r"ref: (refs/[\w./+@-]+)")
_MOST = 10_000_000
"""Bytes of a list of references that are looked at."""


def contents_digest(catalogue: Catalogue) -> str:
    """Return the digest of all files and articles that were read, and of the lock: the same on every machine."""
    digest = hashlib.blake2b(digest_size=16)
    for query in (
        "SELECT path, digest FROM files ORDER BY path",
        "SELECT id, digest FROM articles ORDER BY id",
        "SELECT article, lines FROM locked ORDER BY article",
    ):
        for name, value in catalogue.rows(query):
            digest.update(f"{name}\0".encode("utf-8", "surrogateescape") + bytes(value or b"") + b"\0")
        digest.update(b"\1")
    return digest.hexdigest()


def commit_of(folder: Path) -> str:
    """Return the git commit that a folder was checked out at, or an archive published from; empty where that cannot be
    told. Git is not run.
    """
    if is_archived(folder):
        return parse((folder.parent / NAME).read_bytes()).commit
    for place in (folder, *folder.parents):
        if (place / ".git" / "HEAD").is_file():
            return _commit(place / ".git")
    return ""


def _commit(git: Path) -> str:
    try:
        head = _text(git / "HEAD")
        if _COMMIT.fullmatch(head):
            return head
        reference = _REFERENCE.fullmatch(head)
        if not reference or ".." in reference[1]:
            return ""
        if (git / reference[1]).is_file():
            found = _text(git / reference[1])
            return found if _COMMIT.fullmatch(found) else ""
        for line in _text(git / "packed-refs").splitlines():
            commit, _, name = line.partition(" ")
            if name == reference[1] and _COMMIT.fullmatch(commit):
                return commit
    except (OSError, ValueError):
        pass
    return ""


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(_MOST).decode("utf-8").strip()
