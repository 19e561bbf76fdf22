"""What customers write."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import Identified, identify, still_stands
from contacts.models import Contact
from helpdesk.events import action, emit
from inbox.actions.continuing import continued, preview_of, window_after
from inbox.actions.facts import add_fact, locked
from inbox.actions.files import await_files
from inbox.actions.numbers import next_number
from inbox.actions.waking import resume
from inbox.audience import audience_of
from inbox.channels import IncomingMessage
from inbox.events import ConversationOpened, MessageReceived
from inbox.models import Channel, Conversation, Message
from inbox.routing import Arrival, route


class Parties(NamedTuple):
    """With whom the conversation is, and who wrote: in a group these are two."""

    partner: Identified
    author: Contact


@action
def receive_message(channel: Channel, incoming: IncomingMessage) -> int | None:
    """Store a customer's message in his open conversation, or in a new one; its id.

    None if the provider told us of it before. Order does not matter: the thread is sorted
    by the provider's time, and times kept on the conversation only move forward.
    """
    parties = parties_of(incoming)
    found = None
    if not parties.partner.created:
        found = continued(channel, parties.partner, parties.author, incoming)
        if found is None and not still_stands(parties.partner.contact):
            # Merged by another worker since we looked: his conversation is the other's now.
            parties = parties_of(incoming)
            found = continued(channel, parties.partner, parties.author, incoming)
    if found is None:
        if Message.objects.filter(channel=channel, external_id=incoming.external_id).exists():
            return None
        conversation = _opened(channel, parties.partner, incoming)
        found = _first_message(channel, conversation, parties.author, incoming), conversation
    message_id, conversation = found
    if conversation.snoozed_until:
        resume(locked(conversation), "woken_by_customer", by=SYSTEM, at=timezone.now())
    await_files(conversation.pk, message_id, incoming.files)
    emit(
        MessageReceived(conversation.pk, message_id),
        audience=audience_of(conversation),
        by=parties.author,
    )
    return message_id


def parties_of(incoming: IncomingMessage) -> Parties:
    """The contacts of a message, made if they are new."""
    who = incoming.sender
    author = identify(who.keys, by=SYSTEM, name=who.name, phone=who.phone)
    if incoming.room is None:
        return Parties(author, author.contact)
    room = incoming.room
    group = identify([room.key], by=SYSTEM, name=room.name, is_group=True)
    return Parties(group, author.contact)


def _first_message(
    channel: Channel, conversation: Conversation, author: Contact, incoming: IncomingMessage
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
        author_contact=author,
        author_name=str(author)[:160],
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
        number=next_number(),
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
        referral=incoming.data.get("referral") or {},
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
    why = {"department": name, "channel": channel.name}
    add_fact(conversation, kind, by=SYSTEM, at=incoming.sent_at, **why)
    emit(
        ConversationOpened(conversation.pk, conversation.department_id),
        audience=audience_of(conversation),
        by=identified.contact,
    )
