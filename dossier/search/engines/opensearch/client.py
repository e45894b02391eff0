"""HTTP to one server: the address that the user named and no other, without redirects, proxies or endless answers."""

import base64
import json
import selectors
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import msgspec

from dossier.search.engines.engine import Cancelled, IndexUnavailable
from dossier.search.engines.server import Server, address_problem

CONNECT = 2.0
"""Seconds in which a connection must be there."""
MOST_BYTES = 64_000_000
"""Longest answer that is read."""
STEP = 0.02
"""Seconds between two looks at whether an answer is still wanted."""
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class ServerRefusal(IndexUnavailable):
    """An answer of the server that is none: `kind` is OpenSearch's name of the error."""

    def __init__(self, message: str, status: int, kind: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class RequestStopped(Exception):  # noqa: N818 - named by what is the case
    """Nobody waits for the answer any more, or time is up."""


class Client:
    """Connections to one server, used again. One object may be used from several threads.

    Raises:
        IndexUnavailable: the address cannot be used, or a certificate cannot be read.

    """

    def __init__(self, server: Server) -> None:
        if problem := address_problem(server.url):
            raise IndexUnavailable(f"The address of the search server {problem}: {server.url}.")
        parts = urlsplit(server.url)
        self.server = server
        self._host, self._port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        self._base = parts.path.rstrip("/")
        self._tls = _tls(server) if parts.scheme == "https" else None
        self._headers = {"Accept": "application/json"}
        if server.user:
            token = base64.b64encode(f"{server.user}:{server.password}".encode()).decode("ascii")
            self._headers["Authorization"] = f"Basic {token}"
        self._lock = Lock()
        self._idle: list[HTTPConnection] = []

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        lines: Iterable[bytes] | None = None,
        seconds: float = 60.0,
        cancelled: Cancelled | None = None,
    ) -> Any:
        """Return the decoded answer to a request with `body` as JSON, or `lines` as they are.

        Raises:
            IndexUnavailable: there is no answer within `seconds`, or it is a refusal (`ServerRefusal`).
            Stopped: `cancelled` said so.

        """
        data = b"".join(lines) if lines is not None else None if body is None else encode_json(body)
        kind = "application/x-ndjson" if lines is not None else "application/json"
        headers = self._headers | ({"Content-Type": kind} if data is not None else {})
        until = monotonic() + seconds
        with self._translate_errors():
            status, answer = self._exchange(method, self._base + path, data, headers, until, cancelled)
        try:
            found = _decode(answer) if answer else {}
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise (self.refusal_of(status, {}) if status >= 300 else self.nonsense()) from error
        if status >= 300:
            raise self.refusal_of(status, found)
        if not isinstance(found, dict):
            raise self.nonsense()
        return found

    def nonsense(self) -> IndexUnavailable:
        """The failure of a server whose answers are not those of OpenSearch."""
        return IndexUnavailable(f"{self.server.host} does not answer as OpenSearch does.")

    def _exchange(
        self,
        method: str,
        path: str,
        data: bytes | None,
        headers: dict[str, str],
        until: float,
        cancelled: Cancelled | None,
    ) -> tuple[int, bytes]:
        """Send and receive; once more where a connection that was used before was closed meanwhile."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is not None:
            try:
                return self._over(connection, method, path, data, headers, until, cancelled)
            except ConnectionError:
                pass
        return self._over(self._new(until), method, path, data, headers, until, cancelled)

    def _over(
        self,
        connection: HTTPConnection,
        method: str,
        path: str,
        data: bytes | None,
        headers: dict[str, str],
        until: float,
        cancelled: Cancelled | None,
    ) -> tuple[int, bytes]:
        done = False
        try:
            if connection.sock:
                connection.sock.settimeout(max(until - monotonic(), STEP))
            connection.request(method, path, data, headers)
            stream = connection.sock  # which the connection forgets when the answer is its last
            _wait(stream, until, cancelled)
            response = connection.getresponse()
            answer = _read(response, stream, until, cancelled)
            done = not response.will_close
            return response.status, answer
        finally:
            if done:
                with self._lock:
                    self._idle.append(connection)
            else:
                connection.close()

    def _new(self, until: float) -> HTTPConnection:
        seconds = min(CONNECT, max(until - monotonic(), STEP))
        if self._tls is None:
            return HTTPConnection(self._host, self._port, timeout=seconds)
        return HTTPSConnection(self._host, self._port, timeout=seconds, context=self._tls)

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Raise what goes wrong on the way as one sentence."""
        host = self.server.host
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            why = f"the certificate of {host} is not trusted ({error.verify_message.rstrip('.')})"
            raise IndexUnavailable(f"Nothing was sent: {why}.") from error
        except TimeoutError as error:
            raise IndexUnavailable(f"{host} does not answer in time.") from error
        except (OSError, HTTPException, ValueError) as error:
            why = getattr(error, "strerror", None) or getattr(error, "reason", None) or type(error).__name__
            raise IndexUnavailable(f"{host} cannot be reached ({why}).") from error

    def refusal_of(self, status: int, answer: Any) -> ServerRefusal:
        """Return the failure that an answer is, as a sentence."""
        kind, reason = "", ""
        try:
            error = answer["error"]
            cause = (error.get("root_cause") or [error])[0]
            kind, reason = str(cause.get("type") or error.get("type")), str(cause.get("reason") or "")[:200]
        except (KeyError, TypeError, AttributeError, IndexError):
            pass
        host, index = self.server.host, self.server.index
        if kind == "index_not_found_exception":
            told = f"There is no index {index} on {host}."
        elif kind == "cluster_block_exception":
            told = f"The index on {host} takes nothing in: {reason}. As a rule its disk is full."
        elif status in (401, 403):
            who = f"the user {self.server.user}" if self.server.user else "who gives no user"
            told = f"{host} refuses {who}."
        elif 300 <= status < 400:
            told = f"{host} answers with another address, which is not followed."
        else:
            told = f"{host} answers {status}{f': {reason}' if reason else ''}."
        return ServerRefusal(told, status, kind)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def encode_json(body: Any) -> bytes:
    """Return JSON; a half character, which no file holds, is replaced."""
    try:
        return _encode(body)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(body), ensure_ascii=False).encode("utf-8", "replace")


def _tls(server: Server) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=server.ca or None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if server.certificate:
            context.load_cert_chain(server.certificate, server.key or None, password="")
    except (OSError, ValueError) as error:
        names = ", ".join(filter(None, (server.ca, server.certificate, server.key)))
        raise IndexUnavailable(f"A certificate or key for {server.host} cannot be read: {names}.") from error
    return context


def _wait(connection: socket.socket, until: float, cancelled: Cancelled | None) -> None:
    """Wait for the first byte of an answer."""
    if isinstance(connection, ssl.SSLSocket) and connection.pending():
        return
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        while not selector.select(STEP):
            if cancelled and cancelled():
                raise RequestStopped
            if monotonic() > until:
                raise TimeoutError


def _read(response: HTTPResponse, connection: socket.socket, until: float, cancelled: Cancelled | None) -> bytes:
    """Return all of an answer; one that drips is given up in time, one without end where it is too long."""
    parts: list[bytes] = []
    size = 0
    while not parts or parts[-1]:
        if cancelled and cancelled():
            raise RequestStopped
        if monotonic() > until:
            raise TimeoutError
        connection.settimeout(max(until - monotonic(), STEP))
        parts.append(response.read1(1 << 20))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise HTTPException("the answer is too long")
    response.close()
    return b"".join(parts)
