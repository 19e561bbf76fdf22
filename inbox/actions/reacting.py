"""Our reactions to what customers say."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.changes import US, set_reaction
from inbox.actions.facts import locked
from inbox.actions.sendable import open_for_replies
from inbox.audience import audience_of
from inbox.events import MessageQueued
from inbox.models import Message

LONGEST = 16  # characters of the longest emoji sequences


@action
def react(message: Message, *, by: Member, emoji: str) -> Message:
    """React to a message, or take it back with ''; shown at once, and sent like a reply.
    Returns the message that was reacted to. `Refused`: as `open_for_replies`,
    ``window_closed``, ``not_supported``, ``bad_emoji``."""
    row = locked(message.conversation)
    by.require("inbox.reply", row)
    now = timezone.now()
    limits = open_for_replies(row, now)
    if not limits.may_write:
        raise Refused("window_closed", str(limits.refusal))
    held = row.messages.select_for_update(of=("self",)).get(pk=message.pk)
    held.conversation = row
    if "react" not in limits.can or not held.external_id or held.deleted_at:
        raise Refused("not_supported", _("You cannot react to this message."))
    if emoji and not is_emoji(emoji):
        raise Refused("bad_emoji", _("Choose one emoji."))
    known = held.reactions.get(US, {}).get("emoji", "")
    if known == emoji:
        return held
    job = Message.objects.create(
        conversation=row,
        channel_id=row.channel_id,
        direction=Message.Direction.OUT,
        kind="reaction",
        text=emoji,
        data={"target": held.pk},
        reply_to=held.external_id,
        state=Message.State.QUEUED,
        author_member=by,
        author_name=by.name,
        sent_at=now,
        state_at=now,
        due_at=now,
    )
    set_reaction(held, US, emoji, now, by=by.name)
    emit(MessageQueued(row.pk, job.pk), audience=audience_of(row), by=by)
    return held


def is_emoji(text: str) -> bool:
    """Whether it is a symbol or a sequence around one (skin, flag, family, keycap), and not
    words."""
    kinds = {unicodedata.category(c) for c in text}
    return len(text) <= LONGEST and bool(kinds & {"So", "Me"}) and not kinds & {"Ll", "Lu", "Zs"}


def take_back(job: Message) -> None:
    """A reaction that could not be sent is not shown either."""
    rows: Any = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    target = rows.filter(pk=job.data.get("target")).first()
    if target is not None and target.reactions.get(US, {}).get("emoji") == job.text:
        set_reaction(target, US, "", timezone.now(), by=job.author_name)
