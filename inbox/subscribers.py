"""What the inbox does about what happens."""

from __future__ import annotations

from helpdesk.doorbells import ring
from helpdesk.events import Emitted, after_commit
from inbox.events import ChannelChanged, MessageQueued, PayloadReplayed


@after_commit(MessageQueued, ChannelChanged)
def ring_for_sending(workspace_id: int, events: list[Emitted]) -> None:
    """A reply waits, or a channel works again."""
    ring("inbox.send_outgoing", workspace_id)


@after_commit(PayloadReplayed)
def ring_for_reading(workspace_id: int, events: list[Emitted]) -> None:
    """A payload waits."""
    ring("inbox.process_inbound", workspace_id)
