"""Facts: what was done with a conversation, shown in its thread."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import Member
from helpdesk.prepared import prepared
from inbox.models import Conversation, Message


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the commit.

    Held first and read after: a join in the statement that waits for the lock would show
    the assignee, department and channel of before it waited. The key stays free: whoever
    refers to the conversation (a batch, to many of them) holds it, and must not be waited for.
    """
    if not _held(conversation.pk):
        raise Conversation.DoesNotExist
    return _as_it_is(conversation.pk)[0]


@prepared
def _held(pk: Any) -> QuerySet[Conversation]:
    return Conversation.objects.select_for_update(no_key=True).only("pk").filter(pk=pk)


@prepared
def _as_it_is(pk: Any) -> QuerySet[Conversation]:
    rows = Conversation.objects.select_related("channel", "contact", "assignee", "department")
    return rows.filter(pk=pk)


def whence(row: Conversation, *, note: str = "", bulk: str = "") -> dict[str, str]:
    """Where a conversation that is about to go elsewhere was, for the "why?" of the fact."""
    why = {"was": row.assignee.name} if row.assignee else {}
    if row.status == Conversation.Status.QUEUED:
        why["queue"] = row.department.name if row.department else ""
        why["since"] = row.queued_at.isoformat() if row.queued_at else ""
    if row.snoozed_until:
        why["until"] = row.snoozed_until.isoformat()
    why |= {"note": "yes" if note.strip() else "", "bulk": "yes" if bulk == "bulk" else ""}
    return {key: value for key, value in why.items() if value}


def add_fact(
    conversation: Conversation,
    fact: str,
    *,
    by: Any,
    at: Any,
    external_id: str | None = None,
    **data: str,
) -> Message:
    """A line in the thread: a message of kind ``fact`` whose data names it, and holds what
    its sentence needs (see `inbox.facts`). `external_id` if a provider told us of it."""
    name = getattr(by, "name", "")
    return Message.objects.create(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.FACT,
        kind="fact",
        external_id=external_id,
        data={"fact": fact, "by": name, **data},
        author_member=by if isinstance(by, Member) else None,
        author_name=name,
        sent_at=at,
    )
