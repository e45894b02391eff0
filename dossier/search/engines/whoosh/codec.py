"""Whoosh 2.7.4 as it may be used here: the only module that imports it.

What it lacks is added: no byte is read before the check sum of its file is right, and nothing is unpickled but what an
index of ours holds. Its formats are replaced by plainer ones that are written and read in bulk.
"""
# ruff: noqa: SLF001 - what is needed of Whoosh, pinned to one version for good, is not all public

import pickle
import re
import sys
import warnings
import zlib
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import pack, unpack
from types import ModuleType
from typing import Any

from dossier.search.engines.whoosh.checksums import CheckedFile, read_sums
from dossier.search.engines.whoosh.safe_pickle import UnsafePickle, load, loads

_NETWORK = "urllib.request"
_stands_in = _NETWORK not in sys.modules
if _stands_in:  # Whoosh imports it for one name that it never uses; it takes a sixth of the time to the first answer
    sys.modules[_NETWORK] = ModuleType(_NETWORK)
    sys.modules[_NETWORK].urlretrieve = None  # type: ignore[attr-defined]
try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import whoosh.codec.whoosh3 as w3
        import whoosh.columns
        import whoosh.filedb.structfile
        import whoosh.formats
        import whoosh.index
        from whoosh.fields import FieldType, Schema
        from whoosh.filedb.filestore import FileStorage
        from whoosh.filedb.structfile import BufferFile, StructFile
        from whoosh.index import LockError
        from whoosh.reading import SegmentReader
        from whoosh.writing import SegmentWriter
finally:
    if _stands_in:
        del sys.modules[_NETWORK]

__all__ = [
    "BLOCK",
    "FIELDS",
    "NAME",
    "SCHEMA",
    "SEGMENT",
    "SUM",
    "TOC",
    "Codec",
    "FileIndex",
    "LockError",
    "SegmentReader",
    "SegmentWriter",
    "Storage",
]

NAME = "PASSAGES"
"""Of the index in its folder."""
BLOCK = 4096
"""Postings in a block; Whoosh's own 128 makes common words slow to read as a whole."""
SUM = ".sum"
"""Ending of the file with the check sums of a segment."""
SEGMENT = re.compile(rf"({NAME}_[0-9a-z]+)\.[A-Za-z0-9_.]+")


"""A file of a segment; the group is the segment."""

FileIndex = whoosh.index.FileIndex
TOC = whoosh.index.TOC


class _Pickle:
    """Stands where Whoosh expects the module `pickle`."""

    PicklingError = pickle.PicklingError
    dumps = staticmethod(pickle.dumps)
    loads = staticmethod(loads)
    load = staticmethod(load)


def _dumps(value: Any, _: int = 0) -> bytes:
    return pickle.dumps(value, 4)  # bytes as they are; the protocol Whoosh asks for spells them as text


w3.dumps = _dumps
w3.loads = whoosh.columns.loads = whoosh.formats.loads = loads
whoosh.filedb.structfile.load_pickle = load
whoosh.index.pickle = _Pickle
whoosh.index.toc_loaders.clear()  # loaders of older formats unpickle by themselves


class _Places(whoosh.formats.Format):  # type: ignore[misc]
    """Postings with a value of any length."""

    posting_size = -1


class _Listed(whoosh.formats.Format):  # type: ignore[misc]
    """Postings without a value."""

    posting_size = 0


class _Column(FieldType):  # type: ignore[misc]
    """A field that is a column of bytes and nothing else."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(None, None)
        self.column_type = whoosh.columns.VarBytesColumn()


FIELDS = ("edges", "tags", "terms")
SCHEMA = Schema(
    edges=FieldType(_Listed(), None),
    tags=FieldType(_Listed(), None),
    terms=FieldType(_Places(), None),
    passage=_Column(),
)


class _Mapped(BufferFile):  # type: ignore[misc]
    """A file read through the page cache, without a copy in memory."""

    def __init__(self, source: CheckedFile, name: str) -> None:
        self.file = source
        self.get = source.get
        self._name = name
        self.onclose = None
        self.is_real = self.is_closed = False


class Storage(FileStorage):  # type: ignore[misc]
    """A folder whose files are checked as they are read. Segments come with a list of sums, TOCs end in one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._right: dict[str, bytearray] = {}
        self._sums: dict[str, dict[str, list[int]]] = {}

    def create_file(self, name: str, **options: Any) -> Any:
        """A new file; a TOC gets its sum when it is closed."""
        if ".toc." not in name:
            return super().create_file(name, **options)
        return StructFile(BytesIO(), name=name, onclose=self._seal)

    def _seal(self, file: Any) -> None:
        data = file.file.getvalue()
        Path(self._fpath(file._name)).write_bytes(data + pack("!I", zlib.crc32(data)))

    def open_file(self, name: str, **options: Any) -> Any:
        """A file to read; `UnsafePickle` when it is not as it was written."""
        path = Path(self._fpath(name))
        if name.endswith(".toc"):
            data = path.read_bytes()
            if len(data) < 4 or zlib.crc32(data[:-4]) != unpack("!I", data[-4:])[0]:
                raise UnsafePickle(name)
            return BufferFile(memoryview(data), name=name)
        match = SEGMENT.fullmatch(name)
        if not match:
            return super().open_file(name, **options)
        source: mmap | bytes = b""
        if path.stat().st_size:
            with path.open("rb") as file:
                source = mmap(file.fileno(), 0, access=ACCESS_READ)
        return _Mapped(CheckedFile(source, name, self._sums_of(match[1], name), self._right[name]), name)

    def _sums_of(self, segment: str, name: str) -> list[int]:
        """The sums of a file's blocks."""
        found = self._sums.get(segment)
        if found is None:
            found = self._sums[segment] = read_sums(Path(self._fpath(segment + SUM)))
        if name not in found:
            raise UnsafePickle(name)
        self._right.setdefault(name, bytearray(len(found[name])))
        return found[name]


class _Postings(w3.W3PostingsWriter):  # type: ignore[misc]
    """Blocks of three runs of bytes: numbers, impacts, places."""

    def _mini_ids(self) -> bytes:
        return bytes(self._ids.tobytes())

    def _mini_weights(self) -> None:
        return None

    def _mini_values(self) -> Any:
        return self._values or None


class Codec(w3.W3Codec):  # type: ignore[misc]
    """Whoosh's own format, with our blocks."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _Postings:  # noqa: ARG002 - as Whoosh calls it
        """The writer of our blocks."""
        return _Postings(dbfile, blocklimit=BLOCK, compression=0)
