"""Taking, handing on and ending conversations."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.actions.ending import end
from inbox.actions.facts import add_fact, locked, whence
from inbox.actions.undoing import remember, standing
from inbox.actions.writing import write_note
from inbox.audience import audience_of
from inbox.events import (
    ConversationAssigned,
    ConversationQueued,
    ConversationRead,
    ConversationUnread,
)
from inbox.models import Conversation

Status = Conversation.Status


@action
def accept(conversation: Conversation, *, by: Member) -> Conversation:
    """Take a queued conversation. Of two at once one wins; the other gets `Refused("taken")`
    with `by_name`."""
    row = locked(conversation)
    by.require("inbox.accept", row)
    if row.status == Status.HANDLED and row.assignee_id == by.pk:
        return row
    if row.status == Status.HANDLED and row.assignee:
        raise Refused(
            "taken",
            _("%(name)s has already taken this conversation.") % {"name": row.assignee.name},
            by_name=row.assignee.name,
        )
    _refuse_resolved(row)
    by.require("inbox.reply", row)
    before = standing(row)
    _assign(row, by, by=by, how="accept", **whence(row))
    remember(row, "accept", before, by)
    return row


@action
def release(conversation: Conversation, *, by: Any) -> Conversation:
    """Put it back into the queue of its department."""
    row = locked(conversation)
    by.require("inbox.move", row)
    _refuse_resolved(row)
    if row.status == Status.QUEUED:
        return row
    before = standing(row)
    _queue(row, row.department, by=by, how="release", **whence(row))
    remember(row, "release", before, by)
    return row


@action
def transfer(
    conversation: Conversation,
    *,
    by: Any,
    member: Member | None = None,
    department: Department | None = None,
    note: str = "",
    how: str = "transfer",
) -> Conversation:
    """Hand it to a member, or to the queue of a department, with an optional internal note.
    `how` is what its event says: ``bulk`` if it is one of many.

    `Refused("no_target")` if neither is given or the target cannot take it.
    """
    row = locked(conversation)
    by.require("inbox.move", row)
    _refuse_resolved(row)
    before, why = standing(row), whence(row, note=note, bulk=how)
    if note.strip():
        write_note(row, note, by=by)
    if member is not None:
        if not (member.is_active and member.handles_chats):
            raise Refused("no_target", _("This member cannot take conversations."))
        if row.assignee_id == member.pk:
            return row
        row.department = department or row.department
        _assign(row, member, by=by, how=how, **why)
        remember(row, "transfer", before, by)
        return row
    if department is None or not department.is_active:
        raise Refused("no_target", _("Choose a member or a department."))
    _queue(row, department, by=by, how=how, **why)
    remember(row, "transfer", before, by)
    return row


@action
def resolve(conversation: Conversation, *, by: Any) -> Conversation:
    """End it; the next message of the customer opens a new one."""
    row = locked(conversation)
    by.require("inbox.move", row)
    if row.is_resolved:
        return row
    before = standing(row)
    end(row, "resolved", by=by, at=timezone.now())
    remember(row, "resolve", before, by)
    return row


@action
def mark_read(conversation: Conversation, *, by: Member) -> Conversation:
    """The assignee has seen it; for anybody else nothing changes."""
    if conversation.assignee_id != by.pk or conversation.unread_count == 0:
        return conversation
    row = locked(conversation)
    if row.assignee_id == by.pk and row.unread_count:
        row.unread_count = 0
        row.save(update_fields=["unread_count"])
        emit(ConversationRead(row.pk), audience=audience_of(row), by=by)
    return row


@action
def mark_unread(conversation: Conversation, *, by: Member) -> Conversation:
    """The marker of what was read goes back before the customer's last message. There is one
    marker, and it follows its assignee: nobody else may move it. `Refused("nothing_to_read")`
    if the customer has not written."""
    row = locked(conversation)
    by.require("inbox.read", row)
    _refuse_resolved(row)
    if row.last_customer_at is None:
        raise Refused("nothing_to_read", _("The customer has not written here."))
    if not row.unread_count:
        row.unread_count = 1
        row.save(update_fields=["unread_count"])
        emit(ConversationUnread(row.pk), audience=audience_of(row), by=by)
    return row


def _assign(row: Conversation, member: Member, *, by: Any, how: str, **why: str) -> Conversation:
    now = timezone.now()
    before = audience_of(row)
    row.status, row.assignee, row.last_handling_agent = Status.HANDLED, member, member
    row.snoozed_until = None
    row.first_assigned_at = row.first_assigned_at or now
    row.version += 1
    row.save()
    kind = "accepted" if how == "accept" else "transferred_member"
    fact = add_fact(row, kind, by=by, at=now, member=member.name, **why)
    emit(
        ConversationAssigned(row.pk, member.pk, fact.pk, how),
        audience=audience_of(row),
        lost=before,
        by=by,
    )
    return row


def _queue(
    row: Conversation, department: Department | None, *, by: Any, how: str, **why: str
) -> Conversation:
    now = timezone.now()
    before = audience_of(row)
    row.status, row.assignee, row.queued_at = Status.QUEUED, None, now
    row.department, row.snoozed_until = department, None
    row.version += 1
    row.save()
    kind = "released" if how == "release" else "transferred_department"
    name = department.name if department else ""
    fact = add_fact(row, kind, by=by, at=now, department=name, **why)
    emit(
        ConversationQueued(row.pk, row.department_id, fact.pk, how),
        audience=audience_of(row),
        lost=before,
        by=by,
    )
    return row


def _refuse_resolved(row: Conversation) -> None:
    if row.is_resolved:
        raise Refused("already_resolved", _("This conversation has been resolved."))
