"""Which conversations a member sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Member
from accounts.queries import access_of
from helpdesk.prepared import prepared
from inbox.audience import Reach, reach_of, seen_in, seen_with
from inbox.models import Conversation
from inbox.queries.labelling import with_labels

Status = Conversation.Status
BIGGEST = 2**63 - 1


def visible_to(member: Member) -> QuerySet[Conversation]:
    """The conversations that a member may see, with what a row shows."""
    return _shown().filter(seen_with(access_of(member)))


def visible_conversation(member: Member, number: int, *, is_bare: bool) -> Conversation | None:
    """The one of this number, if he may see it; `is_bare`: with its labels only."""
    if number > BIGGEST:
        return None
    reach, ids = reach_of(access_of(member))
    return next(iter(_visible(number, *ids, reach=reach, is_bare=is_bare)), None)


@prepared
def _visible(
    number: Any, assignees: Any, queues: Any, led: Any, *, reach: Reach, is_bare: bool
) -> QuerySet[Conversation]:
    rows = with_labels(Conversation.objects.all()) if is_bare else _shown()
    return rows.filter(seen_in(reach, assignees, queues, led), number=number)


def seen_by(member: Member) -> QuerySet[Conversation]:
    """The same conversations without their people, channels and departments."""
    return Conversation.objects.filter(seen_with(access_of(member)))


def takeable_by(member: Member) -> QuerySet[Conversation]:
    """What he sees, and what he saw in a queue of his until a colleague took it: the loser
    of a race is told by whom. Whatever was never in his queues stays unknown to him."""
    access = access_of(member)
    queues = Q(department__any=list(access.queues)) | Q(department__isnull=True)
    taken = Q(queues, status=Status.HANDLED) if access.handles_chats else Q(pk__isnull=True)
    return Conversation.objects.filter(seen_with(access) | taken)


def _shown() -> QuerySet[Conversation]:
    rows = Conversation.objects.select_related(
        "contact", "channel", "assignee", "department", "identity"
    )
    return with_labels(rows)
