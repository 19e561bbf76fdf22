"""What is written to the log: one line each, and no secret in it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from helpdesk.logs import Json, Redact, Text
from inbox.tasks import send_outgoing
from tests.guards.things import things_of
from tests.people import PASSWORD, World, browser_of

CANARY = "canary-3f9c1e"


def line(message: str, *args: Any, kind: logging.Formatter | None = None, **more: Any) -> str:
    record = logging.LogRecord("helpdesk.x", logging.INFO, "f", 1, message, args, None)
    for name, value in more.items():
        setattr(record, name, value)
    assert Redact().filter(record)
    return (kind or Json()).format(record)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"access_token={CANARY}&x=1",
        f'{{"app_secret": "{CANARY}"}}',
        f"{{'verify_token': '{CANARY}'}}",
        f"password={CANARY}",
        f"Token: {CANARY}",
        f"api_key={CANARY}",
        f"https://x.example/?secret={CANARY}",
    ],
)
def test_what_looks_like_a_credential_is_blanked(text: str) -> None:
    for kind in (Json(), Text()):
        assert CANARY not in line(text, kind=kind)
        assert CANARY not in line("%s", text, kind=kind)
        try:
            raise ValueError(text)
        except ValueError as error:
            info = (type(error), error, error.__traceback__)
            assert CANARY not in line("it broke", kind=kind, exc_info=info)


def test_no_input_forges_a_line() -> None:
    written = line("a\r\nlevel=error b %s", "c\nd")
    assert "\n" not in written
    assert json.loads(written)["message"] == "a\\r\\nlevel=error b c\\nd"
    assert line("x", fields={"path": "/a\n/b"}).count("\n") == 0


def test_a_line_is_json_with_its_fields() -> None:
    written = json.loads(line("hello %d", 1, fields={"status": 200}))
    assert written["message"] == "hello 1"
    assert written["status"] == 200
    assert (written["level"], written["logger"]) == ("info", "helpdesk.x")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    handler.addFilter(Redact())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_a_day_of_work_leaves_no_secret_in_the_log(world: World, log: io.StringIO) -> None:
    acme = world.acme
    things = things_of(acme, "sari", "Support", "62813555000")
    admin = browser_of(acme.admin)
    made = admin.post("/w/acme/settings/tokens/", {"name": "t"}).content.decode()
    token = made[made.index("hd_") :][:46]
    Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"})
    Client().get(f"/w/acme/invitation/{things['invitation_token']}/")
    Client().get("/account/password/reset/key/1-canary3f9c1e-canary3f9c1e/")
    Client().post("/account/login/", {"login": "sari@acme.example", "password": PASSWORD})
    admin.get(f"/w/acme/inbox/?q={CANARY}")
    admin.post(f"/w/acme/inbox/{things['handled']}/reply/", {"text": CANARY})
    Client().get(f"{acme.webhook}?hub.mode=subscribe&hub.verify_token={CANARY}")
    send_outgoing(acme.id)
    written = log.getvalue()
    assert written.count("\n") > 8
    for secret in (
        *(acme.secret, "token-of-acme", "verify-acme", CANARY, "canary3f9c1e", PASSWORD, token),
        *(things["invitation_token"], acme.channel.token, acme.channel.sealed),
    ):
        assert secret not in written, secret
    for text in written.splitlines():
        json.loads(text)
