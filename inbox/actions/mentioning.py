"""Mentions: a note calls colleagues who may see it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import Member
from helpdesk.events import action, emit, whisper
from inbox.events import MemberMentioned
from inbox.mentioning import Named, called
from inbox.models import Conversation, Mention, Message
from inbox.queries.mentions import callable_in


def calls_in(row: Conversation, text: str) -> list[Named]:
    """Who is called by the words of a note that is about to be written."""
    return called(text, callable_in(row)) if "@" in text else []


def keep_mentions(note: Message, named: list[Named], *, by: Any) -> None:
    """Remember and tell whom a note calls; nobody calls himself."""
    members = {member for one in named for member in one.members} - {getattr(by, "pk", None)}
    rows = [
        Mention(message=note, conversation_id=note.conversation_id, member_id=member)
        for member in sorted(members)
    ]
    Mention.objects.bulk_create(rows)
    for row in rows:
        told = MemberMentioned(note.conversation_id, note.pk, row.member_id)
        emit(told, audience={f"p:{row.member_id}"}, by=by)


@action
def read_mentions(conversation: Conversation, *, by: Member) -> int:
    """He has opened the thread in which he was mentioned; how many were new to him."""
    by.require("inbox.note", conversation)
    new = Mention.objects.filter(conversation=conversation, member=by, read_at=None)
    count = new.update(read_at=timezone.now())
    if count:
        whisper("own", tags={f"p:{by.pk}"})
    return count
