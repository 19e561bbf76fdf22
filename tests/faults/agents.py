"""Agents over the API: they accept and reply, and repeat what was not answered."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from typing import Any

from tests.faults.book import Book
from tests.faults.doors import Door
from tests.faults.product import Person

API = "/api/v1/conversations/"
GIVEN_UP_AFTER = 60.0


class Agent:
    """Works on the conversations of the given customers alone."""

    def __init__(
        self, door: Door, book: Book, person: Person, rng: random.Random, phones: list[str]
    ) -> None:
        self.door, self.book, self.person, self.rng = door, book, person, rng
        self.phones = {f"+{phone}" for phone in phones}
        self.who = person.email

    async def work_until(self, until: float, pause: float) -> None:
        """Accept what is queued and reply to what is his, one command at a time."""
        while time.time() < until:
            for conversation in await self.find("status=queued"):
                await self.command(conversation, "assignment/", {})
            mine = await self.find(f"status=handled&assignee={self.person.member}")
            for conversation in self.rng.sample(mine, min(len(mine), 3)):
                await self.reply(conversation)
            await asyncio.sleep(pause * self.rng.random() * 2)

    async def find(self, query: str) -> list[dict[str, Any]]:
        """The conversations of our customers; none while the product does not answer."""
        status, page = await self.ask("GET", f"{API}?{query}")
        if status != 200:
            return []
        return [row for row in page["results"] if row["contact"]["phone"] in self.phones]

    async def reply(self, conversation: dict[str, Any]) -> None:
        """One reply, under an id of our own."""
        client_id = f"{self.rng.getrandbits(96):024x}"
        text = f"Balasan {client_id[:8]}"
        number = conversation["number"]
        self.book.note("replied", client_id=client_id, text=text, number=number, who=self.who)
        body = {"text": text, "client_id": client_id}
        status = await self.command(conversation, "messages/", body, key=client_id)
        self.book.note("reply ended", client_id=client_id, status=status)

    async def command(
        self, conversation: dict[str, Any], path: str, body: dict[str, str], key: str = ""
    ) -> int:
        """POST with an idempotency key, the same again after a 5xx or no answer at all."""
        key = key or str(uuid.UUID(int=self.rng.getrandbits(128)))
        url = f"{API}{conversation['number']}/{path}"
        until = time.time() + GIVEN_UP_AFTER
        status = 0
        while time.time() < until:
            headers = {"Idempotency-Key": key}
            status, _ = await self.ask("POST", url, json=body, headers=headers, key=key)
            if 0 < status < 500:
                break
            await asyncio.sleep(0.3 + self.rng.random())
        return status

    async def ask(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        """With his token."""
        headers = {"Authorization": f"Bearer {self.person.token}", **options.pop("headers", {})}
        return await self.door.ask(self.who, method, path, headers=headers, **options)
