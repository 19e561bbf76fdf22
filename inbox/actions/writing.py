"""Replies and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from helpdesk.prepared import prepared
from inbox.actions.drafting import held_draft, spend_draft
from inbox.actions.facts import locked
from inbox.actions.guarding import refuse_overtaken
from inbox.actions.mentioning import calls_in, keep_mentions
from inbox.actions.reacting import show_again
from inbox.actions.sendable import FILES, Draft, open_for_replies, sendable
from inbox.audience import audience_of
from inbox.events import MessageNoted, MessageQueued, MessageStateChanged
from inbox.models import Attachment, Conversation, Message

NOTE_LENGTH = 10_000
State, Direction = Message.State, Message.Direction
ANSWERED = (
    *("first_response_at", "last_agent_at", "last_message_at"),
    *("preview", "unread_count", "version"),
)


@action
def send_reply(
    conversation: Conversation,
    *,
    by: Member,
    text: str = "",
    client_id: str = "",
    kind: str = "text",
    data: Mapping[str, Any] | None = None,
    attachment: Attachment | None = None,
    quoting: Message | None = None,
    seen: int | None = None,
    rest: str | None = None,
) -> Message:
    """Queue a reply to the customer. The same `client_id` again is the same message.

    `attachment` is an upload of `by` in this conversation, of which `text` is the caption;
    `kind` and `data` are for locations, buttons and lists. `Refused`: see `sendable`, and
    ``file_gone`` for an upload that was sent or removed, ``cannot_quote``, and ``overtaken``
    (see `refuse_overtaken`) if `seen`, the last message that was known, is given. With `rest`
    it is sent out of the draft of `by`, of which this text stays.
    """
    row = locked(conversation)
    by.require("inbox.reply", row)
    known = _known(row, client_id)
    if known:
        return known
    now = timezone.now()
    kept = held_draft(row, by, "reply") if rest is not None else None
    upload = unsent(row, attachment, by) if attachment else None
    draft = sendable(row, Draft(text, kind, data or {}, upload), now)
    reply_to = _quoted(row, quoting) if quoting else ""
    if seen is not None:
        refuse_overtaken(row, by, seen)
    sent = queue_message(row, draft, by=by, now=now, client_id=client_id, reply_to=reply_to)
    if kept is not None:
        spend_draft(kept, row, rest or "")
    return sent


def queue_message(
    row: Conversation,
    draft: Draft,
    *,
    by: Member,
    now: datetime,
    client_id: str = "",
    reply_to: str = "",
) -> Message:
    """The queued message itself, for actions that hold the conversation and have checked."""
    message = Message.objects.create(
        conversation=row,
        channel_id=row.channel_id,
        direction=Direction.OUT,
        kind=draft.kind,
        text=draft.text,
        data=dict(draft.data),
        state=State.QUEUED,
        client_id=client_id or None,
        reply_to=reply_to,
        author_member=by,
        author_name=by.name,
        sent_at=now,
        state_at=now,
        due_at=now,
    )
    if draft.attachment:
        draft.attachment.message = message
        draft.attachment.kind = draft.kind if draft.kind in FILES else draft.attachment.kind
        draft.attachment.save(update_fields=["message", "kind"])
    row.first_response_at = row.first_response_at or now
    row.last_agent_at = row.last_message_at = now
    row.preview, row.unread_count = (draft.text or f"[{draft.kind}]")[:140], 0
    row.version += 1
    row.save(update_fields=ANSWERED)
    emit(MessageQueued(row.pk, message.pk), audience=audience_of(row), by=by)
    return message


def unsent(row: Conversation, attachment: Attachment, by: Member) -> Attachment:
    """The upload, held; `Refused("file_gone")` if it is not there to be sent."""
    rows = Attachment.objects.select_for_update(of=("self",))
    mine = rows.filter(pk=attachment.pk, conversation=row, uploaded_by=by, message__isnull=True)
    found = mine.first()
    if found is None:
        raise Refused("file_gone", _("This file was sent already, or removed."))
    return found


def _quoted(row: Conversation, quoting: Message) -> str:
    if quoting.conversation_id != row.pk or not quoting.external_id:
        raise Refused("cannot_quote", _("This message cannot be quoted."))
    return str(quoting.external_id)


@action
def add_note(
    conversation: Conversation,
    *,
    by: Any,
    text: str,
    client_id: str = "",
    rest: str | None = None,
) -> Message:
    """Write an internal note; the customer never sees it. Also on a resolved conversation.
    With `rest` it comes out of the draft of `by`, of which this text stays."""
    row = locked(conversation)
    by.require("inbox.note", row)
    known = _known(row, client_id)
    if known:
        return known
    if rest is not None:
        spend_draft(held_draft(row, by, "note"), row, rest)
    return write_note(row, text, by=by, client_id=client_id)


def write_note(row: Conversation, text: str, *, by: Any, client_id: str = "") -> Message:
    """The note itself, for actions that hold the conversation already."""
    text = text.strip()
    if not text:
        raise Refused("empty_text", _("Write something first."))
    if len(text) > NOTE_LENGTH:
        raise Refused("text_too_long", _("This note is too long."), most=NOTE_LENGTH)
    named = calls_in(row, text)
    note = Message.objects.create(
        conversation=row,
        channel_id=row.channel_id,
        direction=Direction.NOTE,
        text=text,
        data={"mentions": [one.facts for one in named]} if named else {},
        client_id=client_id or None,
        author_member=by if isinstance(by, Member) else None,
        author_name=by.name,
        sent_at=timezone.now(),
    )
    emit(MessageNoted(row.pk, note.pk), audience=audience_of(row), by=by)
    keep_mentions(note, named, by=by)
    return note


@action
def retry_message(message: Message, *, by: Any) -> Message:
    """Queue it again, at an agent's word: after a failure, or when it may have been sent."""
    conversation = locked(message.conversation)
    row = _stopped(message)
    by.require("inbox.reply", conversation)
    if row.state not in (State.FAILED, State.UNKNOWN):
        return row
    now = timezone.now()
    _sendable_again(conversation, row, now)
    row.state, row.due_at, row.state_at, row.attempts = State.QUEUED, now, now, 0
    row.error_code = row.error_text = ""
    row.save()
    if row.kind == "reaction":
        show_again(row)
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
    found = _with_client_id(row.pk, client_id) if client_id else []
    for message in found:
        message.conversation = row
    return found[0] if found else None


@prepared
def _with_client_id(conversation: Any, client_id: Any) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation, client_id=client_id)


def _sendable_again(held: Conversation, row: Message, now: datetime) -> None:
    """A template may go out at any time; everything else only within the window."""
    limits = open_for_replies(held, now)
    if not limits.may_write and row.kind != "template":
        raise Refused("window_closed", str(limits.refusal))
