"""Webhook posts per second until 200: each is verified, stored and committed."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from bench.client import hammer, message
from bench.product import Product

CLIENTS = 8


def measure(product: Product, short: bool) -> dict[str, Any]:
    """Eight connections; the worker reads what was stored at the same time, as in life."""
    number, run = product.number, uuid.uuid4().hex[:8]
    seconds = 3 if short else 15
    most = 1000 * seconds
    posts = [message(number, i % 500, f"{run}.{i}", f"Halo {i}") for i in range(most)]
    found = asyncio.run(hammer(product.web, iter(posts), CLIENTS, seconds))
    return {"clients": CLIENTS, **found}
