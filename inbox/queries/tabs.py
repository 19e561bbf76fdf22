"""What a tab of the list consists of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from inbox.models import Conversation, Mention
from inbox.queries.expired import left_behind

Status = Conversation.Status

# Each of a member, or of his id.
VIEWS: dict[str, Callable[[Any], Q]] = {
    "queue": lambda member: Q(status=Status.QUEUED),
    "mine": lambda member: _own(member) & Q(snoozed_until__isnull=True),
    "snoozed": lambda member: _own(member) & Q(snoozed_until__isnull=False),
    "all": lambda member: ~Q(status=Status.RESOLVED),
    "mentioned": lambda member: Q(pk__in=calls_of(member)),
    "expired": lambda member: left_behind(timezone.now()),
    "resolved": lambda member: Q(status=Status.RESOLVED),
}
PLAIN = frozenset({"queue", "mine", "snoozed", "all", "resolved"})  # by columns of their own


def _own(member: Any) -> Q:
    return Q(status=Status.HANDLED, assignee=member)


def calls_of(member: Any) -> QuerySet[Mention, int]:
    """The conversations in which he was mentioned."""
    return Mention.objects.filter(member=member).values_list("conversation", flat=True)
