"""Live sockets as the page has them: a cursor, a replay after every break, and a view."""

from __future__ import annotations

import asyncio
import json
import random
import re
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.faults.book import Book
from tests.faults.product import PASSWORD, Person, Product

PING, SILENCE = 1.0, 10.0


@dataclass
class View:
    """What a page would show: rows by conversation number, states of messages by id."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    messages: dict[int, dict[int, str]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    facts: set[int] = field(default_factory=set)  # lines like "accepted", not compared

    def apply(self, frame: dict[str, Any]) -> None:
        """An event's frame; twice or late, it ends in the same place."""
        facts = frame["conversation"]
        number = facts["number"]
        self.numbers[facts["id"]] = number
        known = self.rows.get(number)
        if known is None or known["version"] <= facts["version"]:
            self.rows[number] = {k: facts[k] for k in ("status", "assignee", "version")}
        message = frame.get("message")
        if message and message["state"]:
            self.messages.setdefault(number, {})[message["id"]] = message["state"]

    def forget(self, conversation_id: int) -> None:
        """It is no longer visible."""
        number = self.numbers.get(conversation_id, 0)
        self.rows.pop(number, None)
        self.messages.pop(number, None)


def signed_in(product: Product, person: Person) -> tuple[str, int]:
    """The session's cookie, and the cursor that the inbox page carries."""
    with httpx.Client(base_url=product.web, timeout=20, trust_env=False) as client:
        client.get("/account/login/")
        form = {"login": person.email, "password": PASSWORD}
        form["csrfmiddlewaretoken"] = client.cookies["csrf"]
        origin = {"Origin": product.web, "Referer": product.web}
        answer = client.post("/account/login/", data=form, headers=origin)
        assert answer.status_code == 302, answer.text[-500:]
        page = client.get(f"/w/{person.workspace}/inbox/")
        cursor = re.search(r'data-cursor="(\d+)"', page.text)
        assert cursor, page.text[:500]
        return client.cookies["session"], int(cursor[1])


class Watcher:
    """One socket of one person, opened again whenever it breaks."""

    def __init__(self, product: Product, person: Person, book: Book, rng: random.Random) -> None:
        self.product, self.person, self.book, self.rng = product, person, book, rng
        self.who = f"socket of {person.email}"
        self.cookie, self.cursor = signed_in(product, person)
        self.first = self.cursor
        self.view = View()
        self.resets = 0

    async def watch(self, canary: str) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._session(canary)
            except (OSError, TimeoutError, WebSocketException) as error:
                code = error.rcvd.code if isinstance(error, ConnectionClosed) and error.rcvd else 0
                self.book.note("socket lost", who=self.who, why=type(error).__name__, code=code)
            await asyncio.sleep(self.rng.uniform(0.2, 1.0))

    async def _session(self, canary: str) -> None:
        url = f"{self.product.live}/w/{self.person.workspace}/live/"
        headers = {"Cookie": f"session={self.cookie}"}
        async with connect(
            url, origin=self.product.web, additional_headers=headers, open_timeout=5, proxy=None
        ) as socket:
            hello = {"type": "hello", "cursor": self.cursor, "language": "id"}
            await socket.send(json.dumps(hello))
            pinging = asyncio.create_task(self._ping(socket))
            try:
                while True:
                    text = str(await asyncio.wait_for(socket.recv(), SILENCE))
                    if canary in text:
                        self.book.note("leak", who=self.who, path="live")
                    self.take(json.loads(text))
            finally:
                pinging.cancel()

    async def _ping(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(PING)
            await socket.send('{"type": "ping"}')

    def take(self, frame: dict[str, Any]) -> None:
        """Do with a frame what the page does."""
        kind = frame["type"]
        if kind == "event":
            self.view.apply(frame)
            message = (frame.get("message") or {}).get("id")
            seq, name = frame["seq"], frame["name"]
            self.book.note("shown", who=self.who, seq=seq, name=name, message=message)
            self.cursor = max(self.cursor, seq)
        elif kind == "gone":
            self.view.forget(frame["conversation"]["id"])
            self.cursor = max(self.cursor, frame["seq"])
        elif kind in ("ready", "reset"):
            self.book.note("socket up", who=self.who, kind=kind, cursor=frame["cursor"])
            self.resets += kind == "reset"
            self.cursor = frame["cursor"] if kind == "reset" else max(self.cursor, frame["cursor"])
