"""How an operation on many conversations went, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from inbox import queries
from inbox.actions.undoing import UNDO_SECONDS
from inbox.models import Batch, BatchItem
from inbox.templatetags.inbox_look import known_as

WHY = {
    "taken": gettext_lazy("{name} has it already."),
    "denied": gettext_lazy("You may not do this with it."),
    "gone": gettext_lazy("It is not with you or your department."),
    "changed": gettext_lazy("It has changed since you selected it."),
    "already_resolved": gettext_lazy("It has been resolved."),
    "no_target": gettext_lazy("Who should get it cannot take conversations."),
    "not_handled": gettext_lazy("Nobody has it, so it cannot be snoozed."),
    "no_time": gettext_lazy("The time is over already."),
    "label_inactive": gettext_lazy("A label is not in use any more."),
    "too_many_labels": gettext_lazy("It would have too many labels."),
    "failed": gettext_lazy("Something went wrong on our side."),
}
OTHERWISE = gettext_lazy("It could not be done.")


def why(item: BatchItem) -> str:
    """The reason for which it was not done with a conversation."""
    return str(WHY.get(item.code, OTHERWISE)).format(name=item.by_name)


def batch_state(batch: Batch) -> dict[str, Any]:
    """Where it stands, for our script: counts, words, and whether it can be undone."""
    is_over = batch.finished_at is not None
    return {
        "uuid": str(batch.uuid),
        "url": reverse("inbox:batch", args=[batch.uuid]),
        "operation": batch.operation,
        "state": batch.state,
        "total": batch.total,
        "done": batch.done,
        "refused": batch.refused,
        "text": _summary(batch) if is_over else _progress(batch),
        "undo": _may_undo(batch),
    }


def batch_context(batch: Batch) -> dict[str, Any]:
    """The result: what could not be done, and why."""
    items = [
        {"number": item.number, "name": _name(item), "is_seen": _is_seen(item), "why": why(item)}
        for item in queries.refused_items(batch)
    ]
    return {"batch": batch_state(batch), "items": items}


def tray_context(member: Member) -> list[dict[str, Any]]:
    """What of his runs or was not looked at yet, the newest first."""
    return [batch_state(batch) for batch in queries.tray_of(member)[:5]]


def _is_seen(item: Any) -> bool:
    return bool(item.conversation and item.is_seen)


def _name(item: BatchItem) -> str:
    return known_as(item.conversation) if _is_seen(item) else f"#{item.number}"


def _progress(batch: Batch) -> str:
    done = batch.done + batch.refused
    return _("{done} of {total} conversations").format(done=done, total=batch.total)


def _summary(batch: Batch) -> str:
    words = ngettext("{n} conversation done.", "{n} conversations done.", batch.done)
    parts = [words.format(n=batch.done)]
    if batch.refused:
        left = ngettext("{n} could not be done.", "{n} could not be done.", batch.refused)
        parts.append(left.format(n=batch.refused))
    rest = batch.total - batch.done - batch.refused
    if rest:
        left = ngettext("Cancelled before {n} more.", "Cancelled before {n} more.", rest)
        parts.append(left.format(n=rest))
    return " ".join(parts)


def _may_undo(batch: Batch) -> bool:
    if not batch.finished_at or not batch.done:
        return False
    began = timezone.now() - batch.created_at
    return began.total_seconds() < UNDO_SECONDS
