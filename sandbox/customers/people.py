"""Customers and groups: new ones, and what changes about them."""

from __future__ import annotations

import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.customers.asked import LONGEST_NAME, body_of, customer_of, phone_of, provider_of
from sandbox.world import Bubble, new_wamid


async def add(request: Request) -> Response:
    """POST /api/customers {name, phone, hides_phone?, username?}"""
    body = await body_of(request)
    phone = phone_of(body.get("phone"))
    provider = provider_of(request)
    hides = body.get("hides_phone") is True
    customer = provider.world.add_customer(_name(body.get("name")), phone, hides)
    customer.username = _name(body.get("username")) or customer.username
    provider.tell("people")
    return JSONResponse(customer.shown(), 201)


async def change(request: Request) -> Response:
    """POST /api/customers/change {customer, name?, username?, hides_phone?}: from now on."""
    body, provider = await body_of(request), provider_of(request)
    customer = customer_of(provider, body.get("customer"))
    if _name(body.get("name")):
        customer.name = _name(body["name"])
    if "username" in body:
        customer.username = _name(body["username"])
    if isinstance(body.get("hides_phone"), bool):
        customer.hides_phone = body["hides_phone"] and not customer.is_group
    provider.tell("people")
    return JSONResponse(customer.shown())


async def phone(request: Request) -> Response:
    """POST /api/customers/phone {customer, phone}: a new number; every company that he wrote
    to is told. Answers {wamid, webhook_status} of the last, {} where there was none."""
    body, provider = await body_of(request), provider_of(request)
    customer = customer_of(provider, body.get("customer"))
    old, new = customer.phone, phone_of(body.get("phone"))
    if customer.is_group or customer.hides_phone:
        raise HTTPException(409, "This phone number is not known to anybody")
    try:
        provider.world.change_phone(customer, new)
    except ValueError as error:
        raise HTTPException(409, str(error)) from error
    answer: dict[str, Any] = {}
    for chat in list(provider.world.chats.values()):
        number = provider.numbers.find(chat.number_id)
        if chat.customer is not customer or number is None or not any(b.mine for b in chat.bubbles):
            continue
        words = f"User {customer.name} changed from {old} to {new}"
        system = {"body": words, "wa_id": new, "type": "user_changed_number"}
        note = Bubble(new_wamid(), True, f"+{old} → +{new}", time.time(), "event", kind="system")
        provider.world.add(chat, note)
        provider.tell_chat(chat)
        message = {
            "from": old,
            "id": note.wamid,
            "timestamp": str(int(note.at)),
            "type": "system",
            "system": system,
        }
        status = await provider.courier.change(number, "messages", {"messages": [message]})
        answer = {"wamid": note.wamid, "webhook_status": status}
    provider.tell("people")
    return JSONResponse(answer)


async def group(request: Request) -> Response:
    """POST /api/groups {name, members: [customer]}"""
    body, provider = await body_of(request), provider_of(request)
    given = body.get("members")
    if not isinstance(given, list) or not given or not _name(body.get("name")):
        raise HTTPException(400, "A group needs a name and members")
    members = [customer_of(provider, one) for one in given]
    if any(member.is_group for member in members):
        raise HTTPException(400, "A group has people as members")
    made = provider.world.add_group(_name(body["name"]), [member.id for member in members])
    provider.tell("people")
    return JSONResponse(made.shown(), 201)


def _name(value: object) -> str:
    return str(value or "")[:LONGEST_NAME].strip()
