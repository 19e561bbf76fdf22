"""What is known of a contact: his addresses, and the fields that are edited in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from contacts import queries as contacts
from contacts.models import Contact
from inbox.templatetags.inbox_look import channel_label, phone


def contact_context(contact: Contact) -> dict[str, Any]:
    """`addresses` on channels that mean something to people, not the ids of providers (those
    have a scope), and the `editable` fields. A channel that has the phone's number is named
    beside the phone instead of saying it again."""
    known = contacts.addresses_of(contact.pk)
    same = [row for row in known if row.value.lstrip("+") == contact.phone.lstrip("+")]
    others = [row for row in known if row not in same]
    return {
        "addresses": [{"label": channel_label(row.kind), "value": row.value} for row in others],
        "editable": _editable(contact, dict.fromkeys(channel_label(row.kind) for row in same)),
    }


def _editable(contact: Contact, on_phone: Iterable[str]) -> list[dict[str, Any]]:
    """Label, value, how it is shown, and what may be typed."""
    label = " · ".join([_("Phone"), *on_phone])
    return [
        _row("phone", label, contact.phone, 40, "tel", phone(contact.phone)),
        _row("email", _("Email"), contact.email, 254, "email"),
        _row("organization", _("Company"), contact.organization, 160),
        _row("address", _("Address"), contact.address, 1000, is_long=True),
        _row("note", _("Note"), contact.note, 5000, is_long=True),
    ]


def _row(
    name: str,
    label: str,
    value: str,
    most: int,
    type: str = "text",
    shown: str = "",
    is_long: bool = False,
) -> dict[str, Any]:
    found = {"name": name, "label": label, "value": value, "shown": shown or value}
    return {**found, "most": most, "type": type, "is_long": is_long}
