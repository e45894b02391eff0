"""The check of a tantivy index before anything in it is believed.

The seal beside an index is the sum of the list of segments that the last commit wrote; every file of tantivy's ends in
a sum of its own. Files that were found right are noted with their status, so that the next program does not read all
of them for one word: as with the catalogue, a file whose status is the same is taken for the same.
"""

import contextlib
import zlib
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import unpack

from msgspec import MsgspecError
from msgspec.json import decode, encode

SEAL, CHECKED, META = "seal", "checked", "meta.json"
"""Files of an index: the seal, the files that were found right, and tantivy's list of segments."""

Known = dict[str, tuple[int, int, int, int]]
"""Files that were found right, by name: size, inode, time of change of content and of status in ns."""


class Broken(ValueError):  # noqa: N818 - said of a file
    """A file is not as it was written."""


def seal(folder: Path) -> None:
    """Say that what the folder holds is whole."""
    _replace(folder / SEAL, _sum_of(folder))


def sealed(folder: Path) -> bool:
    """Whether the list of segments is the one that was sealed."""
    return (folder / SEAL).read_bytes() == _sum_of(folder)


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
            status = path.stat()
            state = (status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
            if known.get(path.name) != state:
                _check_footer(path)
            there[path.name] = state
    if there != known:
        known.clear()
        known |= there
        with contextlib.suppress(OSError):  # a disk that cannot be written: all is read the next time too
            _replace(folder / CHECKED, encode(there))


def _noted(folder: Path) -> Known:
    try:
        return decode((folder / CHECKED).read_bytes(), type=Known)
    except (OSError, MsgspecError, UnicodeDecodeError):
        return {}


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
