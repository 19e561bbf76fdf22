"""Turns a stored part into messages and statuses; pure, and never surprised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from channels_integration.whatsapp.errors import explain
from channels_integration.whatsapp.kinds import content_of
from channels_integration.whatsapp.payload import load, obj, objects, text
from channels_integration.whatsapp.sender import sender_of
from channels_integration.whatsapp.split import OBJECT, account_of
from inbox.channels import IncomingMessage, StatusUpdate, Unparsable, Update

LONGEST_ID = 512
MILLISECONDS = 100_000_000_000
YEAR_2009, YEAR_2100 = 1_230_768_000, 4_102_444_800

# `played` is said of a voice note that was listened to; `deleted` and newer ones tell nothing.
STATUSES = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


def updates_of(body: bytes, account_id: str) -> list[Update]:
    """Everything that a part says to this account; other fields than chat say nothing yet."""
    payload = load(body)
    if payload.get("object") != OBJECT:
        raise Unparsable("Not a WhatsApp Business notification")
    updates: list[Update] = []
    for entry in objects(payload.get("entry")):
        for change in objects(entry.get("changes")):
            if change.get("field") == "messages":
                updates += _updates_of_change(change, text(entry.get("id"), 40), account_id)
    return updates


def _updates_of_change(change: dict[str, Any], waba_id: str, account_id: str) -> list[Update]:
    value = obj(change.get("value"))
    if account_of(change) != account_id:
        raise Unparsable("This is for another phone number")
    contacts = objects(value.get("contacts"))
    # A group is a conversation of its own and must not end up in one with a single person.
    messages = [m for m in objects(value.get("messages")) if not m.get("group_id")]
    found: list[Update] = [_message(message, contacts, waba_id) for message in messages]
    for status in objects(value.get("statuses")):
        name = STATUSES.get(text(status.get("status"), 100))
        if name and status.get("recipient_type") != "group":
            found.append(_status(status, name))
    return found


def _message(
    message: dict[str, Any], contacts: list[dict[str, Any]], waba_id: str
) -> IncomingMessage:
    content = content_of(message)
    return IncomingMessage(
        external_id=_id(message),
        sender=sender_of(message, contacts, waba_id),
        sent_at=moment(message.get("timestamp")),
        kind=content.kind,
        text=content.text,
        data=content.data,
        reply_to=text(obj(message.get("context")).get("id"), LONGEST_ID),
    )


def _status(status: dict[str, Any], name: str) -> StatusUpdate:
    problem = next(iter(objects(status.get("errors"))), {}) if name == "failed" else {}
    meaning = explain(problem.get("code"))
    kept = ("pricing", "conversation", "recipient_id", "recipient_user_id")
    data = {key: status[key] for key in kept if status.get(key)}
    return StatusUpdate(
        external_id=_id(status),
        status=cast(Any, name),
        at=moment(status.get("timestamp")),
        client_ref=text(status.get("biz_opaque_callback_data"), LONGEST_ID),
        error_code=text(problem.get("code"), 20),
        error_text=meaning.message if name == "failed" else "",
        data={**data, "failure": meaning.kind, "raw": problem} if name == "failed" else data,
    )


def _id(item: dict[str, Any]) -> str:
    found = text(item.get("id"), LONGEST_ID)
    if not found:
        raise Unparsable("A message or status without an id")
    return found


def moment(value: Any) -> datetime:
    """A timestamp in seconds or, seen sometimes, in milliseconds."""
    digits = text(value, 20)
    if not (digits.isascii() and digits.isdigit()):
        raise Unparsable("A message or status without a time")
    seconds = float(digits)
    if seconds > MILLISECONDS:
        seconds /= 1000
    if not YEAR_2009 <= seconds <= YEAR_2100:
        raise Unparsable("A time out of range")
    return datetime.fromtimestamp(seconds, UTC)
