"""Sending: claim in one short transaction, call the provider outside, record in another."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from helpdesk.events import action, emit
from inbox.actions.connection import lose_channel
from inbox.audience import audience_of
from inbox.channels import DeliveryFailed, IdentityKey, Outgoing
from inbox.events import MessageStateChanged
from inbox.models import Channel, Message

LEASE = timedelta(seconds=30)
ATTEMPTS = 8
State = Message.State
UNSURE = gettext_noop("No answer came from the provider: it may have been sent.")


@action
def claim_outgoing(limit: int = 1) -> list[tuple[Message, Outgoing]]:
    """Take due replies, oldest first, one per conversation at a time (so they keep their
    order), and only of channels that work. The claim ends with the lease.

    One at a time, because whatever a worker holds when it dies becomes doubtful, whether
    the provider was asked already or not.
    """
    now = timezone.now()
    earlier = Message.objects.filter(
        conversation=OuterRef("conversation"),
        direction=Message.Direction.OUT,
        state__in=[State.QUEUED, State.SENDING],
        pk__lt=OuterRef("pk"),
    )
    due = (
        Message.objects.filter(
            ~Exists(earlier),
            state=State.QUEUED,
            due_at__lte=now,
            channel__state=Channel.State.ACTIVE,
        )
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("channel", "conversation__identity")
        .order_by("due_at", "id")
    )
    claimed = list(due[:limit])
    for message in claimed:
        message.state, message.lease_until = State.SENDING, now + LEASE
        message.attempts += 1
    Message.objects.bulk_update(claimed, ["state", "lease_until", "attempts"])
    return [(message, _outgoing(message)) for message in claimed]


def _outgoing(message: Message) -> Outgoing:
    identity = message.conversation.identity
    to = IdentityKey(identity.kind, identity.value, identity.scope)
    return Outgoing(
        ref=str(message.uuid),
        to=(to,),
        text=message.text,
        kind=message.kind,
        reply_to=message.reply_to,
    )


@action
def unclaim(message: Message) -> None:
    """Give a claimed message back unsent: its lease would end before an answer could come."""
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=State.QUEUED, lease_until=None, attempts=message.attempts - 1
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


@action
def record_failure(message: Message, failure: DeliveryFailed) -> None:
    """What follows from a failed send; see `DeliveryFailed.kind`."""
    row = _held(message)
    if row.state != State.SENDING:
        return
    row.error_code, row.error_text = failure.code[:40], str(failure.message)[:300]
    if failure.kind == "unknown":
        _move(row, State.UNKNOWN)
    elif failure.kind == "channel":
        lose_channel(row.channel, str(failure.message))
        _requeue(row, 0)
    elif failure.kind in ("retry", "wait") and row.attempts < ATTEMPTS:
        _requeue(row, failure.wait_seconds or 2**row.attempts)
    else:
        _move(row, State.FAILED)


@action
def expire_leases() -> int:
    """Messages whose worker died while it asked the provider: they may have been sent."""
    rows = _with_conversation().filter(state=State.SENDING, lease_until__lt=timezone.now())
    expired = list(rows.select_for_update(of=("self",), skip_locked=True)[:100])
    for row in expired:
        row.error_code, row.error_text = "no_answer", UNSURE
        _move(row, State.UNKNOWN)
    return len(expired)


def _with_conversation() -> QuerySet[Message]:
    return Message.objects.select_related("conversation", "channel").order_by("id")


def _held(message: Message) -> Message:
    return _with_conversation().select_for_update(of=("self",)).get(pk=message.pk)


def _move(row: Message, state: Message.State) -> None:
    row.state, row.state_at = state, timezone.now()
    row.lease_until = row.due_at = None
    row.save()
    emit(
        MessageStateChanged(row.conversation_id, row.pk, row.state),
        audience=audience_of(row.conversation),
    )


def _requeue(row: Message, wait_seconds: int) -> None:
    row.state, row.lease_until = State.QUEUED, None
    row.due_at = timezone.now() + timedelta(seconds=wait_seconds)
    row.save()
