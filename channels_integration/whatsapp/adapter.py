"""The WhatsApp adapter: the port's methods, each of which lives in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from channels_integration.whatsapp import graph
from channels_integration.whatsapp.forms import WhatsAppSettings
from channels_integration.whatsapp.parse import updates_of
from channels_integration.whatsapp.signature import answer_handshake, check_signature
from channels_integration.whatsapp.split import parts_of
from inbox.channels import ComposerLimits, Outgoing, Part, Update

if TYPE_CHECKING:
    from django.http import HttpRequest

    from inbox.models import Channel, Conversation

MAX_TEXT = 4096


class WhatsAppAdapter:
    """WhatsApp Business Cloud API; see `inbox.channels.Adapter` for each method's promise."""

    kind = "whatsapp"
    label = "WhatsApp"
    icon = "whatsapp"
    window = timedelta(hours=24)
    settings_form = WhatsAppSettings

    def handshake(self, request: HttpRequest, channel: Channel) -> str | None:
        return answer_handshake(request.GET, channel.secrets.get("verify_token", ""))

    def verify(self, headers: Mapping[str, str], body: bytes, channel: Channel) -> None:
        check_signature(headers, body, channel.secrets.get("app_secret", ""))

    def split(self, body: bytes) -> list[Part]:
        return parts_of(body)

    def parse(self, body: bytes, channel: Channel) -> list[Update]:
        return updates_of(body, channel.account_id, channel.config)

    def send(self, outgoing: Outgoing, channel: Channel) -> str:
        return graph.send(outgoing, channel)

    def test(self, channel: Channel) -> str:
        number, name = graph.check(channel)
        return _("Connected: %(number)s, %(name)s") % {"number": number, "name": name or "-"}

    def limits(self, conversation: Conversation, now: datetime) -> ComposerLimits:
        """Free text for 24 hours after the customer's last message, which is stored."""
        closes_at = conversation.window_expires_at
        if closes_at is not None and now < closes_at:
            return ComposerLimits(True, MAX_TEXT, closes_at)
        refusal = _(
            "The 24-hour window has closed: WhatsApp delivers free text only within a day of"
            " the customer's last message."
        )
        return ComposerLimits(False, MAX_TEXT, closes_at, refusal)
