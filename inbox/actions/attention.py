"""Mails about what still waits for somebody, some minutes after it happened: one mail for
everything, and none about what was seen meanwhile. Sounds and desktop notices are the page's."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

from django.utils import timezone

from accounts.models import Member
from accounts.preferences import attention_of
from accounts.queries import accesses
from activity.models import LedgerEntry
from activity.queries import entries_after
from helpdesk.events import action
from inbox.attention import Call, Standing, call_of
from inbox.models import AttentionMail, AttentionReading, Conversation, Mention

WAIT = timedelta(minutes=5)
AGAIN = timedelta(hours=1)
STALE = timedelta(days=1)  # calls nobody: at a first reading, or after mails stood still
LEASE = timedelta(minutes=5)  # longer than twenty mails take where the server is silent
KEPT = timedelta(days=30)
BATCH, MOST_BATCHES, MOST_ATTEMPTS = 500, 20, 8


class Waiting(NamedTuple):
    """A call that still stands, and by whom it was."""

    call: Call
    conversation: int
    actor: str


@action
def gather_calls() -> list[AttentionMail]:
    """Read the ledger up to five minutes ago, and write a mail to each member who wants one
    about what still waits for him. Of two workers one reads; the other finds nothing. Where
    there is more than it reads at once, `read_at` stays, and the rest is due at once."""
    if not LedgerEntry.objects.exists():
        return []  # nothing has happened, or there is no such workspace
    reading, _created = AttentionReading.objects.get_or_create()
    reading = AttentionReading.objects.select_for_update().get(pk=reading.pk)
    until = timezone.now() - WAIT
    waiting: list[Waiting] = []
    for _batch in range(MOST_BATCHES):
        # Numbers are given at the commit, times at the beginning: stop at the first young one.
        batch = entries_after(reading.seq, BATCH)
        entries = list(takewhile(lambda entry: entry.at <= until, batch))
        if not entries:
            reading.read_at = timezone.now()
            break
        reading.seq = entries[-1].seq
        waiting += _still_waiting(entries)
    reading.save(update_fields=["seq", "read_at"])
    return _written(waiting) if waiting else []


def _still_waiting(entries: list[LedgerEntry]) -> list[Waiting]:
    entries = [entry for entry in entries if entry.at > timezone.now() - STALE]
    ids = {entry.facts.get("conversation_id") for entry in entries} - {None}
    conversations = Conversation.objects.select_related("channel").in_bulk(ids)
    found = []
    for entry in entries:
        row = conversations.get(entry.facts.get("conversation_id", 0))
        if row is None:
            continue
        call = call_of(entry.name, entry.facts, Standing.of(row), entry.member_id)
        if call and _stands(call, row, entry):
            found.append(Waiting(call, row.pk, f"p:{entry.member_id}"))
    return found


def _stands(call: Call, row: Conversation, entry: LedgerEntry) -> bool:
    """Whether nobody has taken notice since; a mention is everyone's own (see `_written`)."""
    if call.activity in ("message", "woken"):
        return row.unread_count > 0
    if call.activity == "assigned":
        return row.unread_count > 0 or row.last_agent_at is None or row.last_agent_at < entry.at
    return True


def _written(waiting: list[Waiting]) -> list[AttentionMail]:
    wanted = {one.call.activity for one in waiting}
    people = Member.objects.filter(is_active=True).order_by("pk")
    mine = {row: {a for a in wanted if attention_of(row).wants(a, "email")} for row in people}
    asking = [row for row, activities in mine.items() if activities]
    reach, told, called = accesses(asking), _told(asking), _called(asking, waiting)
    mails = []
    for member in asking:
        wishes, tags = mine[member], reach[member.pk].tags
        theirs = [
            (one.conversation, one.call.activity)
            for one in waiting
            if one.call.activity in wishes and _concerns(one, member.pk, tags, called)
        ]
        first = dict(reversed(theirs))  # each conversation once, by what happened first
        if new := [pair for pair in first.items() if (member.pk, *pair) not in told]:
            items = [{"activity": activity, "conversation": pk} for pk, activity in new]
            mails.append(AttentionMail(member=member, items=items, due_at=timezone.now()))
    return AttentionMail.objects.bulk_create(mails)


def _concerns(
    one: Waiting, member: int, tags: frozenset[str], called: set[tuple[int, int]]
) -> bool:
    """Whether a call is for him, who did not cause it, and if it is a mention, still unread."""
    if not one.call.tags & tags or one.actor in tags:
        return False
    return one.call.activity != "mentioned" or (member, one.conversation) in called


def _told(members: list[Member]) -> set[tuple[int, int, str]]:
    """What they were mailed about in the last hour: member, conversation, activity."""
    recent = AttentionMail.objects.filter(
        member__in=members, created_at__gt=timezone.now() - AGAIN
    ).values_list("member_id", "items")
    return {
        (member, item["conversation"], item["activity"])
        for member, items in recent
        for item in items
    }


def _called(members: list[Member], waiting: list[Waiting]) -> set[tuple[int, int]]:
    """Members with the conversations in which a note names them that they have not seen."""
    ids = {one.conversation for one in waiting if one.call.activity == "mentioned"}
    if not ids:
        return set()
    new = Mention.objects.filter(member__in=members, conversation__in=ids, read_at=None)
    return set(new.values_list("member_id", "conversation_id"))


@action
def claim_call_mails(limit: int = 20) -> list[AttentionMail]:
    """Take due mails for `LEASE`; a worker that dies lets them fall due again."""
    now = timezone.now()
    due = AttentionMail.objects.filter(due_at__lte=now)
    rows = due.select_for_update(skip_locked=True, of=("self",)).select_related("member__user")
    claimed = list(rows.order_by("due_at")[:limit])
    AttentionMail.objects.filter(pk__in=[row.pk for row in claimed]).update(due_at=now + LEASE)
    return claimed


@action
def call_mail_sent(mail: AttentionMail) -> None:
    """The mail server took it, or there is nothing left to say."""
    AttentionMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), due_at=None)


@action
def call_mail_failed(mail: AttentionMail) -> None:
    """Try again later, twice as long each time; give up after `MOST_ATTEMPTS`."""
    attempts = mail.attempts + 1
    later = timezone.now() + timedelta(minutes=2**attempts)
    AttentionMail.objects.filter(pk=mail.pk).update(
        attempts=attempts, due_at=later if attempts < MOST_ATTEMPTS else None
    )


@action
def sweep_call_mails() -> int:
    """Forget mails after a month."""
    old = AttentionMail.objects.filter(created_at__lt=timezone.now() - KEPT)
    removed, _rows = old.delete()
    return removed
