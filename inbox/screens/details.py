"""The fields of a contact that are edited in place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Contact
from inbox.templatetags.inbox_look import phone


def editable(contact: Contact) -> list[dict[str, Any]]:
    """Label, value, how it is shown, and what may be typed."""
    return [
        _row("phone", _("Phone"), contact.phone, 40, "tel", phone(contact.phone)),
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
