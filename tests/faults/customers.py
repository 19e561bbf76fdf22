"""Customers: signed WhatsApp messages, posted like a provider until they are taken."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import time

import httpx

from tests.faults.book import Book
from tests.faults.doors import Door

FIRST_PAUSE, LONGEST_PAUSE = 0.3, 2.0
GIVEN_UP_AFTER = 60.0


class Customers:
    """Some people who write to one number of a company."""

    def __init__(
        self, door: Door, book: Book, number: dict[str, str], rng: random.Random, count: int
    ) -> None:
        self.door, self.book, self.number, self.rng = door, book, number, rng
        self.path = "/" + number["webhook"].split("/", 3)[3]
        self.phones = [f"62813{rng.randrange(10**8):08d}" for _ in range(count)]
        self.canary = ""  # put into every text

    def introduce(self, sandbox: str) -> None:
        """The provider must know them, and that they wrote, or it delivers no replies."""
        with httpx.Client(base_url=sandbox, timeout=10, trust_env=False) as client:
            for phone in self.phones:
                client.post("/api/customers", json={"name": name_of(phone), "phone": phone})
                chat = f"/api/chats/{self.number['phone_number_id']}/{phone}"
                opened = client.post(f"{chat}/window", json={"open": True})
                opened.raise_for_status()

    async def write_until(self, until: float, per_second: float) -> None:
        """Start messages at random moments; return when all are taken, or given up."""
        tasks = []
        while time.time() < until:
            tasks.append(asyncio.create_task(self.write(self.rng.choice(self.phones))))
            await asyncio.sleep(self.rng.expovariate(per_second))
        await asyncio.gather(*tasks)

    async def write(self, phone: str) -> None:
        """One message: the same bytes again until it is answered 2xx, and now and then once
        more after that."""
        wamid = f"wamid.{self.rng.getrandbits(64):016x}"
        text = f"{self.canary}Pesan {wamid[6:14]}"
        body = self.body(phone, wamid, text)
        twice = self.rng.random() < 0.1
        workspace = self.number["workspace"]
        self.book.note("wrote", wamid=wamid, text=text, phone=phone, workspace=workspace)
        pause, until = FIRST_PAUSE, time.time() + GIVEN_UP_AFTER
        while time.time() < until:
            if await self._post(wamid, body):
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        if twice:
            await self._post(wamid, body)

    async def _post(self, wamid: str, body: bytes) -> bool:
        signature = hmac.new(self.number["app_secret"].encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": f"sha256={signature}",
        }
        who = f"customer of {self.number['workspace']}"
        status, _ = await self.door.ask(
            who, "POST", self.path, content=body, headers=headers, key=wamid
        )
        return 200 <= status < 300

    def body(self, phone: str, wamid: str, text: str) -> bytes:
        """A text message as WhatsApp sends it."""
        message = {"from": phone, "id": wamid, "timestamp": str(int(time.time()))}
        message |= {"type": "text", "text": {"body": text}}  # type: ignore[dict-item]
        value = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.number["display_phone_number"],
                "phone_number_id": self.number["phone_number_id"],
            },
            "contacts": [{"profile": {"name": name_of(phone)}, "wa_id": phone}],
            "messages": [message],
        }
        entry = {"id": self.number["waba_id"], "changes": [{"value": value, "field": "messages"}]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def name_of(phone: str) -> str:
    """What the customer calls himself."""
    return f"Pelanggan {phone[-6:]}"
