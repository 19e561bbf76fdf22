"""A raw TCP server that says what a test tells it, and writes down what it heard."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

Script = Callable[[socket.socket], None]


class RawServer:
    """Listens on a loopback address; `script` talks to each connection. With `forgetful` the
    bodies that come in are counted and dropped, however large they are."""

    def __init__(self, script: Script, host: str = "127.0.0.1", *, forgetful: bool = False) -> None:
        self._forgetful = forgetful
        self.body_bytes = 0
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
                while request := self._whole_request(connection):
                    self.heard.append(request)
                    self._script(connection)
            except OSError:
                return

    def _whole_request(self, connection: socket.socket) -> bytes:
        """Head and body; whatever came, where it is not HTTP."""
        data = bytearray(connection.recv(65536))
        head, _blank, body = bytes(data).partition(b"\r\n\r\n")
        wanted, got = _length_of(head), len(body)
        while got < wanted and (more := connection.recv(65536)):
            got += len(more)
            if not self._forgetful:
                data += more
        self.body_bytes += got
        return bytes(data)


def _length_of(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    found = (line.partition(b":")[2] for line in lines if line.startswith(b"content-length:"))
    return int(next(found, b"0"))


def answering(body: bytes, head: bytes = b"HTTP/1.1 200 OK\r\n") -> Script:
    """A script that sends one well-formed answer to each request."""
    reply = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    return lambda connection: connection.sendall(reply)
