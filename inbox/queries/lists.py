"""Lists of conversations: the tabs, and search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Member
from accounts.queries import access_of
from helpdesk.prepared import prepared
from inbox.audience import Reach, reach_of, seen_in
from inbox.models import Conversation
from inbox.queries.labelling import with_labels
from inbox.queries.searching import ways_of
from inbox.queries.sight import seen_by
from inbox.queries.tabs import PLAIN, VIEWS

Status = Conversation.Status
Narrow = Callable[[QuerySet[Conversation]], QuerySet[Conversation]]
PAGE = 25

# What `templates/fragments/inbox/rows.html` shows; of anything else it would ask row by row.
ROW = (
    *("number", "status", "version", "preview", "unread_count"),
    *("last_message_at", "queued_at", "window_expires_at", "due_at", "snoozed_until"),
    *("contact__name", "contact__phone", "contact__email", "channel__name", "channel__kind"),
    *("assignee__name", "department__name"),
)


def everything(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """The filter that leaves out nothing."""
    return rows


def inbox_list(
    member: Member,
    view: str = "queue",
    q: str = "",
    limit: int = PAGE,
    before: tuple[datetime, int] | None = None,
    narrow: Narrow = everything,
    statuses: Sequence[str] = (),
    among: Collection[int] | None = None,
) -> list[Conversation]:
    """One tab, the newest first. A search looks through every state, whatever the tab, and so
    do `statuses`. `narrow` is a filter; `among` are the ids that are asked about.

    `before` is `(last_message_at, id)` of the last row that is already there. First ids are
    found, each way of finding them by its own index and without joins (which, under
    row-level security, PostgreSQL expects to give one row, and then sorts thousands); then
    the rows of these ids are fetched with what they show.
    """
    ids = _newest(member, view, q, limit, before, narrow, statuses, among)
    found = {row.pk: row for row in _rows_of(ids)}
    return [found[pk] for pk in ids if pk in found]


def standings(
    member: Member,
    view: str = "queue",
    q: str = "",
    limit: int = PAGE,
    before: tuple[datetime, int] | None = None,
    narrow: Narrow = everything,
    statuses: Sequence[str] = (),
) -> list[tuple[int, str, int | None]]:
    """Number, status and assignee of the rows of a list, for choosing all of them."""
    ids = _newest(member, view, q, limit, before, narrow, statuses, None)
    rows = Conversation.objects.filter(pk__in=ids).order_by("-last_message_at", "-id")
    return list(rows.values_list("number", "status", "assignee"))


def size_of(member: Member, *, most: int, **wish: Any) -> int:
    """How many rows a list has, as `inbox_list` takes it; counting ends at `most`."""
    given: dict[str, Any] = {"before": None, "among": None, **wish}
    return len(_newest(member, limit=most, **given))


def _newest(
    member: Member,
    view: str,
    q: str,
    limit: int,
    before: tuple[datetime, int] | None,
    narrow: Narrow,
    statuses: Sequence[str],
    among: Collection[int] | None,
) -> list[int]:
    has_all = before is None and among is None and narrow is everything and not statuses
    if has_all and view in PLAIN and not q.strip():
        reach, ids = reach_of(access_of(member))
        return _first_ids(member.pk, *ids, reach=reach, view=view, limit=limit)
    seen = seen_by(member)
    if before:
        at, pk = before
        seen = seen.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=pk))
    if among is not None:
        seen = seen.filter(pk__in=among)
    newest: set[tuple[datetime, int]] = set()
    for way in ways_of(q) if q.strip() else _tab(view, member, statuses):
        rows = narrow(seen.filter(way)).order_by("-last_message_at", "-id")
        newest.update(rows.values_list("last_message_at", "pk")[:limit])
    return [pk for _at, pk in sorted(newest, reverse=True)[:limit]]


@prepared
def _first_ids(
    member: Any, assignees: Any, queues: Any, led: Any, *, reach: Reach, view: str, limit: int
) -> QuerySet[Any, int]:
    """A tab from its beginning: what is asked most often."""
    seen = Conversation.objects.filter(seen_in(reach, assignees, queues, led))
    rows = seen.filter(VIEWS[view](member)).order_by("-last_message_at", "-id")
    return rows.values_list("pk", flat=True)[:limit]


def _tab(view: str, member: Member, statuses: Sequence[str]) -> list[Q]:
    """What a tab consists of: of several states one each, so that the index by state gives the
    order; all that are open have an index of their own."""
    if statuses:
        return [Q(status=status) for status in statuses]
    return [VIEWS[view](member)]


@prepared
def _rows_of(ids: Any) -> QuerySet[Conversation]:
    """With what a row shows, and no more: thirty times six tables are slow to read whole."""
    rows = Conversation.objects.select_related("contact", "channel", "assignee", "department")
    return with_labels(rows.only(*ROW).filter(pk__any=ids))
