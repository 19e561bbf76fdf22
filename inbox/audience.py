"""Who sees a conversation, once as tags and once as SQL: the two must agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True)
class Reach:
    """The form that a member's filter has; its ids are beside it."""

    sees_all: bool
    handles_chats: bool
    leads: bool


def seen_with(access: Access) -> Q:
    """The same as a filter."""
    reach, ids = reach_of(access)
    return seen_in(reach, *ids)


def reach_of(access: Access) -> tuple[Reach, tuple[list[int], list[int], list[int]]]:
    """The form of his filter, and what it has in it: assignees, queues, departments led."""
    reach = Reach(access.sees_all, access.handles_chats, bool(access.led))
    return reach, (list(access.assignees), list(access.queues), list(access.led))


def seen_in(reach: Reach, assignees: Any, queues: Any, led: Any) -> Q:
    """The filter; an empty `Q` is everything, so it is never returned by mistake."""
    if reach.sees_all:
        return Q(pk__isnull=False)
    if not reach.handles_chats:
        return Q(pk__isnull=True)
    queue = Q(department__any=queues) | Q(department__isnull=True)
    seen = Q(assignee__any=assignees) | Q(queue, status=Conversation.Status.QUEUED)
    return seen | Q(department__any=led) if reach.leads else seen
