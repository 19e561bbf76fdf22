"""What expired or was left: filters over times, not states (F35, F36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Member
from accounts.queries import access_of
from inbox.audience import seen_with
from inbox.models import Channel, Conversation

QUEUED = Q(status=Conversation.Status.QUEUED)


@dataclass(frozen=True)
class ExpiredIn:
    """How many expired conversations wait in the queue of a channel; `untouched` of them
    nobody has had yet."""

    channel: Channel
    count: int
    untouched: int


def left_behind(now: datetime) -> Q:
    """Abandoned or expired: in a queue although somebody had it before, or with a reply window
    that has closed."""
    return QUEUED & (Q(first_assigned_at__isnull=False) | Q(window_expires_at__lt=now))


def expired_in_queue(member: Member, now: datetime) -> QuerySet[Conversation]:
    """In a queue that the member sees, with a reply window that has closed."""
    seen = Conversation.objects.filter(seen_with(access_of(member)))
    return seen.filter(QUEUED, window_expires_at__lt=now)


def expired_by_channel(member: Member) -> list[ExpiredIn]:
    """The channels that have such conversations, by name."""
    rows = expired_in_queue(member, timezone.now()).values("channel").order_by()
    untouched = Count("pk", filter=Q(first_assigned_at__isnull=True))
    counted = {row["channel"]: row for row in rows.annotate(n=Count("pk"), new=untouched)}
    channels = Channel.objects.filter(pk__in=counted).order_by("name", "id")
    return [
        ExpiredIn(channel, counted[channel.pk]["n"], counted[channel.pk]["new"])
        for channel in channels
    ]
