"""One conversation: its messages, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Department, Member
from accounts.queries import access_of, agents
from inbox.audience import seen_with
from inbox.channels import ComposerLimits, adapter_for
from inbox.models import Channel, Conversation, Message
from inbox.queries.furnishing import furnished
from inbox.queries.lists import seen_by

PAGE = 50
TROUBLED = (Message.State.FAILED, Message.State.UNKNOWN)
EARLIER = ("number", "status", "preview", "last_message_at", "channel__name", "channel__kind")


@dataclass(frozen=True)
class Targets:
    """Where a conversation may be transferred to."""

    members: list[Member]
    departments: list[Department]


def thread(conversation: Conversation, limit: int = PAGE, before: int = 0) -> list[Message]:
    """The last messages in the thread's order; `before` is the id of the oldest known one."""
    rows = conversation.messages.select_related("author_member").exclude(_silent())
    oldest = rows.filter(pk=before).first() if before else None
    if oldest:
        rows = rows.filter(
            Q(sent_at__lt=oldest.sent_at) | Q(sent_at=oldest.sent_at, pk__lt=oldest.pk)
        )
    return furnished(list(rows.order_by("-sent_at", "-id")[:limit])[::-1])


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


def previous_of(conversation: Conversation, member: Member) -> QuerySet[Conversation]:
    """Earlier conversations with the contact that this member may see, the newest first."""
    rows = seen_by(member).filter(_before(conversation)).order_by("-opened_at", "-id")
    return rows.select_related("channel").only(*EARLIER)[:10]


def hidden_before(conversation: Conversation, member: Member) -> int:
    """How many earlier ones there are that he may not see: a number, and nothing else."""
    access = access_of(member)
    if access.sees_all:
        return 0
    hidden = ~seen_with(access)
    return Conversation.objects.filter(_before(conversation)).filter(hidden).count()


def _before(conversation: Conversation) -> Q:
    same = Q(contact_id=conversation.contact_id, opened_at__lte=conversation.opened_at)
    return same & ~Q(pk=conversation.pk)


def limits_of(conversation: Conversation) -> ComposerLimits:
    """Reply window and text length now."""
    return adapter_for(conversation.channel.kind).limits(conversation, timezone.now())


def transfer_targets(member: Member) -> Targets:
    """Active members with a seat for chats, and active departments."""
    departments = Department.objects.filter(is_active=True).order_by("-is_main", "name")
    return Targets(list(agents().exclude(pk=member.pk)), list(departments))
