"""What of a member's own stands on the page: his drafts, and what calls him."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Member
from accounts.templatetags.faces import HUES, initials
from inbox import queries
from inbox.models import Attachment, Conversation, Message
from inbox.queries.drafts import Kept
from inbox.templatetags.inbox_look import kind_label, known_as


def own_context(member: Member, *, is_mentioned: bool = True) -> dict[str, Any]:
    """For the rows, which are the same for everybody: signs that a page puts on them. Who is
    known not to be mentioned anywhere is not looked for."""
    return {
        "member": member.pk,
        "drafts": queries.drafts_of(member),
        "mentions": queries.unread_mentions(member) if is_mentioned else {},
    }


def people_context(conversation: Conversation, member: Member) -> list[dict[str, Any]]:
    """Whom a member may mention, as the list at the caret shows it; not himself."""
    found = []
    for one in queries.callable_in(conversation):
        if one.members == {member.pk}:
            continue
        face = {"label": one.name, "mark": initials(one.name), "hue": one.id * 5 % HUES}
        count = len(one.members)
        told = ngettext("%(n)d member", "%(n)d members", count) % {"n": count}
        found.append({**face, "detail": told if one.kind == "department" else ""})
    return found


def drafts_context(member: Member, conversation: Conversation) -> dict[str, Any]:
    """The member's drafts in a conversation by kind, as the composer takes them."""
    found = queries.drafts_in(member, conversation)
    return {kept.draft.kind: _shown(kept, conversation) for kept in found}


def _shown(kept: Kept, conversation: Conversation) -> dict[str, Any]:
    row = kept.draft
    quoted = row.quoting if row.quoting and not row.quoting.deleted_at else None
    return {
        "version": row.version,
        "writer": row.writer,
        "text": row.text,
        "seen": row.seen,
        "quote": _quote(quoted, conversation) if quoted else None,
        "files": [kept_file(file) for file in kept.files],
    }


def _quote(message: Message, conversation: Conversation) -> dict[str, Any]:
    ours = message.author_name or conversation.channel.name
    name = known_as(conversation) if message.direction == Message.Direction.IN else ours
    words = message.text[:160] or str(kind_label(message.kind))
    return {"id": str(message.pk), "name": name, "text": words}


def kept_file(row: Attachment) -> dict[str, Any]:
    """An upload that waits to be sent, as the tray of the composer takes it."""
    thumb = reverse("inbox:attachment-thumb", args=[row.uuid]) if row.thumb else ""
    facts = {"uuid": str(row.uuid), "name": row.name, "kind": row.kind, "size": row.size}
    return {**facts, "thumb": thumb}
