"""POST /{version}/{phone_number_id}/messages: every type, read receipts, typing."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.graph.access import json_of, number_of, refused
from sandbox.graph.content import Content, content_of
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError
from sandbox.world import Bubble, Chat, new_wamid

LONGEST_REF = 512
NEVER_ANSWERED = 120  # seconds: longer than any client waits
GARBAGE = "<html><body><h1>500 Internal Server Error</h1></body></html>"


async def messages(request: Request) -> Response:
    """Accepted means 200 and a wamid; what becomes of it comes as statuses."""
    provider: Provider = request.app.state.provider
    knobs = provider.knobs
    if knobs.delay_ms:
        await asyncio.sleep(knobs.delay_ms / 1000)
    waba_id = "0"
    try:
        number = number_of(request, provider)
        waba_id = number.waba_id
        body = await json_of(request)
        if body.get("status") == "read":
            return JSONResponse(_mark_read(provider, body))
        if knobs.take("garbage_next"):  # for a message, not for a sign that one is typing
            provider.tell("knobs")
            return HTMLResponse(GARBAGE, 500)
        bubble, chat = _accept(provider, number, body)
    except GraphError as error:
        return refused(error, waba_id)
    if knobs.take("silent_next"):
        provider.tell("knobs")
        await asyncio.sleep(NEVER_ANSWERED)
    return JSONResponse(_accepted(provider, body, bubble, chat))


def _accept(provider: Provider, number: Number, body: dict[str, Any]) -> tuple[Bubble, Chat]:
    """Every check of the provider, in its order; then the message is in the chat."""
    content, ref = content_of(provider, number, body), _ref(body)
    chat = _chat_of(provider, number, body, content)
    knobs = provider.knobs
    late = knobs.fail_late and knobs.fail_next > 0
    if knobs.take("fail_next"):
        provider.tell("knobs")
        if not late:
            raise GraphError(knobs.fail_code)
    provider.check_rates(number, chat)
    if not (content.kind == "template" or chat.window_is_open or knobs.window_open):
        raise GraphError(131047)
    context = body.get("context")
    quoted = context.get("message_id", "") if isinstance(context, dict) else ""
    bubble = Bubble(
        new_wamid(),
        False,
        content.text,
        time.time(),
        "accepted",
        ref,
        str(quoted),
        content.kind,
        content.data,
    )
    provider.accept(number, chat, bubble, knobs.fail_code if late else 0)
    return bubble, chat


def _ref(body: dict[str, Any]) -> str:
    ref = body.get("biz_opaque_callback_data", "")
    if not isinstance(ref, str) or len(ref) > LONGEST_REF:
        raise GraphError(100, "Param biz_opaque_callback_data is too long.")
    return ref


def _chat_of(provider: Provider, number: Number, body: dict[str, Any], content: Content) -> Chat:
    """By `to` (a phone, a group) or `recipient` (a user id): unknown phones are new people."""
    to = body.get("to") or body.get("recipient")
    if not isinstance(to, str) or not to:
        raise GraphError(100, "The parameter to is required.")
    to = to.lstrip("+")
    world = provider.world
    customer = world.reach(to, group=body.get("recipient_type") == "group")
    if customer is None:
        if not to.isdigit() or to in world.customers:
            raise GraphError(131026)
        customer = world.add_customer("", to)
    if to == customer.user_id and not customer.is_group and _needs_phone(provider, content):
        raise GraphError(131062)
    return world.chat(number.phone_number_id, customer)


def _needs_phone(provider: Provider, content: Content) -> bool:
    refused = {word.strip() for word in provider.knobs.bsuid_refused.lower().split(",")}
    return bool(refused & {content.kind, content.category or "-"})


def _accepted(
    provider: Provider, body: dict[str, Any], bubble: Bubble, chat: Chat
) -> dict[str, Any]:
    contact = {"input": body.get("to") or body.get("recipient")}
    if not chat.customer.is_group:
        contact["user_id"] = chat.customer.user_id
    if chat.customer.phone and not chat.customer.hides_phone:
        contact["wa_id"] = chat.customer.phone
    message = {"id": bubble.wamid}
    if bubble.kind == "template":
        held = provider.knobs.template_held
        message["message_status"] = "held_for_quality_assessment" if held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}


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
