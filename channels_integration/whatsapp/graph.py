"""Talks to the Graph API through the egress client, and says what a missing answer means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings

from channels_integration.whatsapp import errors
from helpdesk import egress
from inbox.channels import DeliveryFailed

if TYPE_CHECKING:
    from inbox.models import Channel

VERSION = "v25.0"
SEND_SECONDS = 10.0
ANSWER_BYTES = 1_000_000


def call(
    method: str,
    path: str,
    channel: Channel,
    body: Any = None,
    *,
    seconds: float | None = None,
    max_bytes: int = ANSWER_BYTES,
) -> egress.Answer:
    """One call; whatever is answered comes back. `DeliveryFailed` where nothing is."""
    with _in_our_words():
        return egress.request(
            method,
            _url(channel, path),
            headers=bearer(channel),
            json=body,
            seconds=seconds or SEND_SECONDS,
            max_bytes=max_bytes,
        )


def upload(
    path: str,
    channel: Channel,
    fields: Mapping[str, str],
    file: tuple[str, IO[bytes], str],
    *,
    seconds: float,
) -> egress.Answer:
    """Post a form with a file, which is read while it is sent."""
    with _in_our_words():
        return egress.upload(
            _url(channel, path), fields, file, headers=bearer(channel), seconds=seconds
        )


def bearer(channel: Channel) -> dict[str, str]:
    """The header that speaks for this channel."""
    return {"Authorization": f"Bearer {channel.secrets.get('access_token', '')}"}


def _url(channel: Channel, path: str) -> str:
    base = (channel.config.get("base_url") or settings.WHATSAPP_BASE_URL).rstrip("/")
    version = quote(channel.config.get("version") or VERSION, safe="")
    return f"{base}/{version}/{path}"


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except egress.AddressRefused as error:
        raise DeliveryFailed("channel", errors.NOT_WHATSAPP, code="address") from error
    except egress.NeverSent as error:
        raise DeliveryFailed("retry", errors.NOT_SENT, code="not-sent") from error
    except egress.MaybeSent as error:
        raise DeliveryFailed("unknown", errors.UNCERTAIN, code="no-answer") from error
