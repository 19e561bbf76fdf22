"""Practice: a test customer of a member's own, who writes without any provider (U29).

What he says is stored like a provider's payload, and read, answered and ticked like one.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.payloads import store_part
from inbox.channels import PRACTICE
from inbox.events import PracticeQueued
from inbox.models import Channel, Conversation, InboundPayload, Message
from inbox.queries.sight import visible_to

AN_HOUR = timedelta(hours=1)
AT_MOST = 5  # test conversations of a member in an hour
WAITING_MOST = 20  # of a workspace, unread


@action
def practise(*, by: Member) -> Conversation | None:
    """Let this member's test customer write; None, since he is heard a moment later. If he
    has written and is not resolved yet, that conversation, and nothing new.

    `Refused`: ``practice_taken`` if a colleague has it where the member doesn't see it,
    ``practice_often`` after `AT_MOST` in an hour.
    """
    by.require("inbox.practise")
    channel = _practice_channel()
    mine = Conversation.objects.filter(channel=channel, identity__value=str(by.pk))
    going_on = mine.exclude(status=Conversation.Status.RESOLVED).first()
    if going_on:
        return _within_sight(going_on, by)
    now = timezone.now()
    unread = InboundPayload.objects.filter(channel=channel, state="received").count()
    if unread >= WAITING_MOST or mine.filter(opened_at__gt=now - AN_HOUR).count() >= AT_MOST:
        raise Refused("practice_often", _("That was a lot of practice. Try again in an hour."))
    message = {
        # Asked for twice before the first was read, it is the same message.
        "id": f"practice.{by.pk}.{mine.count()}",
        "customer": by.pk,
        "name": _("Test customer of %(name)s") % {"name": by.name},
        "text": _("Hello, this is a test. Do you still have the blue shirt in size M?"),
        "answer": _("Thank you, that was quick! The test is over: you can resolve me now."),
        "at": now.isoformat(),
    }
    _store(channel, {"messages": [message]}, by)
    return None


def answer_practice(sent: Message) -> None:
    """What follows from a reply that has gone to a test customer: it is delivered and read,
    and the first one is answered. For actions; it costs the other channels nothing."""
    now = timezone.now().isoformat()
    ref = {"id": str(sent.external_id), "ref": str(sent.uuid), "at": now}
    told: dict[str, Any] = {
        "statuses": [{**ref, "status": status} for status in ("delivered", "read")]
    }
    conversation = sent.conversation
    last = conversation.messages.filter(direction=Message.Direction.IN).last()
    if sent.kind == "text" and last and last.data.get("answer") and not conversation.is_resolved:
        told["messages"] = [
            {
                "id": f"practice.answer.{last.pk}",
                "customer": conversation.identity.value,
                "name": conversation.contact.name,
                "text": last.data["answer"],
                "at": now,
            }
        ]
    _store(sent.channel, told, sent.author_member)


def _store(channel: Channel, told: dict[str, Any], by: Any) -> None:
    store_part(channel, json.dumps(told).encode())
    emit(PracticeQueued(channel.pk), audience={"w"}, by=by)


def _practice_channel() -> Channel:
    """The one of this workspace, made when it is first needed; held, so that of two clicks
    the second sees what the first did."""
    Channel.objects.get_or_create(
        kind=PRACTICE, account_id=PRACTICE, defaults={"name": _("Practice")}
    )
    return Channel.objects.select_for_update(of=("self",)).get(kind=PRACTICE)


def _within_sight(going_on: Conversation, by: Member) -> Conversation:
    if not visible_to(by).filter(pk=going_on.pk).exists():
        told = _("A colleague has your test conversation. When it is resolved, ask for another.")
        raise Refused("practice_taken", told)
    return going_on
