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
SYMBOLS = frozenset({"So", "Sm", "Me"})
AROUND = frozenset({"Sk", "Mn", "Me", "Cf"})  # skin, variation, keycap, joiner and tags
MARKS = frozenset({"Nd", "Po", "Pd"})


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
    words, lines or broken characters."""
    kinds = {unicodedata.category(c) for c in text}
    if text.isascii() or len(text) > LONGEST or not kinds <= SYMBOLS | AROUND | MARKS:
        return False
    if kinds & MARKS:  # a digit or a star needs its keycap, some others their variation selector
        return bool(kinds & {"Me", "Mn"})
    return bool(kinds & SYMBOLS)


def take_back(job: Message) -> None:
    """A reaction that could not be sent is not shown either."""
    target = _target(job)
    if target is not None and target.reactions.get(US, {}).get("emoji") == job.text:
        set_reaction(target, US, "", timezone.now(), by=job.author_name)


def show_again(job: Message) -> None:
    """It is sent once more, so it is shown once more."""
    target = _target(job)
    if target is not None:
        set_reaction(target, US, job.text, timezone.now(), by=job.author_name)


def _target(job: Message) -> Message | None:
    rows: Any = Message.objects.select_for_update(of=("self",)).select_related("conversation")
    found: Message | None = rows.filter(pk=job.data.get("target")).first()
    return found
