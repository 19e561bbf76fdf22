"""What is true after an ordeal: the product's database, its API, and the provider's ledger."""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import suppress
from typing import Any

import httpx
import psycopg

from tests.faults.product import Person, Product
from tests.faults.sockets import View

BUSY = """
SELECT (SELECT count(*) FROM inbox_inboundpayload WHERE state = 'received')
     + (SELECT count(*) FROM inbox_message
        WHERE direction = 'out' AND state IN ('queued', 'sending'))
"""
Row = tuple[Any, ...]


def rows(product: Product, sql: str, *parameters: Any) -> list[Row]:
    """The rows of a query, as the owner of the tables."""
    with product.database() as connection:
        return connection.execute(sql, parameters).fetchall()  # type: ignore[call-overload,no-any-return]


def drain(product: Product, limit: float) -> float:
    """Wait until nothing is due and the provider has told everything; how long it took."""
    began = time.monotonic()
    quiet = 0
    while quiet < 3 and time.monotonic() - began < limit:
        quiet = quiet + 1 if is_quiet(product) else 0
        time.sleep(0.4)
    assert quiet == 3, f"still busy after {limit} s: {open_work(product)}"
    return time.monotonic() - began


def is_quiet(product: Product) -> bool:
    """Whether this very moment nothing waits."""
    with suppress(psycopg.OperationalError, httpx.HTTPError):
        state = httpx.get(f"{product.sandbox}/api/state", timeout=5, trust_env=False).json()
        return rows(product, BUSY)[0][0] == 0 and state["retrying"] == 0
    return False


def open_work(product: Product) -> list[Row]:
    """What is not finished, for the reader of a failure."""
    return rows(
        product,
        "SELECT 'payload', id, state, due_at::text, error FROM inbox_inboundpayload"
        " WHERE state = 'received' UNION ALL"
        " SELECT 'message', id, state, due_at::text, error_text FROM inbox_message"
        " WHERE direction = 'out' AND state IN ('queued', 'sending') LIMIT 20",
    )


def provider_ledger(product: Product) -> tuple[Counter[str], dict[str, float]]:
    """How often the provider took each of our references, and when first."""
    text = httpx.get(f"{product.sandbox}/ledger", timeout=10, trust_env=False).text
    entries = [json.loads(line) for line in text.splitlines()]
    first = {entry["ref"]: entry["at"] for entry in reversed(entries)}
    return Counter(entry["ref"] for entry in entries), first


def fresh_rows(product: Product, person: Person, phones: list[str]) -> dict[int, dict[str, Any]]:
    """What the API lists for this person of the conversations with these customers, by number."""
    with as_person(product, person) as client:
        return _rows(client, phones)


def fresh_view(product: Product, person: Person, phones: list[str]) -> View:
    """What the API shows this person of the conversations with these customers; only when
    nothing happens any more, since list and threads are read one after another."""
    view = View()
    with as_person(product, person) as client:
        view.rows = _rows(client, phones)
        for number in view.rows:
            messages = pages(client, f"/api/v1/conversations/{number}/messages/")
            facts = {one["id"] for one in messages if one["direction"] == "fact"}
            view.facts |= facts
            states = {one["id"]: one["state"] for one in messages if one["id"] not in facts}
            view.messages[number] = states
    return view


def as_person(product: Product, person: Person) -> httpx.Client:
    """The API with a member's token."""
    headers = {"Authorization": f"Bearer {person.token}"}
    return httpx.Client(base_url=product.web, headers=headers, timeout=20, trust_env=False)


def _rows(client: httpx.Client, phones: list[str]) -> dict[int, dict[str, Any]]:
    known = {f"+{phone}" for phone in phones}
    listed = pages(client, "/api/v1/conversations/")
    return {
        row["number"]: {key: row[key] for key in ("status", "assignee", "version")}
        for row in listed
        if row["contact"]["phone"] in known
    }


def pages(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    """All rows of a paged list."""
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        answer = client.get(following)
        answer.raise_for_status()
        page = answer.json()
        found += page["results"]
        following = page["next"]
    return found
