"""Why a fact line stands in a thread: by whom, when to the second, and how it came about; all
of it from the fact's own data, so that it stays true whatever is renamed later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from inbox.facts import SYSTEM

HOW = {
    "queued": _("A message opened it, and its channel belongs to no department: all may take it."),
    "queued_department": _(
        "A message opened it, and its channel belongs to {department}: it waits there."
    ),
    "accepted": _("Taken from the queue."),
    "released": _("Put back for whoever takes it next."),
    "transferred_member": _("Handed to {member} directly, past the queue."),
    "transferred_department": _("Handed to {department}, where it waits for whoever takes it."),
    "resolved": _("Ended by hand. What the customer writes next opens a new conversation."),
    "snoozed": _("Put aside until then. If the customer writes before, it is back at once."),
    "woken": _("It was put aside until this time, and is unread again so that it is noticed."),
    "woken_by_hand": _("Brought back by hand."),
    "woken_by_customer": _("Nobody who writes is left waiting: a message ends it at once."),
    "undone_accept": _("Undone within the seconds in which that can be done: as it was before."),
    "undone_release": _("Undone within the seconds in which that can be done: as it was before."),
    "undone_transfer": _("Undone within the seconds in which that can be done: as it was before."),
    "undone_resolve": _("Undone within the seconds in which that can be done: as it was before."),
    "undone_snooze": _("Undone within the seconds in which that can be done: as it was before."),
    "expired": _("Nothing but a template could be sent any more, so it was ended with the others."),
    "merged": _("Two addresses turned out to be one person; there is one conversation with him."),
    "number_changed": _("The channel told us; replies go to the new number."),
}
MORE = (
    ("channel", _("Came in through {channel}.")),
    ("queue", _("It waited in the queue of {queue}.")),
    ("was", _("Before that it was with {was}.")),
    ("bulk", _("It was one of several that were changed at once.")),
    ("note", _("With a note, which stands in the thread.")),
)


def reasons(data: dict[str, Any], at: datetime) -> list[tuple[str, str]]:
    """Labels and what belongs to them, in the viewer's language and zone; empty for a fact
    that we do not know. What older facts did not keep is left out."""
    how = HOW.get(data.get("fact", ""))
    if how is None:
        return []
    names = {key: value for key, value in data.items() if isinstance(value, str)}
    names = {"member": "", "department": "", **names}
    told = [str(how).format(**names)]
    told += [str(words).format(**names) for key, words in MORE if names.get(key)]
    rows = [
        (gettext("By"), data.get("by") or str(SYSTEM)),
        (gettext("When"), to_the_second(at)),
        (gettext("How"), " ".join(told)),
    ]
    for key, label in (("until", gettext("Snoozed until")), ("since", gettext("Waiting since"))):
        moment = parse_datetime(names[key]) if names.get(key) else None
        if moment:
            rows.insert(2, (label, to_the_second(moment)))
    return rows


def to_the_second(at: datetime) -> str:
    """Date, time and zone: 22 November 2026 10.42.05 WIB."""
    local = timezone.localtime(at)
    day = date_format(local, pgettext("exact day", "j F Y"))
    clock = time_format(local, pgettext("exact time", "H:i:s"))
    return f"{day} {clock} {local.tzname()}"
