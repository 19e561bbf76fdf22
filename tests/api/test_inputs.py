"""Whatever a program sends, the answer is a problem document, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.guards.things import things_of
from tests.people import World, browser_of

HUGE = 10**30
API = "/w/acme/api/v1/"


def ask(world: World, method: str, path: str, body: Any = None, **more: Any) -> Any:
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    client = browser_of(world.acme.admin)
    client.raise_request_exception = False
    if method == "GET":
        return client.get(API + path, **more)
    return client.generic(method, API + path, data, **{"content_type": "application/json", **more})


def is_problem(answer: Any) -> None:
    assert 400 <= answer.status_code < 500, answer.status_code
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    body = answer.json()
    assert {"type", "status", "code", "message", "request_id"} <= set(body)
    assert body["status"] == answer.status_code


QUERIES = [
    "status=nonsense",
    "status=queued&status=%00",
    "channel=abc",
    "channel=NaN",
    "channel=Infinity",
    "department=1e400",
    "assignee=%00",
    "assignee=-1e99",
    f"channel={HUGE}",
    f"department=-{HUGE}",
    "unassigned=perhaps",
    "q=%00",
    "q=" + "x" * 201,
    "cursor=nonsense",
    "cursor=cD1ub25zZW5zZQ==",
    "cursor=cD0lMDA=",
    "cursor=bz1hYmM=",
    "order_by=contact__name",
    "ordering=channel__sealed",
    "channel__sealed__startswith=g",
    "contact__phone=%2B62",
    "page_size=100000",
    "workspace=2",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_filter_that_means_nothing_is_refused(world: World, query: str) -> None:
    is_problem(ask(world, "GET", f"conversations/?{query}"))


FOUND_NOTHING = [
    "q=%C2%B2",
    "q=%23%C2%B2",
    "q=%27%29%3B--",
    "q=%22unclosed",
    "q=%25%5F%5C",
    "q=!%26|",
    "q=" + "9" * 100,
]


@pytest.mark.parametrize("query", FOUND_NOTHING)
def test_a_filter_that_fits_nothing_finds_nothing(world: World, query: str) -> None:
    world.acme.hears()
    answer = ask(world, "GET", f"conversations/?{query}")
    assert answer.status_code == 200
    assert answer.json()["results"] == []


BODIES: list[Any] = [
    b"",
    b"not json",
    b"[" * 100_000,
    b'{"text": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}",
    b"\xff\xfe",
    b"NaN",
    None,
    [],
    "text",
    1,
    {},
    {"text": None},
    {"text": ["a"]},
    {"text": {"a": 1}},
    {"text": ""},
    {"text": "a\0b"},
    {"text": "x" * 20_001},
    {"text": "x" * 5_000},
    {"text": "x", "kind": "shout"},
    {"text": "x", "kind": ["reply"]},
    {"text": "x", "client_id": "y" * 65},
    {"text": "x", "client_id": "\0"},
    {"text": "x", "client_id": {"a": 1}},
    {"text": "   "},
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_message_that_is_none_is_refused(world: World, body: Any) -> None:
    number = things_of(world.acme, "sari", "Support", "62813555000")["handled"]
    is_problem(ask(world, "POST", f"conversations/{number}/messages/", body))


TARGETS: list[Any] = [
    {"member": "abc"},
    {"member": HUGE},
    {"member": -1},
    {"member": 1.5},
    {"member": True},
    {"member": [1]},
    {"member": {"id": 1}},
    {"department": HUGE},
    {"department": "\0"},
    {"note": "\0"},
    {"note": "x" * 10_001},
    {},
    {"member": None, "department": None},
    [],
]


@pytest.mark.parametrize("body", TARGETS, ids=range(len(TARGETS)))
def test_a_transfer_to_nowhere_is_refused(world: World, body: Any) -> None:
    number = things_of(world.acme, "sari", "Support", "62813555000")["handled"]
    is_problem(ask(world, "POST", f"conversations/{number}/transfer/", body))


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "",
    ],
)
def test_another_content_type_is_refused(world: World, kind: str) -> None:
    number = things_of(world.acme, "sari", "Support", "62813555000")["handled"]
    answer = ask(world, "POST", f"conversations/{number}/messages/", "text=x", content_type=kind)
    is_problem(answer)


@pytest.mark.parametrize(
    "path",
    [f"conversations/{HUGE}/", f"conversations/{HUGE}/messages/", "nothing/", "conversations/0x1/"],
)
def test_what_is_not_there_is_not_found(world: World, path: str) -> None:
    answer = ask(world, "GET", path)
    assert answer.status_code == 404
    is_problem(answer)


def test_a_method_or_format_that_is_not_spoken_is_refused(world: World) -> None:
    is_problem(ask(world, "PUT", "conversations/", {}))
    is_problem(ask(world, "GET", "me/", headers={"Accept": "text/csv"}))


PAGES = [
    ("GET", "inbox/?view=nonsense&q=%00&before_at=x&before_id=y"),
    ("GET", f"inbox/?before_at=2026-01-01T00:00&before_id={HUGE}"),
    ("GET", "inbox/?q=%23%C2%B2"),
    ("GET", f"inbox/?q={'9' * 100}"),
    ("GET", f"inbox/{HUGE}/"),
    ("POST", "inbox/{handled}/reply/?x"),
    ("POST", f"inbox/{{handled}}/messages/{HUGE}/retry/"),
    ("GET", f"settings/members/{HUGE}/"),
]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_pages_do_not_crash_either(world: World, method: str, path: str) -> None:
    things = things_of(world.acme, "sari", "Support", "62813555000")
    client = browser_of(world.acme.admin)
    client.raise_request_exception = False
    answer = client.generic(method, "/w/acme/" + path.format(**things))
    assert answer.status_code < 500


TEXTS = [
    {"text": "a\0b"},
    {"text": "x", "client_id": "y" * 65},
    {},
    {"text": "x", "client_id": "\0"},
]


@pytest.mark.parametrize("says", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("verb", ["reply", "note"])
def test_a_page_that_posts_nonsense_is_told_so(world: World, verb: str, says: Any) -> None:
    things = things_of(world.acme, "sari", "Support", "62813555000")
    client = browser_of(world.acme.admin)
    client.raise_request_exception = False
    path = f"/w/acme/inbox/{things['handled']}/{verb}/"
    answer = client.post(path, says, headers={"Accept": "application/json"})
    assert 400 <= answer.status_code < 500
