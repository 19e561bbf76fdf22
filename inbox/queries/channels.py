"""Channels and how they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from activity.models import LedgerEntry
from inbox.channels import PRACTICE
from inbox.models import Channel, Conversation, InboundPayload, Message


@dataclass(frozen=True)
class Health:
    """Last message in and out, payloads that wait for a person, replies that wait to be sent."""

    last_in: datetime | None
    last_out: datetime | None
    parked: int
    waiting: int = 0


def channels() -> QuerySet[Channel]:
    """All channels with their department, connected ones first; practice is none of them."""
    rows = Channel.objects.exclude(kind=PRACTICE).select_related("department")
    return rows.order_by("state", "name", "id")


def channel_of(channel_id: int) -> Channel | None:
    """The channel with this id, unless it is disconnected."""
    rows = Channel.objects.exclude(state=Channel.State.DISCONNECTED)
    return rows.filter(pk=channel_id).first()


def healths(channels: Iterable[Channel]) -> dict[int, Health]:
    """How each channel is, by its id; from the rows themselves, so that the hot path has
    nothing to keep up to date. Three queries, however many channels there are."""
    ids = [channel.pk for channel in channels]
    times = Conversation.objects.filter(channel__in=ids).values("channel").order_by()
    said: dict[int, Any] = {
        row["channel"]: row
        for row in times.annotate(last_in=Max("last_customer_at"), last_out=Max("last_agent_at"))
    }
    parked = _counted(InboundPayload.objects.filter(state=InboundPayload.State.PARKED), ids)
    waiting = _counted(Message.objects.filter(state=Message.State.QUEUED), ids)
    return {
        pk: Health(
            said.get(pk, {}).get("last_in"),
            said.get(pk, {}).get("last_out"),
            parked.get(pk, 0),
            waiting.get(pk, 0),
        )
        for pk in ids
    }


def channel_health(channel: Channel) -> Health:
    """How one channel is."""
    return healths([channel])[channel.pk]


def _counted(rows: QuerySet[Any], ids: list[int]) -> dict[int, int]:
    grouped = rows.filter(channel__in=ids).values("channel").order_by()
    return {row["channel"]: row["n"] for row in grouped.annotate(n=Count("pk"))}


def lost_channels() -> QuerySet[Channel]:
    """Channels whose provider no longer accepts us: their replies wait."""
    return Channel.objects.filter(state=Channel.State.RECONNECT).order_by("name", "id")


def channel_history(channel: Channel) -> QuerySet[LedgerEntry]:
    """What was changed about a channel and by whom, the newest first; fields, not contents."""
    changes = LedgerEntry.objects.filter(name="channel.changed", facts__channel_id=channel.pk)
    return changes.order_by("-seq")[:50]


def payloads(channel: Channel) -> QuerySet[InboundPayload]:
    """What was posted for a channel, the newest first."""
    return InboundPayload.objects.filter(channel=channel).order_by("-id")


def parked(channel: Channel) -> QuerySet[InboundPayload]:
    """What could not be parsed."""
    return payloads(channel).filter(state=InboundPayload.State.PARKED)
