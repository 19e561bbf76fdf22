"""A customer writes: anything, or a tap on what the company sent."""

from __future__ import annotations

import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.customers.asked import body_of, bubble_of, fields_of, provider_of, spot_of
from sandbox.customers.kinds import Said, card, said
from sandbox.world import Bubble, Customer, new_wamid

MONAS = {"latitude": -6.1753924, "longitude": 106.8271528}


async def send(request: Request) -> Response:
    """POST /api/customers/send {number, from, kind?, text?, data?, name?, reply_to?, forwarded?,
    product?, referral?, group?}, or a form with these and `file`: as a customer.

    Answers {wamid, webhook_status} after the first try; later tries go on in the background.
    """
    fields, file = await fields_of(request)
    return await _send(request, fields, file)


async def location(request: Request) -> Response:
    """POST /api/customers/location {number, from, latitude, longitude, name?, address?}"""
    fields = await body_of(request)
    return await _send(request, {"data": fields, **fields, "kind": "location", "name": ""})


async def contact(request: Request) -> Response:
    """POST /api/customers/contact {number, from, name, phone, organization?, email?}"""
    fields = await body_of(request)
    shown = {"data": {"contacts": [fields]}, **fields, "kind": "contacts", "name": ""}
    return await _send(request, shown)


async def tap(request: Request) -> Response:
    """POST /api/customers/tap {number, from, wamid, id}: a button or row of that message, by
    its id, payload or words."""
    provider, fields = provider_of(request), await body_of(request)
    number, chat, sender = spot_of(provider, fields)
    target = bubble_of(chat, fields.get("wamid"))
    answer = _answer(target, str(fields.get("id", "")), sender)
    if answer is None or target.mine:
        raise HTTPException(404, "No such button")
    target.tapped = str(fields.get("id", ""))
    bubble = _bubble(answer, target.wamid, sender, in_group=chat.customer.is_group)
    wamid, status = await provider.write(number, chat, bubble)
    return JSONResponse({"wamid": wamid, "webhook_status": status})


async def _send(request: Request, fields: dict[str, Any], file: Any = None) -> Response:
    provider = provider_of(request)
    number, chat, sender = spot_of(provider, fields)
    content = await said(provider, number, fields, file)
    reply_to = str(fields.get("reply_to") or "")
    bubble = _bubble(content, reply_to, sender, in_group=chat.customer.is_group)
    wamid, status = await provider.write(number, chat, bubble)
    return JSONResponse({"wamid": wamid, "webhook_status": status})


def _bubble(content: Said, reply_to: str, sender: Customer, *, in_group: bool) -> Bubble:
    return Bubble(
        new_wamid(),
        True,
        content.text,
        time.time(),
        "waiting",
        reply_to=reply_to,
        kind=content.kind,
        data=content.data,
        body=content.body,
        author=sender.id if in_group else "",
    )


def _answer(target: Bubble, wanted: str, sender: Customer) -> Said | None:
    """What a tap says; None where there is nothing to tap."""
    data = target.data
    for button in data.get("buttons", ()):
        if target.kind == "buttons" and wanted in (button["id"], button["title"]):
            return _reply("button_reply", button)
        if button.get("kind") == "reply" and wanted in (button["payload"], button["text"]):
            told = {"payload": button["payload"], "text": button["text"]}
            return Said("choice", button["text"], {}, {"type": "button", "button": told})
    for row in (row for section in data.get("sections", ()) for row in section["rows"]):
        if wanted in (row["id"], row["title"]):
            return _reply("list_reply", row)
    if data.get("asks") == "location":
        return Said("location", "", dict(MONAS), {"type": "location", "location": MONAS})
    if data.get("asks") == "contact":
        own = card({"name": sender.name, "phone": f"+{sender.phone}"}, "contact_request")
        return Said("contacts", "", {"contacts": [own]}, {"type": "contacts", "contacts": [own]})
    return None


def _reply(kind: str, told: dict[str, str]) -> Said:
    body = {"type": "interactive", "interactive": {"type": kind, kind: told}}
    data = {"description": told["description"]} if "description" in told else {}
    return Said("choice", told["title"], data, body)
