"""Templates of a channel."""

from __future__ import annotations

from django.db.models import QuerySet

from inbox.models import Channel, MessageTemplate

APPROVED = MessageTemplate.Status.APPROVED


def templates_of(channel: Channel) -> QuerySet[MessageTemplate]:
    """All of them, by name and language."""
    return MessageTemplate.objects.filter(channel=channel).order_by("name", "language")


def sendable_templates(channel: Channel) -> QuerySet[MessageTemplate]:
    """Those that can be sent now."""
    return templates_of(channel).filter(status=APPROVED, problem="")
