"""How the state of a channel, its templates and its history are told."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from inbox.channels import adapter_for

register = template.Library()

QUALITIES = {
    "green": (_("High"), "good"),
    "yellow": (_("Medium"), "warn"),
    "red": (_("Low"), "over"),
}
STATUSES = {
    "approved": ("circle-check", "good"),
    "pending": ("hourglass", ""),
    "rejected": ("circle-alert", "over"),
    "paused": ("clock", "warn"),
    "disabled": ("ban", "over"),
}
CHANGES = {
    "connected": _("connected"),
    "disconnected": _("disconnected"),
    "state": _("state"),
    "quality": _("quality rating"),
    "name": _("name"),
    "account_id": _("account"),
    "department_id": _("department"),
    "config": _("settings at the provider"),
}


@register.filter
def quality_label(quality: str) -> str:
    """The provider's rating in words."""
    known = QUALITIES.get(quality.lower())
    return str(known[0]) if known else quality.capitalize()


@register.filter
def quality_tone(quality: str) -> str:
    """The tone of its badge."""
    return QUALITIES.get(quality.lower(), ("", ""))[1]


@register.filter
def status_icon(row: Any) -> str:
    """The icon of a template's status; one that we cannot send is not as good as approved."""
    return STATUSES[row.status][0] if _as_it_says(row) else "ban"


@register.filter
def status_tone(row: Any) -> str:
    """The tone of its badge."""
    return STATUSES[row.status][1] if _as_it_says(row) else ""


def _as_it_says(row: Any) -> bool:
    """Not so where it is approved, and we cannot send it all the same."""
    return bool(row.is_sendable or row.status != "approved")


@register.filter
def changes(entry: Any, channel: Any) -> str:
    """Which fields a change of a channel was about, in words."""
    fields = adapter_for(channel.kind).settings_form.base_fields
    names = []
    for key in entry.facts.get("changed", []):
        known = CHANGES.get(key) or (fields[key].label if key in fields else key)
        names.append(str(known))
    return ", ".join(names)
