"""Talks to the Graph API through the egress client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings

from channels_integration.whatsapp import answers, errors
from helpdesk import egress
from inbox.channels import DeliveryFailed, IdentityKey, Outgoing

if TYPE_CHECKING:
    from inbox.models import Channel

VERSION = "v25.0"
SEND_SECONDS = 15.0


def send(outgoing: Outgoing, channel: Channel) -> str:
    """Post one message; return its wamid or raise `DeliveryFailed`."""
    if not outgoing.to:
        raise DeliveryFailed("recipient", errors.NO_ADDRESS)
    return answers.message_id(
        _call("POST", f"{channel.account_id}/messages", channel, message_body(outgoing))
    )


def message_body(outgoing: Outgoing) -> dict[str, Any]:
    """The JSON of a text. Our reference comes back in every status, so that a message
    whose answer got lost is still recognised."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(outgoing.to[0]),
        "type": "text",
        "text": {"body": outgoing.text, "preview_url": False},
        "biz_opaque_callback_data": outgoing.ref,
    }
    if outgoing.reply_to:
        body["context"] = {"message_id": outgoing.reply_to}
    return body


def check(channel: Channel) -> tuple[str, str]:
    """The phone number and verified name behind a channel's settings, or `DeliveryFailed`."""
    path = f"{channel.account_id}?fields=display_phone_number,verified_name"
    answer = _call("GET", path, channel, None)
    found = answer.json()
    if answer.status != 200:
        raise answers.failure(answer)
    if not isinstance(found, dict) or "display_phone_number" not in found:
        raise DeliveryFailed("channel", errors.NOT_WHATSAPP)
    return str(found["display_phone_number"])[:40], str(found.get("verified_name", ""))[:120]


def _recipient(key: IdentityKey) -> dict[str, str]:
    return {"recipient": key.value} if key.scope else {"to": key.value}


def _call(method: str, path: str, channel: Channel, body: Any) -> egress.Answer:
    config, secrets = channel.config, channel.secrets
    base = (config.get("base_url") or settings.WHATSAPP_BASE_URL).rstrip("/")
    version = quote(config.get("version") or VERSION, safe="")
    headers = {"Authorization": f"Bearer {secrets.get('access_token', '')}"}
    try:
        return egress.request(
            method, f"{base}/{version}/{path}", headers=headers, json=body, seconds=SEND_SECONDS
        )
    except egress.AddressRefused as error:
        raise DeliveryFailed("channel", errors.NOT_WHATSAPP, code="address") from error
    except egress.NeverSent as error:
        raise DeliveryFailed("retry", errors.NOT_SENT, code="not-sent") from error
    except egress.MaybeSent as error:
        raise DeliveryFailed("unknown", errors.UNCERTAIN, code="no-answer") from error
