"""What stands in the webhooks: the `value` of every change that the sandbox tells."""

from __future__ import annotations

import time
from typing import Any

from sandbox.numbers import Number
from sandbox.refusals import GraphError
from sandbox.world import Bubble, Chat, Customer


def contact_of(customer: Customer) -> dict[str, Any]:
    """A hidden phone is in no field."""
    contact: dict[str, Any] = {"profile": {"name": customer.name}, "user_id": customer.user_id}
    if customer.username:
        contact["profile"]["username"] = customer.username
    if not customer.hides_phone:
        contact["wa_id"] = customer.phone
    return contact


def message_value(number: Number, chat: Chat, bubble: Bubble, author: Customer) -> dict[str, Any]:
    """The `value` of a customer's message."""
    message: dict[str, Any] = {
        "from_user_id": author.user_id,
        "id": bubble.wamid,
        "timestamp": str(int(bubble.at)),
        **(bubble.body or {"type": "text", "text": {"body": bubble.text}}),
    }
    if not author.hides_phone:
        message["from"] = author.phone
    if bubble.reply_to:
        quoted = {"from": number.display_phone_number, "id": bubble.reply_to}
        message["context"] = {**quoted, **message.get("context", {})}
    if chat.customer.is_group:
        message["group_id"] = chat.customer.id
    return {"contacts": [contact_of(author)], "messages": [message]}


def echo_value(number: Number, chat: Chat, bubble: Bubble) -> dict[str, Any]:
    """The `value` of what the company wrote on its own phone."""
    customer = chat.customer
    message: dict[str, Any] = {
        "from": number.display_phone_number,
        "to_user_id": customer.user_id,
        "id": bubble.wamid,
        "timestamp": str(int(bubble.at)),
        **(bubble.body or {"type": "text", "text": {"body": bubble.text}}),
    }
    if not customer.hides_phone:
        message["to"] = customer.phone
    if bubble.reply_to:
        message["context"] = {"id": bubble.reply_to, **message.get("context", {})}
    return {"message_echoes": [message], "contacts": [contact_of(customer)]}


def status_value(
    chat: Chat, bubble: Bubble, state: str, error: GraphError | None
) -> dict[str, Any]:
    """One status; our reference is in it where the product gave one, and what it costs."""
    customer = chat.customer
    status: dict[str, Any] = {
        "id": bubble.wamid,
        "status": state,
        "timestamp": str(int(time.time())),
    }
    if customer.is_group:
        status |= {"recipient_id": customer.id, "recipient_type": "group"}
    else:
        status["recipient_user_id"] = customer.user_id
        if not customer.hides_phone:
            status["recipient_id"] = customer.phone
    if bubble.ref:
        status["biz_opaque_callback_data"] = bubble.ref
    if error:
        status["errors"] = [error.as_status_error()]
    elif state in {"sent", "delivered"} and bubble.kind != "reaction":
        status["pricing"] = _pricing(chat, bubble)
    return status


def _pricing(chat: Chat, bubble: Bubble) -> dict[str, Any]:
    """Templates are billed by category; a utility template is free inside the window."""
    template = bubble.data.get("template") if bubble.kind == "template" else None
    category = template["category"].lower() if template else "service"
    free = category == "service" or (category == "utility" and chat.window_is_open)
    kind = "free_customer_service" if free else "regular"
    return {"billable": not free, "pricing_model": "PMP", "type": kind, "category": category}
