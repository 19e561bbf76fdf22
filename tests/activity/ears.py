"""Somebody who listens: a socket as a page opens it, and the long poll beside it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from accounts.models import Member
from tests.guards.source import ROOT
from tests.people import browser_of

ORIGIN = "http://testserver"


@dataclass
class Live:
    """A live process that answers on a port."""

    port: int
    process: subprocess.Popen[bytes]
    opened: ExitStack = field(default_factory=ExitStack)

    @classmethod
    def start(cls, timer: float, **env: str) -> Live:
        """Start it and wait until it answers."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "tests.activity.live_process", str(port), str(timer)]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
        live = cls(port, process)
        for _try in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health/live", trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return live
        raise AssertionError("The live process did not start")

    def stop(self) -> None:
        """End it."""
        self.opened.close()
        self.process.terminate()
        self.process.wait(10)

    def ear_of(self, session_key: str, cursor: Any) -> Ear:
        """A socket with a session that the test holds."""
        opened = self.socket(None, "acme", cookie_text=f"session={session_key}")
        opened.send(json.dumps({"type": "hello", "cursor": cursor, "language": "id"}))
        return Ear(opened)

    def socket(
        self,
        member: Member | None,
        slug: str = "acme",
        origin: str | None = ORIGIN,
        cookie_text: str = "",
    ) -> ClientConnection:
        """An open socket that has not said hello; it is closed with `opened`."""
        url = f"ws://127.0.0.1:{self.port}/w/{slug}/live/"
        made = connect(
            url,
            origin=origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookie_text or cookie(member)},
            compression=None,
            proxy=None,
            open_timeout=5,
            close_timeout=2,
        )
        return self.opened.enter_context(made)

    def ear(self, member: Member | None, cursor: Any, slug: str = "acme") -> Ear:
        """A socket that has said hello."""
        opened = self.socket(member, slug)
        opened.send(json.dumps({"type": "hello", "cursor": cursor, "language": "id"}))
        return Ear(opened)

    def poll(self, member: Member | None, cursor: Any, origin: str = ORIGIN) -> httpx.Response:
        """One long poll."""
        headers = {"Cookie": cookie(member)} | ({"Origin": origin} if origin else {})
        url = f"http://127.0.0.1:{self.port}/w/acme/live/poll?cursor={cursor}&language=id"
        return httpx.get(url, headers=headers, timeout=10, trust_env=False)


@dataclass
class Ear:
    """What an open socket hears."""

    socket: ClientConnection

    def next(self, seconds: float = 3) -> dict[str, Any]:
        """The next frame."""
        frame: dict[str, Any] = json.loads(self.socket.recv(timeout=seconds))
        return frame

    def until(self, kind: str, seconds: float = 3) -> list[dict[str, Any]]:
        """The frames up to one of a kind, that one included."""
        frames = [self.next(seconds)]
        while frames[-1]["type"] != kind:
            frames.append(self.next(seconds))
        return frames

    def all(self, seconds: float = 0.7) -> list[dict[str, Any]]:
        """What comes until it is quiet for a while."""
        frames = []
        try:
            while True:
                frames.append(self.next(seconds))
        except TimeoutError:
            return frames

    def end(self, seconds: float = 2) -> int:
        """The code with which the server closes the socket, within so many seconds."""
        until = time.monotonic() + seconds
        try:
            while True:
                self.next(max(until - time.monotonic(), 0.01))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0


def cookie(member: Member | None) -> str:
    """The session cookie of a member, signed in just now."""
    if member is None:
        return "session=nonsense"
    return f"session={browser_of(member).cookies['session'].value}"
