"""What the inbox does about what happens."""

from __future__ import annotations

from contacts.events import ContactsMerged, IdentityReplaced
from helpdesk.doorbells import ring, tell
from helpdesk.events import Emitted, after_commit, on
from inbox.actions.batches import AT_ONCE
from inbox.actions.identities import follow_identity, follow_merge
from inbox.events import (
    BatchRequested,
    ChannelChanged,
    ConversationRead,
    FilesAwaited,
    MessageQueued,
    PayloadReplayed,
    PracticeQueued,
)

NEW_ACCOUNT = {"connected", "access_token", "config", "account_id"}


@on(ContactsMerged)
def follow_contacts(event: ContactsMerged) -> None:
    """Conversations and messages go where the contact went."""
    follow_merge(event.kept_id, event.dropped_id)


@on(IdentityReplaced)
def follow_addresses(event: IdentityReplaced) -> None:
    """Conversations answer to the address that is left."""
    follow_identity(event.old_id, event.new_id)


@after_commit(MessageQueued, ChannelChanged)
def ring_for_sending(workspace_id: int, events: list[Emitted]) -> None:
    """A reply waits, or a channel works again."""
    ring("inbox.send_outgoing", workspace_id)


@after_commit(PayloadReplayed, PracticeQueued)
def ring_for_reading(workspace_id: int, events: list[Emitted]) -> None:
    """A payload waits."""
    ring("inbox.process_inbound", workspace_id)


@after_commit(FilesAwaited, ChannelChanged)
def ring_for_files(workspace_id: int, events: list[Emitted]) -> None:
    """Files are to be fetched, or a channel works again."""
    ring("inbox.fetch_attachments", workspace_id)


@after_commit(BatchRequested)
def ring_for_batches(workspace_id: int, events: list[Emitted]) -> None:
    """Many conversations wait for an operation; few are done already."""
    if any(emitted.facts["count"] > AT_ONCE for emitted in events):
        ring("inbox.run_batches", workspace_id)


@after_commit(ConversationRead)
def show_receipts(workspace_id: int, events: list[Emitted]) -> None:
    """The customer sees that his messages were read."""
    for emitted in events:
        tell("inbox.send_signal", workspace_id, emitted.facts["conversation_id"], False)


@after_commit(ChannelChanged)
def fetch_templates(workspace_id: int, events: list[Emitted]) -> None:
    """A new account, or a new token that may see more."""
    for emitted in events:
        if NEW_ACCOUNT & set(emitted.facts["changed"]):
            tell("inbox.sync_templates", workspace_id, emitted.facts["channel_id"])
