"""Mails about what still waits: whom they reach, once, and what they leave unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as accounts
from accounts.preferences import activities
from activity.models import LedgerEntry
from inbox import actions
from inbox.models import AttentionMail, AttentionReading, Conversation
from inbox.tasks import mail_calls
from tests.accounts.mailbox import Mailbox, open_mailbox
from tests.inbox.test_attention import frames_of
from tests.people import Company, World


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with open_mailbox(settings) as opened:
        yield opened


def wants(company: Company, who: str, *names: str) -> None:
    """Mails about these, and nothing else."""
    with company.acting(who):
        ways = {name: ["email"] if name in names else [] for name in activities}
        accounts.set_attention(by=company.people[who], ways=ways, tone="bell", volume=10)


def later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    """Let the clock of the gathering run ahead; the ledger's times are the database's."""
    now = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr("inbox.actions.attention.timezone.now", lambda: now)


def test_one_mail_for_everything_that_still_waits(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "message", "queue")
    wants(acme, "budi")
    first, second = acme.hears("satu"), acme.hears("dua", "6281355500002", "Dewi")
    with acme.acting("sari"):
        actions.accept(acme.conversation(first), by=acme.sari)
        actions.mark_read(acme.conversation(first), by=acme.sari)
    acme.hears("rahasia besar")
    acme.hears("dan lagi")
    mail_calls(acme.id)
    assert mailbox.messages == [], "not before five minutes"
    later(monkeypatch, 6)
    mail_calls(acme.id)
    to_sari = [m for m in mailbox.messages if m["To"] == "sari@acme.example"]
    assert len(to_sari) == 1
    text = to_sari[0].get_content()
    assert text.count("https://") + text.count("http://") == 3
    assert f"/w/acme/inbox/{first}/" in text
    assert f"/w/acme/inbox/{second}/" in text
    assert "/w/acme/settings/notifications/" in text
    assert "/w/acme/settings/notifications/" in to_sari[0]["List-Unsubscribe"]
    assert "rahasia" not in text
    assert not [m for m in mailbox.messages if m["To"] == "budi@acme.example"]
    mail_calls(acme.id)
    assert len([m for m in mailbox.messages if m["To"] == "sari@acme.example"]) == 1


def test_what_was_seen_meanwhile_is_no_mail(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    for who in ("sari", "budi", "owner", "admin"):
        wants(acme, who, "message", "queue", "assigned")
    number = acme.hears()
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
    acme.hears("lagi")
    with acme.acting("sari"):
        actions.mark_read(acme.conversation(number), by=acme.sari)
    later(monkeypatch, 6)
    mail_calls(acme.id)
    assert mailbox.messages == []


def test_a_first_reading_mails_nothing_of_the_past(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "queue")
    acme.hears()
    later(monkeypatch, 3 * 24 * 60)
    mail_calls(acme.id)
    assert mailbox.messages == []
    with acme.acting():
        assert AttentionReading.objects.get().seq == LedgerEntry.objects.latest("seq").seq


def test_the_same_conversation_is_not_mailed_again_within_the_hour(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "message")
    number = acme.hears()
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
    for minutes in (6, 12):
        acme.hears(f"pesan {minutes}")
        later(monkeypatch, minutes)
        mail_calls(acme.id)
    assert len(mailbox.messages) == 1


def test_who_lost_sight_is_told_nothing(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "message")
    number = acme.hears(name="Rahmat Rahasia")
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
    acme.hears("lagi")
    later(monkeypatch, 6)
    with acme.acting():
        actions.gather_calls()
        assert AttentionMail.objects.count() == 1
        finance = acme.departments["Finance"]
        actions.transfer(acme.conversation(number), by=acme.owner, department=finance)
    mail_calls(acme.id)
    assert mailbox.messages == []
    with acme.acting():
        assert AttentionMail.objects.get().due_at is None


def test_a_mail_is_tried_again_when_the_server_refuses(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "queue")
    acme.hears()
    later(monkeypatch, 6)
    mailbox.refuses = True
    mail_calls(acme.id)
    with acme.acting():
        mail = AttentionMail.objects.get(member=acme.sari)
        assert (mail.attempts, mail.sent_at) == (1, None)
        assert mail.due_at is not None
        AttentionMail.objects.update(due_at=timezone.now())
    mailbox.refuses = False
    for _again in range(2):
        mail_calls(acme.id)
    assert [m["To"] for m in mailbox.messages] == ["sari@acme.example"]


def test_a_mail_that_cannot_be_written_holds_up_no_other(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "queue")
    with acme.acting():
        past = timezone.now() - timedelta(hours=1)
        broken = AttentionMail.objects.create(member=acme.budi, due_at=past, items=[{}])
    acme.hears()
    later(monkeypatch, 6)
    mail_calls(acme.id)
    assert [m["To"] for m in mailbox.messages] == ["sari@acme.example"]
    with acme.acting():
        broken.refresh_from_db()
        assert (broken.attempts, broken.sent_at) == (1, None)
        assert broken.due_at is not None
        assert broken.due_at > past


def test_who_has_left_is_not_mailed_and_nothing_stays_due(world: World, mailbox: Mailbox) -> None:
    acme = world.acme
    with acme.acting("admin"):
        row = acme.conversation(acme.hears())
        items = [{"activity": "queue", "conversation": row.pk}]
        past = timezone.now() - timedelta(hours=1)
        AttentionReading.objects.create(seq=0, read_at=timezone.now())
        AttentionMail.objects.create(member=acme.sari, due_at=past, items=items)
        accounts.deactivate_member(acme.sari, by=acme.admin)
    assert due() == [acme.id]
    mail_calls(acme.id)
    assert mailbox.messages == []
    assert due() == []


def test_nobody_is_mailed_about_what_he_did_himself(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    number = acme.hears()
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
    later(monkeypatch, 6)
    mail_calls(acme.id)
    for who in ("sari", "budi"):
        wants(acme, who, "queue")
    with acme.acting("sari"):
        actions.release(acme.conversation(number), by=acme.sari)
    later(monkeypatch, 12)
    mail_calls(acme.id)
    assert [m["To"] for m in mailbox.messages] == ["budi@acme.example"]


def test_many_at_once_are_one_mail_that_names_each(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "assigned")
    numbers = [acme.hears(phone=f"628135550000{n}") for n in range(3)]
    items = [(number, "") for number in numbers]
    with acme.acting("admin"):
        actions.start_batch(by=acme.admin, operation="transfer", items=items, members=[acme.sari])
    later(monkeypatch, 6)
    mail_calls(acme.id)
    (mail,) = mailbox.messages
    assert all(f"/w/acme/inbox/{number}/" in mail.get_content() for number in numbers)


def test_the_gathering_costs_no_query_for_each_member(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    number = acme.hears()
    with acme.acting("sari"):
        row = actions.accept(acme.conversation(number), by=acme.sari)
        actions.add_note(row, by=acme.sari, text="@Admin @Supervisor @Owner acme")

    def cost(*who: str) -> int:
        for name in acme.people:
            wants(acme, name, *(["mentioned"] if name in who else []))
        later(monkeypatch, 6)
        with acme.acting():
            AttentionReading.objects.all().delete()
            AttentionMail.objects.all().delete()
            with CaptureQueriesContext(connection) as captured:
                assert len(actions.gather_calls()) == len(who)
        return len(captured)

    assert cost("admin", "supervisor", "owner") == cost("admin")


def due() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hd_due_calls()")
        return [row[0] for row in cursor.fetchall()]


def test_a_workspace_is_due_when_something_old_is_unread_or_a_mail_waits(world: World) -> None:
    acme = world.acme
    acme.hears()
    assert due() == []
    with acme.acting():
        AttentionReading.objects.create(seq=0)
        past = timezone.now() - timedelta(hours=1)
        AttentionMail.objects.create(member=acme.sari, due_at=past)
    assert due() == [acme.id]


def test_nothing_is_lost_when_a_young_event_has_an_earlier_number(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    wants(acme, "sari", "queue")
    acme.hears()
    with acme.acting():
        last = LedgerEntry.objects.latest("seq").seq
        real = LedgerEntry.objects.order_by("seq")
        rows = list(real)
        rows[0].at += timedelta(minutes=30)
        monkeypatch.setattr(
            "inbox.actions.attention.entries_after",
            lambda seq, limit: [row for row in rows if row.seq > seq][:limit],
        )
        later(monkeypatch, 6)
        actions.gather_calls()
        assert AttentionReading.objects.get().seq == 0
        assert last > 1


def test_a_mention_is_mailed_until_it_is_read(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = world.acme
    for who in ("admin", "supervisor"):
        wants(acme, who, "mentioned")
    number = acme.hears()
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
        row = acme.conversation(number)
        actions.add_note(row, by=acme.sari, text="@Admin dan @Supervisor, rahasia")
    told = frames_of(acme, "member.mentioned")
    assert sorted(who for who, calls in told.items() if calls == "mentioned") in (
        ["admin"],
        ["supervisor"],
    ), "one event for each of them"
    with acme.acting("supervisor"):
        actions.read_mentions(acme.conversation(number), by=acme.supervisor)
    later(monkeypatch, 6)
    mail_calls(acme.id)
    (mail,) = mailbox.messages
    assert mail["To"] == "admin@acme.example"
    assert "rahasia" not in mail.get_content()


def test_a_conversation_of_another_workspace_calls_nobody_here(
    world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for company in (world.acme, world.globex):
        wants(company, "owner", "queue")
    world.globex.hears("Halo", "6281355500077", "Orang Lain")
    later(monkeypatch, 6)
    mail_calls(world.acme.id)
    assert mailbox.messages == []
    mail_calls(world.globex.id)
    assert {m["To"] for m in mailbox.messages} == {"owner@globex.example"}
    with world.acme.acting():
        assert not Conversation.objects.exists()
