"""Quick replies: made, changed, put away, used."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.attachments.storing import Kept
from inbox.events import QuickReplyChanged
from inbox.filling import filled, unknown_in
from inbox.models import Conversation, QuickReply


@action
def save_quick_reply(
    reply: QuickReply | None = None,
    *,
    by: Any,
    shortcut: str,
    title: str,
    text: str,
    language: str = "",
    department: Department | None = None,
    is_own: bool = True,
) -> QuickReply:
    """Make one, or change it. `is_own`: for the member alone; else for the department, or for
    everybody without one. `Refused`: ``shortcut_taken``, ``unknown_variable``."""
    row = QuickReply() if reply is None else _held(reply, by)
    row.shortcut, row.title, row.text = shortcut.strip().lower(), title.strip(), text.strip()
    row.language = language
    row.department = None if is_own else department
    row.member = (row.member or by) if is_own else None
    by.require("inbox.edit_quick_reply", row)
    unknown = unknown_in(row.text)
    if unknown:
        told = _("Nobody can fill in {{{name}}}.").format(name=unknown[0])
        raise Refused("unknown_variable", told)
    _save(row, by, "created" if reply is None else "edited")
    return row


@action
def set_quick_reply_activity(reply: QuickReply, *, by: Member, is_active: bool) -> QuickReply:
    """Put it away, or bring it back."""
    row = _held(reply, by)
    if row.is_active != is_active:
        row.is_active = is_active
        _save(row, by, "is_active")
    return row


@action
def delete_quick_reply(reply: QuickReply, *, by: Member) -> str:
    """Remove it; the key of its file, which nobody needs once this is committed. What was sent
    with it stays sent."""
    row = _held(reply, by)
    pk = row.pk
    row.delete()
    emit(QuickReplyChanged(pk, "deleted"), audience={"w"}, by=by)
    return row.file


@action
def set_quick_reply_file(reply: QuickReply, *, by: Member, kept: Kept | None) -> str:
    """Put a stored file to it, or take its file away; the key that nobody needs any more."""
    row = _held(reply, by)
    before = row.file
    row.file = kept.file if kept else ""
    row.file_name, row.file_size = (kept.name, kept.size) if kept else ("", 0)
    _save(row, by, "file")
    return before


@action
def use_quick_reply(reply: QuickReply, conversation: Conversation, *, by: Member) -> str:
    """Its text for this conversation; it counts as used."""
    by.require("inbox.note", conversation)
    rows = QuickReply.objects.filter(pk=reply.pk)
    rows.update(used=F("used") + 1, used_at=timezone.now())
    return filled(reply.text, conversation, by)


def _held(reply: QuickReply, by: Member) -> QuickReply:
    row = QuickReply.objects.select_for_update().get(pk=reply.pk)
    by.require("inbox.edit_quick_reply", row)
    return row


def _save(row: QuickReply, by: Any, changed: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "inbox_quickreply_shortcut" not in str(error):
            raise
        told = _("There is a quick reply /{shortcut} already.").format(shortcut=row.shortcut)
        raise Refused("shortcut_taken", told) from None
    emit(QuickReplyChanged(row.pk, changed), audience={"w"}, by=by)
