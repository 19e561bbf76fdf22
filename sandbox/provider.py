"""The provider's side: accepts, keeps the ledger, sends news, tells the pages."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path
from typing import Any

from sandbox.catalogue import Catalogue
from sandbox.knobs import Knobs
from sandbox.library import Library
from sandbox.numbers import Number, Numbers
from sandbox.refusals import GraphError
from sandbox.values import message_value, status_value
from sandbox.webhooks import Courier
from sandbox.world import Bubble, Chat, World

SENT_AFTER, DELIVERED_AFTER = 0.05, 0.35
PAIR_SECONDS = 6.0
ORDER = ["accepted", "sent", "delivered", "read"]


class Provider:
    """One instance for the process."""

    def __init__(self, numbers: Path) -> None:
        self.numbers = Numbers(numbers)
        self.knobs = Knobs()
        self.world = World()
        self.library = Library()
        self.catalogue = Catalogue()
        self.quality: dict[str, str] = {}
        self.unsubscribed: set[str] = set()
        self.courier = Courier(self.knobs)
        self.listeners: set[asyncio.Queue[dict[str, Any]]] = set()
        self._recent: dict[str, deque[float]] = {}

    def check_rates(self, number: Number, chat: Chat) -> None:
        """Raise the errors of too many messages; a limit recovers as time passes."""
        now = time.time()
        recent = self._recent.setdefault(number.phone_number_id, deque())
        limits = (
            (recent, 1.0, self.knobs.per_second, 130429),
            (chat.sent_times, PAIR_SECONDS, self.knobs.per_pair, 131056),
        )
        for times, seconds, most, code in limits:
            while times and now - times[0] > seconds:
                times.popleft()
            if most and len(times) >= most:
                raise GraphError(code)
        for times, _seconds, most, _code in limits:
            if most:
                times.append(now)

    def accept(self, number: Number, chat: Chat, bubble: Bubble, fail_code: int) -> None:
        """Put a company's message into the chat and the ledger; its statuses follow."""
        row = {
            "ref": bubble.ref,
            "to": chat.customer.id,
            "text": bubble.text,
            "wamid": bubble.wamid,
            "number": number.phone_number_id,
            "at": bubble.at,
            "type": bubble.kind,
        }
        if bubble.data:
            row["data"] = bubble.data
        if bubble.reply_to:
            row["reply_to"] = bubble.reply_to
        self.world.ledger.append(row)
        if bubble.kind == "reaction":
            self.react(bubble.data["message_id"], "company", bubble.text)
        else:
            self.world.add(chat, bubble)
            chat.typing_until = 0
        self.tell_chat(chat)
        if fail_code:
            self._later(SENT_AFTER, number, chat, bubble, "failed", GraphError(fail_code))
            return
        self._later(SENT_AFTER, number, chat, bubble, "sent")
        self._later(DELIVERED_AFTER, number, chat, bubble, "delivered")

    def react(self, wamid: str, who: str, emoji: str) -> None:
        """Put somebody's reaction on a message that is still known; '' takes it away."""
        found = self.world.bubbles.get(wamid)
        if found and emoji:
            found[1].reactions[who] = emoji
        elif found:
            found[1].reactions.pop(who, None)

    def seen(self, number: Number, chat: Chat) -> None:
        """The customer looks at the chat: what was delivered is read."""
        for bubble in chat.bubbles:
            if bubble.mine or bubble.state not in {"accepted", "sent", "delivered"}:
                continue
            if bubble.echo:  # no status is told of what was not sent through the API
                bubble.state = "read"
            else:
                self._later(0.0, number, chat, bubble, "read")

    async def write(self, number: Number, chat: Chat, bubble: Bubble) -> tuple[str, int]:
        """A customer's message: into the chat, and to the product. (wamid, HTTP status)"""
        self.world.add(chat, bubble)
        chat.wrote_at = bubble.at
        return await self.post(number, chat, bubble)

    async def post(self, number: Number, chat: Chat, bubble: Bubble) -> tuple[str, int]:
        """Tell the product what a customer did; the bubble shows how far it came."""
        self.tell_chat(chat)

        def taken() -> None:
            if bubble.state in {"waiting", "retrying"}:
                bubble.state = "taken"
            self.tell_chat(chat)

        author = self.world.customers[bubble.author] if bubble.author else chat.customer
        value = message_value(number, chat, bubble, author)
        status = await self.courier.message(number, value, taken)
        if bubble.state == "waiting":
            bubble.state = "retrying"
            self.tell_chat(chat)
        return bubble.wamid, status

    async def close(self) -> None:
        await self.courier.close()
        self.library.close()

    def tell(self, what: str, **facts: Any) -> None:
        """News for the open pages; one that does not listen misses it and reloads later."""
        for queue in self.listeners:
            if not queue.full():
                queue.put_nowait({"what": what, **facts})

    def tell_chat(self, chat: Chat) -> None:
        if self.listeners:
            self.tell("chat", number=chat.number_id, customer=chat.customer.id)

    def _later(
        self,
        seconds: float,
        number: Number,
        chat: Chat,
        bubble: Bubble,
        state: str,
        error: GraphError | None = None,
    ) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(seconds, self._now, number, chat, bubble, state, error)

    def _now(
        self, number: Number, chat: Chat, bubble: Bubble, state: str, error: GraphError | None
    ) -> None:
        """Ticks never go back; whether the product is told depends on a knob."""
        known = bubble.state
        if known in ORDER and state in ORDER and ORDER.index(state) <= ORDER.index(known):
            return
        bubble.state = state
        self.tell_chat(chat)
        if self.knobs.statuses:
            self.courier.status(number, status_value(chat, bubble, state, error))
