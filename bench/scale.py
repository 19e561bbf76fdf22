"""Twenty thousand and two hundred thousand conversations in one workspace: what an agent's
daily requests take, over HTTP, one at a time and eight at once.

The requests are the ones of our own page: the rows of a list, the thread of a conversation,
a search by a rare name and by a rare word, a reply (with the guard against answering twice, but
not out of a draft).
"""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from bench.client import hammer, request
from bench.crowd import gather
from bench.product import Product

SLUG = "toko-nusantara"
SIZES, SHORT = (20_000, 200_000), (2_000,)
FORM = "application/x-www-form-urlencoded"


def measure(product: Product, short: bool) -> dict[str, Any]:
    """p50 and p95 in ms with one client, requests a second with eight, for each size."""
    found: dict[str, Any] = {}
    seconds = 2.0 if short else 6.0
    product.turn(window_open=True)  # the crowd's customers never wrote to the sandbox
    for size in SHORT if short else SIZES:
        gather(product.env["DATABASE_URL"], SLUG, size)
        visitor = _Visitor()
        for name, requests in visitor.requests().items():
            asyncio.run(hammer(product.web, iter(requests), 2, 0.7))  # warm
            one = asyncio.run(hammer(product.web, iter(requests), 1, seconds))
            eight = asyncio.run(hammer(product.web, iter(requests), 8, seconds))
            found[f"{name}_{size}"] = {
                "p50_ms": one["p50_ms"],
                "p95_ms": one["p95_ms"],
                "per_second_8": eight["per_second"],
                "bad": one["bad"] + eight["bad"],
            }
    product.turn(window_open=False)
    return found


class _Visitor:
    """A signed-in supervisor with the cookies that a browser would have."""

    def __init__(self) -> None:
        from accounts.models import Member
        from accounts.queries import workspace_id_by_slug
        from helpdesk.tenancy import acting_in
        from inbox.models import Conversation

        with acting_in(workspace_id_by_slug(SLUG) or 0):
            self.member = Member.objects.select_related("user").filter(role="owner").get()
            rows = Conversation.objects.filter(status="handled").order_by("-last_message_at")
            self.numbers = list(rows.values_list("number", flat=True)[:2000])
        self.cookies = self._signed_in()

    def _signed_in(self) -> str:
        from django.conf import settings
        from django.test import Client

        browser = Client()
        browser.force_login(self.member.user)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={'a' * 32}"

    def requests(self) -> dict[str, Iterator[bytes]]:
        """Endless requests of each kind."""
        numbers = itertools.cycle(self.numbers)
        return {
            "list": itertools.repeat(self._get("?view=all", "rows")),
            "open": (self._get(f"{number}/thread/", "thread") for number in numbers),
            "search_name": itertools.repeat(self._get("?view=all&q=Zulkarnaen", "rows")),
            "search_word": itertools.repeat(self._get("?view=all&q=kelapaungu", "rows")),
            "reply": (self._reply(number) for number in numbers),
        }

    def _get(self, path: str, fragment: str) -> bytes:
        headers = {"Cookie": self.cookies, "X-Fragment": fragment, "Accept-Language": "id"}
        return request(f"/w/{SLUG}/inbox/{path}", headers=headers)

    def _reply(self, number: int) -> bytes:
        said = {"text": "Baik, kami cek dulu ya", "client_id": uuid.uuid4().hex, "seen": 2**53}
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": "a" * 32,
            "Accept": "application/json",
            "Content-Type": FORM,
        }
        path = f"/w/{SLUG}/inbox/{number}/reply/"
        return request(path, urlencode(said).encode(), headers)
