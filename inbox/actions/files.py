"""Files of messages: awaited from the provider, uploaded by agents, removed when unused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Member
from helpdesk.errors import Refused
from helpdesk.events import action, emit
from inbox.attachments.storing import Kept, forget_keys
from inbox.audience import audience_of
from inbox.channels import DeliveryFailed, RemoteFile, adapter_for
from inbox.events import FilesAwaited, MessageChanged
from inbox.models import Attachment, Channel, Conversation, Draft

LEASE = timedelta(seconds=150)  # longer than one file takes
ATTEMPTS = 8
UNSENT_KEPT = timedelta(days=2)
DRAFT_KEPT = timedelta(days=30)
MOST_UNSENT = 30
MOST_SWEPT = 1000
State = Attachment.State
DISCONNECTED = gettext_noop("The channel was disconnected before this file was fetched.")
GIVEN_UP = gettext_noop("The file could not be fetched from the provider.")


def await_files(conversation_id: int, message_id: int, files: Iterable[RemoteFile]) -> None:
    """Remember what is to be fetched for a message that was just received."""
    rows = [
        Attachment(
            conversation_id=conversation_id,
            message_id=message_id,
            kind=file.kind,
            name=file.name,
            content_type=file.content_type[:100],
            size=file.size or 0,
            state=State.WAITING,
            remote=asdict(file),
            due_at=timezone.now(),
        )
        for file in files
    ]
    if rows:
        Attachment.objects.bulk_create(rows)
        emit(FilesAwaited(conversation_id, message_id), audience={"w"})


@action
def claim_files(limit: int) -> list[tuple[Attachment, Channel, RemoteFile]]:
    """Take files that are due, until the lease ends; a claim counts as an attempt, so that
    one which ends its worker every time is given up in the end."""
    now = timezone.now()
    due = Attachment.objects.filter(
        state=State.WAITING,
        due_at__lte=now,
        conversation__channel__state=Channel.State.ACTIVE,
    )
    due = due.select_related("conversation__channel").order_by("due_at", "id")
    claimed = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
    for row in claimed:
        row.attempts += 1
        row.due_at = now + LEASE
    Attachment.objects.bulk_update(claimed, ["attempts", "due_at"])
    for row in claimed:
        if row.attempts > ATTEMPTS:
            _give_up(row, GIVEN_UP)
    wanted = [row for row in claimed if row.state == State.WAITING]
    return [(row, row.conversation.channel, RemoteFile(**row.remote)) for row in wanted]


@action
def record_fetched(attachment: Attachment, kept: Kept) -> bool:
    """The file is here. False if it was already: then `kept` must be forgotten."""
    row = _held(attachment)
    if row.state != State.WAITING:
        return False
    facts = kept.facts
    facts["name"] = row.name or kept.name
    if row.kind == Attachment.Kind.STICKER or kept.kind == Attachment.Kind.DOCUMENT:
        facts["kind"] = row.kind
    for name, value in facts.items():
        setattr(row, name, value)
    row.state, row.due_at, row.problem = State.STORED, None, ""
    row.save()
    _tell(row)
    return True


@action
def record_not_fetched(attachment: Attachment, failure: DeliveryFailed) -> None:
    """Try again later, or show that it is gone."""
    row = _held(attachment)
    if row.state != State.WAITING:
        return
    if failure.kind in ("message", "recipient"):
        _give_up(row, failure.message)
    elif row.attempts >= ATTEMPTS:
        _give_up(row, GIVEN_UP)
    else:
        wait = max(failure.wait_seconds, min(2**row.attempts, 3600))
        row.due_at = timezone.now() + timedelta(seconds=wait)
        row.save(update_fields=["due_at"])


def give_up_files(channel: Channel) -> None:
    """Nobody will fetch them any more: the channel is disconnected."""
    waiting = Attachment.objects.filter(state=State.WAITING, conversation__channel=channel)
    for row in waiting.select_for_update(of=("self",)).select_related("conversation"):
        _give_up(row, DISCONNECTED)


def _give_up(row: Attachment, problem: str) -> None:
    row.state, row.due_at, row.problem = State.GONE, None, problem[:300]
    row.save(update_fields=["state", "due_at", "problem"])
    _tell(row)


@action
def fetch_again(attachment: Attachment, *, by: Any) -> Attachment:
    """Ask the provider once more, at a person's word. `Refused("channel_disconnected")`."""
    row = _held(attachment)
    by.require("inbox.note", row.conversation)
    if row.conversation.channel.state == Channel.State.DISCONNECTED:
        raise Refused("channel_disconnected", _("This channel has been disconnected."))
    if row.state == State.GONE and row.remote:
        row.state, row.due_at, row.attempts, row.problem = State.WAITING, timezone.now(), 0, ""
        row.save(update_fields=["state", "due_at", "attempts", "problem"])
        emit(FilesAwaited(row.conversation_id, row.message_id or 0), audience={"w"}, by=by)
        _tell(row)
    return row


@action
def add_upload(conversation: Conversation, *, by: Member, kept: Kept) -> Attachment:
    """A file that is to be sent with a reply. What is too large, or of a type that the
    channel does not carry, is refused now: ``too_large``, ``file_type``, ``empty_file``."""
    by.require("inbox.reply", conversation)
    unsent = Attachment.objects.filter(
        conversation=conversation, uploaded_by=by, message__isnull=True
    )
    if unsent.count() >= MOST_UNSENT:
        raise Refused("too_many_files", _("Send or remove the files that wait here first."))
    facts = kept.facts | {"kind": sendable_kind(conversation, kept.content_type, kept.size)}
    return Attachment.objects.create(conversation=conversation, uploaded_by=by, **facts)


def sendable_kind(conversation: Conversation, content_type: str, size: int) -> str:
    """As what a file can be sent in a conversation; `Refused` if it can't."""
    if size == 0:
        raise Refused("empty_file", _("This file is empty."))
    limits = adapter_for(conversation.channel.kind).limits(conversation, timezone.now())
    kind = limits.kind_for(content_type, size)
    if kind:
        return kind
    fitting = [limit for limit in limits.files.values() if content_type in limit.types]
    if not fitting:
        raise Refused("file_type", _("This channel does not carry files of this type."))
    most = max(limit.max_bytes for limit in fitting) // 1_000_000
    raise Refused(
        "too_large", _("This file is too large: at most %(most)d MB.") % {"most": most}, most=most
    )


@action
def discard_upload(attachment: Attachment, *, by: Member) -> None:
    """Remove an upload that was not sent: its bytes first, so that none are left without a
    row. If the unit fails after that, there is a row without bytes, which nobody has sent."""
    _remove(Attachment.objects.filter(pk=attachment.pk, uploaded_by=by, message__isnull=True))


@action
def sweep_uploads() -> int:
    """Remove uploads that nobody sent for two days; those of a draft, which nobody has
    touched for a month. The drafts are held first, as by whoever saves one; what somebody
    holds just now is not stale."""
    now = timezone.now()
    loose = Q(draft__isnull=True, created_at__lt=now - UNSENT_KEPT)
    old = Draft.objects.filter(saved_at__lt=now - DRAFT_KEPT, is_filled=True)
    held = old.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    stale = list(held[:MOST_SWEPT])
    gone = _remove(Attachment.objects.filter(loose | Q(draft__in=stale), message__isnull=True))
    Draft.objects.filter(pk__in=stale, text="", quoting=None).update(is_filled=False)
    return gone


def _remove(rows: QuerySet[Attachment]) -> int:
    gone = list(rows.select_for_update(of=("self",)))
    for row in gone:
        forget_keys([row.file.name, row.thumb.name, row.view.name])
    Attachment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(gone)


def _held(attachment: Attachment) -> Attachment:
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("conversation")
    return rows.get(pk=attachment.pk)


def _tell(row: Attachment) -> None:
    if row.message_id:
        emit(
            MessageChanged(row.conversation_id, row.message_id),
            audience=audience_of(row.conversation),
        )
