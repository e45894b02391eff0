"""Steps carried out on a dossier's files: one writer at a time, each file whole, and all of a step or nothing of it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from dossier.desk.annotate.journal import Action, FileChange, Journal, LockChange, Step, digest
from dossier.desk.annotate.lock_bytes import LockFile, refusal
from dossier.desk.evidence.anchors import put
from dossier.model.problems import DossierError
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused, MissingFile
from dossier.store.files.folder import MAX_BYTES, Folder
from dossier.store.files.paths import components
from dossier.store.sync import lock_edits

_FINISHED: dict[Action, Action] = {"do": "done", "undo": "undone", "redo": "redone"}


class Files:
    """The files of a dossier as they are written by steps."""

    def __init__(self, folder: Folder, journal: Journal) -> None:
        self.folder = folder
        self.journal = journal
        self.lock = LockFile(folder)
        self.locked: tuple[bytes, bytes, LockChange] | None = None
        """The SHA-256 of the lock before and after the last step, and what that changed; None when it did not."""

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other programs of ours from writing; an interrupted transaction is finished first.

        Raises:
            DossierError: the folder cannot be opened.

        """
        try:
            descriptor = os.open(self.folder.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise DossierError(f"{self.folder.root} cannot be opened: {error.strerror}.") from error
        try:
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            self.journal.read()
            self._recover()
            yield
        finally:
            self.lock.forget()
            os.close(descriptor)

    def text(self, path: str) -> str | None:
        """The text of a file; None when there is none.

        Raises:
            DossierError: it is no text in UTF-8, or cannot be read.

        """
        try:
            return decode(self.folder.read(path, MAX_BYTES))
        except MissingFile:
            return None
        except FileRefused as refused:
            raise refusal(path, refused) from refused

    def carry_out(self, action: Action, step: Step) -> None:
        """Carry a step out, in the direction in which it is given, and put it down.

        Raises:
            DossierError: a file was changed meanwhile or cannot be written; then nothing is done.

        """
        self.locked = None
        for change in step.files:
            self._expect(change)
        self.journal.append(action, step)
        written: list[FileChange] = []
        lines = LockChange()
        try:
            for change in step.files:
                self._write(change)
                written.append(change)
            lines = self._lock(step.lock)
        except BaseException as error:
            if isinstance(error, DossierError | OSError):
                self._roll_back(step, written, lines)
            raise
        with contextlib.suppress(DossierError):  # it is done; the next that writes puts that down
            self.journal.append(_FINISHED[action], step)

    def _roll_back(self, step: Step, written: list[FileChange], lines: LockChange) -> None:
        self._lock(LockChange(lines.added, lines.removed))
        for change in reversed(written):
            self._write(change.reversed())
        self.journal.append("failed", step)

    def _recover(self) -> None:
        """Finish what was interrupted; nothing when it never began, or when a file was changed since."""
        if self.journal.pending is None:
            return
        action, step = self.journal.pending
        states = [self._state(change) for change in step.files]
        if step.files and (not all(states) or set(states) == {"before"}):
            self.journal.append("failed", step)
            return
        for change, state in zip(step.files, states, strict=True):
            if state == "before":
                self._write(change)
        self._lock(step.lock)
        self.journal.append(_FINISHED[action], step)

    def _state(self, change: FileChange) -> str:
        now = digest(self.text(change.path))
        return "before" if now == change.before else "after" if now == change.after else ""

    def _expect(self, change: FileChange) -> None:
        now = digest(self.text(change.path))
        if now == change.before:
            return
        if not now:
            raise DossierError(f"{change.path} is not there any more; nothing was written.")
        if not change.before:
            raise DossierError(f"{change.path} is there already; nothing was written.")
        raise DossierError(f"{change.path} was changed since; nothing was written. Look at it and do this by hand.")

    def _write(self, change: FileChange) -> None:
        root = self.folder.root
        before = self.text(change.path)
        if digest(before) != change.before:
            raise DossierError(f"{change.path} was changed just now; nothing was written. Do it again.")
        if not change.after:
            _unlink(root, change.path)
            return
        if before is None:
            _make_folder(root, change.path)
        put(root, change.path, change.apply(before or ""))

    def _lock(self, change: LockChange) -> LockChange:
        """Put lines into the lock and take others out, where there is a lock; what was done."""
        data = self.lock.read() if change.added or change.removed else None
        if data is None:
            return LockChange()
        after = lock_edits.edit(data, change.removed, change.added)
        if after is not data:
            before = self.lock.digest
            self.lock.write(after)
            self.locked = before, self.lock.digest, change
        return change


def _unlink(root: Path, relative: str) -> None:
    path = root.joinpath(*components(relative))
    try:
        path.unlink()
    except OSError as error:
        raise DossierError(f"{relative} cannot be removed: {error.strerror}.") from error


def _make_folder(root: Path, relative: str) -> None:
    """Make the folder of a file; never through a link."""
    folder = root
    for part in components(relative)[:-1]:
        folder /= part
        if folder.is_symlink():
            raise DossierError(f"{folder.relative_to(root)} is a link; put a folder there.")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise DossierError(f"The folder {folder.relative_to(root)} cannot be made: {error.strerror}.") from error
