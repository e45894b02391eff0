"""A dossier kept up to date behind the screen, in a process of its own: reading, checking and indexing never make the
reader wait, and what is interrupted goes on from where it was. The catalogue and the index are what the two share.

Of several such processes on one dossier, one reads and one indexes at a time; the others wait, and find it done.
"""

import contextlib
import fcntl
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.desk.watcher import KeeperReport
from dossier.model.problems import DossierError
from dossier.model.progress import say_nothing

if TYPE_CHECKING:
    from dossier.desk.archive.extending import ExtendedArchive
    from dossier.store.files.folder import Folder
    from dossier.store.files.listing import FolderListing

RETRY = 0.5
"""Seconds until what could not be done is tried again; twice as many after each further failure."""
RARELY = 30.0
"""Seconds between two tries at most."""
PATIENCE = 5.0
"""Seconds that indexing stands still at most, between two articles, while files are read."""
DOUBT = 2.1
"""Seconds after which the whole folder is looked at, when only what a watcher told of was: it may have missed a thing,
and a file that changed may change again within its clock's grain.
"""
NOTED = 1_000
"""Paths that are noted at most until they are looked at; beyond them the whole folder is."""
_SPEAK = 0.25
"""Seconds between two reports of progress."""


class _Voice:
    """Says reports on standard output, one line each, whole."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spoken = 0.0

    def say(self, report: KeeperReport) -> None:
        """Say it; where nobody listens any more, end."""
        line = json.dumps({field: getattr(report, field) for field in report.__struct_fields__})
        try:
            with self._lock:
                print(line, flush=True)  # noqa: T201  standard output is the wire to the parent
        except OSError:
            os._exit(0)

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how far something is, now and then."""
        now = time.monotonic()
        if now - self._spoken >= _SPEAK:
            self._spoken = now
            self.say(KeeperReport("working", what, done, total))


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """Return whether no other program is inside just now. The system lets go of it when the program ends."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


class _Work:
    """The work of the process: reading in one thread, indexing in another, whenever there is a reason to."""

    def __init__(self, root: Path, engine: str) -> None:
        self._root, self._engine = root, engine
        self._extended: ExtendedArchive | None = None
        self._voice = _Voice()
        self._to_read, self._to_index, self._asked = threading.Event(), threading.Event(), threading.Event()
        self._at_rest = threading.Event()
        self._at_rest.set()
        self._failures: dict[str, tuple[str, float]] = {}  # by work: what was told, seconds until it is tried again
        self._broken: set[str] = set()
        self._listing: FolderListing | None = None
        self._changed: set[Path] | None = None
        self._noting = threading.Lock()
        self._doubtful = self._unasked = False

    def run(self) -> None:
        """Work until the parent is gone."""
        for work in (self._listen, self._watch, self._indexing):
            threading.Thread(target=work, daemon=True).start()
        self._note(None)
        while True:
            self._unasked = not self._to_read.wait(DOUBT if self._doubtful else None)
            self._to_read.clear()
            self._asked.clear()
            if pause := self._carry_out(self._read):
                self._asked.wait(pause)
                self._to_read.set()

    def _note(self, paths: Iterable[Path] | None) -> None:
        """Have files read that changed, or whatever changed where it is not known what, or too many did."""
        with self._noting:
            changed = None if paths is None or self._changed is None else self._changed.union(paths)
            self._changed = changed if changed is not None and len(changed) <= NOTED else None
        self._to_read.set()

    def _held(self, folder: "Folder") -> "FolderListing":
        """The contents of the folder, looking only at the files that are known to have changed."""
        from dossier.store.files.relisting import MOST, relist  # noqa: PLC0415  once this process is nice

        with self._noting:
            changed, self._changed = self._changed, set()
        again = None
        known, self._listing = self._listing, None
        if known and changed is not None and len(changed) <= MOST and not self._unasked:
            again = relist(folder, known, changed)
        self._doubtful = again is not None
        self._listing = again or folder.listing()
        return self._listing

    def _indexing(self) -> None:
        while True:
            self._to_index.wait()
            self._to_index.clear()
            if pause := self._carry_out(self._index):
                time.sleep(pause)
                self._to_index.set()

    def _carry_out(self, work: Callable[[], bool]) -> float:
        """Do a piece of work, and tell a failure once; gives the seconds until it is to be tried again, 0 when done."""
        failure = ""
        try:
            done = work()
        except DossierError as error:
            failure, done = str(error), False
        except Exception as error:  # noqa: BLE001  told to the reader, who keeps the last good view
            failure, done = f"The dossier could not be read again ({type(error).__name__}).", False
        told, pause = self._failures.pop(work.__name__, ("", RETRY))
        if failure:
            if failure != told:
                self._voice.say(KeeperReport("failed", failure))
            self._failures[work.__name__] = failure, min(2 * pause, RARELY)
        return 0.0 if done else pause

    def _listen(self) -> None:
        for _ in sys.stdin:
            self._asked.set()
            self._note(None)
        os._exit(0)

    def _watch(self) -> None:
        from dossier.desk.file_watch import follow_folder  # noqa: PLC0415  likewise

        follow_folder(self._root, self._note, self._try_soon)

    def _try_soon(self) -> None:
        """Have what could not be done tried again now, and soon after: the folder was made again."""
        self._failures = {work: (told, RETRY) for work, (told, _) in self._failures.items()}
        self._asked.set()

    def _read(self) -> bool:
        """Bring the catalogue up to date; False when another program is at it."""
        from dossier.desk.desk import Desk  # noqa: PLC0415  once this process is nice
        from dossier.store.sync.unreadable import files, unread  # noqa: PLC0415

        desk = Desk.open(self._root, refresh=False, extended=self._extended)
        self._extended = desk.extended  # the screen too stays with the version that it was opened with
        desk.has_ui = True
        db = desk.texts.catalogue
        self._at_rest.clear()
        try:
            with alone(desk.home / "reading.lock") as first:
                if not first:
                    self._voice.progress("", 0, 0)
                    return False
                good = files(db) - unread(db).keys() if desk.content is not None else frozenset()
                progress = say_nothing if self._unasked else self._voice.progress  # it may end without a word
                change = desk.refresh(progress, listing=self._held(desk.extended.with_files_of(desk.root)))
                if self._unasked and not change:
                    return True  # nothing was missed
                broken = unread(db)
            self._broken |= broken.keys() & good  # what never could be read was never a good view
            self._broken &= broken.keys()
            told = [str(broken[file]) for file in sorted(self._broken)]
            self._voice.say(KeeperReport("read", broken=told[0] if told else ""))
            self._to_index.set()
        finally:
            self._at_rest.set()
            desk.close()
        return True

    def _index(self) -> bool:
        """Bring the index up to date; False when another program is at it, or what was read does not stay."""
        from dossier.desk.desk import Desk  # noqa: PLC0415
        from dossier.desk.search.service import larger  # noqa: PLC0415
        from dossier.search.engines.engine import IndexBusy  # noqa: PLC0415

        desk = Desk.open(self._root, refresh=False, engine=self._engine, extended=self._extended)
        told: list[int] = []

        def progress(what: str, done: int, total: int) -> None:
            told.append(total)
            self._voice.progress(what, done, total)
            self._at_rest.wait(PATIENCE)  # who changed a file wants to see it; the index can wait

        try:
            with alone(desk.home / "indexing.lock") as first:
                if not first:
                    return False
                remote = desk.finding.is_remote and not desk.finding.index.exists
                count = 0 if remote else desk.index(progress)  # beside a server, it is made when asked for
        except IndexBusy:
            return False
        finally:
            desk.close()
        built = any(told)
        self._voice.say(
            KeeperReport("indexed", " ".join([*desk.notices, *(larger(self._engine, count) if built else ())]))
        )
        time.sleep(RETRY)  # by then the reader has taken up what is new; the catalogue's journal is not needed any more
        Desk.open(self._root, refresh=False, extended=self._extended).close()
        self._voice.say(KeeperReport("settled"))
        return True


if __name__ == "__main__":
    with contextlib.suppress(OSError):
        os.nice(5)
    _Work(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "whoosh").run()
