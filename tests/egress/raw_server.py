"""A raw TCP server that says what a test tells it, and writes down what it heard."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

Script = Callable[[socket.socket], None]


class RawServer:
    """Listens on a loopback address; `script` talks to each connection."""

    def __init__(self, script: Script, host: str = "127.0.0.1") -> None:
        self._listener = socket.create_server((host, 0))
        self.port: int = self._listener.getsockname()[1]
        self.heard: list[bytes] = []
        self.connections = 0
        self._script = script
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                while request := _whole_request(connection):
                    self.heard.append(request)
                    self._script(connection)
            except OSError:
                return


def _whole_request(connection: socket.socket) -> bytes:
    """Head and body; whatever came, where it is not HTTP."""
    data = connection.recv(65536)
    head, _blank, body = data.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            while len(body) < int(line.partition(b":")[2]):
                more = connection.recv(65536)
                data, body = data + more, body + more
                if not more:
                    break
    return data


def answering(body: bytes, head: bytes = b"HTTP/1.1 200 OK\r\n") -> Script:
    """A script that sends one well-formed answer to each request."""
    reply = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    return lambda connection: connection.sendall(reply)
