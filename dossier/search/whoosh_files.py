"""Postings, columns and commits as Whoosh 2.7.4 keeps them; the only module that knows Whoosh.

Whoosh sees to it that a commit is whole or not there. What it lacks is added here: no byte is read before the check
sum of its file is right, nothing is unpickled but lists of segments and postings, and terms are written and read in
bulk.
"""
# ruff: noqa: SLF001 - what is needed of Whoosh, pinned to one version for good, is not all public

import pickle
import re
import warnings
import zlib
from array import array
from collections.abc import Iterable
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import pack, unpack
from typing import Any

from dossier.search.harmless import Refused, load, loads
from dossier.search.pool import Pool, crowded
from dossier.search.seals import read_sums, write_sums
from dossier.search.whoosh_view import BETWEEN, Segment

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

NAME = "PASSAGES"
BLOCK = 4096
"""Postings in a block; Whoosh's own 128 makes common words slow to read as a whole."""
_SUM = ".sum"
_SEGMENT = re.compile(rf"({NAME}_[0-9a-z]+)\.[A-Za-z0-9_.]+")


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


FIELDS = ("edges", "forms", "tags", "terms")
COLUMNS = ("head", "passage")
_SCHEMA = Schema(
    edges=FieldType(_Listed(), None),
    forms=FieldType(_Listed(), None),
    tags=FieldType(_Listed(), None),
    terms=FieldType(_Places(), None),
    head=_Column(),
    passage=_Column(),
)


class _Mapped(BufferFile):  # type: ignore[misc]
    """A file read through the page cache, without a copy in memory."""

    def __init__(self, source: mmap, name: str) -> None:
        self._buf = self.file = source
        self._name = name
        self.onclose = None
        self.is_real = self.is_closed = False

    def get(self, position: int, length: int) -> bytes:
        return self._buf[position : position + length]


class _Storage(FileStorage):  # type: ignore[misc]
    """A folder whose files are checked when they are first opened. Segments come with a list of sums, TOCs end in
    one.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._right: set[str] = set()
        self._sums: dict[str, dict[str, int]] = {}

    def create_file(self, name: str, **options: Any) -> Any:
        if ".toc." not in name:
            return super().create_file(name, **options)
        return StructFile(BytesIO(), name=name, onclose=self._seal)

    def _seal(self, file: Any) -> None:
        data = file.file.getvalue()
        Path(self._fpath(file._name)).write_bytes(data + pack("!I", zlib.crc32(data)))

    def open_file(self, name: str, **options: Any) -> Any:
        path = Path(self._fpath(name))
        if name.endswith(".toc"):
            data = path.read_bytes()
            if len(data) < 4 or zlib.crc32(data[:-4]) != unpack("!I", data[-4:])[0]:
                raise Refused(name)
            return BufferFile(memoryview(data), name=name)
        match = _SEGMENT.fullmatch(name)
        if not match:
            return super().open_file(name, **options)
        if not path.stat().st_size:
            return BufferFile(memoryview(b""), name=name)
        with path.open("rb") as file:
            source = mmap(file.fileno(), 0, access=ACCESS_READ)
        if name not in self._right:
            self._check(match[1], name, source)
        return _Mapped(source, name)

    def _check(self, segment: str, name: str, source: mmap) -> None:
        sums = self._sums.get(segment)
        if sums is None:
            sums = self._sums[segment] = read_sums(Path(self._fpath(segment + _SUM)))
        if sums.get(name) != zlib.crc32(source):
            raise Refused(name)
        self._right.add(name)


class _Postings(w3.W3PostingsWriter):  # type: ignore[misc]
    """Blocks of three runs of bytes: numbers, impacts, places."""

    def _mini_ids(self) -> bytes:
        return bytes(self._ids.tobytes())

    def _mini_weights(self) -> None:
        return None

    def _mini_values(self) -> Any:
        return self._values or None


class _Codec(w3.W3Codec):  # type: ignore[misc]
    """Whoosh's own format, with our blocks."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _Postings:  # noqa: ARG002 - as Whoosh calls it
        return _Postings(dbfile, blocklimit=BLOCK, compression=0)


class Writer(SegmentWriter):  # type: ignore[misc]
    """A commit in the making: passages to add, numbers to take out. Numbers are those of the newest generation."""

    def __init__(self, store: "Store") -> None:
        try:
            super().__init__(store.index(), codec=_Codec(), compound=False)
        except LockError:
            raise
        except BaseException:
            if getattr(self, "writelock", None):
                self.writelock.release()
            raise
        self.pool = Pool()
        self._sealed = store.storage
        self._sweep()

    def _sweep(self) -> None:
        """Remove what a program that was killed while it wrote has left."""
        kept = {segment.segment_id() for segment in (*self.segments, self.newsegment)}
        for name in self._sealed.list():
            match = _SEGMENT.fullmatch(name)
            if ".toc." in name or (match and match[1] not in kept):
                self._sealed.delete_file(name)

    def take(
        self,
        head: bytes,
        passage: bytes,
        terms: Iterable[tuple[str, int, str]],
        forms: Iterable[str],
        tags: Iterable[str],
    ) -> None:
        """Add one passage."""
        doc = self.docnum
        columns = self.perdocwriter
        columns.start_doc(doc)
        columns.add_column_value("head", _SCHEMA["head"].column_type, head)
        columns.add_column_value("passage", _SCHEMA["passage"].column_type, passage)
        columns.finish_doc()
        for term, impact, places in terms:
            self.pool.add_term(term, doc, impact, places)
        for form in forms:
            self.pool.add("forms", form, (doc,))
        for tag in tags:
            self.pool.add("tags", tag, (doc,))
        self._added = True
        self.docnum += 1

    def add_reader(self, reader: Any) -> None:
        """Take over the passages of another segment that were not taken out."""
        segment = Segment(reader)
        gone = set(reader._perdoc.deleted_docs())
        moved: dict[int, int] = {}
        columns = self.perdocwriter
        heads, passages = segment.column("head"), segment.column("passage")
        for doc in range(reader.doc_count_all()):
            if doc not in gone:
                moved[doc] = self.docnum
                columns.start_doc(self.docnum)
                columns.add_column_value("head", _SCHEMA["head"].column_type, heads[doc])
                columns.add_column_value("passage", _SCHEMA["passage"].column_type, passages[doc])
                columns.finish_doc()
                self.docnum += 1
        for field in ("forms", "tags"):
            for text in segment.texts(field, ""):
                if docs := [moved[doc] for doc in segment.listed(field, text) if doc in moved]:
                    self.pool.add(field, text, docs)
        for term in segment.texts("terms", ""):
            for doc, impact, places in zip(*segment.term(term), segment.places(term), strict=True):
                if doc in moved:
                    self.pool.add_term(term, moved[doc], impact, places)
        self._added = self._added or bool(moved)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        fields: dict[str, dict[str, Any]] = {
            "edges": self.pool.beginnings(),
            **self.pool.listed,
            "terms": self.pool.terms,
        }
        for field in FIELDS:
            if fields[field]:
                self._write_field(
                    field, {text.encode("utf-8", "surrogatepass"): text for text in fields[field]}, fields[field]
                )
        self.fieldwriter.close()

    def _write_field(self, field: str, texts: dict[bytes, str], postings: dict[str, Any]) -> None:
        writer = self.fieldwriter
        writer.start_field(field, _SCHEMA[field])
        for key in sorted(texts):
            found = postings[texts[key]]
            docs = found[0] if field == "terms" else found
            writer.start_term(key)
            block = writer._postwriter
            for at in range(0, len(docs), BLOCK):
                if at:
                    block._write_block()
                block._ids = docs[at : at + BLOCK]
                block._weights = array("f", (1.0,)) * len(block._ids)
                block._maxweight = 1.0
                if field == "terms":
                    places = BETWEEN.join(found[2][at : at + BLOCK]).encode("utf-8", "surrogatepass")
                    block._values = (bytes(found[1][at : at + BLOCK]), places)
            writer.finish_term()
        writer.finish_field()

    def _commit_toc(self, segments: list[Any]) -> None:
        new = self.newsegment.segment_id()
        folder = Path(self._sealed.folder)
        write_sums(folder / f"{new}{_SUM}", folder.glob(f"{new}.*"))
        super()._commit_toc(segments)

    def finish(self) -> None:
        """Commit; segments of about one size are made into one when there are many."""
        self.commit(mergetype=_merged)


def _merged(writer: Writer, segments: list[Any]) -> list[Any]:
    """Take over the segments of which there are too many; return the others."""
    taken, rest = crowded(segments, writer.doc_count())
    for segment in taken:
        reader = SegmentReader(writer.storage, _SCHEMA, segment)
        writer.add_reader(reader)
        reader.close()
    return rest


class Store:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = _Storage(folder)

    def generation(self) -> int:
        """The number of the newest commit; -1 when there is none."""
        return int(whoosh.index.TOC._latest_generation(self.storage, NAME))

    def index(self) -> Any:
        """The index; made when there is none."""
        if self.generation() < 0:
            return whoosh.index.FileIndex.create(self.storage, _SCHEMA, NAME)
        return whoosh.index.FileIndex(self.storage, _SCHEMA, NAME)

    def segments(self) -> tuple[int, list[Segment]]:
        """The newest generation, open. It stays readable while a newer one is made."""
        for attempt in range(10):
            toc = whoosh.index.TOC.read(self.storage, NAME, schema=_SCHEMA)
            try:
                return toc.generation, [Segment(SegmentReader(self.storage, _SCHEMA, one)) for one in toc.segments]
            except FileNotFoundError:
                if attempt == 9 or self.generation() == toc.generation:
                    raise
        raise FileNotFoundError(self.folder)

    def writer(self) -> Writer:
        """A writer; `BlockingIOError` when another program has one."""
        try:
            return Writer(self)
        except LockError as error:
            raise BlockingIOError from error
