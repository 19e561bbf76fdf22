"""Operations on many conversations: those that wait, one's own, and how they went."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Member
from accounts.queries import access_of
from inbox.audience import seen_with
from inbox.models import Batch, BatchItem, Conversation, Step

RECENT = timedelta(hours=12)


def waiting_batches() -> QuerySet[Batch]:
    """Those that are not done yet, the oldest first."""
    rows = Batch.objects.filter(state=Batch.State.WAITING)
    return rows.select_related("by").order_by("created_at", "id")


def own_batches(member: Member) -> QuerySet[Batch]:
    """A member's own."""
    return Batch.objects.filter(by=member)


def tray_of(member: Member) -> QuerySet[Batch]:
    """What of his runs, or has ended and was not looked at."""
    since = timezone.now() - RECENT
    return own_batches(member).filter(seen_at=None, created_at__gt=since).order_by("-created_at")


def refused_items(batch: Batch) -> QuerySet[BatchItem]:
    """The conversations with which it could not be done; `is_seen`: whether who asked for it
    may see it now. A number that he guessed tells him nothing of a customer."""
    seen = Conversation.objects.filter(seen_with(access_of(batch.by)))
    rows = batch.items.filter(state=BatchItem.State.REFUSED).annotate(
        is_seen=Exists(seen.filter(pk=OuterRef("conversation_id")))
    )
    return rows.select_related("conversation__contact").order_by("number")


def own_step(member: Member, uuid: UUID) -> QuerySet[Step]:
    """Something that he did."""
    return Step.objects.filter(by=member, uuid=uuid).select_related("conversation")
