"""The folder of a published site: only what was published before is replaced, each file whole or not at all.

The manifest names a file before there is one, so that a run that was cut short anywhere can be taken up again.
"""

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from dossier.desk.user.atomic_write import beside, is_left_over
from dossier.model.problems import DossierError

MANIFEST = "dossier-site.json"
"""Names every file that was written; what it does not name is never replaced nor removed."""


class Published(Struct, frozen=True):
    """The record of a file in the manifest."""

    digest: str = ""
    """SHA-256 of its content; empty while it is only claimed."""
    inputs: str = ""
    """Digest of what it was made from; empty when it is always made anew."""


class SiteFolder:
    """Writes the files of a site; those that are the same already stay as they are."""

    def __init__(self, root: Path) -> None:
        """Take the folder, which may not exist yet.

        Raises:
            DossierError: it is no folder, cannot be used, or its manifest cannot be read.

        """
        self.root = root
        self.written = self.unchanged = self.removed = 0
        self._now: dict[str, Published] = {}
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DossierError(f"{root} cannot be used: {error.strerror}; name a folder for the site.") from error
        self._before = self._read()
        self._modified = dict(_files(root, sorted({name.rpartition("/")[0] for name in self._before})))
        self._finished = self._modified.get(MANIFEST, 0)

    def _read(self) -> dict[str, Published]:
        path = self._place(MANIFEST)
        if not path.exists():
            return {}
        try:
            files = json.loads(path.read_text(encoding="utf-8"))["files"]
            return {str(name): _published(told) for name, told in files.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DossierError(f"{path} is not a manifest of a site; name another folder, or remove it.") from error

    def claim(self, names: Collection[str]) -> None:
        """Put down which files are about to be written, before the first of them is.

        Raises:
            DossierError: one of them is there already and is not ours, or the manifest cannot be written.

        """
        new = {name: Published() for name in names if name not in self._before}
        for path in map(self._place, new):
            if path.exists():
                raise DossierError(f"{path} was not written by dossier publish; move it, or name another folder.")
        self._sweep()
        if new:
            self._before |= new
            self._write_manifest(self._before)

    def _sweep(self) -> None:
        """Remove what runs that were killed have left of files they had begun to write."""
        ours = [name.rpartition("/")[2] for name in (MANIFEST, *self._before)]
        parts = [name for name in self._modified if name.endswith(".part")]
        for name in parts:
            if is_left_over(name.rpartition("/")[2], ours):
                with suppress(OSError, DossierError):
                    self._place(name).unlink()

    def is_current(self, name: str, inputs: str, beside: Iterable[str] = ()) -> bool:
        """Whether a file was made from these inputs, and it and those beside it are as written; then all are kept."""
        known = {one: self._before.get(one, Published()) for one in (name, *beside)}
        if not inputs or known[name].inputs != inputs or not all(map(self._is_whole, known, known.values())):
            return False
        self._now |= known
        self.unchanged += len(known)
        return True

    def was_made(self, name: str) -> bool:
        """Whether an earlier run wrote this file."""
        return bool(self._before.get(name, Published()).digest)

    def _is_whole(self, name: str, told: Published) -> bool:
        """Whether a file is as it was written: it is older than the manifest, or its content says so."""
        modified = self._modified.get(name)
        if modified is None or not told.digest:
            return False
        return modified < self._finished or _digest((self.root / name).read_bytes()) == told.digest

    def put(self, name: str, text: str, inputs: str = "") -> None:
        """Write one claimed file of the site, a path relative to its folder.

        Raises:
            DossierError: another program's file or a link is in its place, or it cannot be written.

        """
        data = text.encode("utf-8", "replace")
        path = self._place(name)
        there = path.exists()
        if name not in self._before:
            raise DossierError(f"{path} was not claimed before it was written; this is a fault of dossier publish.")
        self._now[name] = Published(_digest(data), inputs)
        if there and path.stat().st_size == len(data) and path.read_bytes() == data:
            self.unchanged += 1
            return
        self._replace(path, data)
        self.written += 1

    def finish(self) -> None:
        """Remove pages of before that are none any more, and write the manifest."""
        for name in self._before.keys() - self._now.keys():
            with suppress(OSError, DossierError):
                self._place(name).unlink()
                self.removed += 1
        if self._now != self._before:
            self._write_manifest(self._now)

    def _write_manifest(self, files: dict[str, Published]) -> None:
        told = {name: (one.digest, one.inputs) for name, one in sorted(files.items())}
        self._replace(self.root / MANIFEST, json.dumps({"made by": "dossier publish", "files": told}).encode() + b"\n")

    def _place(self, name: str) -> Path:
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
            raise DossierError(f"{name} in the manifest of the site names no file in it; remove {MANIFEST}.")
        path = self.root
        for part in parts:
            path /= part
            try:
                mode = path.lstat().st_mode
            except OSError:  # not there yet, which is told when it is written
                return self.root / name
            if stat.S_ISLNK(mode):
                raise DossierError(f"{path} is a link, and nothing is written through it; name another folder.")
        if stat.S_ISDIR(mode):
            raise DossierError(f"{path} is a folder in the place of a page; move it, or name another folder.")
        return path

    def _replace(self, path: Path, data: bytes) -> None:
        new = beside(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            new.replace(path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise DossierError(
                f"{path} cannot be written: {error.strerror}; make room, or name another folder."
            ) from error


def _published(told: Any) -> Published:
    """A line of the manifest; earlier versions wrote the digest alone."""
    digest, inputs = (told, "") if isinstance(told, str) else told
    return Published(str(digest), str(inputs))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files(root: Path, folders: Collection[str]) -> Iterator[tuple[str, int]]:
    """Name and time of modification, in nanoseconds, of the ordinary files in some folders; links are not followed."""
    for folder in {"", *folders}:
        place = root / folder
        if any(part in ("..", "") for part in folder.split("/") if folder) or place.is_symlink() or not place.is_dir():
            continue
        with os.scandir(place) as found:
            for item in found:
                if item.is_file(follow_symlinks=False):
                    yield f"{folder}/{item.name}" if folder else item.name, item.stat(follow_symlinks=False).st_mtime_ns
