"""A dossier into an index on the server: only units that changed, by one writer, whatever a killed run left behind.

Each passage carries the name and the stamp of its unit with the number of its passages. A unit is complete where so
many passages carry one stamp and none another; all others are sent again. An index of another analyzer version is left
as it is for its readers until the new one is complete, and then the alias is moved.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec import Struct

from dossier.model.passages import Passage
from dossier.search.engines.engine import Cancelled, IndexUnavailable, Progress
from dossier.search.engines.opensearch.client import Client, ServerRefusal
from dossier.search.engines.opensearch.common_words import WordCounts
from dossier.search.engines.opensearch.mapping import FORMAT, document_of, index_body
from dossier.search.engines.opensearch.writer import ServerWriter, addition, deletion
from dossier.search.engines.opensearch.writing_lock import WritingLock
from dossier.search.engines.server import Server

SENDERS = 2
"""Requests at a time."""
TOGETHER = 1_000
"""Passages that are sent at once, while the next are made ready."""
MANY = 10_000
"""Keys of passages in one answer, the most that a server gives."""
MANY_UNITS = 60_000
"""Units in one answer: the server counts 65,535 different values at most."""
SECONDS = 120.0
"""In which the server must have answered while it is published to."""


class PublishResult(Struct, frozen=True):
    """The outcome of a run."""

    index: str
    """The index that readers now see."""
    written: int
    """Units that were sent, those that are gone included."""
    unchanged: int
    passages: int
    """Passages that are in the index."""


class Publisher:
    """A run."""

    def __init__(self, server: Server) -> None:
        self._client = Client(server)
        self._alias = server.index
        self._host = server.host

    def publish(
        self,
        stamps: Mapping[str, bytes],
        passages: Callable[[str], list[Passage]],
        meta: dict[str, Any],
        progress: Progress,
    ) -> PublishResult:
        """Bring the index to hold the units of `stamps`; `passages` reads one, `meta` is kept with the index.

        Raises:
            IndexBusy: another program publishes to it.
            IndexUnavailable: the server does not answer or refuses.

        """
        try:
            with WritingLock(self._client, f"{self._alias}-lock") as lock:
                index, old = self._target()
                before = read_meta(self._client, index, SECONDS, words=True)
                self._describe(index, before | {"publishing": True})
                writer = ServerWriter(self._client, index)
                writer.show()  # what a killed run sent counts
                known = self._known(index, len(stamps))
                changed = [unit for unit, stamp in stamps.items() if not _is_complete(unit, known.get(unit), stamp)]
                gone = [unit for unit in known if unit not in stamps]

                stale = self._keys(index, [*gone, *(unit for unit in changed if unit in known)])
                read = ((unit, passages(unit)) for unit in changed)
                report = partial(_renew_and_report, lock, progress, len(changed) + len(gone))
                sent, words = self._send(writer, read, stamps, stale, report)
                writer.send(map(deletion, stale))
                writer.show()
                total = self._count(index)
                common = words.table() if 2 * words.passages >= total else before.get("common", [])
                self._describe(index, meta | {"analyzer": FORMAT, "publishing": False, "common": common})
                self._move(index, old)
        finally:
            self._client.close()
        written = len(gone) + sum(1 for unit in changed if unit in known or unit in sent)
        return PublishResult(index, written, len(stamps) - len(changed), total)

    def _target(self) -> tuple[str, list[str]]:
        """The index to write into, made if need be, and those that the alias names now."""
        try:
            named = self._client.ask("GET", f"/_alias/{self._alias}", seconds=SECONDS)
        except ServerRefusal as error:
            if error.status != 404:
                raise
            named = {}
        old = sorted(named)
        for name in old:
            if read_meta(self._client, name, SECONDS).get("analyzer") == FORMAT:
                return name, old
        name = f"{self._alias}-v{FORMAT}"
        try:
            self._client.ask("PUT", f"/{name}", index_body({"analyzer": FORMAT, "publishing": True}), seconds=SECONDS)
        except ServerRefusal as error:
            if error.kind != "resource_already_exists_exception":
                raise
        return name, old

    def _count(self, index: str) -> int:
        """Write the index to the server's disk, and return how many passages are in it."""
        self._client.ask("POST", f"/{index}/_flush", seconds=SECONDS)
        return int(self._client.ask("GET", f"/{index}/_count", seconds=SECONDS)["count"])

    def _describe(self, index: str, meta: dict[str, Any]) -> None:
        self._client.ask("PUT", f"/{index}/_mapping", {"_meta": meta}, seconds=SECONDS)

    def _move(self, index: str, old: list[str]) -> None:
        """Let the alias name this index alone, in one step, and take away the others."""
        if old == [index]:
            return
        actions = [{"remove": {"index": name, "alias": self._alias}} for name in old if name != index]
        actions.append({"add": {"index": index, "alias": self._alias}})
        try:
            self._client.ask("POST", "/_aliases", {"actions": actions}, seconds=SECONDS)
        except ServerRefusal as error:
            if error.kind == "invalid_alias_name_exception":
                why = f"There is an index named {self._alias} on {self._host} that this program did not make"
                raise IndexUnavailable(f"{why}; choose another name.") from error
            raise
        for name in old:
            if name != index:
                self._client.ask("DELETE", f"/{name}", seconds=SECONDS)

    def _known(self, index: str, expected: int) -> dict[str, list[tuple[str, int]]]:
        """The stamps that passages of each unit carry, and how many carry each; some `expected` units.

        One field of whole stamps is counted, which the server does from its list of values. To count pairs of unit and
        stamp took it 3 s for a million passages.
        """
        parts = 2 * expected // MANY_UNITS + 1
        while True:
            found: dict[str, list[tuple[str, int]]] = {}
            for part in range(parts):
                split = {"include": {"partition": part, "num_partitions": parts}} if parts > 1 else {}
                body = {
                    "size": 0,
                    "track_total_hits": False,
                    "aggs": {"units": {"terms": {"field": "stamp", "size": MANY_UNITS} | split}},
                }
                answer = self._client.ask("POST", f"/{index}/_search", body, seconds=SECONDS)["aggregations"]["units"]
                if answer["sum_other_doc_count"]:  # there are more than were expected
                    break
                for bucket in answer["buckets"]:
                    found.setdefault(bucket["key"].rsplit(":", 2)[0], []).append((bucket["key"], bucket["doc_count"]))
            else:
                return found
            parts *= 2

    def _send(
        self,
        writer: ServerWriter,
        units: Iterable[tuple[str, list[Passage]]],
        stamps: Mapping[str, bytes],
        stale: set[str],
        told: Callable[[int], None],
    ) -> tuple[set[str], WordCounts]:
        """Send the passages of units, the next made ready meanwhile; gives the units that have some, and their words.

        Their keys are taken from `stale`. What is left in it is taken out when all was sent, as a passage may have gone
        from one unit to another.
        """
        having: set[str] = set()
        words = WordCounts()
        requests: deque[Future[None]] = deque()
        done = 0
        with ThreadPoolExecutor(SENDERS) as sender:
            for batch in _batches(units):
                lines: list[bytes] = []
                for unit, passages in batch:
                    stamp = _stamp(unit, stamps[unit], len(passages))
                    having.update([unit] if passages else ())
                    for passage in passages:
                        stale.discard(passage.key)
                        document = document_of(passage, unit, stamp)
                        words.add(document["impacts"])
                        lines += addition(document)
                while len(requests) >= SENDERS:
                    requests.popleft().result()
                done += len(batch)
                told(done)
                requests.append(sender.submit(writer.send, lines))
            for request in requests:
                request.result()
        return having, words

    def _keys(self, index: str, units: list[str]) -> set[str]:
        """The keys of the passages of some units that are in the index."""
        found: set[str] = set()
        for at in range(0, len(units), TOGETHER):
            query = {"terms": {"unit": units[at : at + TOGETHER]}}
            body: dict[str, Any] = {"size": MANY, "_source": False, "query": query, "sort": [{"key": "asc"}]}
            while True:
                hits = self._client.ask("POST", f"/{index}/_search", body, seconds=SECONDS)["hits"]["hits"]
                found.update(hit["sort"][0] for hit in hits)
                if len(hits) < MANY:
                    break
                body = body | {"search_after": hits[-1]["sort"]}
        return found


def _renew_and_report(lock: WritingLock, progress: Progress, total: int, done: int) -> None:
    lock.renew()
    progress(done, total)


def read_meta(
    client: Client, index: str, seconds: float, cancelled: Cancelled | None = None, *, words: bool = False
) -> dict[str, Any]:
    """Return what the publisher has kept with the index that an alias names; its table of words only when asked for."""
    path = f"/{index}/_mapping?filter_path=*.mappings._meta{'' if words else ',-*.mappings._meta.common'}"
    answer = client.ask("GET", path, seconds=seconds, cancelled=cancelled)
    with suppress(AttributeError, LookupError, TypeError, StopIteration):
        found: dict[str, Any] = next(iter(answer.values()))["mappings"]["_meta"]
        return found
    return {}


def _is_complete(unit: str, carried: list[tuple[str, int]] | None, stamp: bytes) -> bool:
    """Return whether all passages of a unit carry this stamp, and are as many as it says."""
    if carried is None or len(carried) != 1:
        return False
    (found, count) = carried[0]
    return found == _stamp(unit, stamp, count)


def _stamp(unit: str, stamp: bytes, count: int) -> str:
    return f"{unit}:{stamp.hex()}:{count}"


def _batches(units: Iterable[tuple[str, list[Passage]]]) -> Iterator[list[tuple[str, list[Passage]]]]:
    """Units with their passages, some `TOGETHER`."""
    batch: list[tuple[str, list[Passage]]] = []
    held = 0
    for unit, passages in units:
        batch.append((unit, passages))
        held += len(passages)
        if held >= TOGETHER or len(batch) >= TOGETHER:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
