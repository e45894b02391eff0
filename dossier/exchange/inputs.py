"""The files of an import: bounded in size, read as text or refused, and nothing read but what was named."""

import codecs
import stat
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Protocol

from dossier.model.problems import DossierError

LARGEST = 32_000_000
"""Bytes of one file that is read whole."""
LARGEST_TEXT = 5_000_000
"""Bytes of one text: no article may have more."""
_MOST_FILES = 50_000
_MOST_IN_ALL = 500_000_000
_RATIO = 300  # texts shrink to a tenth; what shrinks to less than a three-hundredth is made to burst
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class BurstingZipError(DossierError):
    """A member of a zip that would unpack to far more than any text does: the whole file is refused."""


class Input(Protocol):
    """A file, on disk or in an archive."""

    @property
    def name(self) -> str:
        """The name of the input: its path, or its name in its archive."""

    def read(self, most: int = LARGEST) -> bytes:
        """Its bytes; raises `DossierError` when there are more than `most`."""


class OnDisk:
    """A file that the user named, or one of a folder the user named."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def read(self, most: int = LARGEST) -> bytes:
        """Its bytes; raises `DossierError` when there are more than `most`, or it cannot be read."""
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise DossierError(f"{self.name} is not an ordinary file.")
            with self.path.open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            raise DossierError(f"{self.name} cannot be read: {error.strerror or error}.") from None
        return _check_size(data, self.name, most)


class InArchive:
    """A member of a zip."""

    def __init__(self, archive: "ZipInput", member: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._member = member
        self.name = member.filename

    def read(self, most: int = LARGEST) -> bytes:
        """Its bytes; raises `DossierError` when there are more than `most`, or the archive is damaged."""
        return self._archive.read(self._member, most)


class ZipInput:
    """A zip none of whose names leads anywhere; refused as a whole when one does."""

    def __init__(self, path: Path | BytesIO, name: str = "") -> None:
        """Open the archive at `path`, or the one of these bytes that is called `name`.

        Raises:
            DossierError: it is none, or holds what no archive of texts holds.

        """
        self.name = name or str(path)
        self._left = _MOST_IN_ALL
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, ValueError, RuntimeError, zipfile.BadZipFile) as error:
            raise DossierError(f"{self.name} cannot be read as a zip ({error}).") from None
        self.members: dict[str, InArchive] = {}
        """Its files by name, folders left out."""
        found = self._zip.infolist()
        if len(found) > _MOST_FILES:
            raise DossierError(
                f"{self.name} holds {len(found):,} files, more than an import may have ({_MOST_FILES:,})."
            )
        for member in found:
            name = member.filename.replace("\\", "/")  # as some programs on Windows write them
            self._check(member, name)
            if name in self.members:
                raise DossierError(f"{self.name} is refused: two files in it are called “{name}”.")
            if not name.endswith("/"):
                self.members[name] = InArchive(self, member)

    def _check(self, member: zipfile.ZipInfo, name: str) -> None:
        parts = name.split("/")
        why = ""
        if name.startswith(("/", "~")) or name[1:2] == ":" or "\0" in name:
            why = "is no name inside of it"
        elif ".." in parts:
            why = "leads out of it"
        elif stat.S_ISLNK(member.external_attr >> 16):
            why = "is a link"
        elif member.flag_bits & 1:
            why = "is encrypted"
        if why:
            raise DossierError(f"{self.name} is refused: “{name}” in it {why}.")

    def read(self, member: zipfile.ZipInfo, most: int) -> bytes:
        """The bytes of a member; raises `DossierError` for too many, or a damaged archive."""
        what = f"{self.name}: {member.filename}"
        if member.file_size > 1_000_000 and member.file_size > _RATIO * max(member.compress_size, 1):
            raise BurstingZipError(
                f"{what} says it holds {member.file_size:,} bytes packed into {member.compress_size:,}, as no text"
                " does; it is not unpacked."
            )
        try:
            with self._zip.open(member) as file:
                data = _check_size(file.read(min(most, self._left) + 1), what, min(most, self._left))
        except DossierError:
            raise
        except Exception as error:  # noqa: BLE001  each way of packing has errors of its own: zlib, lzma, bz2
            raise DossierError(f"{what} cannot be unpacked ({error}).") from None
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()


def _check_size(data: bytes, name: str, most: int) -> bytes:
    if len(data) > most:
        raise DossierError(f"{name} has more than {most:,} bytes, which is more than is read of such a file.")
    return data


def gather(paths: Sequence[Path], archives: tuple[str, ...] = (".zip",)) -> Iterator[Input]:
    """The files named, those of named folders and zips among them, in a fixed order.

    Raises:
        DossierError: one is not there.

    """
    for path in paths:
        if path.is_dir():
            inner = sorted(item for item in path.rglob("*") if item.is_file() and not item.is_symlink())
            if len(inner) > _MOST_FILES:
                raise DossierError(f"{path} holds more than {_MOST_FILES:,} files; name those to import.")
            yield from (OnDisk(item) for item in inner if not is_hidden(item.name))
        elif path.suffix.lower() in archives:
            archive = ZipInput(path)
            yield from (archive.members[name] for name in sorted(archive.members) if not is_hidden(name))
        elif path.exists():
            yield OnDisk(path)
        else:
            raise DossierError(f"There is no file {path}.")


def is_hidden(name: str) -> bool:
    """Return whether a file is one that a system keeps for itself, as a Mac puts `__MACOSX/._a.txt` beside `a.txt`."""
    return name.rpartition("/")[2].startswith(".")


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """The text of bytes: UTF-8, UTF-16 with a byte order mark, or `encoding`; a mark stays its first character.

    Raises:
        DossierError: it is no text in that encoding.

    """
    found = encoding or next((codec for mark, codec in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(found)
    except LookupError:
        raise DossierError(f"There is no encoding “{encoding}”; say for example cp1252 or utf-16.") from None
    except UnicodeDecodeError as error:
        raise DossierError(
            f"{name} is not text in {found} (byte {error.start + 1}); name its encoding with --encoding."
        ) from None
    if "\0" in text:
        raise DossierError(f"{name} holds NUL characters: it is no text, or needs its encoding named with --encoding.")
    return text


def stem(name: str) -> str:
    """The name of a file without folders and ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.rpartition(".")[0] or last
