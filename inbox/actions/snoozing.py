"""Putting a conversation aside until a time; `waking` brings it back.

It stays handled and with its assignee: only the time is kept, and lists leave it out. Whatever
moves it (`inbox.actions.handling`, `ending`) takes the time away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.facts import add_fact, locked
from inbox.actions.undoing import remember, standing
from inbox.audience import audience_of
from inbox.events import ConversationSnoozed
from inbox.models import Conversation
from inbox.snoozing import LONGEST


@action
def snooze(conversation: Conversation, *, by: Any, until: datetime) -> Conversation:
    """Put it aside until then. `Refused`: ``not_handled`` if nobody has it, ``no_time`` if the
    time is over or more than a year away."""
    row = locked(conversation)
    by.require("inbox.move", row)
    if row.status != Conversation.Status.HANDLED:
        raise Refused("not_handled", _("Only a conversation that somebody has can be snoozed."))
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise Refused("no_time", _("Choose a time that lies ahead, within a year."))
    if row.snoozed_until == until:
        return row
    before = standing(row)
    row.snoozed_until = until
    row.version += 1
    row.save(update_fields=["snoozed_until", "version"])
    fact = add_fact(row, "snoozed", by=by, at=now, until=until.isoformat())
    emit(ConversationSnoozed(row.pk, fact.pk), audience=audience_of(row), by=by)
    remember(row, "snooze", before, by)
    return row
