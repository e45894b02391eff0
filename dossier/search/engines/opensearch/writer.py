"""Passages into an index on the server, many in one request."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from dossier.model.passages import Passage
from dossier.search.engines.engine import Cancelled, IndexUnavailable, Progress
from dossier.search.engines.opensearch.client import Client, RequestStopped, encode_json
from dossier.search.engines.opensearch.mapping import document_id, document_of

BATCH = 500
"""Passages of one request."""
SECONDS = 120.0
"""In which the server must have taken one request in."""


class ServerWriter:
    """Puts passages into one index, and takes others out."""

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._index = index

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """Take passages in and others out, and show what was done; False when it was cancelled before all was."""
        new = list(add)
        done, whole = 0, True
        try:
            self.send((deletion(key) for key in remove), cancelled)
            while done < len(new) and not (cancelled and cancelled()):
                some = new[done : done + BATCH]
                self.send((line for passage in some for line in addition(document_of(passage))), cancelled)
                done += len(some)
                if progress:
                    progress(done, len(new))
        except RequestStopped:
            whole = False
        self.show()
        return whole and done == len(new)

    def send(self, lines: Iterable[bytes], cancelled: Cancelled | None = None) -> None:
        """Send lines of a bulk request, `BATCH` passages at a time.

        Raises:
            IndexUnavailable: the server did not take one of them.
            Stopped: `cancelled` said so.

        """
        waiting = iter(lines)
        while some := list(islice(waiting, 2 * BATCH)):
            path = f"/{self._index}/_bulk?filter_path=errors,items.*.error"
            answer = self._client.ask("POST", path, lines=some, seconds=SECONDS, cancelled=cancelled)
            if answer.get("errors"):
                raise self._refused(answer["items"])

    def _refused(self, items: list[dict[str, Any]]) -> IndexUnavailable:
        error = next(iter(next(item for item in items if item).values()))["error"]
        reason, host = str(error.get("reason", ""))[:200], self._client.server.host
        if error.get("type") == "cluster_block_exception":
            return IndexUnavailable(f"The index on {host} takes nothing in: {reason}. As a rule its disk is full.")
        return IndexUnavailable(f"{host} did not take a passage in: {reason}.")

    def show(self) -> None:
        """Let readers see what was taken in."""
        self._client.ask("POST", f"/{self._index}/_refresh", seconds=SECONDS)


def addition(document: dict[str, Any]) -> Iterator[bytes]:
    """The two lines by which the document of a passage is put in, in place of the one with its key."""
    yield encode_json({"index": {"_id": document_id(document["key"])}}) + b"\n"
    yield encode_json(document) + b"\n"


def deletion(key: str) -> bytes:
    """The line by which a passage is taken out."""
    return encode_json({"delete": {"_id": document_id(key)}}) + b"\n"
