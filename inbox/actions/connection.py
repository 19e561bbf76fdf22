"""What the provider thinks of a channel's token."""

from __future__ import annotations

from django.utils import timezone

from accounts.access import EVERYBODY
from helpdesk.events import action, emit
from inbox.events import ChannelChanged
from inbox.models import Channel


@action
def lose_channel(channel: Channel, reason: str) -> None:
    """The provider no longer accepts our token: hold this channel's queue, and say so."""
    active = Channel.objects.filter(pk=channel.pk, state=Channel.State.ACTIVE)
    lost = active.update(
        state=Channel.State.RECONNECT, last_error=reason[:300], last_error_at=timezone.now()
    )
    if lost:
        emit(ChannelChanged(channel.pk, ["state"]), audience={EVERYBODY})
