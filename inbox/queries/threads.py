"""One conversation: its messages, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Department, Member
from accounts.queries import access_of, agents
from helpdesk.prepared import prepared
from inbox.audience import Reach, reach_of, seen_in, seen_with
from inbox.channels import ComposerLimits, adapter_for
from inbox.models import Channel, Conversation, Message
from inbox.queries.furnishing import furnished

PAGE = 50
TROUBLED = (Message.State.FAILED, Message.State.UNKNOWN)
MOST_EARLIER = 10
EARLIER = ("number", "status", "preview", "last_message_at", "channel__name", "channel__kind")


@dataclass(frozen=True)
class Targets:
    """Where a conversation may be transferred to."""

    members: list[Member]
    departments: list[Department]


def thread(conversation: Conversation, limit: int = PAGE, before: int = 0) -> list[Message]:
    """The last messages in the thread's order; `before` is the id of the oldest known one."""
    oldest = conversation.messages.filter(pk=before).first() if before else None
    if oldest is None:
        rows = _last(conversation.pk, limit=limit)
    else:
        rows = _before_it(conversation.pk, oldest.sent_at, oldest.pk, limit=limit)
    for row in rows:
        row.conversation = conversation
    return furnished(rows[::-1])


@prepared
def _last(conversation: Any, *, limit: int) -> QuerySet[Message]:
    return _shown(conversation)[:limit]


@prepared
def _before_it(conversation: Any, at: Any, pk: Any, *, limit: int) -> QuerySet[Message]:
    earlier = Q(sent_at__lt=at) | Q(sent_at=at, pk__lt=pk)
    return _shown(conversation).filter(earlier)[:limit]


def _shown(conversation: Any) -> QuerySet[Message]:
    rows = Message.objects.filter(conversation=conversation).exclude(_silent())
    return rows.select_related("author_member").order_by("-sent_at", "-id")


def _silent() -> Q:
    """Reactions stand on the message they are about; alone they are shown if they failed."""
    return Q(kind="reaction") & ~Q(state__in=TROUBLED)


def last_incoming(conversation_id: int) -> Message | None:
    """The customer's last message that the provider knows, with its channel."""
    rows = Message.objects.filter(
        conversation=conversation_id,
        direction=Message.Direction.IN,
        external_id__isnull=False,
        channel__state=Channel.State.ACTIVE,
    )
    return rows.select_related("channel").order_by("-sent_at", "-id").first()


def message_of(conversation: Conversation, message_id: int) -> QuerySet[Message]:
    """A message looked up through its conversation, never alone."""
    return conversation.messages.filter(pk=message_id)


def previous_of(conversation: Conversation, member: Member) -> list[Conversation]:
    """The last earlier conversations with the contact that this member may see."""
    reach, ids = reach_of(access_of(member))
    given = (conversation.pk, conversation.contact_id, conversation.opened_at)
    return _previous(*given, *ids, reach=reach)


@prepared
def _previous(
    pk: Any, contact: Any, opened_at: Any, assignees: Any, queues: Any, led: Any, *, reach: Reach
) -> QuerySet[Conversation]:
    seen = Conversation.objects.filter(seen_in(reach, assignees, queues, led))
    rows = seen.filter(contact=contact, opened_at__lte=opened_at).exclude(pk=pk)
    return (
        rows.select_related("channel").only(*EARLIER).order_by("-opened_at", "-id")[:MOST_EARLIER]
    )


def hidden_before(conversation: Conversation, member: Member) -> int:
    """How many earlier ones there are that he may not see: a number, and nothing else."""
    access = access_of(member)
    if access.sees_all:
        return 0
    rows = Conversation.objects.filter(
        contact=conversation.contact_id, opened_at__lte=conversation.opened_at
    )
    return rows.exclude(pk=conversation.pk).exclude(seen_with(access)).count()


def limits_of(conversation: Conversation) -> ComposerLimits:
    """Reply window and text length now."""
    return adapter_for(conversation.channel.kind).limits(conversation, timezone.now())


def transfer_targets(member: Member) -> Targets:
    """Active members with a seat for chats, and active departments."""
    departments = Department.objects.filter(is_active=True).order_by("-is_main", "name")
    return Targets(list(agents().exclude(pk=member.pk)), list(departments))
