"""Who wrote: finds every key that a message and its contact card give."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.payload import mapping, rows, said
from channels_integration.whatsapp.phone import is_bsuid, is_phone, normal
from inbox.channels import IdentityKey, Sender, Unparsable

KIND = "whatsapp"
LONGEST_ID = 160
NO_SENDER = _("A message has no sender.")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

Cards = Mapping[str, dict[str, Any]]


def cards_of(contacts: Any) -> Cards:
    """The contact cards of a change by every id that they give; broken ones are passed over,
    for a message names its sender itself."""
    found: dict[str, dict[str, Any]] = {}
    for card in rows(contacts, most=4000):
        for key in ("user_id", "wa_id"):
            if value := said(card.get(key), LONGEST_ID):
                found.setdefault(normal(value), card)
    return found


def sender_of(given: Sequence[Any], cards: Cards, waba_id: str) -> Sender:
    """The person behind these ids; the business-scoped id comes first, the phone second.

    A person with a user name may come without a phone, and either id may stand in the
    other's field, so every value is judged by its shape.
    """
    ids = [said(value, LONGEST_ID) for value in given]
    known = (cards[normal(value)] for value in ids if value and normal(value) in cards)
    card = next(known, {})
    ids += [said(card.get(key), LONGEST_ID) for key in ("user_id", "wa_id")]
    bsuid = next((value for value in ids if is_bsuid(value)), "")
    phone = next((normal(value) for value in ids if is_phone(value)), "")
    keys = []
    if bsuid:
        keys.append(IdentityKey(KIND, bsuid, scope=waba_id))
    if phone:
        keys.append(IdentityKey(KIND, phone))
    if not keys:
        raise Unparsable(NO_SENDER)
    return Sender(tuple(keys), name=_name(card), phone=f"+{phone}" if phone else "")


def _name(card: dict[str, Any]) -> str:
    """The profile's name, else the user name; without what would turn a line around."""
    profile = mapping(card.get("profile"))
    for key in ("name", "username"):
        if name := CONTROLS.sub("", said(profile.get(key), 1000)).strip():
            return name[:200]
    return ""
