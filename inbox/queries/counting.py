"""How many conversations the tabs have."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet

from accounts.models import Member
from accounts.queries import access_of
from helpdesk.prepared import prepared
from inbox.audience import Reach, reach_of, seen_in
from inbox.models import Conversation
from inbox.queries.tabs import VIEWS, calls_of

COUNTED_MOST = 1000


def counts(member: Member) -> dict[str, int]:
    """How many there are in the tabs that show a number, and `unread` of one's own. Nobody
    reads more than three digits, so counting ends at `COUNTED_MOST`."""
    reach, ids = reach_of(access_of(member))
    (found,) = _counted(member.pk, *ids, reach=reach)
    return dict(found)


@prepared
def _counted(
    member: Any, assignees: Any, queues: Any, led: Any, *, reach: Reach
) -> QuerySet[Any, Any]:
    seen = Conversation.objects.filter(seen_in(reach, assignees, queues, led))
    mine = VIEWS["mine"](member)
    asking = Member.objects.filter(pk=member)  # one row, to hang the numbers on
    return asking.values(
        queue=_size(seen.filter(VIEWS["queue"](member))),
        mine=_size(seen.filter(mine)),
        all=_size(seen.filter(VIEWS["all"](member))),
        mentioned=_size(seen.filter(pk__in=calls_of(member).filter(read_at=None))),
        unread=_size(seen.filter(mine, unread_count__gt=0)),
    )


def _size(rows: QuerySet[Conversation]) -> Func:
    found = ArraySubquery(rows.values("pk")[:COUNTED_MOST])
    return Func(found, function="cardinality", output_field=IntegerField())
