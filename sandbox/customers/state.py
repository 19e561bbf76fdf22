"""What the page shows: people, chats, knobs, the ledger, files, and news of all these."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from sandbox.customers.asked import body_of, chat_of, provider_of
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.world import DAY, Chat

MOST_SHOWN = 200
HEARTBEAT = 15


async def state(request: Request) -> Response:
    """GET /api/state: numbers, people with their last words, knobs."""
    provider = provider_of(request)
    people = provider.world.people()
    chats = sorted(provider.world.chats.values(), key=lambda chat: -_last_at(chat))[:MOST_SHOWN]
    return JSONResponse(
        {
            "numbers": [_shown(provider, number) for number in provider.numbers.all()],
            "customers": [customer.shown() for customer in people[:MOST_SHOWN]],
            "chats": [_summary(chat) for chat in chats],
            "knobs": provider.knobs.shown(),
            "retrying": provider.courier.retrying,
            "sent": len(provider.world.ledger),
        }
    )


async def chat(request: Request) -> Response:
    """GET /api/chats/{number}/{customer}"""
    _number, found = chat_of(request)
    return JSONResponse(found.shown())


async def seen(request: Request) -> Response:
    """POST /api/chats/{number}/{customer}/seen: the customer looks at the chat."""
    number, found = chat_of(request)
    provider_of(request).seen(number, found)
    return JSONResponse({})


async def window(request: Request) -> Response:
    """POST /api/chats/{number}/{customer}/window {open}: as if a day had passed, or not."""
    body = await body_of(request)
    _number, found = chat_of(request)
    found.wrote_at = time.time() - (0 if body.get("open") is True else DAY + 60)
    provider_of(request).tell_chat(found)
    return JSONResponse(found.shown())


async def knobs(request: Request) -> Response:
    """GET and POST /api/knobs"""
    provider = provider_of(request)
    if request.method == "POST":
        try:
            provider.knobs.turn(await body_of(request))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        provider.tell("knobs")
    return JSONResponse(provider.knobs.shown())


async def ledger(request: Request) -> Response:
    """GET /ledger?after=N: one JSON line for each accepted send, in order of arrival."""
    after = request.query_params.get("after", "0")
    rows = provider_of(request).world.ledger[int(after) if after.isdigit() else 0 :]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    return Response(lines, media_type="application/x-ndjson")


async def media(request: Request) -> Response:
    """GET /api/media/{id}: a file for the page, which may show it but not run it."""
    found = provider_of(request).library.find(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "No such file")
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    inline = found.content_type.startswith(("image/", "video/", "audio/"))
    return FileResponse(
        found.path,
        media_type=found.content_type,
        headers=headers,
        filename=found.name or found.id,
        content_disposition_type="inline" if inline else "attachment",
    )


async def events(request: Request) -> Response:
    """GET /api/events: a stream of what changed, for the pages to fetch."""
    return StreamingResponse(
        _listen(provider_of(request)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def _listen(provider: Provider) -> AsyncIterator[str]:
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=200)
    provider.listeners.add(queue)
    try:
        yield "retry: 1000\n\n"
        while True:
            try:
                news = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                yield f"data: {json.dumps(news)}\n\n"
    finally:
        provider.listeners.discard(queue)


def _shown(provider: Provider, number: Number) -> dict[str, Any]:
    quality = provider.quality.get(number.phone_number_id, "GREEN")
    subscribed = number.waba_id not in provider.unsubscribed
    return {**number.shown(), "quality": quality, "subscribed": subscribed}


def _last_at(chat: Chat) -> float:
    return chat.bubbles[-1].at if chat.bubbles else 0.0


def _summary(chat: Chat) -> dict[str, Any]:
    last = chat.bubbles[-1] if chat.bubbles else None
    unread = sum(not b.mine and b.state in {"sent", "delivered", "accepted"} for b in chat.bubbles)
    return {
        "number": chat.number_id,
        "customer": chat.customer.id,
        "last": last.text[:80] if last and not last.deleted else "",
        "kind": ("deleted" if last.deleted else last.kind) if last else "",
        "at": _last_at(chat),
        "unread": unread,
    }
