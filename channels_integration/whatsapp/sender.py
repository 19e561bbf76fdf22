"""Who wrote: finds every key that a message and its contact card give."""

from __future__ import annotations

from typing import Any

from channels_integration.whatsapp.payload import obj, text
from channels_integration.whatsapp.phone import is_bsuid, is_phone, normal
from inbox.channels import IdentityKey, Sender, Unparsable

KIND = "whatsapp"


def sender_of(message: dict[str, Any], contacts: list[dict[str, Any]], waba_id: str) -> Sender:
    """The sender of a message; the business-scoped id comes first, the phone second.

    A person with a user name may come without a phone, and either id may stand in the
    other's field, so every value is judged by its shape.
    """
    ids = [text(message.get(key), 160) for key in ("from_user_id", "from")]
    card = _card_of(ids, contacts)
    ids += [text(card.get(key), 160) for key in ("user_id", "wa_id")]
    bsuid = next((value for value in ids if is_bsuid(value)), "")
    phone = next((normal(value) for value in ids if is_phone(value)), "")
    keys = []
    if bsuid:
        keys.append(IdentityKey(KIND, bsuid, scope=waba_id))
    if phone:
        keys.append(IdentityKey(KIND, phone))
    if not keys:
        raise Unparsable("A message without a sender")
    name = text(obj(card.get("profile")).get("name"), 1000).strip()[:200]
    return Sender(tuple(keys), name=name, phone=f"+{phone}" if phone else "")


def _card_of(ids: list[str], contacts: list[dict[str, Any]]) -> dict[str, Any]:
    """The contact card that shares an id with the message."""
    wanted = {normal(value) for value in ids if value}
    for card in contacts:
        own = {normal(text(card.get(key), 160)) for key in ("user_id", "wa_id")}
        if wanted & own:
            return card
    return {}
