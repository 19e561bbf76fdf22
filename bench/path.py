"""Messages per second through the whole path, everything on the same cores.

Some thousand messages are posted as fast as the webhook takes them; the clock stops
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
    count = 300 if short else 2500
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
        **_alone(product, 200 if short else 1000),
    }


def _alone(product: Product, count: int) -> dict[str, Any]:
    """What one process reads while the workers sleep, and what sets of fifty would give."""
    found = {}
    with product.asleep("worker"):
        for name, size in (("own_units", 1), ("sets_of_50", 50)):
            stored(product.number, uuid.uuid4().hex[:8], count)
            found[f"one_process_{name}_per_second"] = worker_alone(count, size)
    return found


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


def worker_alone(count: int, size: int) -> float:
    """Messages per second that one process reads: `size` payloads to a unit of work."""
    from helpdesk.tenancy import acting_in
    from inbox import actions
    from inbox.channels import adapter_for

    workspace_id, done, spent = _workspace(), 0, 0.0
    adapter = adapter_for("whatsapp")
    while done < count:
        began = time.perf_counter()
        with acting_in(workspace_id):
            claimed = actions.claim_payloads(limit=100)
        read = [(row, adapter.parse(bytes(row.body), row.channel)) for row in claimed]
        for at in range(0, len(read), size):
            with acting_in(workspace_id):
                for payload, updates in read[at : at + size]:
                    actions.digest_payload(payload, updates)
        spent += time.perf_counter() - began
        done += len(claimed)
        if not claimed:
            break
    return round(done / spent, 1) if spent else 0.0


def stored(number: dict[str, Any], run: str, count: int) -> None:
    """Payloads as the webhook stores them, without ringing for them."""
    from helpdesk.tenancy import acting_in
    from inbox import actions
    from inbox.models import Channel

    with acting_in(_workspace()):
        channel = Channel.objects.get(account_id=number["phone_number_id"])
        for n in range(count):
            post = message(number, n % CUSTOMERS, f"{run}.{n}", f"Pesan {n}")
            actions.store_part(channel, post.split(b"\r\n\r\n", 1)[1])
