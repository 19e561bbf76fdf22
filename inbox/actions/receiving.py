"""What customers write."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import Identified, identify
from helpdesk.events import action, emit
from helpdesk.tenancy import current_workspace_id
from inbox.actions.continuing import continued, preview_of, window_after
from inbox.actions.facts import add_fact
from inbox.audience import audience_of
from inbox.channels import IncomingMessage
from inbox.events import ConversationOpened, MessageReceived
from inbox.models import Channel, Conversation, Message
from inbox.routing import Arrival, route


@action
def receive_message(channel: Channel, incoming: IncomingMessage) -> int | None:
    """Store a customer's message in his open conversation, or in a new one; its id.

    None if the provider told us of it before. Order does not matter: the thread is sorted
    by the provider's time, and times kept on the conversation only move forward.
    """
    who = incoming.sender
    identified = identify(who.keys, by=SYSTEM, name=who.name, phone=who.phone)
    found = None if identified.created else continued(channel, identified, incoming)
    if found is None:
        if Message.objects.filter(channel=channel, external_id=incoming.external_id).exists():
            return None
        conversation = _opened(channel, identified, incoming)
        found = _first_message(channel, conversation, identified, incoming), conversation
    message_id, conversation = found
    emit(
        MessageReceived(conversation.pk, message_id),
        audience=audience_of(conversation),
        by=identified.contact,
    )
    return message_id


def _first_message(
    channel: Channel, conversation: Conversation, identified: Identified, incoming: IncomingMessage
) -> int:
    message = Message.objects.create(
        conversation=conversation,
        channel=channel,
        direction=Message.Direction.IN,
        kind=incoming.kind,
        text=incoming.text,
        data=dict(incoming.data),
        external_id=incoming.external_id,
        reply_to=incoming.reply_to,
        author_contact=identified.contact,
        author_name=str(identified.contact)[:160],
        sent_at=incoming.sent_at,
    )
    return message.pk


def _opened(channel: Channel, identified: Identified, incoming: IncomingMessage) -> Conversation:
    """A new conversation, queued. Two workers that open one at once meet at the unique
    index: the second fails, and its payload is read again a moment later."""
    earlier = Conversation.objects.filter(channel=channel, contact=identified.contact)
    previous = None if identified.created else earlier.order_by("-opened_at", "-id").first()
    now = timezone.now()
    decision = route(Arrival(department_id=channel.department_id))
    conversation = Conversation.objects.create(
        number=_next_number(),
        channel=channel,
        contact=identified.contact,
        identity=identified.identity,
        department_id=decision.department_id,
        status=Conversation.Status.QUEUED,
        previous=previous,
        opened_at=now,
        queued_at=now,
        last_message_at=incoming.sent_at,
        last_customer_at=incoming.sent_at,
        window_expires_at=window_after(channel, incoming),
        preview=preview_of(incoming),
        unread_count=1,
    )
    _tell_opened(conversation, channel, identified, incoming)
    return conversation


def _tell_opened(
    conversation: Conversation, channel: Channel, identified: Identified, incoming: IncomingMessage
) -> None:
    department = channel.department
    kind = "queued_department" if department else "queued"
    name = department.name if department else ""
    add_fact(conversation, kind, by=SYSTEM, at=incoming.sent_at, department=name)
    emit(
        ConversationOpened(conversation.pk, conversation.department_id),
        audience=audience_of(conversation),
        by=identified.contact,
    )


def _next_number() -> int:
    """The workspace's next conversation number; the counter row is held until the commit."""
    sql = (
        "INSERT INTO inbox_numbercounter AS c (workspace_id, last) VALUES (%s, 1) "
        "ON CONFLICT (workspace_id) DO UPDATE SET last = c.last + 1 RETURNING last"
    )
    parameters: list[Any] = [current_workspace_id()]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        number: int = cursor.fetchone()[0]
    return number
