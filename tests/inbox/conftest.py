"""Acme connected to a provider that answers: the sandbox, a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from helpdesk import vault
from inbox import actions
from inbox.models import Attachment, Channel, Conversation, Message
from inbox.tasks import fetch_attachments, process_inbound, send_outgoing
from tests.people import Company, World
from tests.sandbox.conftest import Sandbox, running, sandbox

__all__ = ["running", "sandbox"]
CUSTOMER = "6281355500177"


@dataclass
class Line:
    """A company, its provider, and a conversation that Sari has accepted."""

    company: Company
    sandbox: Sandbox
    conversation: Conversation

    def customer(self, path: str = "send", **body: Any) -> dict[str, Any]:
        """The customer does something; the company hears of it. The answer of the sandbox."""
        heard = len(self.sandbox.product.bodies)
        number = self.sandbox.channel.account_id
        answer: dict[str, Any] = self.sandbox.post(
            f"/api/customers/{path}", {"number": number, "from": CUSTOMER, **body}
        )
        self.sandbox.product.wait_for(lambda: len(self.sandbox.product.bodies) > heard)
        self.hear(heard)
        return answer

    def hear(self, after: int = 0) -> None:
        """Post what the sandbox has sent, as the provider would, and read it."""
        for body in self.sandbox.product.bodies[after:]:
            assert self.company.posts(body).status_code == 200
        process_inbound(self.company.id)

    def hear_statuses(self, wamid: str, status: str) -> None:
        """Wait until the provider has told how it went with a message."""
        product = self.sandbox.product
        product.wait_for(
            lambda: any(
                (s["id"], s["status"]) == (wamid, status) for s in product.values("statuses")
            )
        )
        self.hear()

    def says(self, text: str = "", **more: Any) -> Message:
        """Sari replies; the row, not sent yet."""
        with self.company.acting("sari"):
            return actions.send_reply(self.conversation, by=self.company.sari, text=text, **more)

    def sends(self) -> None:
        """Send what is due, also what waits for a moment that lies ahead."""
        with self.company.acting():
            Message.objects.filter(state="queued").update(due_at=timezone.now())
        send_outgoing(self.company.id)

    def fetches(self) -> None:
        """Fetch what is due."""
        with self.company.acting():
            Attachment.objects.filter(state="waiting").update(due_at=timezone.now())
        fetch_attachments(self.company.id)

    def again(self, row: Any) -> Any:
        """The row as it is now."""
        with self.company.acting():
            return type(row).objects.get(pk=row.pk)

    def last(self, **wanted: Any) -> Message:
        """The newest message that fits."""
        with self.company.acting():
            return Message.objects.filter(**wanted).latest("id")

    @contextmanager
    def knobs(self, **knobs: Any) -> Iterator[None]:
        """Turn the provider's knobs for a while."""
        before = self.sandbox.get("/api/knobs")
        self.sandbox.post("/api/knobs", knobs)
        try:
            yield
        finally:
            self.sandbox.post("/api/knobs", {name: before[name] for name in knobs})

    @property
    def ledger(self) -> list[dict[str, Any]]:
        """What the provider accepted of this test."""
        return self.sandbox.ledger()[self.heard_before :]

    heard_before: int = 0


@pytest.fixture
def line(world: World, sandbox: Sandbox) -> Line:
    """A customer has written, and Sari has accepted."""
    company = world.acme
    with company.acting():
        secrets = {"access_token": "EAAG-token", "app_secret": company.secret, "verify_token": "v"}
        Channel.objects.filter(pk=company.channel.pk).update(
            account_id=sandbox.channel.account_id,
            config={**sandbox.channel.config, "waba_id": "990000000000001"},
            sealed=vault.seal(secrets),
        )
        company.channel.refresh_from_db()
    sandbox.product.bodies.clear()
    sandbox.post("/api/knobs", {"per_second": 0})
    found = Line(company, sandbox, Conversation())
    found.customer(text="Halo")
    with company.acting("sari"):
        row = Conversation.objects.select_related("channel").latest("id")
        found.conversation = actions.accept(row, by=company.sari)
    found.heard_before = len(sandbox.ledger())
    return found


def bytes_of(sandbox: Sandbox, path: str) -> bytes:
    """What lies at a path of the sandbox."""
    return httpx.get(sandbox.url + path, trust_env=False).content


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def as_json(answer: Any) -> Any:
    return json.loads(answer.content)
