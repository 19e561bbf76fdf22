"""The port itself, and the registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.forms import Form
from django.utils.module_loading import import_string

from inbox.channels.incoming import Part, RemoteFile, Update
from inbox.channels.limits import ComposerLimits
from inbox.channels.outgoing import Outgoing
from inbox.channels.templates import Template

if TYPE_CHECKING:
    from django.http import HttpRequest

    from inbox.models import Channel, Conversation


PRACTICE = "practice"  # the kind of our own test customers: nobody connects it


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

    def fetch(self, file: RemoteFile, channel: Channel, into: IO[bytes], max_bytes: int) -> None:
        """Write the file's bytes into `into`; raise `DeliveryFailed` (``message``: it is gone
        or too large, ``retry`` and ``wait``: ask again)."""

    def signal(self, external_id: str, channel: Channel, *, typing: bool) -> None:
        """Tell the customer that his message was read, or that we are typing an answer to
        it. Best effort: raise `DeliveryFailed`, which nobody sees."""

    def templates(self, channel: Channel) -> list[Template]:
        """All templates of the account; raise `DeliveryFailed`. Empty where there are none."""

    def test(self, channel: Channel) -> str:
        """Ask the provider whether the channel's secrets work: a sentence, or `DeliveryFailed`."""

    def limits(self, conversation: Conversation, now: datetime) -> ComposerLimits:
        """What may be written at `now`; pure."""


@cache
def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind; `settings.CHANNEL_ADAPTERS` is the registry."""
    adapter: Adapter = import_string(settings.CHANNEL_ADAPTERS[kind])()
    return adapter


def kinds() -> list[str]:
    """The kinds that this installation can connect, in the order of the settings."""
    return [kind for kind in settings.CHANNEL_ADAPTERS if kind != PRACTICE]
