"""Whom an event calls, what the frames say of it, and the page on which one chooses."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Member
from accounts.preferences import WAYS, Hours, activities, attention_of
from accounts.queries import access_of
from activity.live.render import prepare
from activity.models import LedgerEntry
from inbox import actions
from inbox.attention import Call, Standing, call_of, rules
from inbox.tasks import process_inbound
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
