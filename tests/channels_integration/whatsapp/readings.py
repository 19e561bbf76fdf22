"""Reads samples, and samples with something changed, as the product does."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import IncomingMessage, Update
from tests.channels_integration.whatsapp.samples import NAMES, a_channel, body_of

adapter = WhatsAppAdapter()
Found = TypeVar("Found", bound=Update)


def file_of(number: str) -> str:
    return next(name for name in NAMES if name.startswith(number))


def payload_of(number: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body_of(file_of(number)))
    return found


def value_of(payload: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = payload["entry"][0]["changes"][0]["value"]
    return found


def item_of(payload: dict[str, Any]) -> dict[str, Any]:
    """The first message, status or echo of a payload."""
    value = value_of(payload)
    lists = (value.get(key) for key in ("messages", "statuses", "message_echoes"))
    found: dict[str, Any] = next(items for items in lists if items)[0]
    return found


def read(payload: dict[str, Any] | bytes, **config: Any) -> list[Update]:
    """Split and parse: everything that the parts of a body say, each to its own number."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    found: list[Update] = []
    for part in adapter.split(body):
        channel = a_channel(**config)
        channel.account_id = part.account_id or channel.account_id
        found += adapter.parse(part.body, channel)
    return found


def updates(number: str, **config: Any) -> list[Update]:
    return read(body_of(file_of(number)), **config)


def changed(number: str, **values: Any) -> list[Update]:
    """What a sample says whose first item has other values; None takes one away."""
    payload = payload_of(number)
    item = item_of(payload)
    item.update(values)
    for key in [key for key, value in values.items() if value is None]:
        del item[key]
    return read(payload)


def only(kind: type[Found], found: list[Update]) -> Found:
    """The one update that there is, which is of this kind."""
    (update,) = found
    assert isinstance(update, kind), update
    return update


def message(number: str, **values: Any) -> IncomingMessage:
    return only(IncomingMessage, changed(number, **values))


def news(field: str, value: Any, **config: Any) -> list[Update]:
    """What a change of another field than chat says."""
    change = {"field": field, "value": value}
    entry = {"id": "990000000000001", "time": 1793500000, "changes": [change]}
    return read({"object": "whatsapp_business_account", "entry": [entry]}, **config)
