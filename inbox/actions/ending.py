"""The end of a conversation: the one way in which it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Member
from helpdesk.events import emit
from inbox.actions.facts import add_fact
from inbox.audience import audience_of
from inbox.events import ConversationResolved
from inbox.models import Conversation


def end(row: Conversation, fact: str, *, by: Any, at: datetime, **data: str) -> None:
    """Resolve a conversation that is held, with a fact that says why; for actions."""
    before = audience_of(row)
    row.status, row.resolved_at = Conversation.Status.RESOLVED, at
    row.resolved_by = by if isinstance(by, Member) else None
    row.unread_count, row.due_at, row.due_kind = 0, None, ""
    row.snoozed_until = None
    row.version += 1
    row.save()
    line = add_fact(row, fact, by=by, at=at, **data)
    emit(ConversationResolved(row.pk, line.pk), audience=audience_of(row), lost=before, by=by)
