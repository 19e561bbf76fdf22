"""Snooze: put aside until a time, back at that time or as soon as somebody needs it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from accounts import actions as accounts
from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.attention import Standing, call_of
from inbox.models import Conversation
from inbox.snoozing import choices
from inbox.tasks import wake_snoozed
from tests.people import Company, World, browser_of

JSON = {"Accept": "application/json"}
WIB = ZoneInfo("Asia/Jakarta")
PATH = "/w/acme/inbox/"


@pytest.fixture
def acme(world: World) -> Company:
    """Sari has conversation 1."""
    return taken(world.acme)


def taken(company: Company) -> Company:
    company.hears()
    do(company, "sari", "accept")
    do(company, "sari", "mark_read")
    return company


def do(company: Company, who: str, name: str, **more: Any) -> Any:
    with company.acting(who):
        act = getattr(actions, name)
        return act(company.conversation(1), by=company.people[who], **more)


def aside(company: Company, who: str = "sari", **span: float) -> Conversation:
    until = timezone.now() + timedelta(**(span or {"hours": 2}))
    row: Conversation = do(company, who, "snooze", until=until)
    return row


def let_time_pass(company: Company) -> None:
    with company.acting():
        Conversation.objects.exclude(snoozed_until=None).update(
            snoozed_until=timezone.now() - timedelta(seconds=1)
        )


def numbers(company: Company, who: str, view: str) -> list[int]:
    with company.acting(who):
        return [row.number for row in queries.inbox_list(company.people[who], view)]


def counted(company: Company, who: str = "sari") -> dict[str, int]:
    with company.acting(who):
        return queries.counts(company.people[who])


def facts(company: Company) -> list[str]:
    return [m.data["fact"] for m in company.messages(1) if m.direction == "fact"]


@pytest.mark.parametrize(
    ("now", "begin", "expected"),
    [  # 23 November 2026 is a Monday
        (
            "2026-11-23 08:30",
            "09:00",
            ["hour 23 09:30", "afternoon 23 14:00", "tomorrow 24 09:00", "monday 30 09:00"],
        ),
        (
            "2026-11-23 12:59",
            "07:30",
            ["hour", "afternoon", "tomorrow 24 07:30", "monday 30 07:30"],
        ),
        ("2026-11-23 13:00", "09:00", ["hour 23 14:00", "tomorrow", "monday"]),
        ("2026-11-28 23:30", "09:00", ["hour 29 00:30", "tomorrow 29 09:00", "monday 30 09:00"]),
        ("2026-11-29 10:00", "09:00", ["hour", "afternoon", "tomorrow 30 09:00"]),
    ],
)
def test_what_may_be_chosen(now: str, begin: str, expected: list[str]) -> None:
    """Each lies ahead, and no two are the same moment."""
    moment = datetime.fromisoformat(now).replace(tzinfo=WIB)
    found = choices(moment, time.fromisoformat(begin))
    told = [f"{one.name} {one.until:%d %H:%M}" for one in found]
    assert [text[: len(want)] for text, want in zip(told, expected, strict=True)] == expected
    assert all(one.until > moment for one in found)
    assert len({one.until for one in found}) == len(found)


def test_it_leaves_what_is_open_and_stands_with_its_time(acme: Company) -> None:
    acme.hears("masih ada?")
    assert (counted(acme)["mine"], counted(acme)["unread"]) == (1, 1)
    row = aside(acme)
    assert (numbers(acme, "sari", "mine"), numbers(acme, "sari", "snoozed")) == ([], [1])
    assert (counted(acme)["mine"], counted(acme)["unread"]) == (0, 0)
    assert (row.status, row.assignee_id) == ("handled", acme.sari.pk)
    assert numbers(acme, "admin", "all") == [1]  # whoever steers sees it all the same
    assert numbers(acme, "admin", "snoozed") == []  # the view is of one's own
    page = browser_of(acme.sari).get(f"{PATH}?view=snoozed").content.decode()
    assert "data-snoozed" in page
    assert facts(acme)[-1] == "snoozed"


def test_it_comes_back_at_its_time_unread_and_calls_whoever_has_it(acme: Company) -> None:
    aside(acme)
    with acme.acting():
        assert actions.wake_due() == 0
    let_time_pass(acme)
    with connection.cursor() as cursor:
        cursor.execute("SELECT hd_due_snoozes()")
        assert cursor.fetchall() == [(acme.id,)]
    wake_snoozed(acme.id)
    assert (numbers(acme, "sari", "mine"), numbers(acme, "sari", "snoozed")) == ([1], [])
    assert counted(acme)["unread"] == 1
    assert facts(acme)[-1] == "woken"
    with acme.acting():
        entry = LedgerEntry.objects.latest("seq")
        row = Conversation.objects.get()
    standing = Standing(row.status, row.assignee_id, row.department_id)
    call = call_of(entry.name, entry.facts, standing, entry.member_id)
    assert call is not None
    assert (call.activity, call.tags) == ("woken", {f"p:{acme.sari.pk}"})
    with acme.acting():
        assert actions.wake_due() == 0


def test_a_customer_who_writes_does_not_wait(acme: Company) -> None:
    aside(acme)
    acme.hears("tolong segera")
    assert numbers(acme, "sari", "mine") == [1]
    assert facts(acme)[-2:] == ["snoozed", "woken_by_customer"]
    with acme.acting():
        entries = list(LedgerEntry.objects.order_by("seq").values_list("name", "facts"))
    assert [name for name, _facts in entries[-2:]] == ["conversation.resumed", "message.received"]
    standing = Standing("handled", acme.sari.pk, None)
    assert call_of(*entries[-2], standing, None) is None  # the message calls
    acme.hears("lagi")
    assert facts(acme).count("woken_by_customer") == 1


@pytest.mark.parametrize("how", ["transfer", "release", "resolve", "wake"])
def test_whatever_moves_it_ends_it(acme: Company, how: str) -> None:
    aside(acme)
    more: dict[str, Any] = {"member": acme.budi} if how == "transfer" else {}
    row = do(acme, "sari", how, **more)
    with acme.acting():
        assert Conversation.objects.get(pk=row.pk).snoozed_until is None
    let_time_pass(acme)
    wake_snoozed(acme.id)
    assert "woken" not in facts(acme)


def test_the_why_says_until_when(acme: Company) -> None:
    aside(acme)
    do(acme, "sari", "release")
    page = browser_of(acme.admin).get(f"{PATH}1/").content.decode()
    with acme.acting(), translation.override("id"):
        last = acme.messages(1)[-1]
    assert last.data["until"]
    assert "Ditunda sampai" in page


def test_it_can_be_undone_as_long_as_nothing_happened(acme: Company) -> None:
    answer = browser_of(acme.sari).post(f"{PATH}1/snooze/", {"choice": "hour"}, headers=JSON).json()
    assert answer["undo"]
    assert browser_of(acme.sari).post(answer["undo"], headers=JSON).status_code == 200
    assert numbers(acme, "sari", "mine") == [1]
    assert facts(acme)[-1] == "undone_snooze"
    again = browser_of(acme.sari).post(f"{PATH}1/snooze/", {"choice": "hour"}, headers=JSON).json()
    acme.hears("halo")
    assert browser_of(acme.sari).post(again["undo"], headers=JSON).status_code == 409


def test_who_resolves_a_snoozed_one_and_takes_it_back_has_it_snoozed_again(acme: Company) -> None:
    until = aside(acme).snoozed_until
    ended = browser_of(acme.sari).post(f"{PATH}1/resolve/", headers=JSON).json()
    browser_of(acme.sari).post(ended["undo"], headers=JSON)
    with acme.acting():
        row = Conversation.objects.get()
    assert (row.status, row.snoozed_until) == ("handled", until)


def test_only_what_somebody_has_and_only_ahead(acme: Company) -> None:
    for span in ({"minutes": -1}, {"days": 400}):
        with pytest.raises(Refused) as refused:
            aside(acme, **span)
        assert refused.value.code == "no_time"
    with pytest.raises(PermissionDenied):
        aside(acme, "budi")
    aside(acme, "supervisor")  # who steers may
    do(acme, "sari", "release")
    with pytest.raises(Refused) as queued:
        aside(acme, "admin")
    assert queued.value.code == "not_handled"


@pytest.mark.parametrize(
    "said",
    [{}, {"choice": "never"}, {"until": "besok"}, {"until": "9999-12-31T23:59"}, {"until": "\x00"}],
)
def test_what_makes_no_sense_is_told(acme: Company, said: dict[str, str]) -> None:
    page = browser_of(acme.sari)
    assert page.post(f"{PATH}1/snooze/", said, headers=JSON).status_code == 422
    assert page.post(f"{PATH}1/snooze/", said).status_code == 422
    assert facts(acme)[-1] == "accepted"


def test_without_scripts_it_is_a_page(acme: Company) -> None:
    page = browser_of(acme.sari)
    assert b'name="choice"' in page.get(f"{PATH}1/snooze/").content
    assert page.post(f"{PATH}1/snooze/", {"choice": "tomorrow"}).status_code == 302
    assert numbers(acme, "sari", "snoozed") == [1]


def test_a_day_begins_with_ones_working_hours(acme: Company) -> None:
    with acme.acting("sari"):
        hours = {"days": [0, 1, 2, 3, 4], "begin": "07:15", "end": "16:00"}
        accounts.set_attention(by=acme.sari, hours=hours)
    browser_of(acme.sari).post(f"{PATH}1/snooze/", {"choice": "tomorrow"})
    with acme.acting():
        until = Conversation.objects.get().snoozed_until
    assert until is not None
    assert f"{until.astimezone(WIB):%H:%M}" == "07:15"


def test_many_at_once_each_alone(acme: Company) -> None:
    acme.hears("Halo", "6281355500002", "Dua")  # in the queue
    said = {"operation": "snooze", "items": f"1:handled:{acme.sari.pk},2:queued:"}
    state = browser_of(acme.sari).post(f"{PATH}bulk/", {**said, "choice": "tomorrow"}).json()
    assert (state["done"], state["refused"]) == (1, 1)
    assert numbers(acme, "sari", "snoozed") == [1]
    undone = browser_of(acme.sari).post(f"{state['url']}undo/").json()
    assert (undone["done"], numbers(acme, "sari", "mine")) == (1, [1])
    assert browser_of(acme.sari).post(f"{PATH}bulk/", said, headers=JSON).status_code == 409


def test_of_two_workers_one_wakes_it(committed_world: World) -> None:
    acme = taken(committed_world.acme)
    aside(acme)
    let_time_pass(acme)

    def work() -> int:
        try:
            with acme.acting():
                return actions.wake_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        woken = [pool.submit(work) for _ in range(4)]
        assert sum(one.result(20) for one in woken) == 1
    assert facts(acme).count("woken") == 1


def test_the_api_does_the_same(acme: Company) -> None:
    with acme.acting("sari"):
        _token, text = accounts.create_token(by=acme.sari, name="t")
    api = browser_of(None)
    asked: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {text}"},
        "content_type": "application/json",
    }
    url = "/api/v1/conversations/"
    until = (timezone.now() + timedelta(hours=3)).isoformat()
    put = api.put(f"{url}1/snooze/", {"until": until}, **asked)
    assert (put.status_code, bool(put.json()["snoozed_until"])) == (200, True)
    for value, count in (("true", 1), ("false", 0)):
        found = api.get(f"{url}?snoozed={value}", headers=asked["headers"]).json()
        assert len(found["results"]) == count
    assert api.put(f"{url}1/snooze/", {"until": "besok"}, **asked).status_code == 400
    assert api.delete(f"{url}1/snooze/", **asked).json()["snoozed_until"] is None
    assert api.delete(f"{url}1/read/", **asked).json()["unread_count"] == 1
    assert api.put(f"{url}1/read/", {}, **asked).json()["unread_count"] == 0
