"""The port of the channels: what the inbox asks of an adapter, and where it finds one.

An adapter is one class in ``channels_integration/<kind>/adapter.py``. It never writes to
the database; `parse` and `limits` are pure, `verify` and `send` are the two edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.conf import settings
from django.forms import Form
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.http import HttpRequest

    from inbox.models import Channel, Conversation

Failure = Literal["retry", "wait", "message", "recipient", "channel", "unknown"]


class BadSignature(Exception):
    """The request was not signed by the provider: answer 401 and write nothing."""


class Unparsable(Exception):
    """The adapter does not understand a payload: it is parked, with this sentence."""


class DeliveryFailed(Exception):
    """A send that did not work, and what follows from it.

    `kind`: ``retry`` (try again with back-off) · ``wait`` (not before `wait_seconds`) ·
    ``message`` and ``recipient`` (final, for this message or this person) · ``channel``
    (the account is disconnected: hold the queue) · ``unknown`` (it may have been sent:
    never try again without a person). `message` is in plain words, for the agent.
    """

    def __init__(
        self, kind: Failure, message: str, *, code: str = "", wait_seconds: int = 0
    ) -> None:
        super().__init__(message)
        self.kind: Failure = kind
        self.message = message
        self.code = code
        self.wait_seconds = wait_seconds


@dataclass(frozen=True)
class IdentityKey:
    """An address of a contact: `scope` is '' for a phone or mail address, else the
    account within which `value` means something (portfolio, page, bot)."""

    kind: str
    value: str
    scope: str = ""


@dataclass(frozen=True)
class Sender:
    """Who wrote, by every key the payload names; the first key is the one to answer to."""

    keys: tuple[IdentityKey, ...]
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class IncomingMessage:
    """One message of a customer; `sent_at` is the provider's time, aware, in UTC."""

    external_id: str
    sender: Sender
    sent_at: datetime
    kind: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    reply_to: str = ""


@dataclass(frozen=True)
class StatusUpdate:
    """News of a message that we sent; `client_ref` is our message's uuid, where the provider
    returns it."""

    external_id: str
    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    client_ref: str = ""
    error_code: str = ""
    error_text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


Update = IncomingMessage | StatusUpdate


@dataclass(frozen=True)
class Outgoing:
    """A message to send; `ref` is our message's uuid, the same at every attempt."""

    ref: str
    to: tuple[IdentityKey, ...]
    text: str
    kind: str = "text"
    reply_to: str = ""


@dataclass(frozen=True)
class ComposerLimits:
    """What the composer may do now. `closes_at` is None where a channel has no window."""

    may_write: bool
    max_text: int
    closes_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Part:
    """What one provider POST says to one account; `body` is what is stored and parsed."""

    account_id: str
    body: bytes


class SettingsForm(Form):
    """Base of an adapter's settings: which fields are the account, its secrets (write-only;
    with `has_secrets` they may stay blank), its open settings, and what is tucked away."""

    account_field: str
    secret_fields: tuple[str, ...] = ()
    config_fields: tuple[str, ...] = ()
    advanced_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, has_secrets: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.secret_fields if has_secrets else ():
            self.fields[name].required = False
            self.fields[name].initial = None


class Adapter(Protocol):
    """One adapter per kind, without state of its own. `window` is how long after the
    customer's last message free text may be sent; None where there is no such limit."""

    kind: str
    label: str
    icon: str
    window: timedelta | None
    settings_form: type[SettingsForm]

    def handshake(self, request: HttpRequest, channel: Channel) -> str | None:
        """The text to answer to the provider's GET, or None where it is refused."""

    def verify(self, headers: Mapping[str, str], body: bytes, channel: Channel) -> None:
        """Raise `BadSignature` unless the raw bytes were signed for this channel."""

    def split(self, body: bytes) -> Iterable[Part]:
        """One part per account and change; raise `Unparsable` where that can't be told."""

    def parse(self, body: bytes, channel: Channel) -> list[Update]:
        """Everything a stored part says; pure; raise `Unparsable` to park it."""

    def send(self, outgoing: Outgoing, channel: Channel) -> str:
        """Send it and return the provider's id; raise `DeliveryFailed`."""

    def test(self, channel: Channel) -> str:
        """Ask the provider whether the channel's secrets work: a sentence, or `DeliveryFailed`."""

    def limits(self, conversation: Conversation, now: datetime) -> ComposerLimits:
        """Reply window and text length at `now`; pure."""


@cache
def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind; `settings.CHANNEL_ADAPTERS` is the registry."""
    adapter: Adapter = import_string(settings.CHANNEL_ADAPTERS[kind])()
    return adapter


def kinds() -> list[str]:
    """The kinds that this installation can connect, in the order of the settings."""
    return list(settings.CHANNEL_ADAPTERS)
