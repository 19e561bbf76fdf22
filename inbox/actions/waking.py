"""Bringing back what was put aside: at its time, by hand, or since the customer wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.actors import SYSTEM
from helpdesk.events import action, emit
from inbox.actions.facts import add_fact, locked
from inbox.audience import audience_of
from inbox.events import ConversationResumed
from inbox.models import Conversation

AT_ONCE = 100


@action
def wake(conversation: Conversation, *, by: Any) -> Conversation:
    """Bring it back before its time."""
    row = locked(conversation)
    by.require("inbox.move", row)
    if row.snoozed_until:
        resume(row, "woken_by_hand", by=by, at=timezone.now())
    return row


@action
def wake_due(limit: int = AT_ONCE) -> int:
    """Bring back those whose time has come, as unread, so that they are noticed; how many it
    were. One that somebody holds at this moment is left for the next time."""
    now = timezone.now()
    rows = Conversation.objects.filter(snoozed_until__lte=now).select_related("assignee")
    held = rows.select_for_update(of=("self",), skip_locked=True).order_by("snoozed_until", "id")
    due = list(held[:limit])
    for row in due:
        resume(row, "woken", by=SYSTEM, at=now)
    return len(due)


def resume(row: Conversation, fact: str, *, by: Any, at: datetime) -> None:
    """Take the time away from a conversation that is held, with a fact that says why: ``woken``,
    ``woken_by_hand`` or ``woken_by_customer``; for actions."""
    since = row.snoozed_until.isoformat() if row.snoozed_until else ""
    row.snoozed_until = None
    fields = ["snoozed_until"]
    if fact == "woken" and row.last_customer_at:
        row.unread_count = max(row.unread_count, 1)
        fields.append("unread_count")
    if fact != "woken_by_customer":  # the message has raised it already
        row.version += 1
        fields.append("version")
    row.save(update_fields=fields)
    line = add_fact(row, fact, by=by, at=at, until=since)
    emit(ConversationResumed(row.pk, line.pk, fact), audience=audience_of(row), by=by)
