"""Replies and notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.facts import locked
from inbox.audience import audience_of
from inbox.channels import adapter_for
from inbox.events import MessageNoted, MessageQueued, MessageStateChanged
from inbox.models import Channel, Conversation, Message

NOTE_LENGTH = 10_000
State, Direction = Message.State, Message.Direction


@action
def send_reply(
    conversation: Conversation, *, by: Member, text: str, client_id: str = ""
) -> Message:
    """Queue a reply to the customer. The same `client_id` again is the same message.

    `Refused`: ``empty_text``, ``text_too_long``, ``not_assigned``, ``already_resolved``,
    ``window_closed``, ``channel_disconnected``.
    """
    row = locked(conversation)
    by.require("inbox.reply", row)
    known = _known(row, client_id)
    if known:
        return known
    now = timezone.now()
    text = _sendable(row, text, now)
    message = Message.objects.create(
        conversation=row,
        channel_id=row.channel_id,
        direction=Direction.OUT,
        text=text,
        state=State.QUEUED,
        client_id=client_id or None,
        author_member=by,
        author_name=by.name,
        sent_at=now,
        state_at=now,
        due_at=now,
    )
    row.first_response_at = row.first_response_at or now
    row.last_agent_at = row.last_message_at = now
    row.preview, row.unread_count = text[:140], 0
    row.version += 1
    row.save()
    emit(MessageQueued(row.pk, message.pk), audience=audience_of(row), by=by)
    return message


@action
def add_note(conversation: Conversation, *, by: Any, text: str, client_id: str = "") -> Message:
    """Write an internal note; the customer never sees it. Also on a resolved conversation."""
    row = locked(conversation)
    by.require("inbox.note", row)
    return _known(row, client_id) or write_note(row, text, by=by, client_id=client_id)


def write_note(row: Conversation, text: str, *, by: Any, client_id: str = "") -> Message:
    """The note itself, for actions that hold the conversation already."""
    text = text.strip()
    if not text:
        raise Refused("empty_text", _("Write something first."))
    if len(text) > NOTE_LENGTH:
        raise Refused("text_too_long", _("This note is too long."), most=NOTE_LENGTH)
    note = Message.objects.create(
        conversation=row,
        channel_id=row.channel_id,
        direction=Direction.NOTE,
        text=text,
        client_id=client_id or None,
        author_member=by if isinstance(by, Member) else None,
        author_name=by.name,
        sent_at=timezone.now(),
    )
    emit(MessageNoted(row.pk, note.pk), audience=audience_of(row), by=by)
    return note


@action
def retry_message(message: Message, *, by: Any) -> Message:
    """Queue it again, at an agent's word: after a failure, or when it may have been sent."""
    row = _stopped(message)
    by.require("inbox.reply", row.conversation)
    if row.state not in (State.FAILED, State.UNKNOWN):
        return row
    now = timezone.now()
    _sendable(locked(row.conversation), row.text, now)
    row.state, row.due_at, row.state_at, row.attempts = State.QUEUED, now, now, 0
    row.error_code = row.error_text = ""
    row.save()
    emit(MessageQueued(row.conversation_id, row.pk), audience=audience_of(row.conversation), by=by)
    return row


@action
def discard_message(message: Message, *, by: Any) -> Message:
    """Give up a message that failed; it stays in the thread, struck out."""
    row = _stopped(message)
    by.require("inbox.reply", row.conversation)
    if row.state not in (State.FAILED, State.UNKNOWN):
        return row
    row.state, row.state_at = State.DISCARDED, timezone.now()
    row.save(update_fields=["state", "state_at"])
    emit(
        MessageStateChanged(row.conversation_id, row.pk, row.state),
        audience=audience_of(row.conversation),
        by=by,
    )
    return row


def _stopped(message: Message) -> Message:
    return (
        Message.objects.select_for_update(of=("self",))
        .select_related("conversation")
        .get(pk=message.pk)
    )


def _known(row: Conversation, client_id: str) -> Message | None:
    return row.messages.filter(client_id=client_id).first() if client_id else None


def _sendable(row: Conversation, text: str, now: datetime) -> str:
    """The text to send, or why it cannot be sent."""
    text = text.strip()
    if not text:
        raise Refused("empty_text", _("Write something first."))
    if row.is_resolved:
        raise Refused("already_resolved", _("This conversation has been resolved."))
    if row.status != Conversation.Status.HANDLED:
        raise Refused("not_assigned", _("Accept this conversation before you reply."))
    if row.channel.state == Channel.State.DISCONNECTED:
        raise Refused("channel_disconnected", _("This channel has been disconnected."))
    limits = adapter_for(row.channel.kind).limits(row, now)
    if not limits.may_write:
        raise Refused("window_closed", str(limits.refusal))
    if len(text) > limits.max_text:
        raise Refused("text_too_long", _("This text is too long."), most=limits.max_text)
    return text
