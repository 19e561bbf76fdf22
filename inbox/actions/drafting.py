"""Drafts: what is written is kept at the server before it is sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, whisper
from inbox.models import Attachment, Conversation, Draft, Message


@dataclass(frozen=True)
class Words:
    """What is kept: the text, the quoted message, uploads of the member by their uuid, and
    the last message of the thread that was known when the words were begun."""

    text: str = ""
    quoting: Message | None = None
    files: Collection[UUID] = ()
    seen: int = 0


@dataclass(frozen=True)
class Page:
    """Who saves: the version of the draft that this page knows, the page's own random name,
    and its count of saves."""

    base: int = 0
    writer: str = ""
    step: int = 0


@action
def save_draft(
    conversation: Conversation, *, by: Member, kind: str, words: Words, page: Page
) -> Draft:
    """Keep unsent words. A save that was overtaken by a later one of the same page changes
    nothing; `Refused("draft_changed")`, with the `version` of now, if the words were sent or
    thrown away meanwhile, or another page of the member has written."""
    by.require("inbox.reply" if kind == Draft.Kind.REPLY else "inbox.note", conversation)
    row = held_draft(conversation, by, kind)
    is_same = bool(page.writer) and row.writer == page.writer
    if is_same and page.step <= row.step:
        return row
    if not is_same and page.base != row.version:
        raise Refused("draft_changed", _("These words changed elsewhere."), version=row.version)
    row.text, row.quoting, row.seen = words.text, words.quoting, words.seen
    row.writer, row.step = page.writer, page.step
    has_files = _keep_files(row, words.files)
    row.is_filled = has_files or bool(words.text.strip() or words.quoting)
    row.version += 1
    row.save()
    _tell(row, conversation)
    return row


def spend_draft(row: Draft, conversation: Conversation, rest: str) -> Draft:
    """Something of a draft that is held was sent, in this transaction: `rest` is what stays.
    No page that knows it from before can save over this any more."""
    row.text, row.quoting, row.seen = rest, None, row.seen if rest else 0
    row.writer, row.step = "", 0
    row.version += 1
    unsent = Attachment.objects.filter(draft=row, message__isnull=True)
    row.is_filled = bool(rest.strip()) or unsent.exists()
    row.save()
    _tell(row, conversation)
    return row


def held_draft(conversation: Conversation, by: Member, kind: str) -> Draft:
    """The member's row, made where there was none, held until the commit. Whoever holds it and
    files holds it first."""
    rows = Draft.objects.select_for_update(of=("self",))
    mine = rows.filter(member=by, conversation=conversation, kind=kind)
    found = mine.first()
    if found is None:
        blank = Draft(member=by, conversation=conversation, kind=kind)
        Draft.objects.bulk_create([blank], ignore_conflicts=True)  # somebody may be faster
        found = mine.get()
    return found


def _keep_files(row: Draft, files: Collection[UUID]) -> bool:
    """These unsent uploads of the member belong to the draft, and no others. Whether there
    are any."""
    if row.is_filled:
        Attachment.objects.filter(draft=row).exclude(uuid__in=files).update(draft=None)
    if not files:
        return False
    mine = Attachment.objects.filter(uploaded_by=row.member_id, message__isnull=True)
    here = mine.filter(conversation=row.conversation_id, uuid__in=files)
    return here.update(draft=row) > 0


def _tell(row: Draft, conversation: Conversation) -> None:
    """The member's other pages; it is not worth a line in the ledger."""
    whisper(
        "draft",
        tags={f"p:{row.member_id}"},
        number=conversation.number,
        draft=row.kind,
        version=row.version,
        writer=row.writer,
    )
