"""Check sums by which a damaged index is known before anything in it is believed."""

import zlib
from collections.abc import Iterable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import unpack

from msgspec.json import decode as from_json
from msgspec.msgpack import Encoder

from dossier.search.engines.whoosh.safe_pickle import Refused

SEAL, DIGESTS = "seal", "digests"
"""Files beside an index: sums of what the last commit wrote, and the digests of all passages."""


def write_sums(path: Path, files: Iterable[Path]) -> None:
    """Write the sums of files, a line each."""
    path.write_text("\n".join(f"{file.name} {zlib.crc32(file.read_bytes())}" for file in sorted(files)), "ascii")


def read_sums(path: Path) -> dict[str, int]:
    """The sums that `write_sums` wrote, by file."""
    words = path.read_text("ascii").split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


def seal(folder: Path, digests: dict[str, str]) -> None:
    """Say that what the folder holds is whole: the check sums of the list of segments and of the digests."""
    written = Encoder().encode(digests)
    replace(folder / DIGESTS, written)
    sums = f"{zlib.crc32((folder / 'meta.json').read_bytes())} {zlib.crc32(written)}"
    replace(folder / SEAL, sums.encode())


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def sealed(folder: Path) -> bool:
    """Whether the list of segments is the one that was sealed."""
    return (folder / SEAL).read_bytes().split()[0] == str(zlib.crc32((folder / "meta.json").read_bytes())).encode()


def check_seal(folder: Path, known: set[tuple[str, int, int]]) -> None:
    """Raise `Refused` when a file is not as it was written.

    Files in `known` (name, size, time of change) were checked before; those that are right now are added.
    """
    meta = (folder / "meta.json").read_bytes()
    sums = (folder / SEAL).read_bytes().split()
    if sums != [str(zlib.crc32(data)).encode() for data in (meta, (folder / DIGESTS).read_bytes())]:
        raise Refused("the seal does not fit")
    segments = {segment["segment_id"].replace("-", "") for segment in from_json(meta)["segments"]}
    for path in folder.iterdir():
        if path.name.partition(".")[0] in segments:
            status = path.stat()
            state = (path.name, status.st_size, status.st_mtime_ns)
            if state not in known:
                _check_footer(path)
                known.add(state)


def _check_footer(path: Path) -> None:
    """Compare a file of tantivy's with the sum in its footer: JSON, its length, and a magic number of four bytes
    each.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        length, _ = unpack("<II", data[-8:])
        body = len(data) - 8 - length
        footer = from_json(data[body:-8])
        with memoryview(data) as view, view[:body] as part:
            if zlib.crc32(part) != footer["crc"]:
                raise Refused(path.name)
