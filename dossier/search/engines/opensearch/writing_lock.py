"""The lock of the one writer: a document on the server that says who writes, renewed while it lasts."""

import os
import secrets
import socket
import time
from types import TracebackType
from typing import Any, Self

from dossier.search.engines.engine import IndexBusy, IndexUnavailable
from dossier.search.engines.opensearch.client import Client, ServerRefusal

STALE = 120.0
"""Seconds after which a writer that has not renewed its lock is taken to be dead."""
RENEW = 10.0
_held: set[str] = set()
"""Marks of the locks that this process holds."""
_MAPPING = {"mappings": {"dynamic": False}, "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}


class WritingLock:
    """Held from entering to leaving.

    Raises:
        IndexBusy: another program holds it.
        IndexUnavailable: the server does not answer or refuses.

    """

    def __init__(self, client: Client, index: str) -> None:
        self._client = client
        self._index = index
        self._at = ""
        self._renewed = 0.0
        self._mark = secrets.token_hex(8)

    def __enter__(self) -> Self:
        try:
            self._client.ask("PUT", f"/{self._index}", _MAPPING)
        except ServerRefusal as error:
            if error.kind != "resource_already_exists_exception":
                raise
        try:
            self._put("?op_type=create")
        except IndexBusy:
            held = self._client.ask("GET", f"/{self._index}/_doc/writer")
            if not _is_dead(held["_source"]):
                raise
            self._put(_at(held))
        _held.add(self._mark)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _held.discard(self._mark)
        try:
            self._client.ask("DELETE", f"/{self._index}/_doc/writer{self._at}")
        except IndexUnavailable:  # then it is stale, and the next writer sees that this one is dead
            if kind is None:
                raise

    def renew(self) -> None:
        """Say that this program still writes, now and then; `IndexBusy` where another has taken its place."""
        if time.monotonic() - self._renewed > RENEW:
            self._put(self._at)

    def _put(self, condition: str) -> None:
        mine = {"host": socket.gethostname(), "pid": os.getpid(), "at": time.time(), "mark": self._mark}
        try:
            answer = self._client.ask("PUT", f"/{self._index}/_doc/writer{condition}", mine)
        except ServerRefusal as error:
            if error.kind == "version_conflict_engine_exception":
                host = self._client.server.host
                raise IndexBusy(
                    f"Another program is publishing to {host} just now; try again when it is done."
                ) from None
            raise
        self._at = _at(answer)
        self._renewed = time.monotonic()


def _at(answer: Any) -> str:
    return f"?if_seq_no={answer['_seq_no']}&if_primary_term={answer['_primary_term']}"


def _is_dead(writer: dict[str, Any]) -> bool:
    """Return whether a writer ended without letting go: killed on this machine, or silent for long."""
    if time.time() - float(writer.get("at", 0)) > STALE:
        return True
    if writer.get("host") != socket.gethostname():
        return False
    if writer.get("pid") == os.getpid():
        return writer.get("mark") not in _held
    try:
        os.kill(int(writer.get("pid", 0)), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
