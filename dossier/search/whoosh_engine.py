"""The engine that needs nothing else: postings kept by Whoosh (`whoosh_files`), searched by `lanes`."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from struct import pack
from threading import RLock

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.analysis import CAPITALS
from dossier.search.engine import Cancelled, Found, IndexBusy, IndexDamaged, Progress, Ranked, Sort
from dossier.search.folding import bare, language_of
from dossier.search.lanes import Memory, Search, encoded
from dossier.search.plan import meaning, near_miss
from dossier.search.postings import indexed
from dossier.search.whoosh_files import Segment, Store, Writer

BATCH = 5_000
"""Passages of one commit: what an interrupted build keeps is all but the last of these."""


class Head(Struct, frozen=True, gc=False, array_like=True):
    """What is at hand of every passage while an index is open."""

    key: str
    digest: str
    kind: str
    language: str
    rank: int
    since: int
    until: int


_encode = Encoder().encode
_heads = Decoder(list[Head]).decode
_passage = Decoder(Passage).decode


class View:
    """One generation of an index, open: the source of searches."""

    def __init__(self, generation: int, segments: list[Segment]) -> None:
        self.generation = generation
        self._segments = segments
        self._bases = [0]
        self.heads: list[Head] = []
        gone: list[int] = []
        for segment in segments:
            base = self._bases[-1]
            self.heads += _heads(b"\xdd" + pack(">I", segment.size) + segment.raw_column("head"))
            gone += (base + doc for doc in segment.gone())
            self._bases.append(base + segment.size)
        self.size = len(self.heads)
        if self.size != self._bases[-1]:
            raise ValueError("the heads are not those of the segments")
        lane = bytearray(b"\x01") * self.size
        for doc in gone:
            lane[doc] = 0
        self.live = int.from_bytes(lane, "little")
        self.memory = Memory(self.size)
        self._gone = frozenset(gone)
        self._numbers: dict[str, int] | None = None
        self._languages: frozenset[str] | None = None
        self._kinds: dict[str, int] | None = None
        self._ranks: list[int] | None = None
        self._days: tuple[list[int], list[int]] | None = None
        self._forms: list[tuple[str, str]] | None = None

    def numbers(self) -> dict[str, int]:
        """The number of every passage that is there, by key."""
        if self._numbers is None:
            self._numbers = {head.key: doc for doc, head in enumerate(self.heads) if doc not in self._gone}
        return self._numbers

    def languages(self) -> frozenset[str]:
        """The languages of the passages."""
        if self._languages is None:
            self._languages = frozenset(head.language for head in self.heads)
        return self._languages

    def kinds(self) -> dict[str, int]:
        """The mask of every kind."""
        if self._kinds is None:
            lanes: dict[str, bytearray] = {}
            for doc, head in enumerate(self.heads):
                if head.kind not in lanes:
                    lanes[head.kind] = bytearray(self.size)
                lanes[head.kind][doc] = 1
            self._kinds = {kind: int.from_bytes(lane, "little") for kind, lane in lanes.items()}
        return self._kinds

    def ranks(self) -> Sequence[int]:
        """As in `lanes.Source`."""
        if self._ranks is None:
            self._ranks = [head.rank for head in self.heads]
        return self._ranks

    def order(self, doc: int) -> tuple[int, str]:
        """As in `lanes.Source`."""
        head = self.heads[doc]
        return head.rank, head.key

    def days(self) -> tuple[list[int], list[int]]:
        """As in `lanes.Source`."""
        if self._days is None:
            self._days = [head.since for head in self.heads], [head.until for head in self.heads]
        return self._days

    def term(self, term: str) -> tuple[Sequence[int], bytes]:
        """As in `lanes.Source`."""
        found = [segment.term(term) for segment in self._segments]
        if len(found) == 1:
            return found[0]
        return self._renumbered([ids for ids, _ in found]), b"".join(impacts for _, impacts in found)

    def places(self, term: str) -> list[str]:
        """As in `lanes.Source`."""
        return [places for segment in self._segments for places in segment.places(term)]

    def listed(self, field: str, text: str) -> Sequence[int]:
        """As in `lanes.Source`."""
        return self._renumbered([segment.listed(field, text) for segment in self._segments])

    def _renumbered(self, found: list[Sequence[int]]) -> Sequence[int]:
        if len(found) == 1:
            return found[0]
        return [doc + base for base, ids in zip(self._bases, found, strict=False) for doc in ids]

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """As in `lanes.Source`."""
        for field in ("forms", "terms"):
            found = {text for segment in self._segments for text in segment.texts(field, prefix)}
            yield from ((field, text) for text in found)

    def close_to(self, word: str) -> Iterator[tuple[str, str]]:
        """As in `lanes.Source`. What differs in one letter has one half of the word in common."""
        half = len(word) // 2
        first, last = word[:half], word[half + 1 :]
        lengths = range(len(word) - 1, len(word) + 2)
        if self._forms is None:
            self._forms = [pair for pair in self.starting("") if pair[1][:1] != CAPITALS]
        for field, text in self._forms:
            form = bare(text) if field == "terms" else text
            if len(form) in lengths and (form.startswith(first) or form.endswith(last)) and near_miss(form, word):
                yield field, text

    def passage(self, doc: int) -> Passage:
        """The passage of a number."""
        segment = bisect_right(self._bases, doc) - 1
        return _passage(self._segments[segment].column("passage")[doc - self._bases[segment]])

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.reader.close()


class WhooshEngine:
    """A Whoosh index in a folder. It is read by one thread at a time, whichever; another generation is opened anew."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._folder = folder
        self._lock = RLock()
        self._open: View | None = None

    @contextmanager
    def _view(self) -> Iterator[View]:
        """The newest generation. Whatever goes wrong while it is read says that the files are not what was written."""
        with self._lock:
            try:
                generation = self._store.generation()
                if self._open is None or self._open.generation != generation:
                    self._close()
                    self._open = View(*self._store.segments()) if generation >= 0 else View(-1, [])
                yield self._open
            except IndexDamaged:
                raise
            except OSError as error:
                self._close()
                raise IndexDamaged(f"The index in {self._folder} cannot be read: {error.strerror or error}.") from error
            except Exception as error:
                self._close()
                raise IndexDamaged(f"The index in {self._folder} is damaged; it is to be built anew.") from error

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def digests(self) -> dict[str, str]:
        """As in the protocol."""
        with self._view() as view:
            return {key: view.heads[doc].digest for key, doc in view.numbers().items()}

    def languages(self) -> frozenset[str]:
        """As in the protocol."""
        with self._view() as view:
            return view.languages()

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> Found:
        """As in the protocol."""
        with self._view() as view:
            plan = meaning(query, view.languages())
            search = Search(view, seconds, cancelled)
            mask = search.matching(plan)
            kinds = ((kind, (mask & one).bit_count()) for kind, one in view.kinds().items())
            facets = {kind: count for kind, count in kinds if count}
            best = search.best(plan, mask, offset + limit, dated=sort == "date") if limit else []
            ranked = tuple(Ranked(view.heads[doc].key, score) for doc, score in best[offset:])
            return Found(ranked, mask.bit_count(), facets, search.partial)

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """As in the protocol."""
        with self._view() as view:
            numbers = view.numbers()
            return [view.passage(numbers[key]) for key in keys if key in numbers]

    def forms(self, prefix: str) -> Iterator[str]:
        """As in the protocol."""
        with self._view() as view:
            found = {bare(text) for _, text in view.starting(prefix) if text[:1] != CAPITALS}
        return iter(sorted(found))

    def close(self) -> None:
        """As in the protocol."""
        with self._lock:
            self._close()

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """As in the protocol. Commits every `BATCH` passages."""
        total = len(add) if isinstance(add, Sized) else 0
        gone = set(remove)
        done = 0
        source = iter(add)
        while batch := {passage.key: passage for passage in islice(source, BATCH)} or gone:
            new = batch if isinstance(batch, dict) else {}
            taken = self._commit(new, gone, _teller(progress, done, total), cancelled)
            if taken < len(new):
                return False
            done += taken
            gone = set()
        return True

    def _commit(
        self, batch: dict[str, Passage], gone: set[str], tell: Callable[[int], None], cancelled: Cancelled | None
    ) -> int:
        """Take in one batch, or, when it is cancelled, its first passages; how many."""
        taken = 0
        with self._lock, self._writer() as writer:
            numbers = self._numbers()
            for passage in batch.values():
                if taken % 64 == 0:
                    tell(taken)
                    if cancelled and cancelled():
                        break
                _take(writer, passage)
                taken += 1
            for key in gone | set(islice(batch, taken)):
                if key in numbers:
                    writer.delete_document(numbers[key])
            writer.finish()
        tell(taken)
        return taken

    @contextmanager
    def _writer(self) -> Iterator[Writer]:
        """A writer, put away whatever happens."""
        try:
            writer = self._store.writer()
        except BlockingIOError:
            raise IndexBusy("Another program is writing to the search index; this one goes on with what is there.") from None
        except OSError:
            raise
        except Exception as error:
            raise IndexDamaged(f"The index in {self._folder} is damaged; it is to be built anew.") from error
        try:
            yield writer
        finally:
            if not writer.is_closed:
                writer.cancel()

    def _numbers(self) -> dict[str, int]:
        with self._view() as view:
            return view.numbers()


def _teller(progress: Progress | None, done: int, total: int) -> Callable[[int], None]:
    def tell(taken: int) -> None:
        if progress:
            progress(done + taken, max(total, done + taken))

    return tell


def _take(writer: Writer, passage: Passage) -> None:
    one = indexed(passage)
    places = one.places()
    head = Head(
        passage.key,
        passage.digest,
        str(passage.kind),
        language_of(passage.language),
        one.rank,
        one.since,
        one.until,
    )
    writer.take(
        _encode(head),
        _encode(passage),
        [(term, impact, encoded(places.get(term, ()))) for term, impact in one.impacts.items()],
        one.extras,
        one.tags,
    )
