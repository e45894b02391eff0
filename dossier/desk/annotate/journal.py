"""The journal of what was written to a dossier: enough to undo and redo every step, across restarts.

One line of JSON per record, appended and forced to the disk: first what is about to be done, then that it is done. A
step without the second line was interrupted; who opens the journal next finishes it, or says that it never happened. A
last line that was cut off counts for nothing.
"""

import hashlib
import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from dossier.model.problems import DossierError

NAME = "journal.jsonl"
"""Its file, in the folder of what is derived from the dossier."""

Action = Literal["do", "done", "undo", "undone", "redo", "redone", "failed"]
_BEGUN = frozenset({"do", "undo", "redo"})
"""What is put down before anything is written."""


class Splice(Struct, frozen=True, array_like=True):
    """A stretch of a text replaced by another."""

    start: int
    """Offset in the text before, in characters."""
    removed: str
    added: str


class FileChange(Struct, frozen=True, omit_defaults=True):
    """The change that a step makes to one file."""

    path: str
    """Relative to the dossier's folder."""
    before: str
    """SHA-256 of its text before; empty when there was no such file."""
    after: str
    """SHA-256 of its text afterwards; empty when there is no such file any more."""
    splices: tuple[Splice, ...]
    """What is replaced in it; of a file that comes or goes, its whole text."""

    def reversed(self) -> "FileChange":
        """The change that reverses this one."""
        shift, found = 0, []
        for one in self.splices:
            found.append(Splice(one.start + shift, one.added, one.removed))
            shift += len(one.added) - len(one.removed)
        return FileChange(self.path, self.after, self.before, tuple(found))

    def apply(self, text: str) -> str:
        """The text afterwards."""
        for one in reversed(self.splices):
            text = text[: one.start] + one.added + text[one.start + len(one.removed) :]
        return text


class LockChange(Struct, frozen=True, omit_defaults=True):
    """The lines of the lock that a step takes out and puts in."""

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


class Step(Struct, frozen=True, omit_defaults=True):
    """A thing that was done, and can be undone as a whole."""

    number: int
    says: str
    """What was done, in one sentence."""
    files: tuple[FileChange, ...]
    """In the order in which they are written."""
    lock: LockChange = LockChange()
    renamed: tuple[str, str] = ("", "")
    """The old and the new id, where an entry was renamed."""

    def reversed(self) -> "Step":
        """The step that reverses this one."""
        files = tuple(one.reversed() for one in reversed(self.files))
        lock = LockChange(self.lock.added, self.lock.removed)
        return Step(self.number, self.says, files, lock, self.renamed[::-1])


class JournalRecord(Struct, frozen=True, omit_defaults=True):
    """A line of the journal."""

    action: Action
    number: int
    step: Step | None = None


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(JournalRecord).decode


class Journal:
    """The steps that were done to a dossier; read anew when another program wrote to it."""

    def __init__(self, folder: Path) -> None:
        """Open the journal in a folder, which is the user's alone."""
        self._path = folder / NAME
        self._size = 0
        self._whole = True
        self._begin()

    def _begin(self) -> None:
        self._size, self._last = 0, 0
        self._steps: dict[int, Step] = {}
        self.done: list[Step] = []
        """What can be undone, the last one last."""
        self.undone: list[Step] = []
        """What can be redone, the next one last."""
        self.pending: tuple[Action, Step] | None = None
        """What was begun and not finished: the action, and the step in the direction of it."""

    def read(self) -> None:
        """Take in what was appended since the last time.

        Raises:
            DossierError: it cannot be read.

        """
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._size:
                    self._begin()
                file.seek(self._size)
                data = file.read()
        except FileNotFoundError:
            self._begin()
            return
        except OSError as error:
            raise DossierError(f"{self._path} cannot be read: {error.strerror}; undo needs it.") from error
        whole = data.rpartition(b"\n")[0]
        self._whole = len(whole) + (1 if whole or data[:1] == b"\n" else 0) == len(data)
        self._size += len(data) if self._whole else len(whole) + bool(whole)
        for line in whole.split(b"\n"):
            try:
                self._take(_decode(line))
            except (msgspec.MsgspecError, UnicodeError):  # a line that was cut off when a program was killed
                continue

    def _take(self, record: JournalRecord) -> None:
        if record.step is not None:
            self._steps[record.number] = record.step
        step = self._steps.get(record.number)
        if step is None:
            return
        self._last = max(self._last, record.number)
        if record.action in _BEGUN:
            self.pending = record.action, step.reversed() if record.action == "undo" else step
            return
        self.pending = None
        if record.action == "done":
            self.done.append(step)
            self.undone.clear()
        elif record.action == "undone" and self.done and self.done[-1].number == record.number:
            self.undone.append(self.done.pop())
        elif record.action == "redone" and self.undone and self.undone[-1].number == record.number:
            self.done.append(self.undone.pop())

    @property
    def position(self) -> int:
        """A stamp of the journal's contents: it differs once any program has written to it."""
        return self._size

    @property
    def next_number(self) -> int:
        """The number of the next step."""
        return self._last + 1

    def append(self, action: Action, step: Step) -> None:
        """Put down that something is about to be done, or was.

        Only what is about to be done is forced to the disk: of what was done, `pending` and the files tell as much.

        Raises:
            DossierError: it cannot be written; then nothing may be done.

        """
        record = JournalRecord(action, step.number, step if action == "do" else None)
        line = (b"" if self._whole else b"\n") + _encode(record) + b"\n"
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                view = memoryview(line)
                while view:
                    view = view[os.write(descriptor, view) :]
                if action in _BEGUN:
                    os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self._whole = False
            reason = error.strerror or str(error)
            raise DossierError(
                f"{self._path} cannot be written: {reason}; make room there, then do it again."
            ) from error
        self.read()


def digest(text: str | None) -> str:
    """SHA-256 of a text as it is in its file; empty for none."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def change_of(path: str, before: str | None, after: str | None) -> FileChange:
    """The difference between two texts of a file: the stretch between their common beginning and common end."""
    old, new = before or "", after or ""
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    splice = Splice(first, old[first : len(old) - last], new[first : len(new) - last])
    return FileChange(path, digest(before), digest(after), (splice,))


def _common(one: str, other: str) -> int:
    """The number of characters with which both texts begin, halving what is compared."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
