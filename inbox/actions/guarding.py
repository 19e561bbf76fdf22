"""The send guard: nobody answers what a colleague has answered without knowing it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.prepared import prepared
from inbox.facts import plain
from inbox.models import Conversation, Message

STANDING = (
    "accepted",
    "released",
    "transferred_member",
    "transferred_department",
    "resolved",
    "expired",
)
MOST = 20
Direction, State = Message.Direction, Message.State


def refuse_overtaken(row: Conversation, by: Member, seen: int) -> None:
    """`Refused("overtaken")` if somebody else replied in this conversation, or moved it, after
    the message `seen`; the customer alone never stops a reply. The conversation is held, so
    of two replies at once the second one knows the first. Facts: `since`, what happened, and
    `seen`, to be sent along by who wants to reply all the same."""
    found = _by_others(row.pk, by.pk, seen)
    if not found:
        return
    names = [message.author_name for message in found if message.direction == Direction.OUT]
    if names and names[-1]:
        told = _("%(name)s has replied in the meantime.") % {"name": names[-1]}
    elif names:
        told = _("The customer was answered in the meantime.")
    else:
        told = _("This conversation has changed in the meantime.")
    newest = max(message.pk for message in found)
    raise Refused("overtaken", told, seen=newest, since=[_shown(message) for message in found])


@prepared
def _by_others(conversation: Any, member: Any, seen: Any) -> QuerySet[Message]:
    replied = Q(direction=Direction.OUT) & ~Q(kind="reaction") & ~Q(state=State.DISCARDED)
    moved = Q(direction=Direction.FACT, data__fact__in=STANDING)
    later = Message.objects.filter(conversation=conversation, pk__gt=seen)
    others = later.exclude(author_member=member)
    return others.filter(replied | moved).order_by("sent_at", "id")[:MOST]


def _shown(message: Message) -> dict[str, Any]:
    is_fact = message.direction == Direction.FACT
    return {
        "id": message.pk,
        "kind": message.kind,
        "by": message.author_name,
        "text": plain(message.data) if is_fact else message.text,
        "at": message.sent_at.isoformat(),
    }
