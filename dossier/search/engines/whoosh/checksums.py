"""Check sums by which a damaged index is known before anything in it is believed."""

import zlib
from collections.abc import Iterable, Iterator
from mmap import mmap
from pathlib import Path

from dossier.search.engines.whoosh.safe_pickle import UnsafePickle

BLOCK = 1 << 17
"""Bytes of a file that are summed up together: as much is read where a few bytes are wanted."""


def write_sums(path: Path, files: Iterable[Path]) -> None:
    """Write the sums of files, a line each: its name and the sum of each block."""
    path.write_text("\n".join(f"{file.name} {' '.join(_sums(file))}" for file in sorted(files)), "ascii")


def _sums(file: Path) -> Iterator[str]:
    with file.open("rb") as source:
        yield from (str(zlib.crc32(block)) for block in iter(lambda: source.read(BLOCK), b""))


def read_sums(path: Path) -> dict[str, list[int]]:
    """The sums that `write_sums` wrote, block by block, by file."""
    lines = (line.split() for line in path.read_text("ascii").splitlines())
    return {name: list(map(int, sums)) for name, *sums in lines}


class CheckedFile:
    """The bytes of a mapped file; no block of it is given out before its sum is right."""

    def __init__(self, source: mmap | bytes, name: str, sums: list[int], right: bytearray) -> None:
        """Take the sums of the blocks; in `right` those are marked that were found right, for whoever opens it next."""
        if len(sums) != -(-len(source) // BLOCK):
            raise UnsafePickle(name)
        self._source = source
        self._name = name
        self._sums = sums
        self._right = right
        self._at = 0

    def get(self, position: int, length: int) -> bytes:
        """Return the bytes of one part; `UnsafePickle` when they are not as they were written."""
        for block in range(position // BLOCK, -(-min(position + length, len(self._source)) // BLOCK)):
            if not self._right[block]:
                if zlib.crc32(self._source[block * BLOCK : (block + 1) * BLOCK]) != self._sums[block]:
                    raise UnsafePickle(self._name)
                self._right[block] = 1
        return self._source[position : position + length]

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as a file does."""
        found = self.get(self._at, size if size >= 0 else len(self._source) - self._at)
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        """Return the rest of the line, as a file does."""
        line = self.get(self._at, len(self._source) - self._at).partition(b"\n")
        self._at += len(line[0]) + len(line[1])
        return line[0] + line[1]

    def seek(self, position: int, whence: int = 0) -> int:
        """Go to a place, as a file does."""
        self._at = position + (0, self._at, len(self._source))[whence]
        return self._at

    def tell(self) -> int:
        """Return the place, as a file does."""
        return self._at

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._source, mmap):
            self._source.close()
