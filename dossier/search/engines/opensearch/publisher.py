"""A dossier into an index on the server: only units that changed, by one writer, whatever a killed run left behind.

Each passage carries its unit and the stamp of its unit with the number of its passages. A unit is complete where so
many passages carry one stamp and none another; all others are sent again. An index of another analyzer version is left
as it is for its readers until the new one is complete, and then the alias is moved.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from typing import Any

from msgspec import Struct

from dossier.model.passages import Passage
from dossier.search.engines.engine import Cancelled, IndexUnavailable, Progress
from dossier.search.engines.opensearch.client import Client, ServerRefusal
from dossier.search.engines.opensearch.mapping import FORMAT, index_body
from dossier.search.engines.opensearch.writer import ServerWriter, addition, deletion
from dossier.search.engines.opensearch.writing_lock import WritingLock
from dossier.search.engines.server import Server

TOGETHER = 1_000
"""Passages that are sent at once, while the next are made ready."""
MANY = 10_000
"""Rows of one answer to a question about units."""
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
                self._describe(index, read_meta(self._client, index, SECONDS) | {"publishing": True})
                writer = ServerWriter(self._client, index)
                writer.show()  # what a killed run sent counts
                known = self._known(index)
                changed = [unit for unit, stamp in stamps.items() if not _is_complete(known.get(unit), stamp)]
                gone = [unit for unit in known if unit not in stamps]
                written = self._send(writer, index, changed, gone, known, stamps, passages, progress, lock)
                writer.show()
                self._client.ask("POST", f"/{index}/_flush", seconds=SECONDS)
                self._describe(index, meta | {"analyzer": FORMAT, "publishing": False})
                self._move(index, old)
                total = self._client.ask("GET", f"/{index}/_count", seconds=SECONDS)["count"]
        finally:
            self._client.close()
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

    def _known(self, index: str) -> dict[str, list[tuple[str, int]]]:
        """The stamps that passages of each unit carry, and how many carry each."""
        sources = [{field: {"terms": {"field": field}}} for field in ("unit", "stamp")]
        composite: dict[str, Any] = {"size": MANY, "sources": sources}
        found: dict[str, list[tuple[str, int]]] = {}
        while True:
            body = {"size": 0, "track_total_hits": False, "aggs": {"units": {"composite": composite}}}
            answer = self._client.ask("POST", f"/{index}/_search", body, seconds=SECONDS)["aggregations"]["units"]
            for bucket in answer["buckets"]:
                found.setdefault(bucket["key"]["unit"], []).append((bucket["key"]["stamp"], bucket["doc_count"]))
            if len(answer["buckets"]) < MANY:
                return found
            composite = composite | {"after": answer["after_key"]}

    def _send(
        self,
        writer: ServerWriter,
        index: str,
        changed: list[str],
        gone: list[str],
        known: Mapping[str, Any],
        stamps: Mapping[str, bytes],
        passages: Callable[[str], list[Passage]],
        progress: Progress,
        lock: WritingLock,
    ) -> int:
        """Send units, the next being made ready meanwhile; gives how many."""
        written = 0
        sent: Future[None] | None = None
        with ThreadPoolExecutor(1) as sender:
            for units in _batches(chain(changed, gone), stamps, passages):
                progress(written, len(changed) + len(gone))
                old = self._keys(index, [unit for unit in units if unit in known])
                new = {passage.key for found in units.values() for passage, _ in found}
                lines = [
                    line for unit, found in units.items() for one, stamp in found for line in addition(one, unit, stamp)
                ]
                lines += [deletion(key) for key in old if key not in new]
                if sent is not None:
                    sent.result()
                    lock.renew()
                sent = sender.submit(writer.send, lines)
                written += sum(1 for unit, found in units.items() if found or unit in known)
            if sent is not None:
                sent.result()
        return written

    def _keys(self, index: str, units: list[str]) -> list[str]:
        """The keys of the passages of some units that are in the index."""
        found: list[str] = []
        if not units:
            return found
        body: dict[str, Any] = {
            "size": MANY, "_source": False, "query": {"terms": {"unit": units}}, "sort": [{"key": "asc"}],
        }  # fmt: skip
        while True:
            hits = self._client.ask("POST", f"/{index}/_search", body, seconds=SECONDS)["hits"]["hits"]
            found += [hit["sort"][0] for hit in hits]
            if len(hits) < MANY:
                return found
            body = body | {"search_after": hits[-1]["sort"]}


def read_meta(client: Client, index: str, seconds: float, cancelled: Cancelled | None = None) -> dict[str, Any]:
    """Return what the publisher has kept with the index that an alias names."""
    path = f"/{index}/_mapping?filter_path=*.mappings._meta"
    answer = client.ask("GET", path, seconds=seconds, cancelled=cancelled)
    with suppress(AttributeError, LookupError, TypeError, StopIteration):
        found: dict[str, Any] = next(iter(answer.values()))["mappings"]["_meta"]
        return found
    return {}


def _is_complete(carried: list[tuple[str, int]] | None, stamp: bytes) -> bool:
    """Return whether all passages of a unit carry this stamp, and are as many as it says."""
    if carried is None or len(carried) != 1:
        return False
    (found, count) = carried[0]
    return found == _stamp(stamp, count)


def _stamp(stamp: bytes, count: int) -> str:
    return f"{stamp.hex()}:{count}"


Unit = list[tuple[Passage, str]]


def _batches(
    units: Iterable[str], stamps: Mapping[str, bytes], passages: Callable[[str], list[Passage]]
) -> Iterator[dict[str, Unit]]:
    """Units with their passages and stamps, some `TOGETHER`; one that is gone has none."""
    batch: dict[str, Unit] = {}
    held = 0
    for unit in units:
        found = passages(unit) if unit in stamps else []
        batch[unit] = [(one, _stamp(stamps[unit], len(found))) for one in found]
        held += len(found)
        if held >= TOGETHER or len(batch) >= TOGETHER:
            yield batch
            batch, held = {}, 0
    if batch:
        yield batch
