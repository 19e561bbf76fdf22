"""What providers say of messages that we sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet

from helpdesk.events import action, emit
from helpdesk.prepared import prepared
from inbox.actions.connection import lose_channel
from inbox.actions.reacting import take_back
from inbox.actions.windows import close_window
from inbox.audience import audience_of
from inbox.channels import StatusUpdate
from inbox.events import MessageStateChanged
from inbox.models import Channel, Message

State = Message.State

# A status never goes backwards; a failure is believed only of what was not delivered.
RANK = {
    State.QUEUED: 0,
    State.FAILED: 1,
    State.SENDING: 1,
    State.UNKNOWN: 1,
    State.DISCARDED: 1,
    State.SENT: 2,
    State.DELIVERED: 3,
    State.READ: 4,
}


@action
def apply_status(channel: Channel, update: StatusUpdate) -> bool:
    """Move the message that the status is about; False if we know no such message (yet)."""
    message = _message(channel, update)
    if message is None:
        return False
    fields = []
    if message.external_id is None:
        message.external_id = update.external_id
        fields.append("external_id")
    if _moves(message, update):
        message.state, message.state_at = State(update.status), update.at
        message.error_code, message.error_text = update.error_code[:40], update.error_text[:300]
        message.lease_until = message.due_at = None
        fields += ["state", "state_at", "error_code", "error_text", "lease_until", "due_at"]
    pricing = update.data.get("pricing")
    if pricing and message.data.get("pricing") != pricing:
        message.data = {**message.data, "pricing": pricing}
        fields.append("data")
    if fields:
        message.save(update_fields=fields)
    if "state" in fields and update.data.get("closes_window"):
        close_window(message.conversation)
    if "state" in fields and message.kind == "reaction" and message.state == State.FAILED:
        take_back(message)
    if "state" in fields and update.data.get("failure") == "channel":  # news, not told twice
        lose_channel(channel, update.error_text)
    if "state" in fields:
        emit(
            MessageStateChanged(message.conversation_id, message.pk, message.state),
            audience=audience_of(message.conversation),
        )
    return True


def _moves(message: Message, update: StatusUpdate) -> bool:
    if update.status == "failed":
        return message.state in (State.QUEUED, State.SENDING, State.UNKNOWN, State.SENT)
    return RANK[State(update.status)] > RANK[State(message.state)]


def _message(channel: Channel, update: StatusUpdate) -> Message | None:
    """By the provider's id, or by our own reference where it returns that: so an answer that
    got lost on the way still finds its message."""
    reference = _uuid(update.client_ref)
    found = _held_by_id(channel.pk, update.external_id)
    if not found and reference:
        found = _held_by_reference(channel.pk, reference)
    return found[0] if found else None


@prepared
def _held_by_id(channel: Any, external_id: Any) -> QuerySet[Message]:
    return _ours(channel).filter(external_id=external_id)


@prepared
def _held_by_reference(channel: Any, reference: Any) -> QuerySet[Message]:
    return _ours(channel).filter(uuid=reference)


def _ours(channel: Any) -> QuerySet[Message]:
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    return rows.filter(channel=channel, direction=Message.Direction.OUT)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
