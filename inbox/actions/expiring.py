"""Ending what expired in the queue, many at once (F36)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Member
from helpdesk.events import action
from inbox.actions.ending import end
from inbox.queries.expired import expired_in_queue


@action
def resolve_expired(
    *, by: Member, channels: Iterable[int], include_untouched: bool = True, limit: int = 100
) -> int:
    """Resolve up to `limit` conversations that `by` sees, that wait in a queue and whose reply
    window has closed; how many it were, 0 at the end. `include_untouched`: also those that
    nobody has had yet. One that somebody else holds at this moment is left alone."""
    by.require("inbox.resolve_expired")
    now = timezone.now()
    rows = expired_in_queue(by, now).filter(channel__in=list(channels))
    if not include_untouched:
        rows = rows.filter(first_assigned_at__isnull=False)
    rows = rows.select_related("channel", "department").select_for_update(
        of=("self",), skip_locked=True
    )
    held = list(rows.order_by("window_expires_at", "id")[:limit])
    for row in held:
        end(row, "expired", by=by, at=now)
    return len(held)
