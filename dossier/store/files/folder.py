"""The files of a dossier's folder, and not one byte from outside it.

A path is opened one component after the other, each relative to the folder just opened and none through a symbolic
link, so there is no moment between check and use at which anything could be swapped. This needs POSIX.
"""

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from dossier.model.problems import Place, Problem
from dossier.store.files.errors import (
    FileRefused,
    FileTooLarge,
    IsALink,
    MissingFile,
    NotAFile,
    TooManyFiles,
    Unreadable,
)
from dossier.store.files.listing import FolderListing, Signature, is_yaml, signature_of
from dossier.store.files.paths import ARCHIVE, SKIPPED, components, is_encodable

MAX_BYTES = 5_000_000
"""Size of a file (format.md, "Rules for reading")."""

_MAX_FILES = 500_000
_MAX_DEPTH = 40
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Folder:
    """A dossier's folder. Every path given or returned is relative to it, with forward slashes."""

    def __init__(
        self, root: Path, archive: Path | None = None, refused: tuple[Problem, ...] = (), *, is_copy: bool = False
    ) -> None:
        self.root = Path(os.path.realpath(root))
        """Where it is, without links."""
        self.archive = archive
        """The folder of the archive that the dossier extends, whose files stand in `ARCHIVE`."""
        self._copies = "" if is_copy else f"{ARCHIVE}/" if archive is not None else None
        self._refused = refused  # what is wrong with an archive that cannot be opened, or is another than expected
        self._keeps = False
        self._last: tuple[tuple[str, ...], int] = ((), -1)

    @contextmanager
    def in_passing(self) -> Iterator[Self]:
        """Keep open the folder that was read from last: of ten thousand files a hundred lie side by side, and
        opening each folder above every one of them takes as long as reading it.
        """
        self._keeps = True
        try:
            yield self
        finally:
            self._keeps = False
            self._keep((), -1)

    def _keep(self, parts: tuple[str, ...], descriptor: int) -> None:
        (_, before), self._last = self._last, (parts, descriptor)
        if before >= 0:
            os.close(before)

    def listing(self) -> FolderListing:
        """All regular files at any depth, but for hidden ones and the folder `index`; links are not followed."""
        files: dict[str, Signature] = {}
        left_out: list[Problem] = []
        with self._open_folder(()) as root:
            self._walk(root, "", files, left_out)
        if self.archive is not None:
            with self._open_folder((ARCHIVE,)) as root:
                self._walk(root, f"{ARCHIVE}/", files, left_out)
        return FolderListing(dict(sorted(files.items())), (*left_out, *self._refused), self._copies)

    def yaml_files(self) -> list[str]:
        """Every `*.yaml` and `*.yml` at any depth, sorted."""
        return self.listing().yaml_files()

    def glob(self, pattern: str) -> list[str]:
        """List files as `FolderListing.glob` does, in the folder as it is now."""
        return self.listing().glob(pattern)

    def read(self, relative: str, most: int = MAX_BYTES) -> bytes:
        """The bytes of a file, of which there may be `most`; raises `FileRefused`."""
        return self.load(relative, most)[0]

    def load(self, relative: str, most: int = MAX_BYTES) -> tuple[bytes, Signature]:
        """The bytes of a file, and its signature from before they were read; raises `FileRefused`."""
        with self._file(relative) as (descriptor, status):
            if status.st_size > most:
                raise FileTooLarge(relative, status.st_size, most)
            try:
                data = os.read(descriptor, status.st_size + 1)
                while len(data) <= most and (more := os.read(descriptor, most)):  # it grew, or was read in pieces
                    data += more
            except OSError as error:
                raise Unreadable(relative, error.strerror or str(error)) from None
        if len(data) > most:
            raise FileTooLarge(relative, 0, most)
        return data, signature_of(status)

    def signature(self, relative: str) -> Signature:
        """The stamp that tells whether a file has changed without reading it; raises `FileRefused`."""
        parts = components(relative)
        with self._open_folder(parts[:-1]) as folder:
            return signature_of(_status(folder, parts[-1], relative))

    @contextmanager
    def _file(self, relative: str) -> Iterator[tuple[int, os.stat_result]]:
        """A descriptor of the regular file at `relative`, and its status."""
        parts = components(relative)
        with self._open_folder(parts[:-1]) as folder:
            _status(folder, parts[-1], relative)  # a device is not even opened
            try:
                descriptor = os.open(parts[-1], _FILE, dir_fd=folder)
            except OSError as error:
                raise _refusal(folder, parts[-1], relative, error) from None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise NotAFile(relative, _what(status.st_mode))
            yield descriptor, status
        finally:
            os.close(descriptor)

    @contextmanager
    def _open_folder(self, parts: tuple[str, ...]) -> Iterator[int]:
        """A descriptor of the folder that `parts` lead to."""
        if self._keeps and parts == self._last[0] and self._last[1] >= 0:
            yield self._last[1]
            return
        archived = self.archive is not None and parts[:1] == (ARCHIVE,)
        root = self.archive if self.archive is not None and archived else self.root
        try:
            descriptor = os.open(root, _FOLDER)
        except OSError as error:
            raise Unreadable(str(root), error.strerror or str(error)) from None
        try:
            for number, part in enumerate(parts[archived:], 1 + archived):
                try:
                    inner = os.open(part, _FOLDER, dir_fd=descriptor)
                except OSError as error:
                    raise _refusal(descriptor, part, "/".join(parts[:number]), error) from None
                os.close(descriptor)
                descriptor = inner
            if self._keeps:
                self._keep(parts, os.dup(descriptor))
            yield descriptor
        finally:
            os.close(descriptor)

    def _walk(self, folder: int, prefix: str, files: dict[str, Signature], left_out: list[Problem]) -> None:
        if prefix.count("/") > _MAX_DEPTH:
            raise TooManyFiles(str(self.root), f"{_MAX_DEPTH} folders inside each other")
        inner: list[str] = []
        regular = stat.S_ISREG
        with os.scandir(folder) as found:
            for item in found:
                name = item.name
                if name[0] == "." or (not prefix and name in SKIPPED):
                    continue
                try:
                    if item.is_dir(follow_symlinks=False):
                        inner.append(name)
                        continue
                    status = item.stat(follow_symlinks=False)
                except OSError:  # gone since it was listed
                    continue
                path = prefix + name
                if regular(status.st_mode) and path.isascii():  # as nearly all: ten thousand articles are 20,000
                    files[path] = signature_of(status)
                    continue
                refusal = _reason(path, status)
                if refusal is None:
                    files[path] = signature_of(status)
                elif is_yaml(name) or stat.S_ISLNK(status.st_mode):
                    left_out.append(refusal.problem(Place(path), "warning"))
        if len(files) > _MAX_FILES:
            raise TooManyFiles(str(self.root), f"{_MAX_FILES:,} files")
        for name in inner:
            try:
                descriptor = os.open(name, _FOLDER, dir_fd=folder)
            except OSError as error:
                if not isinstance(error, FileNotFoundError):
                    refusal = Unreadable(prefix + name, error.strerror or str(error))
                    left_out.append(refusal.problem(Place(prefix + name), "warning"))
                continue
            try:
                self._walk(descriptor, f"{prefix}{name}/", files, left_out)
            finally:
                os.close(descriptor)


def _what(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _reason(path: str, status: os.stat_result) -> FileRefused | None:
    """The reason why what stands at `path` is not read, if so."""
    if stat.S_ISLNK(status.st_mode):
        return IsALink(path)
    if not stat.S_ISREG(status.st_mode):
        return NotAFile(path, _what(status.st_mode))
    if not is_encodable(path):
        return Unreadable(path, "its name is not UTF-8")
    return None


def _status(folder: int, name: str, path: str) -> os.stat_result:
    """The status of a regular file; raises `FileRefused` for anything else."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        raise _refusal(folder, name, path, error) from None
    refusal = _reason(path, status)
    if refusal:
        raise refusal
    return status


def _refusal(folder: int, name: str, path: str, error: OSError) -> FileRefused:
    """The reason why `name` could not be opened in `folder`, said as plainly as the system allows."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return MissingFile(path, _twin(folder, name, path))
    if stat.S_ISLNK(status.st_mode):
        return IsALink(path)
    if not isinstance(error, PermissionError) and not stat.S_ISDIR(status.st_mode):
        if stat.S_ISREG(status.st_mode):
            return Unreadable(path, "it is a file where a folder should be", "check the path")
        return NotAFile(path, _what(status.st_mode))
    return Unreadable(path, error.strerror or str(error))


def _twin(folder: int, name: str, path: str) -> str:
    """The path of a file here whose name differs from `name` in case or in Unicode form alone; empty when none."""
    wanted = unicodedata.normalize("NFKC", name).casefold()
    try:
        with os.scandir(folder) as found:
            for item in found:
                if unicodedata.normalize("NFKC", item.name).casefold() == wanted:
                    return path[: len(path) - len(name)] + item.name
    except OSError:
        pass
    return ""
