"""The engine for large archives: tantivy, the optional extra `large`, behind the same protocol.

What is checked of an index before it is believed, and when, says `seal` in this folder.
"""

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock, RLock
from time import monotonic, sleep
from typing import Any

from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.engines.engine import (
    Cancelled,
    EngineMissing,
    EngineResult,
    IndexBusy,
    IndexDamaged,
    Progress,
    Ranked,
    Sort,
)
from dossier.search.engines.plan import meaning
from dossier.search.engines.plan_nodes import Plan
from dossier.search.engines.tantivy.builder import Builder
from dossier.search.engines.tantivy.documents import (
    document_of,
    make_schema,
    nothing_removed,
    register_tokenizers,
    stored_passage,
)
from dossier.search.engines.tantivy.query import Order
from dossier.search.engines.tantivy.seal import META, SEAL, Known, check, seal, seal_during

BATCH = 20_000
"""Passages of one commit."""
TOGETHER = 256
"""Passages that are made ready before tantivy's thread gets them, so that it need not be woken for each."""
HEAP = 96_000_000
"""Bytes in which tantivy gathers postings before it writes them."""
PATIENCE = 1.0
"""Seconds in which another program that has written will have sealed it."""
LATELY = 400
"""Passages of the last answers that are kept at hand."""


def _tantivy() -> Any:
    try:
        import tantivy  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise EngineMissing(
            "The engine tantivy is not installed; install it with: pip install 'dossier-browser[large]'."
        ) from None
    return tantivy


class TantivyEngine:
    """A tantivy index in a folder. It is read by one thread at a time, whichever, also while another writes."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._tantivy = _tantivy()
        self._folder = folder
        self._meta = str(folder / META)
        self._lock = RLock()
        self._one_writer = Lock()
        self._schema = make_schema(self._tantivy)
        self._index: Any = None
        self._right: Known = {}
        self._state: tuple[int, int, int] | None = None
        self._searcher: Any = None
        self._whole = False
        self._languages: frozenset[str] | None = None
        self._lately: OrderedDict[str, Passage] = OrderedDict()

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        """The newest searcher; None when nothing was ever written. Whatever fails says that the files are damaged."""
        with self._lock:
            try:
                yield self._newest()
            except (IndexDamaged, GeneratorExit):
                raise
            except BaseException as error:
                if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                    raise
                self._forget()
                raise IndexDamaged(f"The index in {self._folder} is damaged; it must be rebuilt.") from error

    def _newest(self) -> Any:
        try:
            status = os.stat(self._meta)  # noqa: PTH116 - for each search, and three times as quick
        except FileNotFoundError:
            if (self._folder / SEAL).exists():
                raise
            self._forget()
            return None
        state = (status.st_mtime_ns, status.st_size, status.st_ino)
        if state != self._state:
            self._forget()
            self._index = self._open_whole()
            self._searcher = self._index.searcher()
            self._whole = nothing_removed(self._searcher)
            self._state = state
        return self._searcher

    def _open_whole(self) -> Any:
        """The index, checked; another program may be about to seal what it has just written."""
        until = monotonic() + PATIENCE
        while True:
            try:
                check(self._folder, self._right)
                return self._open()
            except (OSError, ValueError):
                if monotonic() > until:
                    raise
                sleep(0.02)

    def _open(self) -> Any:
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        register_tokenizers(self._tantivy, index)
        index.config_reader("manual", 0)
        index.reload()
        return index

    def _forget(self) -> None:
        self._index = self._searcher = self._state = self._languages = None
        self._lately.clear()

    def digests(self) -> dict[str, str]:
        """See the protocol."""
        with self._reading() as searcher:
            if not searcher or not searcher.num_docs:
                return {}
            everything = searcher.search(self._tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
            passages = (stored_passage(searcher.doc(address)) for _, address in everything)
            return {passage.key: passage.digest for passage in passages}

    def languages(self) -> frozenset[str]:
        """See the protocol."""
        with self._reading() as searcher:
            return self._languages_of(searcher)

    def _languages_of(self, searcher: Any) -> frozenset[str]:
        if self._languages is None:
            found = searcher.terms_with_prefix("tags", "language=") if searcher else ()
            self._languages = frozenset(tag.partition("=")[2] for tag, _ in found)
        return self._languages

    def forms(self, word: str, most: int) -> Iterator[str]:
        """See the protocol."""
        del most
        with self._reading() as searcher:
            found = searcher.terms_with_prefix("forms", word[:1]) if searcher else ()
        return iter(sorted(form for form, _ in found))

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> EngineResult:
        """See the protocol."""
        until = monotonic() + seconds
        with self._reading() as searcher:
            if searcher is None:
                return EngineResult((), 0, {})
            plan: Plan = meaning(query, self._languages_of(searcher))  # one moment's files for all of a search
            builder = Builder(self._tantivy, self._schema, searcher, whole=self._whole)
            counted = searcher.aggregate(builder.matching(plan), {"kinds": {"terms": {"field": "kind", "size": 1000}}})
            facets = {bucket["key"]: int(bucket["doc_count"]) for bucket in counted["kinds"]["buckets"]}
            total = sum(facets.values())
            if not limit or offset >= total or (cancelled and cancelled()) or monotonic() > until:
                return EngineResult((), total, facets, partial=bool(limit and offset < total))
            order = Order(self._tantivy, self._schema, searcher, builder, plan)
            found = order.first(offset + limit, dated=sort == "date")
            ranked = []
            for score, rank, address in found:
                passage = stored_passage(searcher.doc(address))
                ranked.append((-score if sort == "relevance" else 0, rank, passage.key, score))
                self._lately[passage.key] = passage
            ranked.sort()
            while len(self._lately) > max(LATELY, len(ranked)):
                self._lately.popitem(last=False)
            page = tuple(Ranked(key, score) for _, _, key, score in ranked[offset : offset + limit])
            return EngineResult(page, total, facets)

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """See the protocol. Those of the last answers are at hand as the answer was made: nothing is looked at."""
        keys = list(keys)
        with self._lock:
            if all(key in self._lately for key in keys):
                return [self._lately[key] for key in keys]
        found = []
        with self._reading() as searcher:
            for key in keys:
                passage = self._lately.get(key)
                if passage is None and searcher is not None:
                    query = self._tantivy.Query.term_query(self._schema, "key", key)
                    for _, address in searcher.search(query, limit=1, count=False).hits:
                        passage = stored_passage(searcher.doc(address))
                if passage is not None:
                    found.append(passage)
        return found

    def close(self) -> None:
        """See the protocol."""
        with self._lock:
            self._forget()

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """See the protocol. Commits every `BATCH` passages."""
        total = len(add) if isinstance(add, Sized) else 0
        source, gone, done = iter(add), set(remove), 0
        while True:
            batch = {passage.key: passage for passage in islice(source, BATCH)}
            if not batch and not gone:
                return True
            taken = 0
            with self._one_writer, self._writer() as writer:
                for key in gone:
                    writer.delete_documents_by_term("key", key)
                waiting = iter(batch.values())
                while some := tuple(islice(waiting, TOGETHER)):
                    if progress:
                        progress(done + taken, max(total, done + taken))
                    if cancelled and cancelled():
                        break
                    for key in self._present_keys([passage.key for passage in some]):
                        writer.delete_documents_by_term("key", key)
                    for document in [document_of(self._tantivy, passage) for passage in some]:
                        writer.add_document(document)
                    taken += len(some)
            done, gone = done + taken, set()
            if progress:
                progress(done, max(total, done))
            if taken < len(batch):
                return False

    def _present_keys(self, keys: list[str]) -> list[str]:
        """The keys to take out before they are put in: all of those given where any is there, else none."""
        if not (self._folder / SEAL).exists():  # nothing was ever put in
            return []
        with self._reading() as searcher:
            if not searcher.num_docs:
                return []
            query = self._tantivy.Query.term_set_query(self._schema, "key", keys)
            return keys if searcher.search(query, limit=1, count=True).count else []

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """A writer; committed and sealed when all went well."""
        with self._reading():  # what is damaged is not written to
            pass
        try:
            writer = self._open().writer(HEAP, 1)
        except ValueError as error:
            if "LockBusy" in str(error) or "lock" in str(error).lower():
                raise IndexBusy(
                    "Another program is writing to the search index; this one goes on with what is there."
                ) from error
            raise IndexDamaged(f"The index in {self._folder} is damaged; it must be rebuilt.") from error
        try:
            yield writer
        except BaseException:
            writer.rollback()
            writer.wait_merging_threads()
            raise
        with self._lock:
            writer.commit()
            seal(self._folder)
            self._forget()
        seal_during(self._folder, writer.wait_merging_threads)
