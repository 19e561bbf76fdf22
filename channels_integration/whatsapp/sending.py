"""Sends a message: its file first, if it has one, then the message itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channels_integration.whatsapp import answers, errors, graph
from channels_integration.whatsapp.bodies import message_body
from channels_integration.whatsapp.limits import check_file
from channels_integration.whatsapp.media import upload
from inbox.channels import DeliveryFailed, Outgoing

if TYPE_CHECKING:
    from inbox.models import Channel

SIGNAL_SECONDS = 5.0


def send(outgoing: Outgoing, channel: Channel) -> str:
    """Post one message; return its wamid or raise `DeliveryFailed`.

    What the provider would refuse is refused here, before anything leaves. A file that was
    brought and then not mentioned costs nothing, so only the last step can be uncertain.
    """
    if not outgoing.to:
        raise DeliveryFailed("recipient", errors.NO_ADDRESS)
    body = message_body(outgoing)
    if outgoing.file:
        check_file(outgoing.file)
        body = message_body(outgoing, upload(outgoing.file, channel, outgoing.attempt))
    answer = graph.call("POST", f"{channel.account_id}/messages", channel, body)
    return answers.message_id(answer, outgoing.attempt)


def signal(external_id: str, channel: Channel, *, typing: bool) -> None:
    """Blue ticks, or "is typing" (which brings the ticks as well); neither where the channel
    keeps to itself what was read."""
    if channel.config.get("no_read_receipts"):
        return
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": external_id}
    shown = {**body, "typing_indicator": {"type": "text"}} if typing else body
    path = f"{channel.account_id}/messages"
    answer = graph.call("POST", path, channel, shown, seconds=SIGNAL_SECONDS)
    if not 200 <= answer.status < 300:
        raise answers.failure(answer)
