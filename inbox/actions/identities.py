"""Customers whose address changed, and contacts that turn out to be one person."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import move_identity
from helpdesk.events import action, emit
from inbox.actions.changes import age_of
from inbox.actions.ending import end
from inbox.actions.facts import add_fact
from inbox.audience import audience_of
from inbox.channels import IdentityChange
from inbox.events import MessageChanged
from inbox.models import Channel, Conversation, Message

Status = Conversation.Status


@action
def apply_identity_change(channel: Channel, change: IdentityChange) -> bool:
    """Use the new address from now on, and say so in the customer's latest conversation.
    False if nobody has the old one (yet, or any more)."""
    if Message.objects.filter(channel=channel, external_id=change.external_id).exists():
        return True
    moved = move_identity(change.old, change.new, by=SYSTEM, phone=change.phone)
    if moved is None:
        return False
    theirs = Conversation.objects.filter(channel=channel, contact=moved.contact)
    latest = theirs.order_by("-opened_at", "-id").first()
    if latest and change.phone:
        fact = add_fact(
            latest,
            "number_changed",
            by=SYSTEM,
            at=change.at,
            external_id=change.external_id,
            old=change.old.value,
            new=change.new.value,
        )
        emit(MessageChanged(latest.pk, fact.pk), audience=audience_of(latest), by=SYSTEM)
    return True


@action
def follow_merge(kept_id: int, dropped_id: int) -> None:
    """Conversations and messages of a merged contact. Where both have an open one on a
    channel, the one that is handled, else the newer, goes on; the other ends."""
    for ending, staying in _open_pairs(kept_id, dropped_id):
        _end(ending, staying)
    Conversation.objects.filter(contact=dropped_id).update(
        contact=kept_id, version=F("version") + 1
    )
    Message.objects.filter(author_contact=dropped_id).update(author_contact=kept_id)
    _follow_reactions(kept_id, dropped_id)


@action
def follow_identity(old_id: int, new_id: int) -> None:
    """Conversations answer to the address that is left."""
    Conversation.objects.filter(identity=old_id).update(identity=new_id)


def _follow_reactions(kept_id: int, dropped_id: int) -> None:
    """What one person thinks of a message: the newest of what both said. (In groups, where
    he is one of many, he keeps both.)"""
    old, new = f"c:{dropped_id}", f"c:{kept_id}"
    rows = Message.objects.filter(conversation__contact=kept_id, reactions__has_key=old)
    for row in rows.select_for_update(of=("self",)).order_by("id"):
        others = {key: value for key, value in row.reactions.items() if key not in (old, new)}
        his = [row.reactions[key] for key in (old, new) if key in row.reactions]
        row.reactions = {**others, new: max(his, key=age_of)}
        row.save(update_fields=["reactions"])


def _open_pairs(kept_id: int, dropped_id: int) -> list[tuple[Conversation, Conversation]]:
    rows = Conversation.objects.filter(contact__in=[kept_id, dropped_id])
    rows = rows.exclude(status=Status.RESOLVED).select_for_update(of=("self",))
    by_channel: dict[int, list[Conversation]] = {}
    for row in rows.order_by("channel", "opened_at", "id"):
        by_channel.setdefault(row.channel_id, []).append(row)
    pairs = []
    for group in by_channel.values():
        *ending, staying = sorted(group, key=lambda row: row.status == Status.HANDLED)
        pairs += [(row, staying) for row in ending]
    return pairs


def _end(row: Conversation, staying: Conversation) -> None:
    end(row, "merged", by=SYSTEM, at=timezone.now(), number=str(staying.number))
    if staying.previous_id is None:
        staying.previous = row
        staying.save(update_fields=["previous"])
