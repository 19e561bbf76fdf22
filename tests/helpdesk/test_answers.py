"""What every answer carries, and what is answered when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.guards.source import ROOT
from tests.guards.things import things_of
from tests.people import World, browser_of

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PATHS = [
    "/",
    "/account/login/",
    "/w/acme/inbox/",
    "/w/acme/inbox/counts/",
    "/w/acme/settings/members/",
    "/w/acme/api/v1/me/",
    "/w/acme/nothing/",
    "/w/nowhere/",
    "/nothing/",
    "/api/v1/me/",
    "/health/ready",
    "/hooks/whatsapp/unknown",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["sari", "admin", None])
def test_every_answer_has_its_headers(world: World, path: str, who: str | None) -> None:
    answer = browser_of(world.acme.people[who] if who else None).get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, f"{path} {name}"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(answer.headers["X-Request-Id"]) == 12


def ask(world: World, path: str, kind: str, who: str = "sari", **post: Any) -> Any:
    client = browser_of(world.acme.people[who])
    client.raise_request_exception = False
    headers = {"Accept": kind}
    return client.post(path, post, headers=headers) if post else client.get(path, headers=headers)


def problems(world: World) -> list[tuple[int, str, dict[str, str]]]:
    things = things_of(world.acme, "sari", "Support", "62813555000")
    return [
        (404, "/w/acme/inbox/4711/", {}),
        (403, "/w/acme/settings/members/", {}),
        (409, f"/w/acme/inbox/{things['queued']}/reply/", {"text": "x"}),
        (400, f"/w/acme/inbox/{things['handled']}/reply/", {"text": "\0"}),
    ]


def test_what_is_wrong_is_told_to_people_and_to_programs(world: World) -> None:
    for status, path, post in problems(world):
        document = ask(world, path, "application/json", **post)
        assert document.status_code == status, path
        assert document.headers["Content-Type"] == "application/problem+json"
        body = document.json()
        assert body["status"] == status
        assert body["request_id"] == document.headers["X-Request-Id"]
        page = ask(world, path, "text/html", **post)
        assert page.status_code == status
        assert page.headers["Content-Type"].startswith("text/html")
        assert page.headers["X-Request-Id"] in page.content.decode()
        assert body["message"] in page.content.decode()


def test_a_crash_is_told_without_its_reason(world: World, monkeypatch: Any) -> None:
    """The one view that is replaced: there is none that crashes."""
    monkeypatch.setattr("inbox.queries.counts", lambda member: 1 / 0)
    for kind in ("text/html", "application/json"):
        answer = ask(world, "/w/acme/inbox/counts/", kind)
        assert answer.status_code == 500
        text = answer.content.decode()
        assert answer.headers["X-Request-Id"] in text
        assert "ZeroDivision" not in text
        assert "Traceback" not in text


def test_a_form_from_elsewhere_is_told_what_to_do(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/account/login/", {"login": "x"})
    assert page.status_code == 403
    assert page.headers["Content-Type"].startswith("text/html")
    document = client.post("/account/login/", {}, headers={"Accept": "application/json"})
    assert (document.status_code, document.json()["code"]) == (403, "csrf")


def test_another_host_is_refused(world: World) -> None:
    assert Client().get("/account/login/", headers={"Host": "evil.example"}).status_code == 400


AWAY = """
import json
import django
django.setup()
from django.test import Client
found = {}
cookie = {"Cookie": "session=" + "a" * 32}
paths = ["/w/acme/inbox/", "/", "/api/v1/me/", "/hooks/whatsapp/x"]
for path in [*paths, "/health/ready", "/health/live"]:
    for kind in ("text/html", "application/json"):
        headers = {"Accept": kind, "Authorization": "Bearer x"}
        headers |= {} if "health" in path else cookie
        answer = Client(raise_request_exception=False).get(path, headers=headers)
        found[path + " " + kind] = [
            answer.status_code,
            answer.headers.get("Retry-After"),
            answer.headers["Content-Type"],
            answer.headers.get("X-Request-Id", ""),
        ]
print(json.dumps(found))
"""


def test_while_postgresql_is_away_the_answer_is_come_back_in_a_moment() -> None:
    env = {**os.environ, "DATABASE_URL": "postgresql://owner:x@127.0.0.1:1/none"}
    run = subprocess.run(
        [sys.executable, "-c", AWAY], cwd=ROOT, env=env, capture_output=True, text=True, timeout=50
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    for kind in ("text/html", "application/json"):
        assert found.pop(f"/health/live {kind}")[0] == 200
        assert found.pop(f"/health/ready {kind}")[0] == 503
    for address, (status, retry, content_type, request_id) in found.items():
        assert (status, retry) == (503, "5"), address
        assert request_id
        wants_json = "json" in address or "/api/" in address
        assert ("json" in content_type) == wants_json, address
