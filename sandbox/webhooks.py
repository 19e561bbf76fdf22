"""Signed webhooks to the product, tried again until they are taken, like a provider's."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import random
from collections.abc import Callable
from typing import Any

import httpx

from sandbox.knobs import Knobs
from sandbox.numbers import Number

log = logging.getLogger("sandbox")
FIRST_PAUSE, LONGEST_PAUSE, TRIES = 1.0, 60.0, 500
BATCH, BATCH_PAUSE = 100, 0.05
OF_CHATS = {"messages", "smb_message_echoes", "history", "calls"}


class Courier:
    """Posts changes; statuses are gathered for a moment and go in one POST for a number."""

    def __init__(self, knobs: Knobs) -> None:
        self._knobs = knobs
        self._client = httpx.AsyncClient(
            trust_env=False, timeout=10, limits=httpx.Limits(max_connections=24)
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self._gathered: dict[str, tuple[Number, list[dict[str, Any]]]] = {}
        self.retrying = 0

    async def message(
        self, number: Number, value: dict[str, Any], taken: Callable[[], None]
    ) -> int:
        """Post a customer's message; the HTTP status of the first try, 0 without an answer.

        `taken` is called when the product has taken it, now or at a later try.
        """
        return await self.change(number, "messages", value, taken)

    async def change(
        self,
        number: Number,
        field: str,
        value: dict[str, Any],
        taken: Callable[[], None] = lambda: None,
    ) -> int:
        """Post any change; as `message`."""
        body = envelope(number, value, field)
        status = await self._post(number, body)
        if 200 <= status < 300:
            taken()
        else:
            self._start(self._again(number, body, taken))
        if self._knobs.twice:
            self._start(self._deliver(number, body))
        return status

    def status(self, number: Number, status: dict[str, Any]) -> None:
        """Put a status into the number's next batch."""
        if number.phone_number_id not in self._gathered:
            self._gathered[number.phone_number_id] = (number, [])
            asyncio.get_running_loop().call_later(BATCH_PAUSE, self._flush, number.phone_number_id)
        self._gathered[number.phone_number_id][1].append(status)

    def _flush(self, number_id: str) -> None:
        number, statuses = self._gathered.pop(number_id)
        if self._knobs.shuffled:
            random.shuffle(statuses)
        for start in range(0, len(statuses), BATCH):
            body = envelope(number, {"statuses": statuses[start : start + BATCH]})
            for _copy in range(2 if self._knobs.twice else 1):
                self._start(self._deliver(number, body))

    async def _deliver(self, number: Number, body: bytes) -> None:
        if self._knobs.shuffled:
            await asyncio.sleep(random.random())  # noqa: S311 (no secret)
        if not 200 <= await self._post(number, body) < 300:
            await self._again(number, body)

    async def _again(
        self, number: Number, body: bytes, taken: Callable[[], None] = lambda: None
    ) -> None:
        self.retrying += 1
        try:
            for attempt in range(TRIES):
                await asyncio.sleep(min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE))
                if 200 <= await self._post(number, body) < 300:
                    taken()
                    return
            log.error("A webhook to %s was given up", number.name)
        finally:
            self.retrying -= 1

    async def _post(self, number: Number, body: bytes) -> int:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(body, number.app_secret),
        }
        try:
            answer = await self._client.post(number.webhook, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return 0
        return answer.status_code

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()


def envelope(number: Number, value: dict[str, Any], field: str = "messages") -> bytes:
    """A notification with one change, escaped as the provider escapes it; what is about the
    account and not about chats names no number."""
    if field in OF_CHATS:
        metadata = {
            "display_phone_number": number.display_phone_number,
            "phone_number_id": number.phone_number_id,
        }
        value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    payload = {
        "object": "whatsapp_business_account",
        "entry": [{"id": number.waba_id, "changes": [{"value": value, "field": field}]}],
    }
    return json.dumps(payload).encode("ascii")


def signature(body: bytes, app_secret: str) -> str:
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
