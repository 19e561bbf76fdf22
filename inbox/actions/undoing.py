"""Taking back what one did a moment ago (accept, release, transfer, resolve, snooze,
labels)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, attempt, emit
from inbox.actions.facts import add_fact, locked
from inbox.actions.label_changes import change_labels
from inbox.audience import audience_of
from inbox.events import ConversationRestored
from inbox.models import Batch, Conversation, Label, Step
from inbox.queries.labelling import label_ids

UNDO_SECONDS = 10
GRACE_SECONDS = 5  # on its way, and until the page took the offer away
KEPT = timedelta(days=1)
PLAIN = ("status", "unread_count", "due_kind")
PEOPLE = ("assignee_id", "department_id", "resolved_by_id", "last_handling_agent_id")
TIMES = ("queued_at", "first_assigned_at", "resolved_at", "due_at", "snoozed_until")


def standing(row: Conversation) -> dict[str, Any]:
    """How a conversation stands, to be kept in a step."""
    kept = {name: getattr(row, name) for name in (*PLAIN, *PEOPLE)}
    times = {name: getattr(row, name) for name in TIMES}
    return {**kept, **{name: at.isoformat() if at else None for name, at in times.items()}}


def remember(row: Conversation, kind: str, before: dict[str, Any], by: Any) -> None:
    """Keep how to take it back, as `row.step`; for actions, of members only."""
    if isinstance(by, Member):
        row.step = Step.objects.create(  # type: ignore[attr-defined]
            conversation=row,
            by=by,
            kind=kind,
            before=before,
            version=row.version,
            at=timezone.now(),
        )


@action
def undo(step: Step, *, by: Member) -> Conversation:
    """Put the conversation back as it stood before; once is enough. `Refused`: ``too_late``,
    ``changed`` if anything happened since, ``newer_exists`` if the customer opened another
    one, ``no_target`` if who had it cannot have it any more."""
    row = locked(Conversation(pk=step.conversation_id))
    taken = Step.objects.select_for_update().get(pk=step.pk)
    if taken.by_id != by.pk:
        raise PermissionDenied("inbox.undo")
    if taken.undone_at:
        return row
    now = timezone.now()
    if now - taken.at > timedelta(seconds=UNDO_SECONDS + GRACE_SECONDS):
        raise Refused("too_late", _("It is too late to undo this."))
    if taken.kind == "labels":
        _relabel(row, taken, by)
    else:
        _restore(row, taken, by, now)
    taken.undone_at = now
    taken.save(update_fields=["undone_at"])
    return row


@action
def undo_batch(batch: Batch, *, by: Member) -> tuple[int, int]:
    """Take back each conversation of a batch, as far as nothing happened to it since: how many
    it were, and how many stay as they are. `Refused("too_late")`."""
    if batch.by_id != by.pk:
        raise PermissionDenied("inbox.undo")
    done, left = 0, 0
    for step in batch.steps.filter(undone_at=None).order_by("conversation_id"):
        try:
            with attempt():
                undo(step, by=by)
            done += 1
        except Refused as refused:
            if refused.code == "too_late":
                raise
            left += 1
    return done, left


@action
def sweep_steps() -> int:
    """Forget what nobody can take back any more; how many it were."""
    return Step.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _relabel(row: Conversation, step: Step, by: Member) -> None:
    now = label_ids(row)
    if now != set(step.before["after"]):
        raise Refused("changed", _("Something else happened here since, so it stays as it is."))
    wanted = set(step.before["before"])
    add = Label.objects.filter(pk__in=wanted)
    change_labels(row, now, by=by, add=add, remove=now - wanted)


def _restore(row: Conversation, step: Step, by: Member, now: datetime) -> None:
    if row.version != step.version:
        raise Refused("changed", _("Something else happened here since, so it stays as it is."))
    _check_people(step)
    before = audience_of(row)
    for name in (*PLAIN, *PEOPLE):
        setattr(row, name, step.before[name])
    for name in TIMES:
        text = step.before.get(name)
        setattr(row, name, parse_datetime(text) if text else None)
    row.version += 1
    _save(row)
    fact = add_fact(row, f"undone_{step.kind}", by=by, at=now)
    event = ConversationRestored(row.pk, fact.pk, step.kind)
    emit(event, audience=audience_of(row), lost=before, by=by)


def _check_people(step: Step) -> None:
    assignee = step.before["assignee_id"]
    if assignee is None:
        return
    member = Member.objects.get(pk=assignee)
    if not (member.is_active and member.handles_chats):
        raise Refused("no_target", _("This member cannot take conversations."))


def _save(row: Conversation) -> None:
    """A contact has one open conversation on a channel: the database sees to it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        told = _("The customer has opened a new conversation since, so this one stays resolved.")
        raise Refused("newer_exists", told) from error
