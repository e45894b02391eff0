"""The check of a tantivy index before anything in it is believed.

The seal beside an index is the sum of the list of segments that the last commit wrote; every file of tantivy's ends in
a sum of its own. A file that was found right is noted with its status, so that the next program does not read all of
it for one word. The note holds for as long as the status is the same, for a day, and until the machine is started
again; a file that was written within the clock's grain before it was read is not noted. So a change by any program is
seen by the time of change of the status, which nobody can set, and a bit that turned on the disk within a day. Each
stored passage has a sum besides, which is compared whenever it is read: no such bit reaches the words that are shown.
"""

import contextlib
import zlib
from collections.abc import Callable, Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import unpack
from threading import Thread
from time import time_ns

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode

SEAL, CHECKED, META = "seal", "checked", "meta.json"
"""Files of an index: the seal, the files that were found right, and tantivy's list of segments."""

Status = tuple[int, int, int, int]
"""Size, inode, time of change of content and of status in ns."""
Known = dict[str, tuple[Status, int]]
"""Files that were found right, by name: their status, and when they were read, in ns."""
DAY = 24 * 3600 * 10**9
"""Nanoseconds for which a note holds."""
GRAIN = 2 * 10**9
"""Nanoseconds within which two changes of a file may bear the same time."""
SEALING = 0.05
"""Seconds after which what was written meanwhile is sealed; a reader waits for that for a second."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")


class _Notes(Struct):
    """The file `checked`: what is known of files, and since which start of the machine."""

    boot: str
    files: Known


class Broken(ValueError):  # noqa: N818 - said of a file
    """A file is not as it was written."""


def seal(folder: Path) -> None:
    """Say that what the folder holds is whole."""
    _replace(folder / SEAL, _sum_of(folder))


def sealed(folder: Path) -> bool:
    """Return whether the list of segments is the one that was sealed."""
    return (folder / SEAL).read_bytes() == _sum_of(folder)


def seal_during(folder: Path, work: Callable[[], object]) -> None:
    """Carry out work that writes to a folder again and again, each time sealed at once: who reads it need not wait."""
    failures = []

    def carry_out() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised below
            failures.append(error)

    worker, ended = Thread(target=carry_out, name="merging"), False
    worker.start()
    while not ended:
        worker.join(SEALING)
        ended = not worker.is_alive()  # asked before the look, so that the last thing written is sealed too
        if not sealed(folder):
            seal(folder)
    if failures:
        raise failures[0]


def check(folder: Path, known: Known) -> None:
    """Raise `Broken` when a file is not as it was written.

    Files in `known` are not read again; those that are right now are added, and noted in the folder where that can be.
    """
    meta = (folder / META).read_bytes()
    if (folder / SEAL).read_bytes() != str(zlib.crc32(meta)).encode():
        raise Broken(SEAL)
    if not known:
        known |= _noted(folder)
    segments = {segment["segment_id"].replace("-", "") for segment in decode(meta)["segments"]}
    there = {}
    for path in folder.iterdir():
        if path.name.partition(".")[0] in segments:
            status, (state, read) = _status(path), known.get(path.name, (None, 0))
            if state != status:
                read = time_ns()
                _check_footer(path)
            there[path.name] = status, read
    if there != known:
        known.clear()
        known |= there
        settled = {name: one for name, one in there.items() if one[1] - max(one[0][2:]) > GRAIN}
        with contextlib.suppress(OSError):  # a disk that cannot be written: all is read the next time too
            _replace(folder / CHECKED, encode(_Notes(_boot(), settled)))


def _status(path: Path) -> Status:
    found = path.stat()
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def _noted(folder: Path) -> Known:
    """The notes that hold still."""
    try:
        notes = decode((folder / CHECKED).read_bytes(), type=_Notes)
    except (OSError, MsgspecError, UnicodeDecodeError):
        return {}
    now = time_ns()
    return {name: one for name, one in notes.files.items() if 0 <= now - one[1] < DAY} if notes.boot == _boot() else {}


def _boot() -> str:
    """A name of this start of the machine; empty where the system has none to tell."""
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _sum_of(folder: Path) -> bytes:
    return str(zlib.crc32((folder / META).read_bytes())).encode()


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def _check_footer(path: Path) -> None:
    """Compare a file of tantivy's with the sum in its footer: JSON, its length, and a magic number of four bytes
    each.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        length, _ = unpack("<II", data[-8:])
        body = len(data) - 8 - length
        footer = decode(data[body:-8])
        if _sum(data, body) != footer["crc"]:
            raise Broken(path.name)


def _sum(data: mmap, length: int) -> int:
    """The sum of the first bytes of a file, in pieces that need no memory of that size."""
    found = 0
    for piece in _pieces(data, length):
        found = zlib.crc32(piece, found)
    return found


def _pieces(data: mmap, length: int, size: int = 1 << 20) -> Iterator[bytes]:
    for at in range(0, length, size):
        yield data[at : min(at + size, length)]
