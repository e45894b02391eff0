"""A server between the program and a node, which can be slow, cut an answer short, lead elsewhere, or speak TLS."""

import socket
import ssl
import threading
from contextlib import suppress


class Relay:
    """Passes bytes on to `port`; without one, sends `canned` and what `endless` says. It counts its connections."""

    def __init__(self, port=0, *, tls=None, canned=b"", endless=False):
        self._port, self._tls, self._canned, self._endless = port, tls, canned, endless
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

    def _join(self, client):
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
