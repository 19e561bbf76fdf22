"""Opens connections: looks up, checks every address, connects to the checked literal.

This sits under the connection pool, so every new connection passes the check, while the
Host header, SNI and certificate check keep using the name. A name that answers first with
a public and then with a private address gains nothing: nothing looks it up a second time.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from helpdesk.egress.addresses import refusal
from helpdesk.egress.attempt import current_attempt
from helpdesk.egress.errors import AddressRefused, NeverSent
from helpdesk.egress.names import addresses_of

CHUNK = 65536


class CheckedNetwork(httpcore.NetworkBackend):
    """The network backend of the connection pool."""

    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        attempt = current_attempt.get()
        addresses = addresses_of(host, port, attempt.left())
        for address in addresses:
            if reason := refusal(address, port):
                raise AddressRefused(f"{host}: {reason}")
        problem: Exception | None = None
        for position, address in enumerate(addresses):
            seconds = attempt.left() / (len(addresses) - position)
            try:
                stream = self._plain.connect_tcp(address, port, seconds, None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return TimedStream(stream)
        raise NeverSent(f"No connection to {host}:{port}") from problem

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise AddressRefused("Only TCP")


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait is cut to what the request has left.

    Without it a server that sends one byte a second never runs into a time-out.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = current_attempt.get()
        if attempt.is_over:
            raise httpcore.ReadTimeout("The answer took too long")
        return self._stream.read(max_bytes, attempt.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        attempt = current_attempt.get()
        for start in range(0, len(buffer), CHUNK):
            if attempt.is_over:
                raise httpcore.WriteTimeout("Sending took too long")
            attempt.has_written = True
            self._stream.write(buffer[start : start + CHUNK], attempt.left())

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = current_attempt.get().left()
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left))

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
