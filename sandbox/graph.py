"""The Graph API for one number: its node, and the sending of texts."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError
from sandbox.world import Bubble, Chat, new_wamid

LONGEST_TEXT, LONGEST_REF = 4096, 512
NEVER_ANSWERED = 120  # seconds: longer than any client waits
GARBAGE = "<html><body><h1>500 Internal Server Error</h1></body></html>"


async def node(request: Request) -> Response:
    """GET /{version}/{phone_number_id}: what the product asks to test its settings."""
    provider: Provider = request.app.state.provider
    try:
        number = _authorised(request, provider)
    except GraphError as error:
        return JSONResponse(error.body(), error.status)
    shown = "+" + number.display_phone_number
    known = {"display_phone_number": shown, "verified_name": number.name, "quality_rating": "GREEN"}
    asked = request.query_params.get("fields", ",".join(known)).split(",")
    found = {name: known[name] for name in asked if name in known}
    return JSONResponse({**found, "id": number.phone_number_id})


async def messages(request: Request) -> Response:
    """POST /{version}/{phone_number_id}/messages: texts, read receipts, typing."""
    provider: Provider = request.app.state.provider
    knobs = provider.knobs
    if knobs.delay_ms:
        await asyncio.sleep(knobs.delay_ms / 1000)
    if knobs.take("garbage_next"):
        provider.tell("knobs")
        return HTMLResponse(GARBAGE, 500)
    try:
        number = _authorised(request, provider)
        body = await _json(request)
        if body.get("status") == "read":
            return JSONResponse(_mark_read(provider, body))
        bubble, chat = _accept(provider, number, body)
    except GraphError as error:
        return JSONResponse(error.body(), error.status)
    if knobs.take("silent_next"):
        provider.tell("knobs")
        await asyncio.sleep(NEVER_ANSWERED)
    return JSONResponse(_accepted(body, bubble, chat))


def _authorised(request: Request, provider: Provider) -> Number:
    if provider.knobs.offline:
        raise GraphError(2)
    number = provider.numbers.find(request.path_params["number_id"])
    given = request.headers.get("authorization", "")
    if number is None:
        raise GraphError(190) if not given else GraphError(100, "Unsupported request", subcode=33)
    if not number.access_token or given != f"Bearer {number.access_token}":
        raise GraphError(190)
    return number


async def _json(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise GraphError(100, "The body is not JSON") from error
    if not isinstance(body, dict) or body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    return body


def _accept(provider: Provider, number: Number, body: dict[str, Any]) -> tuple[Bubble, Chat]:
    """Every check of the provider, in its order; then the message is in the chat."""
    text, ref = _text_of(body)
    chat = _chat_of(provider, number, body)
    knobs = provider.knobs
    late = knobs.fail_late and knobs.fail_next > 0
    if knobs.take("fail_next"):
        provider.tell("knobs")
        if not late:
            raise GraphError(knobs.fail_code)
    provider.check_rates(number, chat)
    if not chat.window_is_open:
        raise GraphError(131047)
    context = body.get("context")
    quoted = context.get("message_id", "") if isinstance(context, dict) else ""
    bubble = Bubble(new_wamid(), False, text, time.time(), "accepted", ref, str(quoted))
    provider.accept(number, chat, bubble, knobs.fail_code if late else 0)
    return bubble, chat


def _text_of(body: dict[str, Any]) -> tuple[str, str]:
    if body.get("type", "text") != "text":
        raise GraphError(131051, "The sandbox delivers texts only.")
    part = body.get("text")
    text = part.get("body") if isinstance(part, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise GraphError(100, "The parameter text['body'] is required.")
    if len(text) > LONGEST_TEXT:
        raise GraphError(100, "Param text['body'] must be at most 4096 characters long.")
    ref = body.get("biz_opaque_callback_data", "")
    if not isinstance(ref, str) or len(ref) > LONGEST_REF:
        raise GraphError(100, "Param biz_opaque_callback_data is too long.")
    return text, ref


def _chat_of(provider: Provider, number: Number, body: dict[str, Any]) -> Chat:
    to = body.get("to") or body.get("recipient")
    if not isinstance(to, str) or not to:
        raise GraphError(100, "The parameter to is required.")
    customer = provider.world.customers.get(to.lstrip("+"))
    if customer is None:
        if not to.lstrip("+").isdigit():
            raise GraphError(131026)
        customer = provider.world.add_customer("", to.lstrip("+"))
    return provider.world.chat(number.phone_number_id, customer)


def _accepted(body: dict[str, Any], bubble: Bubble, chat: Chat) -> dict[str, Any]:
    contact = {"input": body.get("to") or body.get("recipient"), "user_id": chat.customer.user_id}
    if not chat.customer.hides_phone:
        contact["wa_id"] = chat.customer.phone
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": bubble.wamid}],
    }


def _mark_read(provider: Provider, body: dict[str, Any]) -> dict[str, bool]:
    """A receipt marks this message and all before it; a typing indicator lasts 25 seconds."""
    found = provider.world.bubbles.get(str(body.get("message_id")))
    if found is None or not found[1].mine:
        raise GraphError(100, "Invalid message_id")
    chat, last = found
    for bubble in chat.bubbles:
        if bubble.mine and bubble.at <= last.at:
            bubble.state = "read"
    if body.get("typing_indicator"):
        chat.typing_until = time.time() + 25
    provider.tell_chat(chat)
    return {"success": True}
