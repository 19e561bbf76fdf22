"""Reading the feed."""

from __future__ import annotations

from django.db.models import QuerySet

from activity.models import FeedCounter, LedgerEntry
from helpdesk.tenancy import current_workspace_id


def cursor() -> int:
    """How far the feed of this workspace reaches. A page reads it *before* its data: then
    what happens in between is applied twice, which is harmless, and never missed."""
    seq = FeedCounter.objects.filter(workspace_id=current_workspace_id())
    return seq.values_list("seq", flat=True).first() or 0


def entries_after(seq: int, limit: int) -> QuerySet[LedgerEntry]:
    """The next events after `seq`, in order."""
    return LedgerEntry.objects.filter(seq__gt=seq).order_by("seq")[:limit]


def member_changed_after(seq: int, member_id: int) -> bool:
    """Whether a member's role, departments, reach or activity changed since `seq`."""
    later = LedgerEntry.objects.filter(seq__gt=seq, name="member.changed")
    return later.filter(facts__member_id=member_id).exists()


def history(name_prefix: str = "") -> QuerySet[LedgerEntry]:
    """The workspace's events, the newest first: the audit trail of administrators."""
    entries = LedgerEntry.objects.select_related("member").order_by("-seq")
    return entries.filter(name__startswith=name_prefix) if name_prefix else entries
