"""What a person says, of every kind: as the page draws it and as the webhook tells it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from sandbox.customers.asked import is_set
from sandbox.library import LIMITS, RECEIVED_LIVES
from sandbox.numbers import Number
from sandbox.provider import Provider

LONGEST_TEXT, LONGEST_ITEM = 65536, 500
SAMPLES = Path(__file__).parents[1] / "samples"
# name: (file, content type)
SAMPLE_FILES = {
    "photo": ("photo.jpg", "image/jpeg"),
    "receipt": ("receipt.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg; codecs=opus"),
    "song": ("song.mp3", "audio/mpeg"),
    "invoice": ("invoice.pdf", "application/pdf"),
    "sticker": ("sticker.webp", "image/webp"),
}
UNSUPPORTED = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}
SAMPLE_AD = {
    "source_url": "https://fb.me/sandbox",
    "source_id": "120200000000000001",
    "source_type": "ad",
    "headline": "Promo akhir tahun",
    "body": "Diskon sampai 40% untuk batik dan tenun",
    "media_type": "image",
    "image_url": "https://scontent.example.net/promo.jpg",
    "ctwa_clid": "SANDBOX_CLICK",
}


@dataclass
class Said:
    """`kind`, `text`, `data` and `body` as a `Bubble` has them."""

    kind: str
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


async def said(
    provider: Provider, number: Number, fields: dict[str, Any], file: UploadFile | None = None
) -> Said:
    """Read the fields of any kind; raises `HTTPException` with a sentence."""
    kind = fields.get("kind") or "text"
    if kind in LIMITS:
        found = await _file(provider, number, str(kind), fields, file)
    elif kind in READERS:
        data = fields.get("data") or {}
        if not isinstance(data, dict):
            raise HTTPException(400, "data must be an object")
        found = READERS[kind](fields, data)
    else:
        raise HTTPException(400, f"There is no kind {kind}")
    _surroundings(found, fields)
    return found


def text_of(fields: dict[str, Any], *, required: bool = False) -> str:
    text = fields.get("text") or ""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or (required and not text.strip()):
        raise HTTPException(400, "text is required")
    return text


async def _file(
    provider: Provider, number: Number, kind: str, fields: dict[str, Any], file: UploadFile | None
) -> Said:
    if file is not None:
        content, name = file.file, file.filename or ""
        content_type = str(fields.get("type") or file.content_type or "application/octet-stream")
        media = await _kept(provider, number, content, content_type, name)
    elif fields.get("sample") in SAMPLE_FILES:
        name, content_type = SAMPLE_FILES[str(fields["sample"])]
        with (SAMPLES / name).open("rb") as sample:
            media = await _kept(provider, number, sample, content_type, name)
    else:
        raise HTTPException(400, f"Send a file, or a sample: {', '.join(SAMPLE_FILES)}")
    told: dict[str, Any] = {**media.in_webhook()}
    data: dict[str, Any] = {"media": media.shown()}
    caption = text_of(fields) if kind in {"image", "video", "document"} else ""
    if caption:
        told["caption"] = caption
    if kind == "document":
        told["filename"] = media.name or "file"
    if kind == "sticker":
        told["animated"] = is_set(fields, "animated")
    if kind == "audio":
        told["voice"] = data["voice"] = is_set(fields, "voice") or fields.get("sample") == "voice"
    return Said(kind, caption, data, {"type": kind, kind: told})


async def _kept(
    provider: Provider, number: Number, content: IO[bytes], content_type: str, name: str
) -> Any:
    return await asyncio.to_thread(
        provider.library.keep,
        content,
        number.phone_number_id,
        content_type,
        name,
        RECEIVED_LIVES,
    )


def _text(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    return Said("text", text_of(fields, required=True))


def _location(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    try:
        place = {"latitude": float(data["latitude"]), "longitude": float(data["longitude"])}
    except (KeyError, TypeError, ValueError) as error:
        raise HTTPException(400, "latitude and longitude are required") from error
    named = {name: str(data[name]) for name in ("name", "address", "url") if data.get(name)}
    place |= named  # type: ignore[arg-type]
    return Said("location", "", place, {"type": "location", "location": place})


def _contacts(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    given = data.get("contacts")
    if not isinstance(given, list) or not given or not all(isinstance(c, dict) for c in given):
        raise HTTPException(400, "contacts must be a list of objects")
    origin = "contact_request" if is_set(fields, "shared") else "other"
    cards = [card(one, origin) for one in given]
    return Said("contacts", "", {"contacts": cards}, {"type": "contacts", "contacts": cards})


def card(given: dict[str, Any], origin: str) -> dict[str, Any]:
    """A contact as the provider tells it, from {name, phone, organization?, email?}."""
    if isinstance(given.get("name"), dict) or "phones" in given:
        return {"origin": origin, **given}
    name = str(given.get("name", ""))[:LONGEST_ITEM].strip()
    phone = str(given.get("phone", ""))[:LONGEST_ITEM].strip()
    if not name or not phone:
        raise HTTPException(400, "A contact needs a name and a phone")
    digits = "".join(c for c in phone if c.isdigit())
    first, _space, last = name.partition(" ")
    made: dict[str, Any] = {
        "origin": origin,
        "name": {"formatted_name": name, "first_name": first},
        "phones": [{"phone": phone, "type": "CELL", "wa_id": digits}],
    }
    if last:
        made["name"]["last_name"] = last
    if given.get("organization"):
        made["org"] = {"company": str(given["organization"])[:LONGEST_ITEM]}
    if given.get("email"):
        made["emails"] = [{"email": str(given["email"])[:LONGEST_ITEM], "type": "WORK"}]
    if origin == "other":
        lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"TEL;TYPE=CELL:+{digits}")
        made["vcard"] = "\n".join((*lines, "END:VCARD"))
    return made


def _order(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    items = data.get("items")
    try:
        told = [
            {
                "product_retailer_id": str(item["id"]),
                "quantity": int(item.get("quantity", 1)),
                "item_price": float(item["price"]),
                "currency": str(item.get("currency", "IDR")),
            }
            for item in items or ()
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise HTTPException(400, "An item needs an id and a price") from error
    if not told:
        raise HTTPException(400, "items are required")
    note, catalog = text_of(fields), str(data.get("catalog_id") or "700000000000042")
    order = {"catalog_id": catalog, "text": note, "product_items": told}
    return Said("order", note, {"items": items}, {"type": "order", "order": order})


def _form(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    answers = json.dumps(data.get("answers") or {})
    reply = {"name": "flow", "body": text_of(fields) or "Sent", "response_json": answers}
    told = {"type": "nfm_reply", "nfm_reply": reply}
    return Said("form", reply["body"], data, {"type": "interactive", "interactive": told})


def _unsupported(fields: dict[str, Any], data: dict[str, Any]) -> Said:
    kind = str(data.get("type") or "poll")[:40]
    told = {"type": "unsupported", "errors": [UNSUPPORTED], "unsupported": {"type": kind}}
    return Said("unsupported", "", {"type": kind}, told)


def _surroundings(found: Said, fields: dict[str, Any]) -> None:
    """Forwarded, about a product, by way of an advertisement: with any kind."""
    context: dict[str, Any] = {}
    if fields.get("forwarded") == "often":
        context["frequently_forwarded"] = True
    elif is_set(fields, "forwarded"):
        context["forwarded"] = True
    if context:
        found.data["forwarded"] = True
    if isinstance(fields.get("product"), dict):
        product = fields["product"]
        found.data["product"] = product
        context["referred_product"] = {
            "catalog_id": str(product.get("catalog_id") or "700000000000042"),
            "product_retailer_id": str(product.get("id", "")),
        }
    referral = fields.get("referral")
    if referral:
        found.data["referral"] = referral if isinstance(referral, dict) else SAMPLE_AD
    if (context or referral) and not found.body:
        found.body = {"type": "text", "text": {"body": found.text}}
    if context:
        found.body["context"] = context
    if referral:
        found.body["referral"] = found.data["referral"]


READERS: Mapping[str, Callable[[dict[str, Any], dict[str, Any]], Said]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "form": _form,
    "unsupported": _unsupported,
}
