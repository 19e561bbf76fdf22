"""The page around the conversations: feed, list, and what stands above it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from accounts.models import Member
from accounts.queries import access_of
from accounts.requests import MemberRequest
from helpdesk.live_origin import live_origin
from inbox import queries
from inbox.forms.lists import found_by
from inbox.queries.lists import PAGE
from inbox.screens.batches import tray_context
from inbox.screens.drafts import own_context
from inbox.screens.filters import address, chips, saved_context


def page_context(request: MemberRequest, cursor: int) -> dict[str, Any]:
    """What only the whole page needs: the cursor of the feed and where to find it."""
    origin = live_origin(request)
    address = urlsplit(origin)
    path = f"/w/{request.workspace.slug}/live/"
    http = "https" if address.scheme == "wss" else "http"
    return {
        "section": "inbox",
        **notices_context(request.member),
        "cursor": cursor,
        "saved_views": saved_context(request.member),
        "batches": tray_context(request.member),
        "live_url": f"{origin}{path}",
        "poll_url": f"{http}://{address.netloc}{path}poll",
    }


def list_context(member: Member, wish: dict[str, Any]) -> dict[str, Any]:
    """The list as the whole page has it: its rows, the counts of the tabs, and what of it is
    the member's own."""
    counts = queries.counts(member)
    own = own_context(member, is_mentioned=counts["mentioned"] > 0)
    return {**rows_context(member, wish), "counts": counts, "own": own}


def rows_context(member: Member, wish: dict[str, Any]) -> dict[str, Any]:
    """One page of rows, and where older ones are. Another tab or search changes no count, and
    nothing of one's own: these follow the feed (`static/js/rows.js: countSoon`)."""
    rows = queries.inbox_list(member, **found_by(wish), limit=PAGE + 1)
    query = wish["filter"].query
    more = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        at = {"before_at": last.last_message_at.isoformat(), "before_id": last.pk}
        more = address(wish["view"], wish["q"], query, **at)
    return {
        "view": wish["view"],
        "q": wish["q"],
        "conversations": rows[:PAGE],
        "more_url": more,
        "filter": query,
        "chips": chips(wish) if query else [],
        "open_id": None,
        "may_resolve_expired": wish["view"] == "expired" and _may_resolve_expired(member),
    }


def notices_context(member: Member) -> dict[str, Any]:
    """The channels that do not work until somebody connects them again: all of them for
    those who can do that, else those whose queue the member works in."""
    broken = list(queries.lost_channels())
    if not member.administers:
        access = access_of(member)
        mine = access.queues | {None}
        broken = [row for row in broken if access.sees_all or row.department_id in mine]
    return {"broken": broken}


def _may_resolve_expired(member: Member) -> bool:
    """Whether the button has something to do; what was only released has not expired."""
    found = queries.expired_in_queue(member, timezone.now())
    return member.may("inbox.resolve_expired") and found.exists()
