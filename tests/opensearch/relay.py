"""A server between the program and a node, which can be slow, cut an answer short, lead elsewhere, or speak TLS."""

import base64
import socket
import ssl
import threading
from contextlib import suppress


def tls(folder, *, client_needed=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    if client_needed:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(folder / "ca.pem")
    return context


class Relay:
    """Passes bytes on to `port`; without one, sends `canned` and what `endless` says. It counts its connections.

    With a `login` of user and password it refuses each connection whose first request does not give it.
    """

    def __init__(self, port=0, *, tls=None, canned=b"", endless=False, login=None):
        self._port, self._tls, self._canned, self._endless = port, tls, canned, endless
        self._token = base64.b64encode(":".join(login).encode()) if login else b""
        self.held = threading.Event()
        """While it is set nothing is passed on."""
        self.cut = False
        self.connections = 0
        self._open = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with suppress(OSError, ssl.SSLError):
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            self._open.append(client)
            if self._port:
                self._join(client)
            else:
                self._answer(client)
        client.close()

    def _answer(self, client):
        if self._canned:
            client.recv(65536)
            client.sendall(self._canned)
        while self._endless:
            client.sendall(b" " * 65536)
        while client.recv(65536):
            pass

    def _is_let_in(self, client):
        if self._token and self._token not in client.recv(65536, socket.MSG_PEEK):
            client.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return False
        return True

    def _join(self, client):
        if not self._is_let_in(client):
            return
        with socket.create_connection(("127.0.0.1", self._port)) as node:
            self._open.append(node)
            other = threading.Thread(target=self._pass, args=(client, node, False), daemon=True)
            other.start()
            self._pass(node, client, True)
            other.join()

    def _pass(self, source, target, answers):
        with suppress(OSError, ssl.SSLError):
            while data := source.recv(65536):
                if answers and self.cut:
                    target.sendall(data[: len(data) // 2])
                    break
                while self.held.is_set():
                    self.held.wait(0.01)
                    if not self._open:
                        return
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        """End it and what goes over it."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # which ends the wait for a connection too
        self._listening.close()
        ends, self._open = self._open, []
        for end in ends:
            with suppress(OSError):
                end.close()
