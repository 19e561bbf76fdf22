"""Facts: what was done with a conversation, shown in its thread."""

from __future__ import annotations

from typing import Any

from accounts.models import Member
from inbox.models import Conversation, Message


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the commit.

    Held first and read after: a join in the statement that waits for the lock would show
    the assignee, department and channel of before it waited. The key stays free: whoever
    refers to the conversation (a batch, to many of them) holds it, and must not be waited for.
    """
    Conversation.objects.select_for_update(no_key=True).only("pk").get(pk=conversation.pk)
    rows = Conversation.objects.select_related("channel", "contact", "assignee", "department")
    return rows.get(pk=conversation.pk)


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
