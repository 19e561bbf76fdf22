"""A customer reacts, changes his words, takes them back."""

from __future__ import annotations

import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.customers.asked import body_of, bubble_of, provider_of, spot_of
from sandbox.customers.kinds import text_of
from sandbox.world import DAY, Bubble, Chat, Customer, new_wamid

EDITED_WITHIN, REVOKED_WITHIN = 15 * 60, 2 * DAY
EDITED_KINDS = {"text", "image", "video", "document"}


async def react(request: Request) -> Response:
    """POST /api/customers/react {number, from, wamid, emoji}; '' takes it back."""
    provider, fields = provider_of(request), await body_of(request)
    number, chat, sender = spot_of(provider, fields)
    target, emoji = bubble_of(chat, fields.get("wamid")), fields.get("emoji", "")
    if not isinstance(emoji, str) or len(emoji) > 16:
        raise HTTPException(400, "emoji must be one emoji")
    provider.react(target.wamid, sender.id, emoji)
    told = {"message_id": target.wamid, "emoji": emoji}
    return await _tell(request, number, chat, sender, {"type": "reaction", "reaction": told})


async def edit(request: Request) -> Response:
    """POST /api/customers/edit {number, from, wamid, text}: own words, within 15 minutes."""
    fields = await body_of(request)
    number, chat, sender, target = _own(request, fields, EDITED_WITHIN)
    if target.kind not in EDITED_KINDS:
        raise HTTPException(409, "Only texts and captions can be changed")
    reword(target, text_of(fields, required=target.kind == "text"))
    told = {"original_message_id": target.wamid, "message": target.body}
    return await _tell(request, number, chat, sender, {"type": "edit", "edit": told})


async def revoke(request: Request) -> Response:
    """POST /api/customers/revoke {number, from, wamid}: own message, within two days."""
    fields = await body_of(request)
    number, chat, sender, target = _own(request, fields, REVOKED_WITHIN)
    target.deleted = True
    told = {"original_message_id": target.wamid}
    return await _tell(request, number, chat, sender, {"type": "revoke", "revoke": told})


def reword(bubble: Bubble, text: str) -> None:
    """The same message with other words, also as the next webhook tells it."""
    bubble.text, bubble.edited = text, True
    if bubble.kind == "text":
        bubble.body = {"type": "text", "text": {"body": text}}
    else:
        bubble.body = {**bubble.body, bubble.kind: {**bubble.body[bubble.kind], "caption": text}}


def _own(request: Request, fields: dict[str, Any], within: float) -> tuple[Any, Chat, Any, Bubble]:
    number, chat, sender = spot_of(provider_of(request), fields)
    target = bubble_of(chat, fields.get("wamid"))
    if not target.mine or target.author not in ("", sender.id):
        raise HTTPException(409, "This is somebody else's message")
    if time.time() - target.at > within:
        raise HTTPException(409, "It is too late for that")
    return number, chat, sender, target


async def _tell(
    request: Request, number: Any, chat: Chat, sender: Customer, body: dict[str, Any]
) -> Response:
    """An event is no bubble of its own, and does not open the window."""
    author = sender.id if chat.customer.is_group else ""
    event = Bubble(new_wamid(), True, "", time.time(), "event", body=body, author=author)
    wamid, status = await provider_of(request).post(number, chat, event)
    return JSONResponse({"wamid": wamid, "webhook_status": status})
