"""The sentences of the fact lines in a thread, by the `fact` in the message's data."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from inbox.templatetags.times import exactly

FACTS = {
    "queued": _("Entered the queue"),
    "queued_department": _("Entered the queue of {department}"),
    "accepted": _("{by} accepted the conversation"),
    "released": _("{by} put it back into the queue"),
    "transferred_member": _("{by} transferred it to {member}"),
    "transferred_department": _("{by} transferred it to the queue of {department}"),
    "resolved": _("{by} resolved the conversation"),
    "snoozed": _("{by} snoozed it until {until}"),
    "woken": _("Its time has come: no longer snoozed"),
    "woken_by_hand": _("{by} ended the snooze before its time"),
    "woken_by_customer": _("The customer wrote, so it is no longer snoozed"),
    "undone_accept": _("{by} took back the acceptance"),
    "undone_release": _("{by} took back the release"),
    "undone_transfer": _("{by} took back the transfer"),
    "undone_resolve": _("{by} reopened the conversation right away"),
    "undone_snooze": _("{by} took back the snooze"),
    "expired": _("{by} resolved it with all others whose reply window had closed"),
    "merged": _("This is the same customer as in #{number}, where it goes on"),
    "number_changed": _("The customer's number changed from {old} to {new}"),
}
SYSTEM = _("The system")
PARTICULARS = ("member", "department", "number", "old", "new")


def sentence(data: dict[str, Any]) -> SafeString:
    """What happened, in the viewer's language, with the names set off; '' if unknown."""
    words = FACTS.get(data.get("fact", ""))
    if words is None:
        return SafeString("")
    bold = {key: format_html("<b>{}</b>", name) for key, name in _names(data).items()}
    return format_html(str(words), **bold)


def plain(data: dict[str, Any]) -> str:
    """The same without any markup, for programs and for scripts that put it in as text."""
    words = FACTS.get(data.get("fact", ""), "")
    return str(words).format(**_names(data))


def _names(data: dict[str, Any]) -> dict[str, Any]:
    """What a sentence may have gaps for; a time as the viewer's zone has it."""
    until = parse_datetime(data["until"]) if data.get("until") else None
    names = {key: data.get(key, "") for key in PARTICULARS}
    return {**names, "by": data.get("by") or SYSTEM, "until": exactly(until)}
