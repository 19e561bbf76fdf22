"""What the business wrote elsewhere: from the app on its phone."""

from __future__ import annotations

from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import Identified
from helpdesk.events import action, emit
from inbox.actions.continuing import preview_of
from inbox.actions.files import await_files
from inbox.actions.numbers import next_number
from inbox.actions.receiving import parties_of
from inbox.audience import audience_of
from inbox.channels import IncomingMessage
from inbox.events import MessageEchoed
from inbox.models import Channel, Conversation, Message


@action
def receive_echo(channel: Channel, incoming: IncomingMessage) -> int | None:
    """Store a message of ours that was not sent from here; its id, or None if we know it.

    It goes into the open conversation, else into the latest; it opens no window, calls for
    nobody and counts as no first response. For somebody who never wrote, a conversation is
    made that is ended already.
    """
    if Message.objects.filter(channel=channel, external_id=incoming.external_id).exists():
        return None
    identified = parties_of(incoming).partner
    row = _conversation(channel, identified, incoming)
    message = Message.objects.create(
        conversation=row,
        channel=channel,
        direction=Message.Direction.OUT,
        kind=incoming.kind,
        text=incoming.text,
        data={**incoming.data, "echo": True},
        state=Message.State.SENT,
        state_at=incoming.sent_at,
        external_id=incoming.external_id,
        reply_to=incoming.reply_to,
        sent_at=incoming.sent_at,
    )
    await_files(row.pk, message.pk, incoming.files)
    if row.last_message_at <= incoming.sent_at:
        row.last_message_at, row.preview = incoming.sent_at, preview_of(incoming)
    row.version += 1
    row.save(update_fields=["last_message_at", "preview", "version"])
    emit(MessageEchoed(row.pk, message.pk), audience=audience_of(row), by=SYSTEM)
    return message.pk


def _conversation(
    channel: Channel, identified: Identified, incoming: IncomingMessage
) -> Conversation:
    theirs = Conversation.objects.filter(channel=channel, contact=identified.contact)
    theirs = theirs.select_for_update(of=("self",))
    resolved = Conversation.Status.RESOLVED
    found = theirs.exclude(status=resolved).first() or theirs.order_by("-opened_at", "-id").first()
    return found or Conversation.objects.create(
        number=next_number(),
        channel=channel,
        contact=identified.contact,
        identity=identified.identity,
        department_id=channel.department_id,
        status=resolved,
        direction=Conversation.Direction.OUTBOX,
        opened_at=incoming.sent_at,
        resolved_at=timezone.now(),
        last_message_at=incoming.sent_at,
        preview=preview_of(incoming),
    )
