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
from array import array
from hashlib import md5
from io import BytesIO
from mmap import mmap
from pathlib import Path
from struct import pack, unpack
from types import ModuleType
from typing import Any

from dossier.model.mapped_files import map_file
from dossier.search.engines.whoosh.checksums import CheckedFile, read_sums
from dossier.search.engines.whoosh.layout import BETWEEN, FIELD, LENGTH, LENGTHS, MAGIC, TERM
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
        source: mmap | bytes = map_file(path) if path.stat().st_size else b""
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


class FieldWriter(w3.W3FieldWriter):  # type: ignore[misc]
    """The postings of a segment, a term at a time: what Whoosh writes, without its objects for each term and block."""

    def __init__(self, codec: "Codec", storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._terms_end, self._postings_end = self._tindex.tell(), self._postfile.tell()

    def write_term(self, key: bytes, docs: "array[int]", impacts: bytes, places: list[bytes]) -> None:
        """Write a term of the field that was begun: blocks of numbers, impacts and places, where it has these.

        Terms come in the order of their bytes.
        """
        pieces = [MAGIC]
        for at in range(0, len(docs), BLOCK):
            ids = docs[at : at + BLOCK]
            values = (impacts[at : at + BLOCK], BETWEEN.join(places[at : at + BLOCK])) if impacts else None
            data = _dumps((ids.tobytes(), None, values))
            info = _dumps((len(ids), ids[-1], 1.0, 0, 0, 0))
            length = len(info) + len(data)
            pieces += (LENGTH.pack(length if at + BLOCK < len(docs) else -length), info, data)
        written = b"".join(pieces)
        self._postfile.file.write(written)
        start, weight = self._postings_end, len(docs)
        self._postings_end += len(written)
        self._add(key, TERM.pack(0, weight, weight, 0, 0, 1.0, docs[0], docs[-1], start, len(written)))

    def _add(self, key: bytes, found: bytes) -> None:
        """Add a term to the list of terms, with what it says of it."""
        terms, at = self._tindex, self._terms_end
        whole = FIELD.pack(self._fieldid) + key
        record = LENGTHS.pack(len(whole), len(found)) + whole + found
        terms.dbfile.file.write(record)
        self._terms_end += len(record)
        terms.index.append(at)
        number = int.from_bytes(md5(whole, usedforsecurity=False).digest()[-4:], "big")  # Whoosh's hash
        terms.buckets[number & 255].append((number, at))


class Codec(w3.W3Codec):  # type: ignore[misc]
    """Whoosh's own format, with our blocks."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        """The writer of our postings."""
        return FieldWriter(self, storage, segment)
