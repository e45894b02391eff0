"""A number for the program's own code, by its content: derived files made by other code are made anew."""

import zlib
from collections.abc import Iterator
from pathlib import Path


def code_version(*places: Path) -> int:
    """CRC-32 of all modules in these folders (at any depth) and of these files, by path and content.

    Times of installation play no part, so that two machines with the same program agree.
    """
    version = 0
    for place in places:
        for file in sorted(_modules(place)):
            version = zlib.crc32(file.relative_to(place.parent).as_posix().encode() + b"\0", version)
            version = zlib.crc32(file.read_bytes(), version)
    return version


def _modules(place: Path) -> Iterator[Path]:
    return place.rglob("*.py") if place.is_dir() else iter((place,))
