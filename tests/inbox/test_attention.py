"""Whom an event calls, what the frames say of it, and the mails about what still waits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Member
from accounts.preferences import WAYS, Hours, activities, attention_of
from accounts.queries import access_of
from activity.live.render import prepare
from activity.models import LedgerEntry
from inbox import actions
from inbox.attention import Call, Standing, call_of, rules
from inbox.models import AttentionMail, AttentionReading, Conversation
from inbox.tasks import mail_calls, process_inbound
from tests.accounts.mailbox import Mailbox, open_mailbox
from tests.people import Company, World, browser_of

QUEUED = Standing("queued", None, 3)
HOMELESS = Standing("queued", None, None)
HANDLED = Standing("handled", 7, 3)
RESOLVED = Standing("resolved", 7, 3)
ASSIGNED = {"conversation_id": 1, "member_id": 7, "message_id": 2, "how": "transfer"}


@pytest.mark.parametrize(
    ("name", "facts", "standing", "actor", "expected"),
    [
        ("conversation.assigned", ASSIGNED, HANDLED, 5, ("assigned", {"p:7"})),
        ("conversation.assigned", ASSIGNED, HANDLED, 7, None),  # he took it himself
        ("conversation.assigned", ASSIGNED, HANDLED, None, ("assigned", {"p:7"})),  # a rule did
        ("conversation.assigned", ASSIGNED, QUEUED, 5, None),  # released meanwhile
        ("conversation.assigned", ASSIGNED, Standing("handled", 8, 3), 5, None),  # went on
        ("conversation.opened", {}, QUEUED, None, ("queue", {"d:3:queue", "w"})),
        ("conversation.opened", {}, HOMELESS, None, ("queue", {"q", "w"})),
        ("conversation.opened", {}, HANDLED, None, None),  # taken meanwhile
        ("conversation.queued", {}, QUEUED, 5, ("queue", {"d:3:queue", "w"})),
        ("message.received", {}, HANDLED, None, ("message", {"p:7"})),
        ("message.received", {}, QUEUED, None, None),  # its opening has called
        ("message.received", {}, RESOLVED, None, None),
        ("member.mentioned", {"member_id": 9}, HANDLED, 7, ("mentioned", {"p:9"})),
        ("member.mentioned", {"member_id": 7}, HANDLED, 7, None),  # himself
        ("message.queued", {}, HANDLED, 7, None),
        ("conversation.read", {}, HANDLED, 7, None),
        ("no.such", {}, HANDLED, 7, None),
    ],
)
def test_whom_an_event_calls(
    name: str, facts: Any, standing: Standing, actor: int | None, expected: Any
) -> None:
    call = Call(expected[0], frozenset(expected[1])) if expected else None
    assert call_of(name, facts, standing, actor) == call


def test_every_rule_is_of_an_activity_on_the_page() -> None:
    assert {activity for activity, _rule in rules.values()} == set(activities)


def frames_of(company: Company, name: str) -> dict[str, str | None]:
    """What each member is told of the newest event of that name: the activity, or None."""
    with company.acting():
        entry = LedgerEntry.objects.filter(name=name).latest("seq")
        (prepared,) = prepare([entry], ["id"])
        told = {}
        for who, member in company.people.items():
            frame = prepared.frame_for(access_of(Member.objects.get(pk=member.pk)).tags, "id")
            told[who] = json.loads(frame).get("calls") if frame else "nothing"
        return told


def test_only_those_concerned_get_the_frame_that_calls(world: World) -> None:
    acme = world.acme
    number = acme.hears()
    told = frames_of(acme, "conversation.opened")
    assert {who for who, calls in told.items() if calls == "queue"} == {
        "owner",
        "admin",
        "sari",
        "budi",
    }
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
    assert "assigned" not in frames_of(acme, "conversation.assigned").values()
    acme.hears("lagi")
    told = frames_of(acme, "message.received")
    assert told["sari"] == "message"
    assert told["admin"] is None, "he sees it, and is not called"
    assert told["gita"] == "nothing"
    with acme.acting("sari"):
        actions.transfer(acme.conversation(number), by=acme.sari, member=acme.gita)
    told = frames_of(acme, "conversation.assigned")
    assert [who for who, calls in told.items() if calls == "assigned"] == ["gita"]


def test_what_is_replayed_after_a_while_calls_nobody(world: World) -> None:
    world.acme.hears()
    with world.acme.acting():
        entry = LedgerEntry.objects.filter(name="conversation.opened").latest("seq")
        entry.at -= timedelta(minutes=3)
        (prepared,) = prepare([entry], ["id"])
        frame = prepared.frame_for(frozenset({"w"}), "id")
    assert frame
    assert "calls" not in json.loads(frame)


def test_who_did_it_is_not_called_by_his_queue(world: World) -> None:
    acme = world.acme
    number = acme.hears()
    with acme.acting("sari"):
        actions.accept(acme.conversation(number), by=acme.sari)
        actions.release(acme.conversation(number), by=acme.sari)
    told = frames_of(acme, "conversation.queued")
    assert told["sari"] is None, "she sees it, and put it there herself"
    assert told["budi"] == "queue"


def test_many_at_once_call_once(world: World) -> None:
    acme = world.acme
    items = [(acme.hears(phone=f"628135550000{n}"), "") for n in range(3)]
    with acme.acting("admin"):
        actions.start_batch(by=acme.admin, operation="transfer", items=items, members=[acme.sari])
    assert not {"assigned", "queue"} & set(frames_of(acme, "conversation.assigned").values())
    told = frames_of(acme, "batch.delivered")
    assert {who for who, calls in told.items() if calls == "assigned"} == {"sari"}
    with acme.acting("admin"):
        shipping = acme.departments["Shipping"]
        actions.start_batch(by=acme.admin, operation="transfer", items=items, department=shipping)
    assert "queue" not in frames_of(acme, "conversation.queued").values()
    told = frames_of(acme, "batch.delivered")
    assert {who for who, calls in told.items() if calls == "queue"} == {"sari", "supervisor"}
    assert told["gita"] == told["admin"] == "nothing"


def test_what_one_gives_oneself_calls_nobody(world: World) -> None:
    acme = world.acme
    items = [(acme.hears(), "")]
    with acme.acting("admin"):
        actions.start_batch(by=acme.admin, operation="transfer", items=items, members=[acme.admin])
    assert "assigned" not in frames_of(acme, "batch.delivered").values()


def test_somebodys_practice_calls_no_colleague(world: World) -> None:
    acme = world.acme
    with acme.acting("sari"):
        actions.practise(by=acme.sari)
    process_inbound(acme.id)
    told = frames_of(acme, "conversation.opened")
    assert told["budi"] is None, "it stands in his queue"
    assert "queue" not in told.values()


# Mails


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


# The page


def page(world: World, **says: Any) -> Any:
    usual = {"tone": "knock", "volume": "35"}
    return browser_of(world.acme.sari).post("/w/acme/settings/notifications/", {**usual, **says})


def test_the_page_keeps_what_is_chosen_for_this_member_alone(world: World) -> None:
    acme = world.acme
    answer = page(
        world,
        **{"ways-queue": ["sound", "email"], "only_hours": "on", "days": ["0", "5"]},
        begin="09:00",
        end="17:30",
    )
    assert answer.status_code == 302
    with acme.acting():
        mine = attention_of(Member.objects.get(pk=acme.sari.pk))
        others = attention_of(Member.objects.get(pk=acme.budi.pk))
    assert mine.ways["queue"] == {"sound", "email"}
    assert mine.ways["assigned"] == frozenset()
    assert (mine.tone, mine.volume) == ("knock", 35)
    assert mine.hours is not None
    assert mine.hours.days == {0, 5}
    assert others.ways["assigned"] == set(WAYS)
    shown = browser_of(acme.sari).get("/w/acme/inbox/").content.decode()
    found = re.search(r'<script id="attention"[^>]*>(.*?)</script>', shown)
    assert found
    assert json.loads(found[1])["hours"] == {"days": [0, 5], "begin": "09:00", "end": "17:30"}


@pytest.mark.parametrize(
    "says",
    [
        {"tone": "gong"},
        {"volume": "101"},
        {"volume": "loud"},
        {"ways-queue": ["carrier pigeon"]},
        {"only_hours": "on", "begin": "09:00", "end": "17:00"},
        {"only_hours": "on", "days": ["0"], "begin": "", "end": "17:00"},
        {"only_hours": "on", "days": ["7"], "begin": "09:00", "end": "17:00"},
        {"only_hours": "on", "days": ["0"], "begin": "25:00", "end": "17:00"},
    ],
)
def test_what_cannot_be_chosen_is_told(world: World, says: dict[str, Any]) -> None:
    assert page(world, **says).status_code == 422
    with world.acme.acting():
        assert Member.objects.get(pk=world.acme.sari.pk).preferences == {}


@pytest.mark.parametrize(
    ("begin", "end", "moment", "covered"),
    [
        ("08:00", "17:00", "2026-11-23 08:00", True),  # a Monday
        ("08:00", "17:00", "2026-11-23 17:00", False),
        ("08:00", "17:00", "2026-11-22 12:00", False),  # a Sunday
        ("22:00", "06:00", "2026-11-23 23:00", True),
        ("22:00", "06:00", "2026-11-24 05:59", True),  # the night of Monday
        ("22:00", "06:00", "2026-11-23 05:59", False),  # the night of Sunday
        ("08:00", "08:00", "2026-11-23 08:00", True),  # the same time twice is a whole day
        ("08:00", "08:00", "2026-11-24 07:59", True),
        ("08:00", "08:00", "2026-11-24 08:00", False),
        ("08:00", "08:00", "2026-11-23 07:59", False),
    ],
)
def test_working_hours(begin: str, end: str, moment: str, covered: bool) -> None:
    times = [datetime.fromisoformat(f"2026-01-01 {clock}").time() for clock in (begin, end)]
    hours = Hours(frozenset({0}), *times)
    assert hours.covers(datetime.fromisoformat(moment)) is covered


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
