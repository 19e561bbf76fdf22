"""Lists of conversations: who sees which, the tabs, and search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet

from accounts.models import Member
from accounts.queries import access_of
from contacts import queries as contacts
from inbox.audience import seen_with
from inbox.models import Conversation, MessageSearch

Status = Conversation.Status
PAGE = 50

VIEWS: dict[str, Callable[[Member], Q]] = {
    "queue": lambda member: Q(status=Status.QUEUED),
    "mine": lambda member: Q(status=Status.HANDLED, assignee=member),
    "all": lambda member: ~Q(status=Status.RESOLVED),
    "resolved": lambda member: Q(status=Status.RESOLVED),
}


def visible_to(member: Member) -> QuerySet[Conversation]:
    """The conversations that a member may see, with what a row shows."""
    rows = Conversation.objects.select_related(
        "contact", "channel", "assignee", "department", "identity"
    )
    return rows.filter(seen_with(access_of(member)))


def takeable_by(member: Member) -> QuerySet[Conversation]:
    """What he sees, and what he saw in a queue of his until a colleague took it: the loser
    of a race is told by whom. Whatever was never in his queues stays unknown to him."""
    access = access_of(member)
    queues = Q(department__in=access.queues) | Q(department__isnull=True)
    taken = Q(queues, status=Status.HANDLED) if access.handles_chats else Q(pk__isnull=True)
    return Conversation.objects.filter(seen_with(access) | taken)


def inbox_list(
    member: Member,
    view: str = "queue",
    q: str = "",
    limit: int = PAGE,
    before: tuple[datetime, int] | None = None,
) -> QuerySet[Conversation]:
    """One tab, the newest first. A search looks through every state, whatever the tab.

    `before` is `(last_message_at, id)` of the last row that is already there.
    """
    rows = visible_to(member)
    rows = rows.filter(matching(q)) if q.strip() else rows.filter(VIEWS[view](member))
    if before:
        at, pk = before
        rows = rows.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=pk))
    return rows.order_by("-last_message_at", "-id")[:limit]


def counts(member: Member) -> dict[str, int]:
    """How many there are in the tabs that show a number, and `unread` of one's own: one query."""
    alive = visible_to(member).exclude(status=Status.RESOLVED).select_related(None).order_by()
    return alive.aggregate(
        queue=Count("pk", filter=VIEWS["queue"](member)),
        mine=Count("pk", filter=VIEWS["mine"](member)),
        all=Count("pk"),
        unread=Count("pk", filter=VIEWS["mine"](member) & Q(unread_count__gt=0)),
    )


def matching(text: str) -> Q:
    """Name or phone of the contact, number of the conversation, or words said in it."""
    text = text.strip()[:200]
    by_contact = contacts.matching(text).values("contact_id")
    found = Q(contact__in=by_contact) | Q(pk__in=_said(text))
    number = text.removeprefix("#")
    return found | Q(number=int(number)) if number.isdecimal() and len(number) < 18 else found


def _said(text: str) -> QuerySet[MessageSearch, dict[str, int]]:
    """Conversations with a message that has all the words; by the full-text index."""
    query = SearchQuery(text, config="helpdesk_search", search_type="websearch")
    hits = MessageSearch.objects.filter(tsv=query).order_by("-sent_at")
    return hits.values("conversation_id")[:500]
