"""A Graph API that answers what a test wants, over real HTTP, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field
from typing import Any

from tests.channels_integration.whatsapp.samples import a_channel, answer_of
from tests.egress.raw_server import RawServer

MISSING = (404, json.dumps({"error": {"code": 100, "error_subcode": 33}}).encode(), {})
Reply = tuple[int, bytes, dict[str, str]]


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    head: str
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeGraph:
    """`replies` by "METHOD /path"; the last one is repeated. What is not there is missing."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = RawServer(self._talk)
        self.channel = a_channel(
            base_url=self.server.url(""), version="v25.0", waba_id="990000000000001"
        )

    def on(self, route: str, status: int = 200, body: Any = None, **headers: str) -> None:
        """Add a reply; a body that is no bytes is sent as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.setdefault(route, []).append((status, raw, named))

    def sample(self, route: str, name: str) -> None:
        """Add a reply out of the samples."""
        found = answer_of(name)
        self.on(route, found["_http_status"], found["body"])

    def url(self, path: str) -> str:
        return self.server.url(path)

    def _talk(self, connection: socket.socket) -> None:
        head, _blank, body = self.server.heard[-1].partition(b"\r\n\r\n")
        method, target, _version = head.decode().split("\r\n")[0].split()
        self.asked.append(Asked(method, target, head.decode(), body))
        queue = self.replies.get(f"{method} {target.partition('?')[0]}", [MISSING])
        status, raw, headers = queue.pop(0) if len(queue) > 1 else queue[0]
        lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(raw)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + raw)
