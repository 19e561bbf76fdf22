"""What a list of conversations may be narrowed to (F34); each by an index where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Department, Member
from accounts.queries import agents
from inbox.models import Channel, Conversation, ConversationLabel, Label, Message

Rows = QuerySet[Conversation]
ME, NOBODY = "me", "none"


def with_any_label(rows: Rows, labels: Iterable[int]) -> Rows:
    """With at least one of these labels."""
    on = ConversationLabel.objects.filter(label__in=list(labels))
    return rows.filter(pk__in=on.values("conversation_id"))


def assigned_to(rows: Rows, keys: Iterable[str], member: Member) -> Rows:
    """Of these people: ids, `ME`, or `NOBODY`."""
    wanted = set(keys)
    ids = [int(key) for key in wanted - {ME, NOBODY}] + [member.pk] * (ME in wanted)
    found = Q(assignee__in=ids)
    return rows.filter(found | Q(assignee__isnull=True) if NOBODY in wanted else found)


def received(rows: Rows, since: datetime | None, until: datetime | None, daily: bool) -> Rows:
    """With a message of the customer in one continuous interval; `daily`: on each of its days
    only between its two times of day, in the workspace's zone (over midnight if the first is
    the later one)."""
    said = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.IN)
    if since:
        said = said.filter(sent_at__gte=since)
        rows = rows.filter(last_message_at__gte=since)  # for the index that gives the order
    if until:
        said = said.filter(sent_at__lte=until)
    if since and until and daily:
        first, last = timezone.localtime(since).time(), timezone.localtime(until).time()
        after, before = Q(sent_at__time__gte=first), Q(sent_at__time__lte=last)
        said = said.filter(after & before if first <= last else after | before)
    return rows.filter(Exists(said))


def filter_choices() -> dict[str, list[Channel] | list[Department] | list[Member] | list[Label]]:
    """What may be chosen of each kind."""
    return {
        "channels": list(Channel.objects.order_by("name", "id")),
        "departments": list(Department.objects.filter(is_active=True).order_by("name")),
        "members": list(agents()),
        "labels": list(Label.objects.order_by("-is_active", "name")),
    }


def names_of(kind: str, ids: Iterable[int]) -> dict[int, str]:
    """What the chosen ones are called; of another workspace's there is nothing to tell."""
    models: dict[str, Any] = {
        "channel": Channel,
        "department": Department,
        "assignee": Member,
        "label": Label,
    }
    wanted = list(ids)
    found = models[kind].objects.filter(pk__in=wanted) if wanted else []
    return {row.pk: row.name for row in found}
