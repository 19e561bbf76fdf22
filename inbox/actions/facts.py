"""Facts: what was done with a conversation, shown in its thread."""

from __future__ import annotations

from typing import Any

from accounts.models import Member
from inbox.models import Conversation, Message


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the commit."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("channel", "contact", "assignee", "department")
        .get(pk=conversation.pk)
    )


def add_fact(conversation: Conversation, fact: str, *, by: Any, at: Any, **data: str) -> Message:
    """A line in the thread: a message of kind ``fact`` whose data names it, and holds what
    its sentence needs (see `inbox.facts`)."""
    name = getattr(by, "name", "")
    return Message.objects.create(
        conversation=conversation,
        channel_id=conversation.channel_id,
        direction=Message.Direction.FACT,
        kind="fact",
        data={"fact": fact, "by": name, **data},
        author_member=by if isinstance(by, Member) else None,
        author_name=name,
        sent_at=at,
    )
