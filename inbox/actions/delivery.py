"""Sending: claim in one short transaction, call the provider outside, record in another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from helpdesk.events import action, emit
from helpdesk.prepared import prepared
from inbox.actions.connection import lose_channel
from inbox.actions.outgoing import outgoing_of
from inbox.actions.practice import answer_practice
from inbox.actions.reacting import take_back
from inbox.actions.windows import close_window
from inbox.audience import audience_of
from inbox.channels import PRACTICE, DeliveryFailed, Outgoing
from inbox.events import MessageStateChanged
from inbox.models import Attachment, Channel, Message

LEASE, LEASE_WITH_FILE = timedelta(seconds=14), timedelta(seconds=200)
ATTEMPTS = 8
WAITED_MOST = timedelta(hours=24)
State = Message.State
MOVED = ("state", "state_at", "lease_until", "due_at", "external_id", "error_code", "error_text")
DISCONNECTED = gettext_noop("This channel has been disconnected.")
UNSURE = gettext_noop("No answer came from the provider: it may have been sent.")


@action
def claim_outgoing(limit: int = 1) -> list[tuple[Message, Outgoing]]:
    """Take due replies, oldest first, until the lease ends: one per channel and customer at
    a time, so that they keep their order, and only of channels that work.

    No more than can be sent at once, because whatever a worker holds when it dies becomes
    doubtful, whether the provider was asked already or not.
    """
    now = timezone.now()
    claimed = _due(now, most=limit)
    files = _files_of(claimed)
    for lease in (LEASE, LEASE_WITH_FILE):
        rows = [row for row in claimed if (row.pk in files) is (lease is LEASE_WITH_FILE)]
        _take(rows, now + lease)
    return [(message, outgoing_of(message, files.get(message.pk))) for message in claimed]


def _take(rows: list[Message], until: datetime) -> None:
    if not rows:
        return
    for message in rows:
        message.state, message.lease_until = State.SENDING, until
        message.attempts += 1
    Message.objects.filter(pk__any=[row.pk for row in rows]).update(
        state=State.SENDING, lease_until=until, attempts=F("attempts") + 1
    )


@prepared
def _due(now: Any, *, most: int) -> QuerySet[Message]:
    """First of their stream, and due; the stream is a channel's messages to one contact."""
    earlier = Message.objects.filter(
        channel=OuterRef("channel"),
        conversation__contact=OuterRef("conversation__contact"),
        direction=Message.Direction.OUT,
        state__in=[State.QUEUED, State.SENDING],
        pk__lt=OuterRef("pk"),
    )
    open_now = Q(channel__paused_until__isnull=True) | Q(channel__paused_until__lte=now)
    rows = Message.objects.filter(
        ~Exists(earlier),
        open_now,
        state=State.QUEUED,
        due_at__lte=now,
        channel__state=Channel.State.ACTIVE,
    )
    held = rows.select_for_update(of=("self",), skip_locked=True)
    customer = ("conversation__contact", "conversation__identity")
    return held.select_related("channel", *customer).order_by("due_at", "id")[:most]


def _files_of(messages: list[Message]) -> dict[int, Attachment]:
    kinds = {message.kind for message in messages}
    if kinds <= {"text", "reaction"}:
        return {}
    rows = Attachment.objects.filter(message__in=messages)
    return {row.message_id: row for row in rows if row.message_id}


@action
def unclaim(message: Message) -> None:
    """Give a claimed message back unsent: its lease would end before an answer could come."""
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING)
    ours.filter(lease_until=message.lease_until).update(
        state=State.QUEUED, lease_until=None, attempts=F("attempts") - 1
    )


@action
def record_sent(message: Message, external_id: str) -> None:
    """The provider took it. A status may have come first: it stays where it is."""
    row = _held(message)
    if row.external_id is None:
        row.external_id = external_id
    if row.state in (State.SENDING, State.UNKNOWN, State.QUEUED):
        _move(row, State.SENT)
    else:
        row.save(update_fields=["external_id"])
    if row.channel.kind == PRACTICE:
        answer_practice(row)


@action
def record_failure(message: Message, failure: DeliveryFailed) -> None:
    """What follows from a failed send; see `DeliveryFailed.kind`. Nothing, if somebody has
    sent it again since: the message then belongs to another lease."""
    row = _held(message)
    if row.state != State.SENDING or row.lease_until != message.lease_until:
        return
    row.error_code, row.error_text = failure.code[:40], str(failure.message)[:300]
    if failure.kind == "unknown":
        _move(row, State.UNKNOWN)
    elif failure.kind == "channel":
        lose_channel(row.channel, str(failure.message))
        _requeue(row, 0)
    elif failure.kind == "wait" and timezone.now() < (row.state_at or row.sent_at) + WAITED_MOST:
        _requeue(row, failure.wait_seconds or 1)
        if failure.whole_channel:
            _pause(row.channel, failure.wait_seconds or 1)
    elif failure.kind == "retry" and row.attempts < ATTEMPTS:
        _requeue(row, failure.wait_seconds or 2**row.attempts)
    else:
        if failure.closes_window:
            close_window(row.conversation)
        _move(row, State.FAILED)
        if row.kind == "reaction":
            take_back(row)


def _pause(channel: Channel, seconds: int) -> None:
    """The provider's limit is the number's: nothing else of it is tried meanwhile."""
    until = timezone.now() + timedelta(seconds=seconds)
    rows = Channel.objects.filter(pk=channel.pk)
    rows.filter(Q(paused_until__isnull=True) | Q(paused_until__lt=until)).update(paused_until=until)


def fail_queued(channel: Channel) -> None:
    """What waits can't go out any more, since the channel is disconnected: it says so instead
    of waiting for ever."""
    waiting = _with_conversation().filter(channel=channel, state=State.QUEUED)
    for row in waiting.select_for_update(of=("self",)):
        row.error_code, row.error_text = "disconnected", DISCONNECTED
        _move(row, State.FAILED)
        if row.kind == "reaction":
            take_back(row)


@action
def expire_leases() -> int:
    """Messages whose worker died while it asked the provider: they may have been sent."""
    expired = _expired(timezone.now(), most=100)
    for row in expired:
        row.error_code, row.error_text = "no_answer", UNSURE
        _move(row, State.UNKNOWN)
    return len(expired)


@prepared
def _expired(now: Any, *, most: int) -> QuerySet[Message]:
    rows = _with_conversation().filter(state=State.SENDING, lease_until__lt=now)
    return rows.select_for_update(of=("self",), skip_locked=True)[:most]


def _with_conversation() -> QuerySet[Message]:
    return Message.objects.select_related("conversation", "channel").order_by("id")


def _held(message: Message) -> Message:
    found = _held_message(message.pk)
    if not found:
        raise Message.DoesNotExist
    return found[0]


@prepared
def _held_message(pk: Any) -> QuerySet[Message]:
    return _with_conversation().select_for_update(of=("self",)).filter(pk=pk)


def _move(row: Message, state: Message.State) -> None:
    row.state, row.state_at = state, timezone.now()
    row.lease_until = row.due_at = None
    row.save(update_fields=MOVED)
    emit(
        MessageStateChanged(row.conversation_id, row.pk, row.state),
        audience=audience_of(row.conversation),
    )


def _requeue(row: Message, wait_seconds: int) -> None:
    row.state, row.lease_until = State.QUEUED, None
    row.due_at = timezone.now() + timedelta(seconds=wait_seconds)
    row.save(update_fields=MOVED)
