"""Moments and spans in words: the same words as `ui.js`, which keeps them fresh."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from inbox.here import Here, here

register = template.Library()

SOON = timedelta(minutes=10)


@register.filter
def epoch(value: datetime | None) -> int:
    """Milliseconds, for the page to sort by."""
    return int(value.timestamp() * 1000) if value else 0


@register.filter
def clock(value: datetime, at: Here | None = None) -> str:
    """The time of day: 10.42 or 10:42."""
    at = at or here()
    local = at.local(value)
    return _clock(local.hour, local.minute, at.clock)


@register.filter
def exactly(value: datetime | None, at: Here | None = None) -> str:
    """The full date and time, as shown on hover."""
    if value is None:
        return ""
    at = at or here()
    local = at.local(value)
    day = _day(local.date(), at.day, at.language)
    return f"{day} {_clock(local.hour, local.minute, at.clock)}"


@register.filter
def moment(value: datetime | None, at: Here | None = None) -> str:
    """Short: the time today, "Yesterday", else the date."""
    if value is None:
        return ""
    at = at or here()
    local, today = at.local(value), at.local(at.now).date()
    if local.date() != today:
        return _day_near(local.date(), today, at)
    return _clock(local.hour, local.minute, at.clock)


@register.filter
def upcoming(value: datetime, at: Here | None = None) -> str:
    """A moment that lies ahead: the time today, else the day and the time. It stays true."""
    at = at or here()
    local, today = at.local(value), at.local(at.now).date()
    hour = _clock(local.hour, local.minute, at.clock)
    if local.date() == today:
        return hour
    pattern = at.day_of_year if local.year == today.year else at.day
    return f"{_day(local.date(), pattern, at.language)} {hour}"


def day_of(day: date) -> str:
    """A day in words: Today, Yesterday, 2 Nov, 2 Nov 2025."""
    at = here()
    return _day_near(day, at.local(at.now).date(), at)


def _day_near(day: date, today: date, at: Here) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return _day(day, at.day_of_year if day.year == today.year else at.day, at.language)


# Every row and every bubble says the same few days and times, in some ways each.
@lru_cache(2000)
def _clock(hour: int, minute: int, pattern: str) -> str:
    return time_format(time(hour, minute), pattern)


@lru_cache(2000)
def _day(day: date, pattern: str, language: str | None) -> str:
    return date_format(day, pattern)


def span(length: timedelta) -> str:
    """A length of time: 8 min, 3 h 5 min, 2 d 4 h; never less than a minute."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return _("{m} min").format(m=minutes)
    if minutes < 48 * 60:
        return _("{h} h {m} min").format(h=minutes // 60, m=minutes % 60)
    return _("{d} d {h} h").format(d=minutes // 1440, h=minutes % 1440 // 60)


@register.filter
def until(value: datetime) -> str:
    """What is left of a deadline, or how late it is."""
    left = value - timezone.now()
    return span(left) if left > timedelta(0) else _("{time} late").format(time=span(-left))


@register.filter
def waiting(value: datetime | None) -> str:
    """How long somebody has waited since then."""
    if value is None:
        return ""
    return _("waiting {time}").format(time=span(timezone.now() - value))


@register.filter
def since(value: datetime) -> str:
    """The same without the word."""
    return span(timezone.now() - value)


@register.filter
def has_passed(value: datetime) -> bool:
    """Whether it is in the past."""
    return value <= timezone.now()


@register.filter
def due_tone(value: datetime) -> str:
    """The class of a deadline: near, over, or none."""
    left = value - timezone.now()
    if left <= timedelta(0):
        return "is-over"
    return "is-warn" if left <= SOON else ""
