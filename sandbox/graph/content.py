"""What a company sends: each type is read, checked and made ready for the customer's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.graph import filled, interactive
from sandbox.graph.parts import media_of, part_of, text_of
from sandbox.library import LIMITS
from sandbox.numbers import Number
from sandbox.provider import Provider
from sandbox.refusals import GraphError

LONGEST_TEXT, LONGEST_CAPTION, MOST_CONTACTS = 4096, 1024, 257
CAPTIONED = {"image", "video", "document"}


@dataclass(frozen=True)
class Content:
    """`kind` and `data` as a `Bubble` has them; `category` is a template's."""

    kind: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    category: str = ""


def content_of(provider: Provider, number: Number, body: dict[str, Any]) -> Content:
    """The content of a send; raises `GraphError`."""
    kind = body.get("type", "text")
    if kind == "text":
        return Content("text", _text(body))
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise GraphError(131051, f"{kind} is no type that can be sent.")
    return reader(provider, number, part_of(body, kind))


def _text(body: dict[str, Any]) -> str:
    part = body.get("text")
    text = part.get("body") if isinstance(part, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise GraphError(100, "The parameter text['body'] is required.")
    if len(text) > LONGEST_TEXT:
        raise GraphError(100, "Param text['body'] must be at most 4096 characters long.")
    return text


def _file(kind: str) -> Callable[[Provider, Number, Any], Content]:
    def read(provider: Provider, number: Number, part: Any) -> Content:
        if not isinstance(part, dict):
            raise GraphError(100, f"Param {kind} must be an object.")
        data: dict[str, Any] = {"media": media_of(provider, number, kind, part)}
        if part.get("caption") and kind not in CAPTIONED:
            raise GraphError(100, f'Unexpected key "caption" on param "{kind}".')
        caption = text_of(part, "caption", LONGEST_CAPTION)
        if kind == "document":
            data["media"]["name"] = text_of(part, "filename", 240) or data["media"].get("name", "")
        if kind == "audio" and part.get("voice") is True:
            if data["media"].get("type") != "audio/ogg":
                raise GraphError(131053, "A voice message must be audio/ogg with opus.")
            data["voice"] = True
        return Content(kind, caption, data)

    return read


def _location(provider: Provider, number: Number, part: Any) -> Content:
    try:
        data = {"latitude": float(part["latitude"]), "longitude": float(part["longitude"])}
    except (KeyError, TypeError, ValueError) as error:
        raise GraphError(100, "A location needs latitude and longitude.") from error
    if not (-90 <= data["latitude"] <= 90 and -180 <= data["longitude"] <= 180):
        raise GraphError(131009, "This place is not on the earth.")
    named = {name: text_of(part, name, 1000) for name in ("name", "address")}
    return Content("location", "", {**data, **{k: v for k, v in named.items() if v}})


def _contacts(provider: Provider, number: Number, part: Any) -> Content:
    if not isinstance(part, list) or not 1 <= len(part) <= MOST_CONTACTS:
        raise GraphError(100, f"Param contacts must be a list of 1 to {MOST_CONTACTS}.")
    for one in part:
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, dict) or not name.get("formatted_name") or len(name) < 2:
            raise GraphError(131009, "A contact needs name.formatted_name and a part of the name.")
    return Content("contacts", "", {"contacts": part})


def _reaction(provider: Provider, number: Number, part: Any) -> Content:
    target = part.get("message_id") if isinstance(part, dict) else None
    emoji = part.get("emoji") if isinstance(part, dict) else None
    if not isinstance(target, str) or not target:
        raise GraphError(100, "The parameter reaction['message_id'] is required.")
    if not isinstance(emoji, str) or len(emoji) > 16 or (emoji.isascii() and emoji):
        raise GraphError(131009, "The parameter reaction['emoji'] must be one emoji.")
    return Content("reaction", emoji, {"message_id": target})


def _interactive(provider: Provider, number: Number, part: Any) -> Content:
    return Content(*interactive.read(provider, number, part))


def _template(provider: Provider, number: Number, part: Any) -> Content:
    template, text, data = filled.read(provider, number, part)
    return Content("template", text, data, template["category"].lower())


READERS: Mapping[str, Callable[[Provider, Number, Any], Content]] = {
    **{kind: _file(kind) for kind in LIMITS},
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}
