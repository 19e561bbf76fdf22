"""Fair turns: one workspace floods, and its neighbour's replies go out as before.

The neighbour sends a steady few replies a second; what is measured is the time from the row
of a reply to its arrival at the provider. First alone, then while the other workspace queues
ten times as many. The provider takes 50 ms for each answer, as a real one would.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx

from bench.product import Product

CALM, NOISY = "kopi-senja", "toko-nusantara"
TIMES = 10
RATES = {1.0: 70.0, 3.0: 40.0}  # the neighbour's replies a second, and for how many seconds
CUSTOMERS = 40
PROVIDER_MS = 50


def measure(product: Product, short: bool) -> dict[str, Any]:
    """For each rate, p50 and p95 of the calm workspace in milliseconds, alone and beside the
    flood; and how many replies a second one workspace alone gets out."""
    product.turn(delay_ms=PROVIDER_MS)
    calm, noisy = _Desk(product, CALM), _Desk(product, NOISY)
    found: dict[str, Any] = {"capacity_per_second": _capacity(product, noisy, 200)}
    _steady(calm.replies, 3.0, 3)  # warm
    time.sleep(1)
    for rate, seconds in RATES.items():
        found[f"at_{rate:g}"] = _beside(product, calm, noisy, rate, 8.0 if short else seconds)
    product.turn(delay_ms=0)
    return found


def _beside(
    product: Product, calm: _Desk, noisy: _Desk, rate: float, seconds: float
) -> dict[str, Any]:
    alone = _lateness(product, lambda: _steady(calm.replies, rate, seconds))
    stop = threading.Event()
    flood = threading.Thread(target=_flood, args=(noisy, rate * TIMES, stop))
    flood.start()
    time.sleep(2)
    beside = _lateness(product, lambda: _steady(calm.replies, rate, seconds))
    stop.set()
    flood.join()
    return {
        "replies": alone["replies"],
        "flood_per_second": rate * TIMES,
        "alone_p50_ms": alone["p50_ms"],
        "alone_p95_ms": alone["p95_ms"],
        "beside_p50_ms": beside["p50_ms"],
        "beside_p95_ms": beside["p95_ms"],
        "p95_moves_percent": round(100 * (beside["p95_ms"] / alone["p95_ms"] - 1), 1),
    }


class _Desk:
    """Accepted conversations of a workspace, with an agent who writes in them."""

    def __init__(self, product: Product, slug: str) -> None:
        from accounts.models import Member
        from accounts.queries import workspace_id_by_slug
        from helpdesk.tenancy import acting_in

        self.workspace_id = workspace_id_by_slug(slug) or 0
        self._customers_write(product, slug)
        with acting_in(self.workspace_id):
            self.agent = Member.objects.filter(role="owner").get()
        self.conversations = self._accepted()
        self._next = itertools.cycle(self.conversations)

    def _customers_write(self, product: Product, slug: str) -> None:
        state = httpx.get(f"{product.sandbox}/api/state", timeout=10).json()
        number = next(row["id"] for row in state["numbers"] if row["workspace"] == slug)
        for n in range(CUSTOMERS):
            phone = f"62899{self.workspace_id:03}{n:05}"
            said = {"number": number, "from": phone, "name": f"Pelanggan {n}", "text": "Halo"}
            answer = httpx.post(f"{product.sandbox}/api/customers/send", json=said, timeout=20)
            answer.raise_for_status()

    def _accepted(self) -> list[Any]:
        from helpdesk.tenancy import acting_in
        from inbox import actions
        from inbox.models import Conversation

        until = time.monotonic() + 60
        while time.monotonic() < until:
            with acting_in(self.workspace_id):
                rows = Conversation.objects.filter(contact__name__startswith="Pelanggan ")
                found = list(rows.select_related("channel"))
                if len(found) >= CUSTOMERS:
                    return [actions.accept(row, by=self.agent) for row in found]
            time.sleep(0.2)
        raise SystemExit("the customers are not heard")

    def replies(self) -> None:
        """One reply, as an agent writes it."""
        from helpdesk.tenancy import acting_in
        from inbox import actions

        with acting_in(self.workspace_id):
            actions.send_reply(next(self._next), by=self.agent, text=f"{CALM} {time.time()}")

    def queue(self, count: int) -> None:
        """Many replies at once: the rows alone, so that writing them costs little."""
        from helpdesk.doorbells import ring
        from helpdesk.tenancy import acting_in
        from inbox.models import Message

        now = _now()
        with acting_in(self.workspace_id):
            Message.objects.bulk_create(
                Message(
                    conversation=row,
                    channel_id=row.channel_id,
                    direction="out",
                    text="flood",
                    state="queued",
                    sent_at=now,
                    due_at=now,
                )
                for row in itertools.islice(self._next, count)
            )
        ring("inbox.send_outgoing", self.workspace_id)


def _flood(desk: _Desk, rate: float, stop: threading.Event) -> None:
    from django.db import connection

    while not stop.wait(0.5):
        desk.queue(int(rate / 2))
    connection.close()


def _steady(reply: Callable[[], None], rate: float, seconds: float) -> None:
    began = time.perf_counter()
    for n in range(int(rate * seconds)):
        time.sleep(max(0.0, began + n / rate - time.perf_counter()))
        reply()


def _lateness(product: Product, work: Callable[[], None]) -> dict[str, float]:
    known = len(product.ledger())
    work()
    time.sleep(4)
    rows = [row for row in product.ledger()[known:] if row["text"].startswith(CALM)]
    late = sorted(1000 * (row["at"] - float(row["text"].split()[1])) for row in rows)
    return {
        "replies": len(late),
        "p50_ms": round(late[len(late) // 2], 1),
        "p95_ms": round(late[int(len(late) * 0.95)], 1),
    }


def _capacity(product: Product, desk: _Desk, count: int) -> float:
    known = len(product.ledger())
    began = time.perf_counter()
    desk.queue(count)
    while len(product.ledger()) < known + count:
        time.sleep(0.1)
        if time.perf_counter() - began > 120:
            raise SystemExit("the flood does not get out")
    return round(count / (time.perf_counter() - began), 1)


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()
