"""The dialog that asks until when."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from accounts.preferences import attention_of
from inbox.snoozing import LONGEST, MORNING, choices


def begin_of(member: Member) -> time:
    """When a day begins for a member: with his working hours, where he has told them."""
    hours = attention_of(member).hours
    return hours.begin if hours else MORNING


def snooze_context(member: Member) -> dict[str, Any]:
    """The choices now, and between which times one's own may lie, for a field of the page."""
    now = timezone.localtime()
    return {
        "choices": choices(now, begin_of(member)),
        "today": now.date(),
        "least": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        "most": f"{now + LONGEST - timedelta(days=1):%Y-%m-%dT%H:%M}",
    }
