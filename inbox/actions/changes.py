"""What is done to messages that exist: reactions, edits, deletions. Each may be told twice
and in any order; what is kept only depends on what was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.actors import SYSTEM
from contacts.actions import identify
from helpdesk.events import action, emit
from inbox.audience import audience_of
from inbox.channels import MessageDeletion, MessageEdit, ReactionChange
from inbox.events import MessageChanged
from inbox.models import Channel, Conversation, Message

US = "us"
DELETED = "[deleted]"


@action
def apply_reaction(channel: Channel, change: ReactionChange) -> bool:
    """Keep a reaction with its message; False if we know no such message (yet)."""
    if not Message.objects.filter(channel=channel, external_id=change.target).exists():
        return False
    who = change.sender
    key, by = US, ""
    if not change.ours:  # before the message is held: contacts come first, they may be merged
        contact = identify(who.keys, by=SYSTEM, name=who.name, phone=who.phone).contact
        key, by = f"c:{contact.pk}", str(contact)[:160]
    message = target_of(channel, change.target)
    if message is not None:
        set_reaction(message, key, change.emoji, change.at, by=by)
    return True


def set_reaction(message: Message, key: str, emoji: str, at: datetime, *, by: str) -> None:
    """The newest counts. Whole seconds are all that providers tell, so of two at once taking
    back wins. The message must be held."""
    known = message.reactions.get(key)
    told = {"emoji": emoji[:40], "at": at.isoformat(), "by": by}
    if known and age_of(known) >= age_of(told):
        return
    message.reactions = {**message.reactions, key: told}
    message.save(update_fields=["reactions"])
    tell_changed(message)


def age_of(reaction: dict[str, Any]) -> tuple[datetime, bool, str]:
    """By this the newest of two reactions of one person is told."""
    at = datetime.fromisoformat(reaction["at"])
    return at, not reaction["emoji"], reaction["emoji"]


@action
def apply_edit(channel: Channel, edit: MessageEdit) -> bool:
    """Give a message its new words and keep the old ones; False if we do not know it (yet)."""
    message = target_of(channel, edit.target)
    if message is None:
        return False
    first = {"id": "", "at": message.sent_at.isoformat(), "text": message.text}
    edits = message.data.get("edits") or [first]
    if any(known["id"] == edit.external_id for known in edits):
        return True
    new = {"id": edit.external_id, "at": edit.at.isoformat(), "text": edit.text}
    edits = sorted([*edits, new], key=lambda one: (one["id"] != "", one["at"], one["id"]))
    message.data = {**message.data, "edits": edits}
    message.edited_at = datetime.fromisoformat(edits[-1]["at"])
    before = message.text
    if message.deleted_at is None:
        message.text = edits[-1]["text"]
    message.save(update_fields=["data", "text", "edited_at"])
    if message.deleted_at is None:
        _preview(message, before, message.text[:140])
    tell_changed(message)
    return True


@action
def apply_deletion(channel: Channel, deletion: MessageDeletion) -> bool:
    """Its author took a message back: the words leave the thread and the search, and stay in
    `data` for the audit. False if we do not know it (yet)."""
    message = target_of(channel, deletion.target)
    if message is None:
        return False
    if message.deleted_at is None:
        before = message.text
        message.deleted_at, message.text = deletion.at, ""
        message.data = {**message.data, "deleted_text": before}
        message.save(update_fields=["deleted_at", "text", "data"])
        _preview(message, before, DELETED)
        tell_changed(message)
    return True


def target_of(channel: Channel, external_id: str) -> Message | None:
    """The message with a provider's id, held; None if there is none. Its conversation is
    held first, as everywhere: who has a message never waits for a conversation."""
    rows = Message.objects.filter(channel=channel, external_id=external_id)
    conversation_id = rows.values_list("conversation", flat=True).first()
    if conversation_id is None:
        return None
    Conversation.objects.select_for_update().only("pk").get(pk=conversation_id)
    return rows.select_for_update(of=("self",)).select_related("conversation").first()


def tell_changed(message: Message, by: Any = SYSTEM) -> None:
    """It looks different now."""
    emit(
        MessageChanged(message.conversation_id, message.pk),
        audience=audience_of(message.conversation),
        by=by,
    )


def _preview(message: Message, before: str, now: str) -> None:
    """The list shows the last message; if this is it, it changes there too."""
    row = message.conversation
    if row.last_message_at == message.sent_at and row.preview == (before or row.preview)[:140]:
        row.preview = now
        row.save(update_fields=["preview"])
