"""Turns a stored part into what it says; pure, and never surprised.

Unparsable is only what is broken in its structure: no JSON, no list where there must be one,
an item without id, time or person. Whatever else is odd about a message makes it a
placeholder, and `split` sees to it that an item which can't be read is parked without the
others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from channels_integration.whatsapp import notices, reviews
from channels_integration.whatsapp.chat import chat_of, read_message
from channels_integration.whatsapp.envelope import (
    NOT_WHATSAPP,
    OBJECT,
    OTHER_NUMBER,
    account_of,
    moment_or_none,
)
from channels_integration.whatsapp.payload import load, obj, objects, said
from channels_integration.whatsapp.statuses import read_status
from inbox.channels import Unparsable, Update

CHAT, ECHOES = "messages", "smb_message_echoes"
REVIEWS = frozenset(
    {
        "message_template_status_update",
        "message_template_quality_update",
        "template_category_update",
    }
)
Reader = Callable[[dict[str, Any]], list[Update]]


def updates_of(body: bytes, account_id: str, config: Mapping[str, Any]) -> list[Update]:
    """Everything that a part says to this account. Fields without a reader say nothing."""
    payload = load(body)
    if payload.get("object") != OBJECT:
        raise Unparsable(NOT_WHATSAPP)
    updates: list[Update] = []
    for entry in objects(payload.get("entry")):
        for change in objects(entry.get("changes")):
            updates += _updates_of(entry, change, account_id, config)
    return updates


def item_readers(
    change: dict[str, Any], waba_id: str, config: Mapping[str, Any]
) -> dict[str, Reader]:
    """How each list of items in a chat change is read; empty for other changes."""
    field, value = said(change.get("field"), 100), obj(change.get("value"))
    if field not in (CHAT, ECHOES):
        return {}
    groups, echo = bool(config.get("groups")), field == ECHOES
    chat = chat_of(value, waba_id, account_of(change), groups=groups, echo=echo)

    def read(message: dict[str, Any]) -> list[Update]:
        return read_message(message, chat)

    return {"message_echoes": read} if echo else {"messages": read, "statuses": read_status}


def _updates_of(
    entry: dict[str, Any], change: dict[str, Any], account_id: str, config: Mapping[str, Any]
) -> list[Update]:
    field, value = said(change.get("field"), 100), obj(change.get("value"))
    waba_id = said(entry.get("id"), 40) or said(config.get("waba_id"), 40)
    if account_of(change) not in ((account_id,) if field in (CHAT, ECHOES) else (account_id, "")):
        raise Unparsable(OTHER_NUMBER)
    found: list[Update] = []
    for key, read in item_readers(change, waba_id, config).items():
        for item in objects(value.get(key)):
            found += read(item)
    if field == CHAT and not value.get("messages"):
        found += notices.of_errors(value)
    if not _is_about_us(entry, value, config):
        return found
    if field in REVIEWS:
        found += reviews.template_changes(field, value)
    if field in notices.FIELDS:
        found += notices.FIELDS[field](value, moment_or_none(entry.get("time")))
    return found


def _is_about_us(entry: dict[str, Any], value: dict[str, Any], config: Mapping[str, Any]) -> bool:
    """News of accounts name no number id and come to one door for a whole app: those of a
    sister account or of another number of the same account are not this channel's."""
    pairs = (
        (said(entry.get("id"), 40), said(config.get("waba_id"), 40)),
        (_digits(value.get("display_phone_number")), _digits(config.get("display_phone_number"))),
    )
    return all(not theirs or not ours or theirs == ours for theirs, ours in pairs)


def _digits(value: Any) -> str:
    return "".join(c for c in said(value, 40) if c in "0123456789")
