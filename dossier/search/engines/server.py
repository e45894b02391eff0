"""The address of a search server, as the user's own configuration gives it; a dossier never names one."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from msgspec import Struct


class Server(Struct, frozen=True):
    """An index on one server, and how to be let in."""

    url: str
    """`https://HOST:PORT`, or `http://` on this machine alone."""
    index: str
    """The name (an alias) under which the index is read."""
    ca: str = ""
    """File of the certificates that are trusted in place of the system's."""
    certificate: str = ""
    """File of the client's certificate; `key` is its private key."""
    key: str = ""
    user: str = ""
    password: str = ""
    """From the environment, never from a file of the dossier."""

    @property
    def host(self) -> str:
        """Host and port, as they are told to the user."""
        return urlsplit(self.url).netloc

    def __repr__(self) -> str:
        return f"Server({self.url!r}, {self.index!r})"


def address_problem(url: str) -> str:
    """Return what is wrong with the address of a server; empty when nothing is."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in ("http", "https") or not host or port == 0:
        return "is to begin with https:// and a host"
    if "@" in parts.netloc:
        return "is to hold no user or password"
    if parts.query or parts.fragment or not url.isascii() or any(character <= " " for character in url):
        return "is to be a host, a port and a path"
    if parts.scheme == "http" and not is_loopback(host):
        return "is to begin with https://; plain http is for this machine alone"
    return ""


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
