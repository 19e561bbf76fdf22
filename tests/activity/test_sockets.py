"""The live process as browsers meet it: who is let in, who is told what, who is sent away."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import InvalidStatus

from accounts import actions as accounts
from activity import queries
from activity.live import reading
from inbox import actions as inbox
from tests.activity.ears import Live, cookie
from tests.people import Company, World, browser_of


def cursor(company: Company) -> int:
    with company.acting():
        return queries.cursor()


def names(frames: list[dict[str, Any]]) -> list[str]:
    return [frame.get("name", frame["type"]) for frame in frames]


def test_a_socket_is_brought_up_to_date_and_then_hears(committed_world: World, live: Live) -> None:
    acme = committed_world.acme
    start = cursor(acme)
    acme.hears("satu")
    ear = live.ear(acme.sari, start)
    replay = ear.until("ready")
    assert names(replay) == ["conversation.opened", "message.received", "ready"]
    assert replay[-1]["cursor"] == cursor(acme)
    acme.hears("dua")
    (frame,) = ear.all()
    assert frame["name"] == "message.received"
    assert frame["conversation"]["status"] == "queued"
    assert "dua" in frame["row"]
    assert "dua" in frame["bubble"]
    ear.socket.send('{"type": "ping"}')
    assert ear.next() == {"type": "pong", "cursor": cursor(acme)}


def test_only_those_who_may_see_it_are_told(committed_world: World, live: Live) -> None:
    acme, globex = committed_world.acme, committed_world.globex
    now = cursor(acme)
    ears = {name: live.ear(acme.people[name], now) for name in ("sari", "gita", "nona", "admin")}
    ears["stranger"] = live.ear(globex.stranger, cursor(globex), slug="globex")
    for ear in ears.values():
        ear.until("ready")
    acme.hears("untuk Support")
    heard = {name: names(ear.all()) for name, ear in ears.items()}
    assert heard.pop("admin") == ["conversation.opened", "message.received"]
    assert heard.pop("sari") == ["conversation.opened", "message.received"]
    assert heard == {"gita": [], "nona": [], "stranger": []}


def test_who_loses_a_conversation_is_told_that_it_is_gone(
    committed_world: World, live: Live
) -> None:
    acme = committed_world.acme
    conversation = acme.conversation(acme.hears())
    with acme.acting("sari"):
        inbox.accept(conversation, by=acme.sari)
    sari, gita = (live.ear(member, cursor(acme)) for member in (acme.sari, acme.gita))
    for ear in (sari, gita):
        ear.until("ready")
    with acme.acting("sari"):
        inbox.transfer(conversation, by=acme.sari, member=acme.gita)
    (gone,) = sari.all()
    assert gone == {"type": "gone", "seq": cursor(acme), "conversation": {"id": conversation.pk}}
    (told,) = gita.all()
    assert told["name"] == "conversation.assigned"
    assert told["conversation"]["assignee"] == acme.gita.pk


@pytest.mark.parametrize(
    "origin", [None, "http://evil.example", "http://testserver.evil.example", "null"]
)
def test_a_page_from_elsewhere_opens_no_socket(
    committed_world: World, live: Live, origin: str | None
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        live.socket(committed_world.acme.sari, origin=origin)
    assert refused.value.response.status_code == 403


def test_who_is_nobody_or_a_stranger_is_sent_away(committed_world: World, live: Live) -> None:
    acme, globex = committed_world.acme, committed_world.globex
    assert live.ear(None, 0).end() == 4401
    assert live.ear(globex.stranger, 0).end() == 4404
    assert live.ear(acme.sari, 0, slug="globex").end() == 4404
    assert live.ear(acme.sari, 0, slug="nowhere").end() == 4404


@pytest.mark.parametrize("change", ["deactivated", "moved", "demoted", "retired"])
def test_a_change_of_reach_closes_the_sockets_within_two_seconds(
    committed_world: World, live: Live, change: str
) -> None:
    acme = committed_world.acme
    ear, other = live.ear(acme.sari, cursor(acme)), live.ear(acme.budi, cursor(acme))
    for one in (ear, other):
        one.until("ready")
    with acme.acting("admin"):
        if change == "deactivated":
            accounts.deactivate_member(acme.sari, by=acme.admin)
        elif change == "moved":
            finance = acme.departments["Finance"]
            accounts.change_member(acme.sari, by=acme.admin, departments=[finance])
        elif change == "demoted":
            accounts.change_member(acme.sari, by=acme.admin, role="non_agent")
        else:
            accounts.retire_department(acme.departments["Shipping"], by=acme.admin)
    assert ear.end(2) == 4403
    other.socket.send('{"type": "ping"}')
    assert other.until("pong")
    again = live.ear(acme.sari, cursor(acme))
    assert again.end() == 4404 if change == "deactivated" else again.until("ready")


def test_who_has_signed_out_is_sent_away_at_the_next_ping(
    committed_world: World, live: Live
) -> None:
    ear = live.ear(committed_world.acme.sari, cursor(committed_world.acme))
    ear.until("ready")
    Session.objects.all().delete()
    ear.socket.send('{"type": "ping"}')
    assert ear.end() == 4401


def test_signing_out_closes_the_sockets_of_that_session_alone(
    committed_world: World, live: Live
) -> None:
    acme = committed_world.acme
    browser = browser_of(acme.sari)
    key = browser.cookies["session"].value
    ear, other = live.ear_of(key, cursor(acme)), live.ear(acme.sari, cursor(acme))
    for one in (ear, other):
        one.until("ready")
    assert browser.post("/account/logout/").status_code == 302
    assert ear.end(2) == 4401
    other.socket.send('{"type": "ping"}')
    assert other.until("pong")


def test_a_reach_that_changed_while_the_socket_opened_is_noticed(committed_world: World) -> None:
    acme = committed_world.acme
    key = cookie(acme.sari).removeprefix("session=")
    seat = reading.seat_for(key, "acme", "id")
    assert not reading.is_outdated(seat)
    with acme.acting("admin"):
        accounts.change_member(acme.budi, by=acme.admin, departments=[])
    assert not reading.is_outdated(seat)
    with acme.acting("admin"):
        accounts.change_member(acme.sari, by=acme.admin, departments=[])
    assert reading.is_outdated(seat)


@pytest.mark.parametrize("old", [10**9, "nonsense", -1, None, "9" * 40, [1], {"a": 1}])
def test_a_cursor_that_means_nothing_is_reset(committed_world: World, live: Live, old: Any) -> None:
    acme = committed_world.acme
    ear = live.ear(acme.sari, old)
    assert ear.next() == {"type": "reset", "cursor": cursor(acme)}
    acme.hears()
    assert "message.received" in names(ear.all())


def test_a_cursor_too_far_back_is_reset(committed_world: World, live: Live) -> None:
    acme = committed_world.acme
    conversation = acme.conversation(acme.hears())
    start = cursor(acme)
    with acme.acting("sari"):
        for number in range(201):
            inbox.add_note(conversation, by=acme.sari, text=str(number))
    assert live.ear(acme.sari, start).next() == {"type": "reset", "cursor": cursor(acme)}
    replay = live.ear(acme.sari, start + 1).until("ready")
    assert len(replay) == 201


GARBAGE: list[str | bytes] = [
    "not json",
    "[]",
    "1",
    "null",
    '{"type": 1}',
    '{"type": "event"}',
    '{"type": "ping"}',
    "[" * 100_000,
    b"\x00\xff",
    '{"type": "hello"',
]


@pytest.mark.parametrize("frame", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_closes_the_socket_politely(
    committed_world: World, live: Live, frame: str | bytes
) -> None:
    opened = live.socket(committed_world.acme.sari)
    opened.send(frame)
    with pytest.raises(Exception, match="1003"):
        opened.recv(timeout=2)


def test_the_long_poll_says_the_same_as_the_socket(committed_world: World, live: Live) -> None:
    acme = committed_world.acme
    start = cursor(acme)
    acme.hears("satu")
    replay = live.ear(acme.sari, start).until("ready")
    answer = live.poll(acme.sari, start)
    assert answer.status_code == 200
    assert answer.json() == {"frames": replay, "cursor": cursor(acme)}
    assert answer.headers["access-control-allow-origin"] == "http://testserver"
    assert answer.headers["cache-control"] == "no-store"
    assert live.poll(acme.sari, "nonsense").json()["frames"][0]["type"] == "reset"


def test_the_long_poll_lets_in_whom_the_socket_lets_in(committed_world: World, live: Live) -> None:
    acme = committed_world.acme
    assert live.poll(acme.sari, 0, origin="").status_code == 403
    evil = live.poll(acme.sari, 0, origin="http://evil.example")
    assert evil.status_code == 403
    assert "access-control-allow-origin" not in evil.headers
    assert live.poll(None, 0).status_code == 401
    assert live.poll(committed_world.globex.stranger, 0).status_code == 404


def test_without_valkey_the_timer_brings_what_happened(
    committed_world: World, django_db_setup: None
) -> None:
    deaf = Live.start(timer=1, REDIS_URL="redis://127.0.0.1:1/0")
    try:
        acme = committed_world.acme
        ear = deaf.ear(acme.sari, cursor(acme))
        ear.until("ready")
        acme.hears("tanpa petunjuk")
        assert ear.next(10)["name"] == "conversation.opened"
    finally:
        deaf.stop()


def test_a_page_says_where_its_feed_is(committed_world: World) -> None:
    page = browser_of(committed_world.acme.sari).get("/w/acme/inbox/").content.decode()
    assert f'data-cursor="{cursor(committed_world.acme)}"' in page
    assert "/w/acme/live/" in page
