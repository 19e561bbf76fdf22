"""What a provider may tell us: the values that `Adapter.parse` returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Part:
    """What one provider POST says to one account; `body` is what is stored and parsed."""

    account_id: str
    body: bytes


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
class Room:
    """A group: a conversation of its own, whose contact is the group itself."""

    key: IdentityKey
    name: str = ""


FileKind = Literal["image", "video", "audio", "document", "sticker"]


@dataclass(frozen=True)
class RemoteFile:
    """A file that lies at the provider. What it says of name and type is a claim: the type
    is taken from the bytes. `size` in bytes, None where it was not told."""

    remote_id: str
    kind: FileKind
    name: str = ""
    content_type: str = ""
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class IncomingMessage:
    """One message of a customer; `sent_at` is the provider's time, aware, in UTC.

    `kind` and the shape of `data` are those of `docs/message-kinds.md`. With `echo` it is
    one of ours that was sent elsewhere (the phone's app): `sender` is then whom it went to.
    """

    external_id: str
    sender: Sender
    sent_at: datetime
    kind: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    files: tuple[RemoteFile, ...] = ()
    room: Room | None = None
    echo: bool = False


@dataclass(frozen=True)
class StatusUpdate:
    """News of a message that we sent; `client_ref` is our message's uuid, where the provider
    returns it. `data` may hold ``pricing``; for a failure also ``failure`` (see
    `DeliveryFailed.kind`) and ``closes_window``."""

    external_id: str
    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    client_ref: str = ""
    error_code: str = ""
    error_text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReactionChange:
    """Somebody reacted to a message, or took it back (`emoji` is ''). `ours`: it was one of
    us, elsewhere."""

    target: str
    sender: Sender
    emoji: str
    at: datetime
    ours: bool = False


@dataclass(frozen=True)
class MessageEdit:
    """The author changed the words of a message; `external_id` is the edit's own."""

    external_id: str
    target: str
    text: str
    at: datetime


@dataclass(frozen=True)
class MessageDeletion:
    """The author took a message back."""

    target: str
    at: datetime


@dataclass(frozen=True)
class IdentityChange:
    """A customer's address has changed: `old` is known to us, `new` is to be used from now
    on. `external_id` tells the same news from new ones."""

    external_id: str
    old: IdentityKey
    new: IdentityKey
    at: datetime
    phone: str = ""


@dataclass(frozen=True)
class TemplateChange:
    """News of a message template; blank means unchanged."""

    external_id: str
    name: str
    language: str
    status: str = ""
    reason: str = ""
    category: str = ""
    quality: str = ""


@dataclass(frozen=True)
class AccountNotice:
    """Something about the account itself, in a sentence (English, `gettext_noop`). With
    `loses` the account no longer works for us; `quality` is the number's rating, if told."""

    text: str
    at: datetime | None = None
    code: str = ""
    loses: bool = False
    quality: str = ""


Update = (
    IncomingMessage
    | StatusUpdate
    | ReactionChange
    | MessageEdit
    | MessageDeletion
    | IdentityChange
    | TemplateChange
    | AccountNotice
)
