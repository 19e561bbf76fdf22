"""What a request asks for: its fields, its file, and whom it is about."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.world import Bubble, Chat, Customer

LONGEST_NAME = 80


def provider_of(request: Request) -> Provider:
    found: Provider = request.app.state.provider
    return found


async def body_of(request: Request) -> dict[str, Any]:
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


async def fields_of(request: Request) -> tuple[dict[str, Any], UploadFile | None]:
    """A JSON object, or a form with the same fields (`data` as JSON) and a `file`."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await body_of(request), None
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "This page is not the sandbox's")
    form = await request.form()
    fields: dict[str, Any] = {k: v for k, v in form.items() if isinstance(v, str)}
    if "data" in fields:
        try:
            fields["data"] = json.loads(fields["data"])
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, "data is not JSON") from error
    file = form.get("file")
    return fields, file if isinstance(file, UploadFile) else None


def number_of(provider: Provider, key: object) -> Number:
    number = provider.numbers.find(str(key))
    if number is None:
        raise HTTPException(404, "No such number")
    return number


def customer_of(provider: Provider, key: object) -> Customer:
    """By id, phone or user id."""
    customer = provider.world.customers.get(str(key or "").lstrip("+"))
    if customer is None:
        raise HTTPException(404, "No such customer")
    return customer


def sender_of(provider: Provider, fields: dict[str, Any]) -> Customer:
    """Who writes; an unknown phone is a new customer."""
    found = provider.world.customers.get(str(fields.get("from", "")).lstrip("+"))
    if found is None:
        name = str(fields.get("name", ""))[:LONGEST_NAME].strip()
        found = provider.world.add_customer(name, phone_of(fields.get("from")))
        provider.tell("people")
    if found.is_group:
        raise HTTPException(400, "A group does not write: name a member and the group")
    return found


def chat_of(request: Request) -> tuple[Number, Chat]:
    """The chat in the path."""
    provider = provider_of(request)
    number = number_of(provider, request.path_params["number"])
    customer = customer_of(provider, request.path_params["customer"])
    return number, provider.world.chat(number.phone_number_id, customer)


def spot_of(provider: Provider, fields: dict[str, Any]) -> tuple[Number, Chat, Customer]:
    """The number, the chat (a group's where one is named) and who acts in it."""
    number, sender = number_of(provider, fields.get("number")), sender_of(provider, fields)
    place = sender
    if fields.get("group"):
        place = customer_of(provider, fields["group"])
        if not place.is_group or sender.id not in place.members:
            raise HTTPException(400, "This group has no such member")
    return number, provider.world.chat(number.phone_number_id, place), sender


def bubble_of(chat: Chat, wamid: object) -> Bubble:
    """A message of this chat that is still there."""
    for bubble in chat.bubbles:
        if bubble.wamid == wamid and not bubble.deleted:
            return bubble
    raise HTTPException(404, "No such message")


def phone_of(value: object) -> str:
    digits = "".join(c for c in str(value or "") if c in "0123456789")
    if not 6 <= len(digits) <= 15:
        raise HTTPException(400, "A phone number with its country code is required")
    return digits


def is_set(fields: dict[str, Any], name: str) -> bool:
    """A flag, also as a form writes it."""
    return fields.get(name) in (True, "1", "true", "on")
