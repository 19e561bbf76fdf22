"""Messages per second through the whole path, everything on the same cores.

A thousand and more messages are posted as fast as the webhook takes them; the clock stops
when the last one is a message in its conversation, with its event in the ledger. Each
message is a unit of its own.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

from bench.client import hammer, message
from bench.product import Product

CUSTOMERS = 300


def measure(product: Product, short: bool) -> dict[str, Any]:
    """Rate from the first post to the last message; and the worker's part alone."""
    number, run = product.number, uuid.uuid4().hex[:8]
    count = 300 if short else 4000
    _settle()
    before = _messages()
    posts = [message(number, i % CUSTOMERS, f"{run}.{i}", f"Pesan {i}") for i in range(count)]
    began = time.perf_counter()
    posted = asyncio.run(hammer(product.web, iter(posts), 4, 600))
    accepted = time.perf_counter() - began
    while _messages() < before + count:
        time.sleep(0.05)
        if time.perf_counter() - began > 300:
            raise SystemExit(f"only {_messages() - before} of {count} came through")
    elapsed = time.perf_counter() - began
    return {
        "messages": count,
        "conversations": CUSTOMERS,
        "per_second": round(count / elapsed, 1),
        "until_accepted_s": round(accepted, 1),
        "until_done_s": round(elapsed, 1),
        "bad": posted["bad"],
    }


def _workspace() -> int:
    from accounts.queries import workspace_id_by_slug

    return workspace_id_by_slug("toko-nusantara") or 0


def _messages() -> int:
    from helpdesk.tenancy import acting_in
    from inbox.models import Message

    with acting_in(_workspace()):
        return Message.objects.filter(direction="in").count()


def _settle() -> None:
    """Wait until earlier parts have nothing left to read."""
    from helpdesk.tenancy import acting_in
    from inbox.models import InboundPayload

    until = time.monotonic() + 300
    while time.monotonic() < until:
        with acting_in(_workspace()):
            if not InboundPayload.objects.filter(state="received").exists():
                return
        time.sleep(0.2)
