"""The engine that needs nothing else: postings kept by Whoosh (`writer`, `reader`), searched by `bitsets`."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock, RLock

from msgspec.msgpack import Encoder

from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.engines.bitsets import BitsetSearch
from dossier.search.engines.engine import Cancelled, EngineResult, IndexBusy, IndexDamaged, Progress, Ranked, Sort
from dossier.search.engines.place_codes import encoded
from dossier.search.engines.plan import meaning
from dossier.search.engines.postings import indexed
from dossier.search.engines.scoring import Scores
from dossier.search.engines.whoosh.heads import PassageHeader
from dossier.search.engines.whoosh.reader import IndexGeneration
from dossier.search.engines.whoosh.writer import Store, WhooshWriter
from dossier.search.text.tokenizer import EXACT

_encode = Encoder().encode
BATCH = 10_000
"""Passages of one commit: what an interrupted build keeps is all but the last of these."""
_FEW = 500
"""So many passages are looked up one by one; for more, all are."""


class WhooshEngine:
    """A Whoosh index in a folder. It is read by one thread at a time, whichever, also while another writes; a newer
    generation is opened anew.
    """

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._folder = folder
        self._lock = RLock()
        self._one_writer = Lock()
        self._open: IndexGeneration | None = None
        self._version: tuple[int, ...] = ()

    @contextmanager
    def _view(self) -> Iterator[IndexGeneration]:
        """The newest generation. Whatever goes wrong while it is read says that the files are not what was written."""
        with self._lock:
            try:
                version = self._store.version()
                if self._open is None or self._version != version:
                    self._close()
                    self._open = IndexGeneration(*self._store.segments() if version[0] >= 0 else (-1, []))
                    self._version = version
                yield self._open
            except IndexDamaged:
                raise
            except OSError as error:
                self._close()
                raise IndexDamaged(f"The index in {self._folder} cannot be read: {error.strerror or error}.") from error
            except Exception as error:
                self._close()
                raise IndexDamaged(f"The index in {self._folder} is damaged; it must be rebuilt.") from error

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def digests(self) -> dict[str, str]:
        """See the protocol."""
        with self._view() as view:
            return view.digests()

    def languages(self) -> frozenset[str]:
        """See the protocol."""
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
    ) -> EngineResult:
        """See the protocol."""
        with self._view() as view:
            plan = meaning(query, view.languages())
            search = BitsetSearch(view, seconds, cancelled)
            mask = search.matching(plan)
            kinds = ((kind, (mask & one).bit_count()) for kind, one in view.kinds().items())
            facets = {kind: count for kind, count in kinds if count}
            best = Scores(search).best(plan, mask, offset + limit, dated=sort == "date") if limit else []
            ranked = tuple(Ranked(view.key(doc), score) for doc, score in best[offset:])
            return EngineResult(ranked, mask.bit_count(), facets, search.partial)

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """See the protocol."""
        with self._view() as view:
            numbers = map(view.number, keys)
            return [view.passage(number) for number in numbers if number is not None]

    def forms(self, word: str, most: int) -> Iterator[str]:
        """See the protocol."""
        del most
        with self._view() as view:
            found = {text.removeprefix(EXACT) for _, text in view.starting(word[:1])}
        return iter(sorted(found))

    def close(self) -> None:
        """See the protocol."""
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
        """See the protocol. Commits every `BATCH` passages."""
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
        with self._one_writer, self._writer() as writer:
            for passage in batch.values():
                if taken % 64 == 0:
                    tell(taken)
                    if cancelled and cancelled():
                        break
                _take(writer, passage)
                taken += 1
            for number in self._numbers(gone | set(islice(batch, taken))):
                writer.delete_document(number)
            writer.finish()
        tell(taken)
        return taken

    @contextmanager
    def _writer(self) -> Iterator[WhooshWriter]:
        """A writer, put away whatever happens."""
        try:
            writer = self._store.writer()
        except BlockingIOError:
            raise IndexBusy(
                "Another program is writing to the search index; this one goes on with what is there."
            ) from None
        except OSError:
            raise
        except Exception as error:
            raise IndexDamaged(f"The index in {self._folder} is damaged; it must be rebuilt.") from error
        try:
            yield writer
        finally:
            if not writer.is_closed:
                writer.cancel()

    def _numbers(self, keys: set[str]) -> list[int]:
        """The numbers of those of these passages that are there."""
        with self._view() as view:
            if len(keys) > _FEW:
                view.numbers()
            return [number for key in keys if (number := view.number(key)) is not None]


def _teller(progress: Progress | None, done: int, total: int) -> Callable[[int], None]:
    def tell(taken: int) -> None:
        if progress:
            progress(done + taken, max(total, done + taken))

    return tell


def _take(writer: WhooshWriter, passage: Passage) -> None:
    one = indexed(passage)
    places = one.places()
    head = PassageHeader(passage.key, passage.digest, str(passage.kind), one.rank, one.since, one.until)
    writer.take(
        head,
        _encode(passage),
        [(term, impact, encoded(places.get(term, ()))) for term, impact in one.impacts.items()],
        one.tags,
    )
