"""One operation on many conversations: each alone, so that each may fail alone (F30)."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Department, Member
from helpdesk.errors import Refused
from helpdesk.events import action, attempt, emit
from inbox.actions.facts import locked
from inbox.actions.handling import accept, release, resolve, transfer
from inbox.actions.labelling import add_and_remove
from inbox.actions.snoozing import snooze
from inbox.audience import queue_tag
from inbox.events import BatchDelivered, BatchFinished, BatchRequested
from inbox.models import Batch, BatchItem, Conversation, Label
from inbox.queries.sight import takeable_by

log = logging.getLogger("helpdesk.inbox")
OPERATIONS = ("accept", "release", "transfer", "resolve", "snooze", "label")
MOST_ITEMS = 1000
AT_ONCE = 50  # what the asker waits for; more is done by a worker
KEPT = timedelta(days=30)
State = BatchItem.State


@action
def start_batch(
    *,
    by: Member,
    operation: str,
    items: Sequence[tuple[int, str]],
    members: Iterable[Member] = (),
    department: Department | None = None,
    note: str = "",
    add: Iterable[Label] = (),
    remove: Iterable[Label] = (),
    until: datetime | None = None,
) -> Batch:
    """Ask for an operation on conversations, by number, each with how it stood when it was
    chosen. Up to `AT_ONCE` are done here and now, more of them later by a worker.

    Several `members` share them evenly. `Refused`: ``nothing_selected``, ``too_many``,
    ``no_target``, ``no_label``, ``no_time``.
    """
    by.require("inbox.bulk")
    wanted = dict(items)
    given = {
        "members": [member.pk for member in members],
        "department": department.pk if department else None,
        "note": note.strip(),
        "add": [label.pk for label in add],
        "remove": [label.pk for label in remove],
        "until": until.isoformat() if until else "",
    }
    _check(operation, wanted, given)
    batch = Batch.objects.create(by=by, operation=operation, parameters=given, total=len(wanted))
    known = dict(takeable_by(by).filter(number__in=wanted).values_list("number", "pk"))
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, conversation_id=known.get(number), number=number, seen=seen)
        for number, seen in wanted.items()
    )
    emit(BatchRequested(batch.pk, len(wanted)), audience={f"p:{by.pk}"}, by=by)
    return run_batch(batch, limit=AT_ONCE) if len(wanted) <= AT_ONCE else batch


@action
def run_batch(batch: Batch, *, limit: int) -> Batch:
    """Do the next of a batch's conversations, in the order of their ids so that two batches
    never wait for each other; the batch as it is then."""
    row = Batch.objects.select_for_update(of=("self",)).select_related("by").get(pk=batch.pk)
    if row.state != Batch.State.WAITING:
        return row
    if not row.by.is_active:
        return _finish(row, Batch.State.CANCELLED)
    waiting = row.items.filter(state=State.WAITING).order_by("conversation_id")
    items = list(waiting[:limit])
    work = _Work(row)
    for item in items:
        work.do(item)
    row.done += sum(item.state == State.DONE for item in items)
    row.refused += sum(item.state == State.REFUSED for item in items)
    row.save(update_fields=["done", "refused"])
    return row if len(items) == limit and waiting.exists() else _finish(row, Batch.State.DONE)


@action
def cancel_batch(batch: Batch, *, by: Member) -> Batch:
    """Leave out what was not done yet; what was done stays."""
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.by_id != by.pk:
        raise PermissionDenied("inbox.bulk")
    return _finish(row, Batch.State.CANCELLED) if row.state == Batch.State.WAITING else row


@action
def dismiss_batch(batch: Batch, *, by: Member) -> Batch:
    """Its result was looked at."""
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    if row.by_id == by.pk and row.finished_at and not row.seen_at:
        row.seen_at = timezone.now()
        row.save(update_fields=["seen_at"])
    return row


@action
def sweep_batches() -> int:
    """Forget old ones; how many rows it were."""
    return Batch.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def _check(operation: str, wanted: dict[int, str], given: dict[str, Any]) -> None:
    if not wanted:
        raise Refused("nothing_selected", _("Select at least one conversation."))
    if len(wanted) > MOST_ITEMS:
        told = _("At most %(most)d conversations at once.") % {"most": MOST_ITEMS}
        raise Refused("too_many", told)
    if operation == "transfer" and not (given["members"] or given["department"]):
        raise Refused("no_target", _("Choose a member or a department."))
    if operation == "snooze" and not given["until"]:
        raise Refused("no_time", _("Choose a time that lies ahead, within a year."))
    if operation == "label" and not (given["add"] or given["remove"]):
        raise Refused("no_label", _("Choose at least one label."))


def _finish(row: Batch, state: str) -> Batch:
    """The end, told once to who asked and once to everybody who got something."""
    row.state, row.finished_at = state, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    event = BatchFinished(row.pk, row.done, row.refused)
    emit(event, audience={f"p:{row.by_id}"}, by=row.by)
    given = row.items.filter(state=State.DONE, receiver__isnull=False)
    for member, count in sorted(Counter(given.values_list("receiver", flat=True)).items()):
        told = BatchDelivered(row.pk, count, member_id=member)
        emit(told, audience={f"p:{member}"}, by=row.by)
    department = row.parameters["department"]
    if department and row.done and not row.parameters["members"]:
        told = BatchDelivered(row.pk, row.done, department_id=department)
        emit(told, audience={queue_tag(department)}, by=row.by)
    return row


class _Work:
    """The operation of a batch, ready to be done with one conversation after the other."""

    def __init__(self, batch: Batch) -> None:
        given = batch.parameters
        self.batch, self.by = batch, batch.by
        self.note = given["note"]
        self.members = list(Member.objects.filter(pk__in=given["members"]).order_by("pk"))
        self.department = Department.objects.filter(pk=given["department"]).first()
        self.add = list(Label.objects.filter(pk__in=given["add"]))
        self.remove = given["remove"]
        self.until = parse_datetime(given.get("until", ""))
        done = batch.items.filter(state=State.DONE, receiver__isnull=False)
        self.given = Counter(done.values_list("receiver", flat=True))

    def do(self, item: BatchItem) -> None:
        """Do it with one; what is refused leaves it as it was."""
        try:
            with attempt():
                self._try(item)
            item.state = State.DONE
        except Refused as refused:
            item.state, item.code, item.receiver = State.REFUSED, refused.code, None
            item.by_name = refused.facts.get("by_name", "")
        except PermissionDenied:
            item.state, item.code, item.receiver = State.REFUSED, "denied", None
        except Exception:  # whatever it is, it concerns this conversation alone
            log.exception("batch", extra={"fields": {"batch": self.batch.pk}})
            item.state, item.code, item.receiver = State.REFUSED, "failed", None
        item.save(update_fields=["state", "code", "by_name", "receiver"])
        if item.receiver_id:
            self.given[item.receiver_id] += 1

    def _try(self, item: BatchItem) -> None:
        if item.conversation_id is None:
            raise Refused("gone", "")
        row = locked(Conversation(pk=item.conversation_id))
        _refuse_changed(row, item.seen)
        moved = self._operate(row, item)
        step = getattr(moved, "step", None)
        if step:
            step.batch = self.batch
            step.save(update_fields=["batch"])

    def _operate(self, row: Conversation, item: BatchItem) -> Conversation:
        if self.batch.operation == "accept":
            return accept(row, by=self.by)
        if self.batch.operation == "release":
            return release(row, by=self.by)
        if self.batch.operation == "resolve":
            return resolve(row, by=self.by)
        if self.batch.operation == "snooze" and self.until:
            return snooze(row, by=self.by, until=self.until)
        if self.batch.operation == "label":
            return add_and_remove(row, by=self.by, add=self.add, remove=self.remove)
        where: dict[str, Any] = {"department": self.department, "note": self.note, "how": "bulk"}
        if self.members:
            item.receiver = min(self.members, key=lambda member: self.given[member.pk])
        return transfer(row, by=self.by, member=item.receiver, **where)


def _refuse_changed(row: Conversation, seen: str) -> None:
    """What was chosen because of how it stood must still stand so."""
    if not seen or seen == f"{row.status}:{row.assignee_id or ''}":
        return
    if row.is_resolved:
        raise Refused("already_resolved", "")
    if row.assignee:
        raise Refused("taken", "", by_name=row.assignee.name)
    raise Refused("changed", "")
