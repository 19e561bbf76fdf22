"""Whether a message may be sent now, and as what: asked by every action that sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from helpdesk.errors import Refused
from inbox.actions.shapes import SHAPES
from inbox.channels import ComposerLimits, adapter_for
from inbox.models import Attachment, Channel, Conversation

FILES = frozenset(Attachment.Kind.values)


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say. `kind` is ``text``, ``location``, ``buttons``, ``list``, or
    that of the attachment."""

    text: str = ""
    kind: str = "text"
    data: Mapping[str, Any] = field(default_factory=dict)
    attachment: Attachment | None = None


def open_for_replies(row: Conversation, now: datetime) -> ComposerLimits:
    """The limits of a conversation that may be written in at all. `Refused`:
    ``already_resolved``, ``not_assigned``, ``channel_disconnected``."""
    if row.is_resolved:
        raise Refused("already_resolved", _("This conversation has been resolved."))
    if row.status != Conversation.Status.HANDLED:
        raise Refused("not_assigned", _("Accept this conversation before you reply."))
    if row.channel.state == Channel.State.DISCONNECTED:
        raise Refused("channel_disconnected", _("This channel has been disconnected."))
    return adapter_for(row.channel.kind).limits(row, now)


def sendable(row: Conversation, draft: Draft, now: datetime) -> Draft:
    """The draft as it can be sent, or why it cannot: as above, and ``window_closed``,
    ``empty_text``, ``text_too_long``, ``not_supported``, ``no_caption``, or the codes of
    `inbox.actions.shapes`."""
    limits = open_for_replies(row, now)
    if not limits.may_write:
        raise Refused("window_closed", str(limits.refusal))
    text = draft.text.strip()
    if draft.attachment:
        return _with_file(draft, text, limits)
    data: dict[str, Any] = {}  # of a text nothing is taken over: readers trust what is in there
    if draft.kind in SHAPES:
        if draft.kind not in limits.can:
            raise Refused("not_supported", _("This channel does not carry such messages."))
        data = SHAPES[draft.kind](draft.data)
    elif draft.kind != "text":
        raise Refused("not_supported", _("This channel does not carry such messages."))
    if draft.kind == "location" and text:
        raise Refused("no_caption", _("A location carries no text. Send it separately."))
    if not text and draft.kind != "location":
        raise Refused("empty_text", _("Write something first."))
    most = limits.max_text if draft.kind == "text" else limits.max_caption or limits.max_text
    _check_length(text, most)
    return Draft(text, draft.kind, data)


def _with_file(draft: Draft, text: str, limits: ComposerLimits) -> Draft:
    file = draft.attachment
    assert file is not None  # noqa: S101 (for the type checker)
    kind = limits.kind_for(file.content_type, file.size)
    if kind is None:
        raise Refused("file_type", _("This channel does not carry files of this type."))
    if text and kind not in limits.captions:
        raise Refused("no_caption", _("This kind of file carries no text. Send it separately."))
    _check_length(text, limits.max_caption)
    return Draft(text, kind, {"voice": True} if draft.data.get("voice") is True else {}, file)


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("text_too_long", _("This text is too long."), most=most)
