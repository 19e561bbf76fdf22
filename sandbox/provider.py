"""The provider's side: accepts, keeps the ledger, sends news, tells the pages."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path
from typing import Any

from sandbox.knobs import Knobs
from sandbox.numbers import Number, Numbers
from sandbox.refusals import GraphError
from sandbox.webhooks import Courier
from sandbox.world import Bubble, Chat, World, new_wamid

SENT_AFTER, DELIVERED_AFTER = 0.05, 0.35
PAIR_SECONDS = 6.0
ORDER = ["accepted", "sent", "delivered", "read"]


class Provider:
    """One instance for the process."""

    def __init__(self, numbers: Path) -> None:
        self.numbers = Numbers(numbers)
        self.knobs = Knobs()
        self.world = World()
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
        self.world.add(chat, bubble)
        chat.typing_until = 0
        self.world.ledger.append(
            {
                "ref": bubble.ref,
                "to": chat.customer.id,
                "text": bubble.text,
                "wamid": bubble.wamid,
                "number": number.phone_number_id,
                "at": bubble.at,
            }
        )
        self.tell_chat(chat)
        if fail_code:
            self._later(SENT_AFTER, number, chat, bubble, "failed", GraphError(fail_code))
            return
        self._later(SENT_AFTER, number, chat, bubble, "sent")
        self._later(DELIVERED_AFTER, number, chat, bubble, "delivered")

    def seen(self, number: Number, chat: Chat) -> None:
        """The customer looks at the chat: what was delivered is read."""
        for bubble in chat.bubbles:
            if not bubble.mine and bubble.state in {"accepted", "sent", "delivered"}:
                self._later(0.0, number, chat, bubble, "read")

    async def write(self, number: Number, chat: Chat, text: str, reply_to: str) -> tuple[str, int]:
        """A customer's message: into the chat, and to the product. (wamid, HTTP status)"""
        bubble = Bubble(new_wamid(), True, text, time.time(), "waiting", reply_to=reply_to)
        self.world.add(chat, bubble)
        chat.wrote_at = bubble.at
        self.tell_chat(chat)

        def taken() -> None:
            if bubble.state in {"waiting", "retrying"}:
                bubble.state = "taken"
            self.tell_chat(chat)

        status = await self.courier.message(number, message_value(number, chat, bubble), taken)
        if bubble.state == "waiting":
            bubble.state = "retrying"
            self.tell_chat(chat)
        return bubble.wamid, status

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


def message_value(number: Number, chat: Chat, bubble: Bubble) -> dict[str, Any]:
    """The `value` of a text's webhook; a hidden phone is in no field."""
    customer = chat.customer
    contact: dict[str, Any] = {
        "profile": {"name": customer.name},
        "user_id": customer.user_id,
    }
    message: dict[str, Any] = {
        "from_user_id": customer.user_id,
        "id": bubble.wamid,
        "timestamp": str(int(bubble.at)),
        "type": "text",
        "text": {"body": bubble.text},
    }
    if not customer.hides_phone:
        contact["wa_id"] = message["from"] = customer.phone
    if bubble.reply_to:
        message["context"] = {"from": number.display_phone_number, "id": bubble.reply_to}
    return {"contacts": [contact], "messages": [message]}


def status_value(
    chat: Chat, bubble: Bubble, state: str, error: GraphError | None
) -> dict[str, Any]:
    """One status; our reference is in it where the product gave one."""
    status: dict[str, Any] = {
        "id": bubble.wamid,
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_user_id": chat.customer.user_id,
    }
    if not chat.customer.hides_phone:
        status["recipient_id"] = chat.customer.phone
    if bubble.ref:
        status["biz_opaque_callback_data"] = bubble.ref
    if error:
        status["errors"] = [error.as_status_error()]
    return status
