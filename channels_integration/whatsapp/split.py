"""Cuts one POST into parts: one for each change, addressed to its phone number."""

from __future__ import annotations

from typing import Any

from channels_integration.whatsapp.payload import dump, load
from inbox.channels import Part, Unparsable

OBJECT = "whatsapp_business_account"
MOST_PARTS = 4000  # entries and changes; the provider sends up to 1,000 updates at once


def parts_of(body: bytes) -> list[Part]:
    """The parts of a POST.

    A change that names no phone number (a template's review, an account's alert, or one
    that is broken) has the account '': it belongs to the channel at whose door it came.
    Only a broken envelope raises, so one bad change never holds back the others.
    """
    payload = load(body)
    entries = payload.get("entry")
    if payload.get("object") != OBJECT or not isinstance(entries, list):
        raise Unparsable("Not a WhatsApp Business notification")
    if len(entries) + sum(len(_changes(entry)) for entry in entries) > MOST_PARTS:
        raise Unparsable("More changes than one notification can hold")
    return [part for entry in entries for part in _parts_of_entry(entry)]


def _changes(entry: Any) -> list[Any]:
    changes = entry.get("changes") if isinstance(entry, dict) else None
    return changes if isinstance(changes, list) else []


def _parts_of_entry(entry: Any) -> list[Part]:
    changes = _changes(entry)
    if not changes:
        return [Part("", dump({"object": OBJECT, "entry": [entry]}))]
    return [
        Part(
            account_of(change),
            dump({"object": OBJECT, "entry": [{"id": entry.get("id"), "changes": [change]}]}),
        )
        for change in changes
    ]


def account_of(change: Any) -> str:
    """The phone number id of a change, '' where it names none."""
    found = change
    for key in ("value", "metadata", "phone_number_id"):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found) if str(found).isalnum() and len(str(found)) <= 40 else ""
