"""Until when a conversation may be put aside: the choices of the dialog, a pure function."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MORNING = time(9)
AFTERNOON = time(14)
LONGEST = timedelta(days=366)
LABELS: dict[str, Promise] = {
    "hour": _("In one hour"),
    "afternoon": _("This afternoon"),
    "tomorrow": _("Tomorrow"),
    "monday": _("Next Monday"),
}


class Choice(NamedTuple):
    """A choice and the moment that it means."""

    name: str
    label: Promise
    until: datetime


def choices(now: datetime, begin: time = MORNING) -> list[Choice]:
    """What may be chosen at a local moment; days begin at `begin`. What is over, or the same
    as another, is left out: no afternoon after lunch, no Monday on a Sunday."""
    tomorrow = now + timedelta(days=1)
    monday = now + timedelta(days=7 - now.weekday())
    moments = {"hour": now + timedelta(hours=1)}
    if now.time() < time(AFTERNOON.hour - 1):
        moments["afternoon"] = _at(now, AFTERNOON)
    moments["tomorrow"] = _at(tomorrow, begin)
    if monday.date() != tomorrow.date():
        moments["monday"] = _at(monday, begin)
    return [Choice(name, LABELS[name], until) for name, until in moments.items()]


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)
