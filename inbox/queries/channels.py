"""Channels and how they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from inbox.models import Channel, Conversation, InboundPayload


@dataclass(frozen=True)
class Health:
    """Last message in and out, and payloads that wait for a person."""

    last_in: datetime | None
    last_out: datetime | None
    parked: int


def channels() -> QuerySet[Channel]:
    """All channels with their department, connected ones first."""
    return Channel.objects.select_related("department").order_by("state", "name", "id")


def channel_health(channel: Channel) -> Health:
    """From the rows themselves: nothing to keep up to date on the hot path."""
    times = Conversation.objects.filter(channel=channel).aggregate(
        last_in=Max("last_customer_at"), last_out=Max("last_agent_at")
    )
    waiting = Q(state=InboundPayload.State.PARKED)
    found = payloads(channel).aggregate(parked=Count("pk", filter=waiting))
    return Health(times["last_in"], times["last_out"], found["parked"])


def payloads(channel: Channel) -> QuerySet[InboundPayload]:
    """What was posted for a channel, the newest first."""
    return InboundPayload.objects.filter(channel=channel).order_by("-id")


def parked(channel: Channel) -> QuerySet[InboundPayload]:
    """What could not be parsed."""
    return payloads(channel).filter(state=InboundPayload.State.PARKED)
