"""The open conversation: its messages, the contact, and what may be done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Member
from inbox import queries
from inbox.layout import lay_out
from inbox.models import Conversation
from inbox.queries.threads import PAGE as MESSAGES
from inbox.screens.composer import composer, may_accept
from inbox.screens.details import contact_context
from inbox.screens.drafts import drafts_context

Status = Conversation.Status


def thread_context(member: Member, conversation: Conversation, before: int = 0) -> dict[str, Any]:
    """The open conversation: messages, contact, composer, and what may be done."""
    return {
        "open_id": conversation.pk,
        **messages_context(conversation, before),
        **contact_context(conversation.contact),
        "earlier": queries.previous_of(conversation, member),
        "earlier_hidden": queries.hidden_before(conversation, member),
        "rights": rights(member, conversation),
        "composer": {
            **composer(member, conversation),
            "drafts": drafts_context(member, conversation),
        },
    }


def messages_context(conversation: Conversation, before: int = 0) -> dict[str, Any]:
    """A page of messages: the last ones, or those before one; and where the older ones are."""
    rows = queries.thread(conversation, MESSAGES + 1, before)
    shown, older = rows[-MESSAGES:], ""
    if len(rows) > MESSAGES:
        address = reverse("inbox:conversation", args=[conversation.number])
        older = f"{address}?{urlencode({'before': shown[0].pk})}"
    unread = 0 if before else conversation.unread_count
    return {
        "conversation": conversation,
        "items": lay_out(shown, unread),
        "older_url": older,
    }


def rights(member: Member, conversation: Conversation) -> dict[str, bool]:
    """Which buttons the header has; the actions judge again."""
    may_move = not conversation.is_resolved and member.may("inbox.move", conversation)
    return {
        "accept": may_accept(member, conversation),
        "release": may_move and conversation.status == Status.HANDLED,
        "transfer": may_move,
        "resolve": may_move,
        "snooze": may_move and conversation.status == Status.HANDLED,
        "unread": _may_unread(member, conversation),
        "label": member.may("inbox.label", conversation),
    }


def _may_unread(member: Member, conversation: Conversation) -> bool:
    has_words = conversation.last_customer_at is not None and not conversation.is_resolved
    return has_words and member.may("inbox.read", conversation)
