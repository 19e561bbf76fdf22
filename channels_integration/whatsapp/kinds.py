"""What each kind of message says: one row for each kind that we understand.

To support another kind, write a reader `(message) -> Content` and add its row. A kind
without a row is shown as a placeholder that keeps everything the provider sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from channels_integration.whatsapp.payload import obj, text


@dataclass(frozen=True)
class Content:
    """The part of a message that depends on its kind."""

    kind: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def content_of(message: dict[str, Any]) -> Content:
    """The content of any message; never fails for a kind that is merely unknown."""
    return READERS.get(text(message.get("type"), 100), _unsupported)(message)


def _text(message: dict[str, Any]) -> Content:
    body = obj(message.get("text")).get("body")
    if not isinstance(body, str):
        return _unsupported(message)
    kept = {key: message[key] for key in ("referral", "context") if message.get(key)}
    return Content("text", body, kept)


def _unsupported(message: dict[str, Any]) -> Content:
    """Newer payloads say what it is that they can't carry (`unsupported.type`: a poll)."""
    told = message.get("unsupported")
    kind = told.get("type") if isinstance(told, dict) else message.get("type")
    return Content("unsupported", data={"type": text(kind, 100) or "unknown", "raw": message})


READERS: Mapping[str, Callable[[dict[str, Any]], Content]] = {
    "text": _text,
}
