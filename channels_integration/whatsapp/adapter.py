"""The WhatsApp adapter: the port's methods, each of which lives in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING

from channels_integration.whatsapp import connecting, media, sending
from channels_integration.whatsapp.catalogue import templates_of
from channels_integration.whatsapp.forms import WhatsAppSettings
from channels_integration.whatsapp.limits import composer_limits
from channels_integration.whatsapp.parse import updates_of
from channels_integration.whatsapp.signature import answer_handshake, check_signature
from channels_integration.whatsapp.split import parts_of
from inbox.channels import ComposerLimits, Outgoing, Part, RemoteFile, Template, Update

if TYPE_CHECKING:
    from django.http import HttpRequest

    from inbox.models import Channel, Conversation


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
        return sending.send(outgoing, channel)

    def fetch(self, file: RemoteFile, channel: Channel, into: IO[bytes], max_bytes: int) -> None:
        media.fetch(file, channel, into, max_bytes)

    def signal(self, external_id: str, channel: Channel, *, typing: bool) -> None:
        sending.signal(external_id, channel, typing=typing)

    def templates(self, channel: Channel) -> list[Template]:
        return templates_of(channel)

    def test(self, channel: Channel) -> str:
        return connecting.check(channel)

    def limits(self, conversation: Conversation, now: datetime) -> ComposerLimits:
        return composer_limits(conversation, now)
