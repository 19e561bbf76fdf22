"""Drafts of a member: those of one conversation, and where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import Member
from helpdesk.prepared import prepared
from inbox.models import Attachment, Conversation, Draft
from inbox.queries.sight import seen_by

MOST = 200
GLANCE = 80


@dataclass(frozen=True)
class Kept:
    """A draft with its unsent files."""

    draft: Draft
    files: list[Attachment]


def drafts_in(member: Member, conversation: Conversation) -> list[Kept]:
    """The member's drafts here, emptied ones too: their version counts. One query, and one
    for files where there may be some."""
    rows = _drafts(member.pk, conversation.pk)
    files: list[Attachment] = []
    if any(row.is_filled for row in rows):
        lying = Attachment.objects.filter(draft__in=rows, message__isnull=True)
        files = list(lying.order_by("id"))
    return [Kept(row, [file for file in files if file.draft_id == row.pk]) for row in rows]


@prepared
def _drafts(member: Any, conversation: Any) -> QuerySet[Draft]:
    mine = Draft.objects.filter(member=member, conversation=conversation)
    return mine.select_related("quoting")


def draft_version(member: Member, conversation: Conversation, kind: str) -> dict[str, int]:
    """How far a draft has come, for the page that has just sent some of it."""
    versions = _versions(member.pk, conversation.pk, kind)
    return {"version": versions[0] if versions else 0}


@prepared
def _versions(member: Any, conversation: Any, kind: Any) -> QuerySet[Any, int]:
    mine = Draft.objects.filter(member=member, conversation=conversation, kind=kind)
    return mine.values_list("version", flat=True)


def drafts_of(member: Member) -> dict[int, str]:
    """The beginning of the member's unsent words, by the number of the conversation, where he
    may see it; the newest ones."""
    mine = Draft.objects.filter(member=member, is_filled=True, conversation__in=seen_by(member))
    rows = mine.order_by("-saved_at").values_list("conversation__number", "kind", "text")
    found: dict[int, str] = {}
    for number, kind, text in rows[:MOST]:
        if kind == Draft.Kind.REPLY or number not in found:
            found[number] = text[:GLANCE]
    return found
