"""Who sees a conversation, once as tags and once as SQL: the two must agree."""

from __future__ import annotations

from django.db.models import Q

from accounts.access import Access
from inbox.models import Conversation


def audience_of(conversation: Conversation) -> frozenset[str]:
    """The tags (see `accounts.access`) of those who see it as it is now."""
    tags = {"w"}
    department = conversation.department_id
    if department:
        tags.add(f"d:{department}:all")
    if conversation.assignee_id:
        tags.add(f"m:{conversation.assignee_id}")
    if conversation.status == Conversation.Status.QUEUED:
        tags.add(queue_tag(department))
    return frozenset(tags)


def queue_tag(department: int | None) -> str:
    """Of those who see the queue of a department, or the one of no department."""
    return f"d:{department}:queue" if department else "q"


def seen_with(access: Access) -> Q:
    """The same as a filter; an empty `Q` is everything, so it is never returned by mistake."""
    if access.sees_all:
        return Q(pk__isnull=False)
    if not access.handles_chats:
        return Q(pk__isnull=True)
    queue = Q(department__in=access.queues) | Q(department__isnull=True)
    seen = Q(assignee__in=access.assignees) | Q(queue, status=Conversation.Status.QUEUED)
    return seen | Q(department__in=access.led) if access.led else seen
