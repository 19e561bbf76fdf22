"""What each kind of message says: one row for each kind that we understand.

To support another kind, write a reader `(message) -> Content` and add its row. A kind without
a row, or one that its reader can't make sense of, is shown as a placeholder that keeps
everything the provider sent: a message is never lost because of what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from channels_integration.whatsapp.cards import shared_contacts
from channels_integration.whatsapp.files import remote_file
from channels_integration.whatsapp.payload import link, load, mapping, number, rows, said, told
from inbox.channels import RemoteFile, Unparsable
from inbox.channels.incoming import FileKind

MOST_ITEMS = 500


@dataclass(frozen=True)
class Content:
    """The part of a message that depends on its kind."""

    kind: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[RemoteFile, ...] = ()


def content_of(message: dict[str, Any]) -> Content:
    """The content of any message; never fails."""
    reader = READERS.get(said(message.get("type"), 100))
    return (reader(message) if reader else None) or _unsupported(message)


def _text(message: dict[str, Any]) -> Content | None:
    body = mapping(message.get("text")).get("body")
    return Content("text", said(body)) if isinstance(body, str) else None


def _media(kind: FileKind) -> Callable[[dict[str, Any]], Content | None]:
    def read(message: dict[str, Any]) -> Content | None:
        described = mapping(message.get(kind))
        file = remote_file(described, kind)
        if file is None:
            return None
        flags = {key: True for key in ("voice", "animated") if described.get(key) is True}
        return Content(kind, said(described.get("caption")), flags, (file,))

    return read


def _location(message: dict[str, Any]) -> Content | None:
    place = mapping(message.get("location"))
    latitude, longitude = number(place.get("latitude")), number(place.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    data = told(
        name=said(place.get("name"), 1000),
        address=said(place.get("address"), 1000),
        url=link(place.get("url")),
    )
    return Content("location", data={"latitude": latitude, "longitude": longitude, **data})


def _contacts(message: dict[str, Any]) -> Content | None:
    data = shared_contacts(message)
    return Content("contacts", data=data) if data else None


def _button(message: dict[str, Any]) -> Content | None:
    """A tap on a quick reply of a template."""
    button = mapping(message.get("button"))
    return _choice(button.get("text"), button.get("payload"), None, "template")


def _interactive(message: dict[str, Any]) -> Content | None:
    interactive = mapping(message.get("interactive"))
    kind = said(interactive.get("type"), 100)
    chosen = mapping(interactive.get(kind))
    if kind == "button_reply":
        return _choice(chosen.get("title"), chosen.get("id"), None, "buttons")
    if kind == "list_reply":
        title, about = chosen.get("title"), chosen.get("description")
        return _choice(title, chosen.get("id"), about, "list")
    return _form(chosen) if kind == "nfm_reply" and chosen else None


def _choice(title: Any, own_id: Any, about: Any, via: str) -> Content | None:
    words, chosen = said(title, 1000), said(own_id, 1000)
    if not words and not chosen:
        return None
    data = told(id=chosen, description=said(about, 1000), via=via)
    return Content("choice", words or chosen, data)


def _form(reply: dict[str, Any]) -> Content:
    """The answers of a form come as JSON inside a text, which may be broken."""
    given = reply.get("response_json")
    data = told(name=said(reply.get("name"), 200))
    try:
        answers = given if isinstance(given, dict) else load(said(given).encode())
    except (Unparsable, ValueError):
        return Content("form", said(reply.get("body")), told(**data, answers_text=said(given)))
    return Content("form", said(reply.get("body")), {**data, "answers": answers})


def _order(message: dict[str, Any]) -> Content | None:
    order = mapping(message.get("order"))
    items = [
        told(
            id=said(row.get("product_retailer_id"), 200),
            quantity=number(row.get("quantity")),
            price=number(row.get("item_price")),
            currency=said(row.get("currency"), 10),
        )
        for row in rows(order.get("product_items"), MOST_ITEMS)
    ]
    items = [item for item in items if "id" in item]
    if not items:
        return None
    data = told(catalog_id=said(order.get("catalog_id"), 200), items=items)
    return Content("order", said(order.get("text")), data)


def _unsupported(message: dict[str, Any]) -> Content:
    """Newer payloads say what it is that they can't carry (`unsupported.type`: a poll)."""
    inner = mapping(message.get("unsupported")).get("type")
    kind = said(inner, 100) or said(message.get("type"), 100) or "unknown"
    return Content("unsupported", data={"type": kind, "raw": message})


READERS: Mapping[str, Callable[[dict[str, Any]], Content | None]] = {
    "text": _text,
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
}
