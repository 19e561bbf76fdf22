"""Inbound payloads: stored before they are understood, read once, parked if they cannot be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from helpdesk.errors import Refused
from helpdesk.events import action, emit
from helpdesk.prepared import prepared
from inbox.actions.changes import apply_deletion, apply_edit, apply_reaction
from inbox.actions.echoes import receive_echo
from inbox.actions.identities import apply_identity_change
from inbox.actions.notices import apply_notice, apply_template_change
from inbox.actions.receiving import receive_message
from inbox.actions.statuses import apply_status
from inbox.channels import (
    AccountNotice,
    IdentityChange,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    ReactionChange,
    StatusUpdate,
    TemplateChange,
    Update,
)
from inbox.events import PayloadReplayed
from inbox.models import Channel, InboundPayload, StrayPayload

LEASE = timedelta(seconds=10)
ATTEMPTS = 6
EARLY = gettext_noop("It is about a message that has not come yet.")
KEPT = timedelta(days=14)
State = InboundPayload.State


@action
def store_part(channel: Channel, body: bytes) -> None:
    """Keep one part of a provider's POST; the same bytes again change nothing."""
    InboundPayload.objects.bulk_create(
        [
            InboundPayload(
                channel=channel,
                digest=hashlib.sha256(body).digest(),
                body=body,
                due_at=timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )


def store_stray(kind: str, account_id: str, body: bytes) -> None:
    """Keep what a provider signed for an account that nobody has connected."""
    StrayPayload.objects.create(kind=kind, account_id=account_id[:80], body=body)


@action
def claim_payloads(limit: int = 25) -> list[InboundPayload]:
    """Take what is due, in the order in which it came, until the lease ends: if the worker
    dies, another reads it then. That is short, since reading twice does no harm. A claim
    counts as an attempt: what ends its worker every time is parked in the end."""
    now = timezone.now()
    claimed = _due(now, most=limit)
    if not claimed:
        return []
    InboundPayload.objects.filter(pk__in=[row.pk for row in claimed]).update(
        due_at=now + LEASE, attempts=F("attempts") + 1
    )
    for row in claimed:
        row.attempts += 1
        if row.attempts > ATTEMPTS:
            park_payload(row, "reading it ended the worker, again and again")
    return [row for row in claimed if row.attempts <= ATTEMPTS]


@prepared
def _due(now: Any, *, most: int) -> QuerySet[InboundPayload]:
    rows = InboundPayload.objects.filter(state=State.RECEIVED, due_at__lte=now)
    held = rows.select_for_update(of=("self",), skip_locked=True).select_related("channel")
    return held.order_by("due_at", "id")[:most]


@action
def unclaim_payloads(payloads: list[InboundPayload]) -> None:
    """Give claimed payloads back unread: others were slow. It counts as no attempt."""
    ours = InboundPayload.objects.filter(pk__in=[row.pk for row in payloads], state=State.RECEIVED)
    ours.update(due_at=timezone.now(), attempts=F("attempts") - 1)


@action
def digest_payload(payload: InboundPayload, updates: list[Update]) -> bool:
    """Apply everything that a payload says, as one unit; whether that was all of it.

    What is about a message that is not recorded yet waits: the payload is read again later,
    and what is known by then changes nothing. After some time it is about nothing of ours.
    """
    early = [update for update in updates if not _apply[type(update)](payload.channel, update)]
    if any(payload.attempts <= PATIENCE.get(type(update), 0) for update in early):
        postpone_payload(payload, EARLY)
        return False
    InboundPayload.objects.filter(pk=payload.pk).update(
        state=State.PROCESSED, due_at=None, error=""
    )
    return True


def _message(channel: Channel, update: IncomingMessage) -> bool:
    if update.echo:
        receive_echo(channel, update)
    else:
        receive_message(channel, update)
    return True


_apply: dict[type, Callable[[Channel, Any], bool]] = {
    IncomingMessage: _message,
    StatusUpdate: apply_status,
    ReactionChange: apply_reaction,
    MessageEdit: apply_edit,
    MessageDeletion: apply_deletion,
    IdentityChange: apply_identity_change,
    TemplateChange: apply_template_change,
    AccountNotice: apply_notice,
}
# How many readings news of a message that we do not know is worth: about 15 s for a status
# (of what we just sent), a minute for the others.
PATIENCE: dict[type, int] = {
    StatusUpdate: 3,
    ReactionChange: ATTEMPTS - 1,
    MessageEdit: ATTEMPTS - 1,
    MessageDeletion: ATTEMPTS - 1,
    IdentityChange: 2,
}


@action
def postpone_payload(payload: InboundPayload, error: str) -> None:
    """Read it again later, twice as long each time; park it when that did not help."""
    if payload.attempts >= ATTEMPTS:
        park_payload(payload, error)
        return
    later = timezone.now() + timedelta(seconds=2**payload.attempts)
    InboundPayload.objects.filter(pk=payload.pk, state=State.RECEIVED).update(
        due_at=later, error=error[:300]
    )


@action
def park_payload(payload: InboundPayload, error: str) -> None:
    """Set it aside for a person to see, unless another worker has read it meanwhile."""
    InboundPayload.objects.filter(pk=payload.pk, state=State.RECEIVED).update(
        state=State.PARKED, due_at=None, error=error[:300]
    )


@action
def replay_payload(payload: InboundPayload, *, by: Any) -> InboundPayload:
    """Read a parked payload once more. `Refused("not_parked")` for any other."""
    by.require("inbox.manage_channels")
    row = InboundPayload.objects.select_for_update(of=("self",)).get(pk=payload.pk)
    if row.state != State.PARKED:
        raise Refused("not_parked", _("This payload is not parked."))
    row.state, row.due_at, row.attempts = State.RECEIVED, timezone.now(), 0
    row.save(update_fields=["state", "due_at", "attempts"])
    emit(PayloadReplayed(row.pk, row.channel_id), audience={"w"}, by=by)
    return row


@action
def sweep_payloads() -> int:
    """Remove processed payloads after two weeks; parked ones stay."""
    old = timezone.now() - KEPT
    done = InboundPayload.objects.filter(state=State.PROCESSED, received_at__lt=old)
    removed, _rows = done.delete()
    return removed
