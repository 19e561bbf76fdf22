"""How a member wants his workspace: keys, look, and what calls for his attention.

Stored on the member as JSON, only what differs from the defaults here; read with
`look_of`, `attention_of` and `accounts.commands.keys_of`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member

DENSITIES = {"comfortable": _("Comfortable"), "compact": _("Compact")}
LIST_WIDTHS = range(284, 525, 16)  # pixels: the steps that static/css/panes.css knows
WAYS = {"sound": _("Sound"), "desktop": _("Desktop"), "email": _("Email")}
TONES = {"chime": _("Chime"), "bell": _("Bell"), "drop": _("Drop"), "knock": _("Knock")}
DAYS = range(7)  # Monday is 0


@dataclass(frozen=True)
class Activity:
    """Something that may call a member: `ways` are the defaults."""

    name: str
    label: Any
    hint: Any
    ways: frozenset[str]


activities: dict[str, Activity] = {}


def register_activity(name: str, label: Any, hint: Any, *ways: str) -> None:
    """Add a kind of activity to the page "Notifications", with the ways that are on at first."""
    activities[name] = Activity(name, label, hint, frozenset(ways))


@dataclass(frozen=True)
class Look:
    """How the inbox is laid out. `list_width` in pixels."""

    density: str = "comfortable"
    list_width: int = 348
    list_open: bool = True
    details_open: bool = True


@dataclass(frozen=True)
class Hours:
    """Working hours of a week, in the workspace's zone; until the next day if they do not end
    after they begin, so that the same time twice is a whole day."""

    days: frozenset[int]
    begin: time
    end: time

    def covers(self, moment: datetime) -> bool:
        """Whether a local moment lies within."""
        now, day = moment.time(), moment.weekday()
        if self.begin < self.end:
            return day in self.days and self.begin <= now < self.end
        late = day in self.days and now >= self.begin
        return late or ((day - 1) % 7 in self.days and now < self.end)


@dataclass(frozen=True)
class Attention:
    """By activity the ways to call him; `volume` from 0 to 100; `hours` None for always."""

    ways: Mapping[str, frozenset[str]]
    tone: str = "chime"
    volume: int = 60
    hours: Hours | None = None

    def wants(self, activity: str, way: str) -> bool:
        """Whether this activity calls him in this way."""
        return way in self.ways.get(activity, frozenset())


def look_of(member: Member) -> Look:
    """His look, with the defaults filled in."""
    kept = member.preferences.get("look", {})
    return Look(**{name: kept[name] for name in Look.__dataclass_fields__ if name in kept})


def welcome_of(member: Member) -> str:
    """What he wished of the card "Getting started": ``shown``, ``hidden``, or '' for nothing."""
    return str(member.preferences.get("welcome", ""))


def attention_of(member: Member) -> Attention:
    """What calls him, with the defaults filled in."""
    kept = member.preferences.get("attention", {})
    own = kept.get("ways", {})
    ways = {name: frozenset(own.get(name, row.ways)) for name, row in activities.items()}
    hours = kept.get("hours")
    return Attention(
        ways,
        kept.get("tone", Attention.tone),
        kept.get("volume", Attention.volume),
        _hours(hours) if hours else None,
    )


def _hours(kept: Mapping[str, Any]) -> Hours:
    begin, end = (time.fromisoformat(kept[name]) for name in ("begin", "end"))
    return Hours(frozenset(kept["days"]), begin, end)
