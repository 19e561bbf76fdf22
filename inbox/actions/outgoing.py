"""A queued message as the adapter gets it."""

from __future__ import annotations

from functools import partial
from typing import IO, cast

from django.core.files.storage import default_storage

from inbox.channels import FileKind, IdentityKey, Outgoing, OutgoingFile
from inbox.models import Attachment, Message


def outgoing_of(message: Message, attachment: Attachment | None) -> Outgoing:
    """With every address of the customer on this kind of channel, phone numbers first: some
    kinds of messages cannot be sent to a user name."""
    conversation = message.conversation
    return Outgoing(
        ref=str(message.uuid),
        to=_addresses(message),
        text=message.text,
        kind=message.kind,
        reply_to=message.reply_to,
        data=message.data,
        file=_file(attachment, message) if attachment else None,
        is_group=conversation.contact.is_group,
        attempt=message.attempts,
    )


def _addresses(message: Message) -> tuple[IdentityKey, ...]:
    chosen = message.conversation.identity
    rows = [chosen]
    if chosen.scope and not message.conversation.contact.is_group:
        contact = message.conversation.contact  # which the claim has loaded
        others = contact.identities.filter(kind=chosen.kind, scope="").order_by("-id")
        rows = [*others[:1], chosen]
    return tuple(IdentityKey(row.kind, row.value, row.scope) for row in rows)


def _file(attachment: Attachment, message: Message) -> OutgoingFile:
    return OutgoingFile(
        kind=cast(FileKind, attachment.kind),
        name=attachment.name,
        content_type=attachment.content_type,
        size=attachment.size,
        open=partial(_opened, str(attachment.file.name)),
        voice=bool(message.data.get("voice")),
    )


def _opened(key: str) -> IO[bytes]:
    return default_storage.open(key, "rb")
