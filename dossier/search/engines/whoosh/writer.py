"""Commits of a Whoosh index: a writer that takes passages in bulk, and the generations that it leaves.

Whoosh sees to it that a commit is whole or not there.
"""
# ruff: noqa: SLF001 - what is needed of Whoosh, pinned to one version for good, is not all public

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dossier.search.engines.whoosh.checksums import write_sums
from dossier.search.engines.whoosh.codec import (
    BLOCK,
    FIELDS,
    NAME,
    SCHEMA,
    SEGMENT,
    SUM,
    TOC,
    Codec,
    FileIndex,
    LockError,
    SegmentReader,
    SegmentWriter,
    Storage,
)
from dossier.search.engines.whoosh.heads import ENDING, Heads, HeadsWriter, PassageHeader
from dossier.search.engines.whoosh.reader import BETWEEN, Segment
from dossier.search.engines.whoosh.segment_buffer import MovedSegment, Pool, crowded, merged_postings


class WhooshWriter(SegmentWriter):  # type: ignore[misc]
    """A commit in the making: passages to add, numbers to take out. Numbers are those of the newest generation."""

    def __init__(self, store: "Store") -> None:
        try:
            super().__init__(store.index(), codec=Codec(), compound=False)
        except LockError:
            raise
        except BaseException:
            if getattr(self, "writelock", None):
                self.writelock.release()
            raise
        self.pool = Pool()
        self._heads = HeadsWriter()
        self._taken: list[MovedSegment] = []
        self._sealed = store.storage
        self._sweep()

    def _sweep(self) -> None:
        """Remove what a program that was killed while it wrote has left."""
        kept = {segment.segment_id() for segment in (*self.segments, self.newsegment)}
        for name in self._sealed.list():
            match = SEGMENT.fullmatch(name)
            if ".toc." in name or (match and match[1] not in kept):
                self._sealed.delete_file(name)

    def take(
        self,
        head: PassageHeader,
        passage: bytes,
        terms: Iterable[tuple[str, int, str]],
        tags: Iterable[str],
    ) -> None:
        """Add one passage."""
        doc = self.docnum
        columns = self.perdocwriter
        columns.start_doc(doc)
        self._heads.add(head)
        columns.add_column_value("passage", SCHEMA["passage"].column_type, passage)
        columns.finish_doc()
        for term, impact, places in terms:
            self.pool.add_term(term, doc, impact, places)
        for tag in tags:
            self.pool.add("tags", tag, (doc,))
        self._added = True
        self.docnum += 1

    def take_over(self, segment: Segment) -> None:
        """Take over the passages of another segment that were not taken out; its postings when this one is written."""
        gone = set(segment.gone())
        kept = [doc for doc in range(segment.size) if doc not in gone]
        first = self.docnum
        columns, passages = self.perdocwriter, segment.column("passage")
        for doc in kept:
            columns.start_doc(self.docnum)
            columns.add_column_value("passage", SCHEMA["passage"].column_type, passages[doc])
            columns.finish_doc()
            self.docnum += 1
        self._heads.add_all(segment.heads, kept)
        numbers = dict(zip(kept, range(first, self.docnum), strict=True)) if gone else None
        self._taken.append(MovedSegment(segment, first, numbers))
        self._added = self._added or bool(kept)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for field in FIELDS:
            self._write_field(field)
        self.fieldwriter.close()
        for one in self._taken:
            one.segment.reader.close()

    def _write_field(self, field: str) -> None:
        """Write the postings of this commit and of the segments taken over, term by term."""
        writer = self.fieldwriter
        begun = False
        for key, (docs, impacts, places) in merged_postings(field, self.pool.postings(field), self._taken):
            if not begun:
                writer.start_field(field, SCHEMA[field])
                begun = True
            writer.start_term(key)
            block = writer._postwriter
            for at in range(0, len(docs), BLOCK):
                if at:
                    block._write_block()
                block._ids = docs[at : at + BLOCK]
                block._weights = array("f", (1.0,)) * len(block._ids)
                block._maxweight = 1.0
                if field == "terms":
                    block._values = (impacts[at : at + BLOCK], BETWEEN.join(places[at : at + BLOCK]))
            writer.finish_term()
        if begun:
            writer.finish_field()

    def _commit_toc(self, segments: list[Any]) -> None:
        new = self.newsegment.segment_id()
        folder = Path(self._sealed.folder)
        (folder / f"{new}{ENDING}").write_bytes(self._heads.to_bytes())
        write_sums(folder / f"{new}{SUM}", folder.glob(f"{new}.*"))
        super()._commit_toc(segments)

    def finish(self) -> None:
        """Commit; segments of about one size are made into one when there are many."""
        self.commit(mergetype=_merged)


def _merged(writer: WhooshWriter, segments: list[Any]) -> list[Any]:
    """Take over the segments of which there are too many; return the others."""
    taken, rest = crowded(segments, writer.doc_count())
    for segment in taken:
        reader = SegmentReader(writer.storage, SCHEMA, segment)
        writer.take_over(Segment(reader, heads_of(writer.storage, segment)))
    return rest


def heads_of(storage: Storage, segment: Any) -> Heads:
    """The heads of a segment, which stay readable while it is removed."""
    return Heads(storage.open_file(segment.segment_id() + ENDING))


class Store:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.storage = Storage(folder)

    def generation(self) -> int:
        """The number of the newest commit; -1 when there is none."""
        return int(TOC._latest_generation(self.storage, NAME))

    def version(self) -> tuple[int, ...]:
        """The number of the newest commit, and what tells its file from one of that number in an index made anew."""
        newest = self.generation()
        try:
            status = (self.folder / TOC._filename(NAME, newest)).stat()
        except FileNotFoundError:
            return (newest,)
        return newest, status.st_ino, status.st_mtime_ns

    def index(self) -> Any:
        """The index; made when there is none."""
        if self.generation() < 0:
            return FileIndex.create(self.storage, SCHEMA, NAME)
        return FileIndex(self.storage, SCHEMA, NAME)

    def segments(self) -> tuple[int, list[Segment]]:
        """The newest generation, open. It stays readable while a newer one is made."""
        for attempt in range(10):
            newest = self.generation()
            try:
                toc = TOC.read(self.storage, NAME, newest, SCHEMA)
                return toc.generation, [self._segment(one) for one in toc.segments]
            except FileNotFoundError:
                if attempt == 9 or self.generation() == newest:
                    raise
        raise FileNotFoundError(self.folder)

    def _segment(self, one: Any) -> Segment:
        return Segment(SegmentReader(self.storage, SCHEMA, one), heads_of(self.storage, one), one.segment_id())

    def writer(self) -> WhooshWriter:
        """A writer; `BlockingIOError` when another program has one."""
        try:
            return WhooshWriter(self)
        except LockError as error:
            raise BlockingIOError from error
