"""A web server that shows the browser, read-only, to whoever knows the token in its address."""

import os
import re
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from textual_serve.server import Server

from dossier.model.problems import DossierError
from dossier.ui.web.read_only import make_read_only

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - to tell what the user asked for
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""All requests stay here, and the token with them."""
_FONTS = re.compile(r"<link[^>]*https://fonts[^>]*>")
"""What the page of textual-serve asks for elsewhere, and the policy would refuse."""


MOST = 8
"""Browsers at once, unless told otherwise: each is a process of some 100 MB here."""
FULL = "No more than {} may be open at once, and so many are; close one of these browsers, then load this page again."


class TokenServer(Server):
    """Serves nothing to anyone who does not know the token: every address, the socket's too, begins with it."""

    def __init__(self, dossier: Path, host: str, port: int, tell: Callable[[str], None], most: int = MOST) -> None:
        """Take the dossier, where to listen, where to tell of it, and how many browsers may be shown at once."""
        shown = socket.gethostname() if host in _EVERY else f"[{host}]" if ":" in host else host
        command = shlex.join([sys.executable, "-m", "dossier", "browse", str(dossier.resolve())])
        super().__init__(command, host=host, port=port, title="dossier", public_url=f"http://{shown}:{port}")
        self.token = secrets.token_urlsafe(32)
        self._tell = tell
        self._most = most
        self._shown = 0

    @property
    def address(self) -> str:
        """The address at which the browser is shown."""
        return f"{self.public_url}/{self.token}/"

    async def _make_app(self) -> web.Application:
        """Put all that textual-serve serves under the token."""
        outer = web.Application(middlewares=[_guard])
        outer.add_subapp(f"/{self.token}", await super()._make_app())
        return outer

    async def handle_index(self, request: web.Request) -> Any:
        """Give the page addresses under the name by which it was asked for, a proxy's too."""
        self._refuse_more()
        scheme = "https" if request.headers.get("X-Forwarded-Proto") == "https" else request.scheme
        self.public_url = f"{scheme}://{request.host}"
        response = await super().handle_index(request)
        assert isinstance(response, web.Response)
        response.text = _FONTS.sub("", response.text or "")
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Start a browser for whoever opened the page, unless as many as may be are shown already."""
        self._refuse_more()
        self._shown += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._shown -= 1

    def _refuse_more(self) -> None:
        if self._shown >= self._most:
            raise web.HTTPServiceUnavailable(text=FULL.format(self._most))

    def initialize_logging(self) -> None:
        """Leave logging alone: a log of requests would hold the token."""

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """Tell where it is, and who can reach it."""
        self._tell(f"The dossier is shown read-only at {self.address} (end with Ctrl+C).")
        if self.host not in _LOOPBACK:
            self._tell(
                f"Anyone who can reach {self.host} and has this address can read the whole dossier, and what is sent "
                "is not encrypted; put a proxy with TLS before it where the network is not your own."
            )


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let no page elsewhere speak for the reader, and send the policy with every answer."""
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.host:
        raise web.HTTPForbidden(text="This address may not be asked from another page.", headers=_HEADERS)
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(_HEADERS)
        raise
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


def _try_listening(host: str, port: int) -> None:
    """Listen at an address for a moment.

    Raises:
        OSError: it cannot be listened at.

    """
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as tried:
            if os.name == "posix":
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            tried.bind(address)


def serve(dossier: Path, host: str, port: int, tell: Callable[[str], None], most: int = MOST) -> None:
    """Show the browser on a dossier until it is ended.

    Raises:
        DossierError: the address cannot be listened at.

    """
    try:
        _try_listening(host, port)  # the address is told before the server listens
        make_read_only(os.environ)
        TokenServer(dossier, host, port, tell, most).serve()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DossierError(f"{host}:{port} cannot be listened at ({reason}); name another --port or --host.") from error
