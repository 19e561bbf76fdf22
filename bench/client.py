"""A small HTTP client that costs little, since it shares the cores with what it measures."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any


def request(path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a GET, or of a POST if there is a body."""
    method = "POST" if body else "GET"
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    if at >= 0:
        await reader.readexactly(int(lowered[at + 15 : lowered.index(b"\r\n", at)]))
    return int(head[9:12])


async def hammer(
    address: tuple[str, int], requests: Iterator[bytes], clients: int, seconds: float
) -> dict[str, Any]:
    """Send as fast as `clients` connections can for some seconds: rate and latencies in ms."""
    took: list[float] = []
    bad = 0
    until = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal bad
        reader, writer = await asyncio.open_connection(*address)
        while (began := time.perf_counter()) < until:
            data = next(requests, None)
            if data is None:
                break
            writer.write(data)
            bad += await answer(reader) != 200
            took.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(clients)))
    elapsed = time.perf_counter() - began
    return {"per_second": round(len(took) / elapsed, 1), "count": len(took), "bad": bad} | spread(
        took
    )


def spread(seconds: list[float]) -> dict[str, float]:
    """p50, p95, p99 and the slowest, in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    at = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {
        f"{name}_ms": round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 1)
        for name, share in at.items()
    }


def message(number: dict[str, Any], customer: int, serial: str, text: str) -> bytes:
    """A signed POST with one text message, as WhatsApp sends it."""
    phone = f"62813{customer:08d}"
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": number["display_phone_number"],
            "phone_number_id": number["phone_number_id"],
        },
        "contacts": [{"profile": {"name": f"Customer {customer}"}, "wa_id": phone}],
        "messages": [
            {
                "from": phone,
                "id": f"wamid.{serial}",
                "timestamp": str(int(time.time())),
                "type": "text",
                "text": {"body": text},
            }
        ],
    }
    changes = [{"value": value, "field": "messages"}]
    entry = [{"id": number["waba_id"], "changes": changes}]
    body = json.dumps({"object": "whatsapp_business_account", "entry": entry}).encode()
    signature = hmac.new(number["app_secret"].encode(), body, hashlib.sha256).hexdigest()
    path = "/" + number["webhook"].split("/", 3)[3]
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
    return request(path, body, headers)
