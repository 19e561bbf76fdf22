"""What the inbox's events look like on a page: the row of the list and the bubble.

The same frames answer a member's own actions, so that both may arrive, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import get_urlconf, set_urlconf
from django.utils.translation import ngettext

from activity.live.render import CALLS, SEEN_BY, Content, renders
from activity.models import LedgerEntry
from helpdesk.prepared import prepared
from inbox.attention import Call, Standing, call_of, call_of_batch
from inbox.audience import audience_of
from inbox.fragments import bubble_html, row_html
from inbox.models import Channel, Conversation, Message
from inbox.queries.furnishing import furnished
from inbox.queries.labelling import labelled, with_labels
from inbox.queries.threads import TROUBLED


@renders(
    "conversation.opened",
    "conversation.assigned",
    "conversation.queued",
    "conversation.resolved",
    "conversation.read",
    "conversation.unread",
    "conversation.restored",
    "conversation.snoozed",
    "conversation.resumed",
    "conversation.labelled",
    "message.received",
    "message.queued",
    "message.noted",
    "member.mentioned",
    "message.state_changed",
    "message.changed",
    "message.echoed",
)
def frames(entries: list[LedgerEntry]) -> Content:
    """The content of each entry's frame, as things are now, for those who see them now; two
    queries for the batch."""
    conversations = _conversations(entry.facts["conversation_id"] for entry in entries)
    messages = _messages(entry.facts.get("message_id") for entry in entries)
    with _workspace_urls():
        return {
            entry.seq: {
                **frame(conversation, messages.get(entry.facts.get("message_id", 0))),
                SEEN_BY: audience_of(conversation),
                CALLS: _call(entry, conversation),
            }
            for entry in entries
            if (conversation := conversations.get(entry.facts["conversation_id"]))
        }


def _call(entry: LedgerEntry, row: Conversation) -> tuple[str, frozenset[str]] | None:
    if entry.facts.get("how") == "bulk":
        return None  # `batch_frames` calls once for all of them
    return _parts(call_of(entry.name, entry.facts, Standing.of(row), entry.member_id))


def _parts(call: Call | None) -> tuple[str, frozenset[str]] | None:
    return (call.activity, call.tags) if call else None


def frame(conversation: Conversation, message: Message | None = None) -> dict[str, Any]:
    """What a page needs to show that something happened here."""
    return {
        "conversation": {
            "id": conversation.pk,
            "number": conversation.number,
            "status": conversation.status,
            "assignee": conversation.assignee_id,
            "department": conversation.department_id,
            "version": conversation.version,
            "due": conversation.due_at.isoformat() if conversation.due_at else None,
        },
        "row": row_html(labelled(conversation)),
        "bubble": bubble(message, conversation) if message and not is_silent(message) else None,
        "message": _state_of(message) if message else None,
    }


def is_silent(message: Message) -> bool:
    """Whether it has no bubble of its own: a reaction stands on another, unless it failed."""
    return message.kind == "reaction" and message.state not in TROUBLED


def bubble(message: Message, conversation: Conversation) -> str:
    """The message in the thread."""
    if not hasattr(message, "attachments_list"):
        furnished([message])
    return bubble_html(message, conversation)


def _state_of(message: Message) -> dict[str, Any]:
    return {"id": message.pk, "client_id": message.client_id or "", "state": message.state}


def _conversations(ids: Iterable[int]) -> dict[int, Conversation]:
    return {row.pk: row for row in _conversations_of(list(set(ids)))}


@prepared
def _conversations_of(ids: Any) -> QuerySet[Conversation]:
    rows = Conversation.objects.select_related("contact", "channel", "assignee", "department")
    return with_labels(rows).filter(pk__any=ids)


def _messages(ids: Iterable[int | None]) -> dict[int, Message]:
    wanted = {pk for pk in ids if pk}
    found = furnished(_messages_of(list(wanted))) if wanted else []
    return {row.pk: row for row in found}


@prepared
def _messages_of(ids: Any) -> QuerySet[Message]:
    return Message.objects.filter(pk__any=ids)


@renders("batch.delivered")
def batch_frames(entries: list[LedgerEntry]) -> Content:
    """That somebody, or a queue, was given several conversations at once: the rows came with
    events of their own, which call nobody."""
    return {
        entry.seq: {
            "words": _in_words(entry.facts["count"]),
            CALLS: _parts(call_of_batch(entry.facts, entry.member_id)),
        }
        for entry in entries
    }


def _in_words(count: int) -> str:
    return ngettext("%(n)d conversation", "%(n)d conversations", count) % {"n": count}


@renders("contact.changed")
def contact_frames(entries: list[LedgerEntry]) -> Content:
    """Which contact has changed, and nothing of it: who sees it fetches what he may see."""
    return {entry.seq: {"contact": {"id": entry.facts["contact_id"]}} for entry in entries}


@renders("channel.changed")
def channel_frames(entries: list[LedgerEntry]) -> Content:
    """Whether a channel works, for the banner on every page."""
    channels = Channel.objects.in_bulk({entry.facts["channel_id"] for entry in entries})
    return {
        entry.seq: {"channel": {"id": channel.pk, "state": channel.state}}
        for entry in entries
        if (channel := channels.get(entry.facts["channel_id"]))
    }


@contextmanager
def _workspace_urls() -> Iterator[None]:
    """Links of the workspace's pages; the live process has no request that says so."""
    before = get_urlconf()
    set_urlconf(settings.WORKSPACE_URLCONF)
    try:
        yield
    finally:
        set_urlconf(before)
