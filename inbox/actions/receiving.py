"""What customers write."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import Identified, identify
from helpdesk.events import action, emit
from helpdesk.tenancy import current_workspace_id
from inbox.actions.facts import add_fact
from inbox.audience import audience_of
from inbox.channels import IncomingMessage, adapter_for
from inbox.events import ConversationOpened, MessageReceived
from inbox.models import Channel, Conversation, Message
from inbox.routing import Arrival, route


@action
def receive_message(channel: Channel, incoming: IncomingMessage) -> Message | None:
    """Store a customer's message in his open conversation, or in a new one.

    None if the provider told us of it before. Order does not matter: the thread is sorted
    by the provider's time, and times kept on the conversation only move forward.
    """
    if Message.objects.filter(channel=channel, external_id=incoming.external_id).exists():
        return None
    who = incoming.sender
    identified = identify(who.keys, by=SYSTEM, name=who.name, phone=who.phone)
    conversation = _open_conversation(channel, identified, incoming)
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
    _bring_forward(conversation, channel, incoming)
    emit(
        MessageReceived(conversation.pk, message.pk),
        audience=audience_of(conversation),
        by=identified.contact,
    )
    return message


def _latest(channel: Channel, identified: Identified) -> QuerySet[Conversation]:
    mine = Conversation.objects.filter(channel=channel, contact=identified.contact)
    return mine.select_for_update(of=("self",)).order_by("-opened_at", "-id")


def _open_conversation(
    channel: Channel, identified: Identified, incoming: IncomingMessage
) -> Conversation:
    """His open conversation, held; else a new one. Two workers that open one at once meet at
    the unique index: the second fails, and its payload is read again a moment later."""
    latest = None if identified.created else _latest(channel, identified).first()
    if latest and not latest.is_resolved:
        return latest
    now = timezone.now()
    decision = route(Arrival(department_id=channel.department_id))
    conversation = Conversation.objects.create(
        number=_next_number(),
        channel=channel,
        contact=identified.contact,
        identity=identified.identity,
        department_id=decision.department_id,
        status=Conversation.Status.QUEUED,
        previous=latest,
        opened_at=now,
        queued_at=now,
        last_message_at=incoming.sent_at,
    )
    department = channel.department
    kind = "queued_department" if department else "queued"
    name = department.name if department else ""
    add_fact(conversation, kind, by=SYSTEM, at=incoming.sent_at, department=name)
    emit(
        ConversationOpened(conversation.pk, conversation.department_id),
        audience=audience_of(conversation),
        by=identified.contact,
    )
    return conversation


def _bring_forward(conversation: Conversation, channel: Channel, incoming: IncomingMessage) -> None:
    at = incoming.sent_at
    if conversation.last_customer_at is None or at >= conversation.last_customer_at:
        conversation.last_customer_at = at
        window = adapter_for(channel.kind).window
        conversation.window_expires_at = at + window if window else None
    if at >= conversation.last_message_at:
        conversation.last_message_at = at
        conversation.preview = preview_of(incoming)
    conversation.unread_count += 1
    conversation.version += 1
    fields = "last_customer_at window_expires_at last_message_at preview unread_count version"
    conversation.save(update_fields=fields.split())


def preview_of(incoming: IncomingMessage) -> str:
    """The first words for the list; for a kind without text, its name in brackets."""
    return (incoming.text or f"[{incoming.data.get('type', incoming.kind)}]")[:140]


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
