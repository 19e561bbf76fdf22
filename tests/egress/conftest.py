"""Servers that misbehave on command, and the operator's leave to reach them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.egress.raw_server import RawServer, Script


@pytest.fixture
def serve() -> Iterator[Callable[[Script], RawServer]]:
    servers: list[RawServer] = []

    def start(script: Script) -> RawServer:
        servers.append(RawServer(script))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def loopback_allowed(settings: Any) -> None:
    settings.EGRESS_ALLOW = ["127.0.0.0/8"]
