"""How far a member and his workspace have come, from what is there; one query."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Department, DepartmentMember, Invitation, Member
from inbox.channels import PRACTICE
from inbox.models import Channel, Conversation, Label, Message, QuickReply


def progress(member: Member) -> dict[str, bool]:
    """By step whether it is done: those of the workspace for who administers it, else those
    of an agent. What was only practice is no connected channel."""
    row = Member.objects.filter(pk=member.pk)
    return _workspace(row) if member.administers else _agent(row, member)


def _workspace(row: QuerySet[Member]) -> dict[str, bool]:
    real = Channel.objects.exclude(kind=PRACTICE)
    seats = DepartmentMember.objects.filter(department=OuterRef("pk"), member__is_active=True)
    done = row.values(
        answered=Exists(Conversation.objects.filter(last_agent_at__isnull=False)),
        connected=Exists(real.filter(state=Channel.State.ACTIVE)),
        joined=Exists(Member.objects.exclude(pk=OuterRef("pk"))),
        invited=Exists(Invitation.objects.filter(revoked_at=None)),
        unstaffed=Exists(Department.objects.filter(~Exists(seats), is_active=True)),
        labels=Exists(Label.objects.all()),
        quick_replies=Exists(QuickReply.objects.all()),
    )
    return {name: bool(value) for name, value in done.get().items()}


def _agent(row: QuerySet[Member], member: Member) -> dict[str, bool]:
    """Through his conversations, which have an index: also if he has never had one."""
    out = Message.objects.filter(direction=Message.Direction.OUT, author_member=member)
    done = row.values(
        accepted=Exists(Conversation.objects.filter(assignee=member)),
        replied=Exists(out.filter(conversation__assignee=member)),
    )
    return {name: bool(value) for name, value in done.get().items()}
