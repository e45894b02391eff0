"""The folder of a published site: only what was published before is replaced, each file whole or not at all.

A journal holds the digest of each file before it is written, so that a run that was cut short anywhere can be taken up
again, and what somebody else has put in the place of a page that it did not come to stays.
"""

import fcntl
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from dossier.desk.publish.journal import JOURNAL, PublishJournal
from dossier.desk.publish.manifest import MANIFEST, Published, manifest_bytes, read_manifest
from dossier.desk.user.atomic_write import is_left_over, put_in_place, temporary_path
from dossier.model.problems import DossierError


class SiteFolder:
    """Writes the files of a site; those that are the same already stay as they are."""

    def __init__(self, root: Path) -> None:
        """Take the folder, which may not exist yet.

        Raises:
            DossierError: it is no folder, cannot be used, or its manifest or journal cannot be read.

        """
        self.root = root
        self.written = self.removed = 0
        self._now: dict[str, Published] = {}
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DossierError(f"{root} cannot be used: {error.strerror}; name a folder for the site.") from error
        self._lock = _lock(root)
        try:
            self._read()
        except BaseException:
            os.close(self._lock)
            raise

    def _read(self) -> None:
        """Read what earlier runs put down."""
        self._listed = read_manifest(self._place(MANIFEST))
        self._journal = PublishJournal(self._place(JOURNAL))
        known = {*self._listed, *self._journal.begun}
        self._modified = dict(_files(self.root, {name.rpartition("/")[0] for name in known}))
        self._finished = self._modified.get(MANIFEST, 0)
        self._claimed: set[str] = set()
        self._ours = {*self._listed, *self._files_of_killed_run()}
        """The files that earlier runs wrote."""

    def _files_of_killed_run(self) -> Iterator[str]:
        """The files that a run which was cut short has written; none of them counts as current."""
        for name, digests in self._journal.begun.items():
            if name in self._modified and _digest(self._place(name).read_bytes()) in digests:
                yield name

    def claim(self, names: Collection[str]) -> None:
        """Look whether files can be written under these names, before the first of them is.

        Raises:
            DossierError: one of them is there already and is not ours.

        """
        for name in names:
            path = self._place(name)
            if name not in self._ours and path.exists():
                raise _not_ours(path)
        self._claimed.update(names)
        self._sweep()

    def _sweep(self) -> None:
        """Remove what runs that were killed have left of files they had begun to write."""
        ours = [name.rpartition("/")[2] for name in (MANIFEST, *self._ours, *self._journal.begun)]
        parts = [name for name in self._modified if name.endswith(".part")]
        for name in parts:
            if is_left_over(name.rpartition("/")[2], ours):
                with suppress(OSError, DossierError):
                    self._place(name).unlink()

    def is_current(self, name: str, inputs: str, beside: Iterable[str] = ()) -> bool:
        """Return whether a file was made from these inputs, it and those beside it being as written."""
        known = {one: self._listed.get(one, Published()) for one in (name, *beside)}
        if not inputs or known[name].inputs != inputs or not all(map(self._is_whole, known, known.values())):
            return False
        self._now |= known
        return True

    @property
    def is_whole(self) -> bool:
        """Return whether the last run was finished and every file is as it was written then."""
        return not self._journal.begun and all(map(self._is_whole, self._listed, self._listed.values()))

    @property
    def manifest(self) -> bytes:
        """The SHA-256 of the manifest as it is; empty when there is none."""
        path = self._place(MANIFEST)
        return hashlib.sha256(path.read_bytes()).digest() if path.exists() else b""

    def keep_all(self, but: Iterable[str]) -> None:
        """Keep every file of the last run but those of some names, unless they are written again."""
        self._now = dict(self._listed)
        for name in but:
            self._now.pop(name, None)

    def listed(self, begin: str | tuple[str, ...]) -> list[str]:
        """The files of the last run whose names begin in some way."""
        return [name for name in self._listed if name.startswith(begin)]

    @property
    def unchanged(self) -> int:
        """The number of files that were not written."""
        return len(self._now) - self.written

    def read(self, name: str) -> str:
        """The text of a file of the last run."""
        return self._place(name).read_text(encoding="utf-8") if name in self._listed else ""

    def keeps(self, name: str) -> bool:
        """Return whether a file is part of the site as this run leaves it, so far."""
        return name in self._now

    def was_made(self, name: str) -> bool:
        """Return whether an earlier run wrote this file."""
        return name in self._ours

    def _is_whole(self, name: str, told: Published) -> bool:
        """Return whether a file is as it was written: it is older than the manifest, or its content says so."""
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
        if name not in self._claimed and name not in self._ours:
            raise DossierError(f"{path} was not claimed before it was written; this is a fault of dossier publish.")
        new = Published(_digest(data), inputs)
        self._now[name] = new
        there = path.exists()
        if there and name not in self._ours:
            raise _not_ours(path)
        if there and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        self._journal.add(name, new.digest)
        self._write(path, data, replace=there)
        self.written += 1

    def finish(self) -> None:
        """Remove pages of before that are none any more, write the manifest, and do away with the journal."""
        for name in self._ours - self._now.keys():
            with suppress(OSError, DossierError):
                self._place(name).unlink()
                self.removed += 1
        if self._now != self._listed:
            self._write(self.root / MANIFEST, manifest_bytes(self._now), replace=MANIFEST in self._modified)
        self._journal.remove()

    def close(self) -> None:
        """Let go of the folder, and of the journal, which stays unless the run was finished."""
        self._journal.close()
        os.close(self._lock)

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

    def _write(self, path: Path, data: bytes, *, replace: bool) -> None:
        """Write a file beside its place and give it its name, which is free unless it may `replace` one."""
        new = temporary_path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            if replace:
                new.replace(path)
            else:
                put_in_place(new, path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            if isinstance(error, FileExistsError):
                raise _not_ours(path) from error
            raise DossierError(
                f"{path} cannot be written: {error.strerror}; make room, or name another folder."
            ) from error


def _lock(root: Path) -> int:
    """Open a folder so that no other run writes into it until the returned descriptor is closed.

    Raises:
        DossierError: another run is writing into it.

    """
    try:
        descriptor = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise DossierError(f"{root} cannot be used: {error.strerror}; name a folder for the site.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise DossierError(
            f"Another dossier publish is writing into {root}; wait until it is done, or name another folder."
        ) from error
    except OSError:  # a file system without locks: both would notice at the first file
        pass
    return descriptor


def _not_ours(path: Path) -> DossierError:
    return DossierError(f"{path} was not written by dossier publish; move it, or name another folder.")


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
