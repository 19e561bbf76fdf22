"""What the inbox's pages show: the contexts of list, thread and composer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.requests import MemberRequest
from helpdesk.live_origin import live_origin
from inbox import queries
from inbox.layout import lay_out
from inbox.models import Channel, Conversation
from inbox.queries.lists import PAGE
from inbox.queries.threads import PAGE as MESSAGES
from inbox.templatetags.inbox_look import channel_label
from inbox.templatetags.times import span

Status = Conversation.Status


def page_context(request: MemberRequest, cursor: int) -> dict[str, Any]:
    """What only the whole page needs: the cursor of the feed and where to find it."""
    origin = live_origin(request)
    address = urlsplit(origin)
    path = f"/w/{request.workspace.slug}/live/"
    http = "https" if address.scheme == "wss" else "http"
    return {
        "section": "inbox",
        "cursor": cursor,
        "live_url": f"{origin}{path}",
        "poll_url": f"{http}://{address.netloc}{path}poll",
    }


def list_context(member: Member, wish: dict[str, Any]) -> dict[str, Any]:
    """One page of rows, the counts of the tabs, and where older rows are."""
    rows = list(queries.inbox_list(member, **wish, limit=PAGE + 1))
    more = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        at = {"before_at": last.last_message_at.isoformat(), "before_id": last.pk}
        kept = {"view": wish["view"], "q": wish["q"], **at}
        more = f"{reverse('inbox:list')}?{urlencode(kept)}"
    return {
        "view": wish["view"],
        "q": wish["q"],
        "conversations": rows[:PAGE],
        "counts": queries.counts(member),
        "more_url": more,
        "open_id": None,
    }


def thread_context(member: Member, conversation: Conversation, before: int = 0) -> dict[str, Any]:
    """The open conversation: messages, contact, composer, and what may be done."""
    return {
        "open_id": conversation.pk,
        **messages_context(conversation, before),
        "addresses": _addresses(conversation),
        "earlier": list(queries.previous_of(conversation, member)),
        "earlier_hidden": queries.hidden_before(conversation, member),
        "rights": rights(member, conversation),
        "composer": composer(member, conversation),
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


def _addresses(conversation: Conversation) -> list[dict[str, str]]:
    """The contact's addresses that mean something to people: not the ids of providers
    (those have a scope); the phone once, under its channel if it has one."""
    contact = conversation.contact
    known = [row for row in contact.identities.order_by("id") if not row.scope]
    found = [{"label": channel_label(row.kind), "value": row.value} for row in known]
    if contact.phone and contact.phone.lstrip("+") not in {row.value.lstrip("+") for row in known}:
        found.insert(0, {"label": _("Phone"), "value": contact.phone})
    return found


def rights(member: Member, conversation: Conversation) -> dict[str, bool]:
    """Which buttons the header has; the actions judge again."""
    may_move = not conversation.is_resolved and member.may("inbox.move", conversation)
    return {
        "accept": _may_accept(member, conversation),
        "release": may_move and conversation.status == Status.HANDLED,
        "transfer": may_move,
        "resolve": may_move,
    }


def _may_accept(member: Member, conversation: Conversation) -> bool:
    queued = conversation.status == Status.QUEUED
    return queued and member.may("inbox.accept", conversation)


def composer(member: Member, conversation: Conversation) -> dict[str, Any]:
    """What the composer may do now, for the template and, as JSON, for the script."""
    limits = queries.limits_of(conversation)
    refusal = _refusal(member, conversation) or ("" if limits.may_write else limits.refusal)
    others = conversation.assignee if conversation.assignee_id != member.pk else None
    open_window = limits.closes_at if not conversation.is_resolved else None
    return {
        "number": conversation.number,
        "reply_url": reverse("inbox:reply", args=[conversation.number]),
        "note_url": reverse("inbox:note", args=[conversation.number]),
        "accept_url": reverse("inbox:accept", args=[conversation.number]),
        "may_reply": not refusal,
        "refusal": str(refusal),
        "accept": _may_accept(member, conversation),
        "whose": others.name if others and not refusal else "",
        "closes_at": open_window.isoformat() if open_window else None,
        "closes_text": _window(open_window) if open_window else "",
        "max_text": limits.max_text,
    }


def _window(closes_at: Any) -> str:
    left = closes_at - timezone.now()
    if left.total_seconds() <= 0:
        return _("Reply window closed")
    return _("Reply window {time}").format(time=span(left))


def _refusal(member: Member, conversation: Conversation) -> str:
    """Why this member cannot reply here now, channel and window aside; '' if he can."""
    if conversation.is_resolved:
        return _("This conversation is resolved. If the customer writes again, a new one opens.")
    if not member.may("inbox.reply", conversation):
        return _("Your role may read this conversation and write notes, not answer the customer.")
    if conversation.status == Status.QUEUED:
        return _("Still in the queue. Accept it first, so that only one of you answers.")
    if conversation.channel.state == Channel.State.DISCONNECTED:
        return _("This channel has been disconnected, so nothing can be sent through it.")
    return ""
