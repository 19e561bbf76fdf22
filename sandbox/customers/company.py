"""What happens on the company's side of WhatsApp: its own phone, its templates, its account."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.customers.asked import (
    body_of,
    bubble_of,
    customer_of,
    fields_of,
    number_of,
    provider_of,
)
from sandbox.customers.changing import reword
from sandbox.customers.kinds import said, text_of
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.values import echo_value
from sandbox.world import DAY, Bubble, Chat, new_wamid

ECHOES = "smb_message_echoes"


async def echo(request: Request) -> Response:
    """POST /api/echo {number, to, ...as a customer sends}: the company writes on its phone.
    With kind edit, revoke or reaction: {wamid, text or emoji} of a message in the chat."""
    fields, file = await fields_of(request)
    provider = provider_of(request)
    number = number_of(provider, fields.get("number"))
    chat = provider.world.chat(number.phone_number_id, customer_of(provider, fields.get("to")))
    kind = fields.get("kind")
    if kind in CHANGES:
        body = CHANGES[kind](provider, chat, fields)
        bubble = Bubble(new_wamid(), False, "", time.time(), "event", body=body)
    else:
        content = await said(provider, number, fields, file)
        bubble = Bubble(
            new_wamid(),
            False,
            content.text,
            time.time(),
            "sent",
            reply_to=str(fields.get("reply_to") or ""),
            kind=content.kind,
            data=content.data,
            body=content.body,
            echo=True,
        )
        provider.world.add(chat, bubble)
    provider.tell_chat(chat)
    status = await provider.courier.change(number, ECHOES, echo_value(number, chat, bubble))
    return JSONResponse({"wamid": bubble.wamid, "webhook_status": status})


def _edit(provider: Provider, chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
    target = _echoed(chat, fields)
    reword(target, text_of(fields, required=True))
    told = {"original_message_id": target.wamid, "message": target.body}
    return {"type": "edit", "edit": told}


def _revoke(provider: Provider, chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
    target = _echoed(chat, fields)
    target.deleted = True
    return {"type": "revoke", "revoke": {"original_message_id": target.wamid}}


def _react(provider: Provider, chat: Chat, fields: dict[str, Any]) -> dict[str, Any]:
    target, emoji = bubble_of(chat, fields.get("wamid")), str(fields.get("emoji") or "")[:16]
    provider.react(target.wamid, "company", emoji)
    return {"type": "reaction", "reaction": {"message_id": target.wamid, "emoji": emoji}}


CHANGES: dict[str, Callable[[Provider, Chat, dict[str, Any]], dict[str, Any]]] = {
    "edit": _edit,
    "revoke": _revoke,
    "reaction": _react,
}


def _echoed(chat: Chat, fields: dict[str, Any]) -> Bubble:
    target = bubble_of(chat, fields.get("wamid"))
    if not target.echo:
        raise HTTPException(409, "It was not written on the company's phone")
    return target


async def templates(request: Request) -> Response:
    """GET /api/templates?number= and POST {number, name, language, status?, reason?, category?,
    quality?}: what changes is told to the product."""
    provider = provider_of(request)
    if request.method == "GET":
        number = number_of(provider, request.query_params.get("number"))
        return JSONResponse(provider.catalogue.of(number.waba_id))
    body = await body_of(request)
    number = number_of(provider, body.get("number"))
    name, language = str(body.get("name", "")), str(body.get("language", ""))
    template = provider.catalogue.find(number.waba_id, name, language)
    if template is None:
        raise HTTPException(404, "No such template")
    before = {**template}
    try:
        provider.catalogue.change(template, body)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    status = 0
    for field, value in _template_news(before, template, body):
        status = await _announce(provider, number, field, value)
    provider.tell("templates", number=number.phone_number_id)
    return JSONResponse({"template": template, "webhook_status": status})


def _template_news(
    before: dict[str, Any], after: dict[str, Any], body: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    about = {
        "message_template_id": int(after["id"]),
        "message_template_name": after["name"],
        "message_template_language": after["language"],
    }
    news: list[tuple[str, dict[str, Any]]] = []
    if "status" in body:
        told = {"event": after["status"], "reason": after["rejected_reason"]}
        category = {"message_template_category": after["category"]}
        news.append(("message_template_status_update", {**told, **about, **category}))
    if "category" in body:
        told = {"previous_category": before["category"], "new_category": after["category"]}
        news.append(("template_category_update", {**about, **told}))
    if "quality" in body:
        told = {
            "previous_quality_score": before["quality_score"]["score"],
            "new_quality_score": after["quality_score"]["score"],
        }
        news.append(("message_template_quality_update", {**about, **told}))
    return news


async def account(request: Request) -> Response:
    """POST /api/account {number, event}: news about the number or its account."""
    provider, body = provider_of(request), await body_of(request)
    number, event = number_of(provider, body.get("number")), str(body.get("event", ""))
    news = _account_news(number).get(event)
    if news is None:
        raise HTTPException(400, f"event is one of {', '.join(_account_news(number))}")
    if event.startswith("quality_"):
        provider.quality[number.phone_number_id] = event.partition("_")[2].upper()
        provider.tell("people")
    return JSONResponse({"webhook_status": await _announce(provider, number, *news)})


def _account_news(number: Number) -> dict[str, tuple[str, dict[str, Any]]]:
    def quality(event: str, limit: str) -> tuple[str, dict[str, Any]]:
        about = {"display_phone_number": number.display_phone_number}
        told = {"event": event, "current_limit": limit}
        return "phone_number_quality_update", {**about, **told}

    def ban(state: str) -> tuple[str, dict[str, Any]]:
        told = {"waba_ban_state": state, "waba_ban_date": time.strftime("%B %d, %Y")}
        return "account_update", {"event": "DISABLED_UPDATE", "ban_info": told}

    restriction = {
        "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
        "expiration": int(time.time() + 3 * DAY),
    }
    rate = {
        "code": 130429,
        "title": "Rate limit hit",
        "message": "(#130429) Rate limit hit",
        "error_data": {"details": "Too many messages were sent from this phone number."},
    }
    return {
        "quality_green": quality("UNFLAGGED", "TIER_2K"),
        "quality_yellow": quality("DOWNGRADE", "TIER_250"),
        "quality_red": quality("FLAGGED", "TIER_250"),
        "restricted": (
            "account_update",
            {"event": "ACCOUNT_RESTRICTION", "restriction_info": [restriction]},
        ),
        "banned": ban("DISABLE"),
        "reinstated": ban("REINSTATE"),
        "deleted": ("account_update", {"event": "ACCOUNT_DELETED"}),
        "error": ("messages", {"errors": [rate]}),
    }


async def webhook(request: Request) -> Response:
    """POST /api/webhooks {number, value, field?}: any change, signed, to the product."""
    provider, body = provider_of(request), await body_of(request)
    number, value = number_of(provider, body.get("number")), body.get("value")
    if not isinstance(value, dict):
        raise HTTPException(400, "value must be an object")
    field = str(body.get("field") or "messages")
    status = await provider.courier.change(number, field, value)
    return JSONResponse({"webhook_status": status})


async def _announce(provider: Provider, number: Number, field: str, value: dict[str, Any]) -> int:
    """News of the account go to every number of it, each of which has its own address."""
    for one in provider.numbers.all():
        if one.waba_id == number.waba_id and one is not number and field != "messages":
            await provider.courier.change(one, field, value)
    return await provider.courier.change(number, field, value)
