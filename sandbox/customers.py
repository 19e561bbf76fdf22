"""The JSON API of the customers' page and of scripts."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.world import DAY, Bubble, Chat, new_wamid

MOST_SHOWN = 200
HEARTBEAT = 15


async def state(request: Request) -> Response:
    """GET /api/state: numbers, people with their last words, knobs."""
    provider = _provider(request)
    people = provider.world.people()
    chats = sorted(provider.world.chats.values(), key=lambda chat: -_last_at(chat))[:MOST_SHOWN]
    return JSONResponse(
        {
            "numbers": [number.shown() for number in provider.numbers.all()],
            "customers": [customer.shown() for customer in people[:MOST_SHOWN]],
            "chats": [_summary(chat) for chat in chats],
            "knobs": provider.knobs.shown(),
            "retrying": provider.courier.retrying,
            "sent": len(provider.world.ledger),
        }
    )


async def add(request: Request) -> Response:
    """POST /api/customers {name, phone, hides_phone?}"""
    body = await _body(request)
    phone = _phone(body.get("phone"))
    provider = _provider(request)
    hides = body.get("hides_phone") is True
    customer = provider.world.add_customer(str(body.get("name", ""))[:80].strip(), phone, hides)
    provider.tell("people")
    return JSONResponse(customer.shown(), 201)


async def send(request: Request) -> Response:
    """POST /api/customers/send {number, from, text, name?, reply_to?}: as a customer.

    Answers {wamid, webhook_status} after the first try; later tries go on in the background.
    """
    body = await _body(request)
    text = body.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > 65536:
        raise HTTPException(400, "text is required")
    provider = _provider(request)
    number = _number(provider, body.get("number"))
    sender = provider.world.customers.get(str(body.get("from", "")).lstrip("+"))
    if sender is None:
        name = str(body.get("name", ""))[:80].strip()
        sender = provider.world.add_customer(name, _phone(body.get("from")))
        provider.tell("people")
    chat = provider.world.chat(number.phone_number_id, sender)
    reply_to = str(body.get("reply_to", ""))
    bubble = Bubble(new_wamid(), True, text, time.time(), "waiting", reply_to=reply_to)
    wamid, status = await provider.write(number, chat, bubble)
    return JSONResponse({"wamid": wamid, "webhook_status": status})


async def chat(request: Request) -> Response:
    """GET /api/chats/{number}/{customer}"""
    _number_found, found = _chat(request)
    return JSONResponse(found.shown())


async def seen(request: Request) -> Response:
    """POST /api/chats/{number}/{customer}/seen: the customer looks at the chat."""
    number, found = _chat(request)
    _provider(request).seen(number, found)
    return JSONResponse({})


async def window(request: Request) -> Response:
    """POST /api/chats/{number}/{customer}/window {open}: as if a day had passed, or not."""
    body = await _body(request)
    _number_found, found = _chat(request)
    found.wrote_at = time.time() - (0 if body.get("open") is True else DAY + 60)
    _provider(request).tell_chat(found)
    return JSONResponse(found.shown())


async def knobs(request: Request) -> Response:
    """GET and POST /api/knobs"""
    provider = _provider(request)
    if request.method == "POST":
        try:
            provider.knobs.turn(await _body(request))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        provider.tell("knobs")
    return JSONResponse(provider.knobs.shown())


async def ledger(request: Request) -> Response:
    """GET /ledger?after=N: one JSON line for each accepted send, in order of arrival."""
    after = request.query_params.get("after", "0")
    rows = _provider(request).world.ledger[int(after) if after.isdigit() else 0 :]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    return Response(lines, media_type="application/x-ndjson")


async def events(request: Request) -> Response:
    """GET /api/events: a stream of what changed, for the pages to fetch."""
    return StreamingResponse(
        _listen(_provider(request)),
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


def _provider(request: Request) -> Provider:
    found: Provider = request.app.state.provider
    return found


def _chat(request: Request) -> tuple[Number, Chat]:
    provider = _provider(request)
    number = _number(provider, request.path_params["number"])
    customer = provider.world.customers.get(request.path_params["customer"].lstrip("+"))
    if customer is None:
        raise HTTPException(404, "No such customer")
    return number, provider.world.chat(number.phone_number_id, customer)


def _number(provider: Provider, key: object) -> Number:
    number = provider.numbers.find(str(key))
    if number is None:
        raise HTTPException(404, "No such number")
    return number


def _phone(value: object) -> str:
    digits = "".join(c for c in str(value or "") if c in "0123456789")
    if not 6 <= len(digits) <= 15:
        raise HTTPException(400, "A phone number with its country code is required")
    return digits


async def _body(request: Request) -> dict[str, Any]:
    """A JSON object, sent as such: a foreign page's form can't."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise HTTPException(415, "Send JSON")
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "This is not JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "Send a JSON object")
    return body


def _last_at(chat: Chat) -> float:
    return chat.bubbles[-1].at if chat.bubbles else 0.0


def _summary(chat: Chat) -> dict[str, Any]:
    last = chat.bubbles[-1] if chat.bubbles else None
    unread = sum(not b.mine and b.state in {"sent", "delivered", "accepted"} for b in chat.bubbles)
    return {
        "number": chat.number_id,
        "customer": chat.customer.id,
        "last": last.text[:80] if last else "",
        "at": _last_at(chat),
        "unread": unread,
    }
