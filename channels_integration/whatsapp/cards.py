"""Contacts that a customer shares: the provider's cards in the shape of the inbox."""

from __future__ import annotations

import re
from typing import Any

from channels_integration.whatsapp.payload import mapping, rows, said, told

MOST_CARDS = 257
MOST_LINES = 50
SHARED = "contact_request"
ADDRESS_PARTS = ("street", "city", "state", "zip", "country")
VCARD_NAME = re.compile(r"^FN[^:\r\n]*:([^\r\n]{1,300})", re.MULTILINE | re.IGNORECASE)
VCARD_PHONE = re.compile(
    r"^(?:item\d+\.)?TEL[^:\r\n]*:(?:tel:)?([+0-9][0-9 ().-]{3,40})", re.MULTILINE | re.IGNORECASE
)


def shared_contacts(message: dict[str, Any]) -> dict[str, Any]:
    """The `data` of a message of kind ``contacts``; empty where no card says anything."""
    given = rows(message.get("contacts"), MOST_CARDS)
    cards = [card for card in map(_card, given) if card]
    if not cards:
        return {}
    asked = any(item.get("origin") == SHARED for item in (message, *given))
    return told(contacts=cards, shared=asked or None)


def _card(given: dict[str, Any]) -> dict[str, Any]:
    """One contact. A card that was typed by hand may come as a vCard only."""
    vcard = said(given.get("vcard"), 20_000)
    org = mapping(given.get("org"))
    phones = [_phone(row) for row in rows(given.get("phones"), MOST_LINES)]
    emails = [
        told(address=said(row.get("email"), 254), type=said(row.get("type"), 40))
        for row in rows(given.get("emails"), MOST_LINES)
    ]
    addresses = [_address(row) for row in rows(given.get("addresses"), MOST_LINES)]
    written = [{"number": n.strip()} for n in VCARD_PHONE.findall(vcard)[:MOST_LINES]]
    return told(
        name=_name(mapping(given.get("name"))) or _first(VCARD_NAME.findall(vcard)),
        organization=said(org.get("company"), 200),
        title=said(org.get("title"), 200),
        phones=[phone for phone in phones if phone] or written,
        emails=[email for email in emails if "address" in email],
        addresses=[address for address in addresses if address],
    )


def _name(name: dict[str, Any]) -> str:
    if whole := said(name.get("formatted_name"), 200).strip():
        return whole
    keys = ("prefix", "first_name", "middle_name", "last_name", "suffix")
    return " ".join(part for part in (said(name.get(key), 60).strip() for key in keys) if part)


def _phone(row: dict[str, Any]) -> dict[str, Any]:
    """A number and, where the person has WhatsApp, the number's id there."""
    whatsapp = said(row.get("wa_id"), 40)
    number = said(row.get("phone"), 60).strip() or (f"+{whatsapp}" if whatsapp else "")
    return told(number=number, type=said(row.get("type"), 40), whatsapp=whatsapp) if number else {}


def _address(row: dict[str, Any]) -> str:
    return ", ".join(part for part in (said(row.get(key), 200) for key in ADDRESS_PARTS) if part)


def _first(found: list[str]) -> str:
    return found[0].strip()[:200] if found else ""
