"""Saved views that a member may use."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Member
from accounts.queries import access_of
from inbox.models import SavedView

Sharing = SavedView.Sharing


def saved_views(member: Member) -> QuerySet[SavedView]:
    """His own, and those shared with everybody or with a department of his, by name."""
    access = access_of(member)
    with_his = Q(sharing=Sharing.DEPARTMENT)
    if not access.sees_all:
        with_his &= Q(department__in=access.queues)
    seen = Q(owner=member) | Q(sharing=Sharing.ALL) | with_his
    return SavedView.objects.filter(seen).select_related("department").order_by("name", "id")
