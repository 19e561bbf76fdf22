"""Signing in, with a password and a code; guessing; and getting back in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from django.test import Client

from tests.accounts.mailbox import Mailbox
from tests.people import PASSWORD, World, browser_of

LOGIN = "/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get("/w/acme/inbox/").status_code == 200


def test_the_right_password_opens_and_signing_out_closes(world: World) -> None:
    client = Client()
    assert client.get("/w/acme/inbox/").headers["Location"].startswith(LOGIN)
    assert sign_in(client, "Sari@acme.example").status_code == 302
    assert is_in(client)
    cookie = client.cookies["session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_wrong_password_and_an_unknown_address_look_alike(world: World) -> None:
    known = sign_in(Client(), "sari@acme.example", "wrong")
    unknown = sign_in(Client(), "nobody@acme.example", "wrong")
    assert known.status_code == unknown.status_code
    errors = [answer.context["form"].errors.as_text() for answer in (known, unknown)]
    assert errors[0] == errors[1]


def test_guessing_is_stopped_whatever_address_is_claimed(world: World) -> None:
    for number in range(6):
        headers = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"}
        client = Client()
        assert sign_in(client, "sari@acme.example", "wrong", headers=headers).status_code in (
            200,
            429,
        )
    client = Client()
    sign_in(client, "sari@acme.example", headers={"X-Forwarded-For": "10.9.9.9"})
    assert not is_in(client)
    other = Client()
    sign_in(other, "budi@acme.example")
    assert is_in(other)


def test_a_sign_in_leads_nowhere_else(world: World) -> None:
    answer = Client().post(
        LOGIN + "?next=https://evil.example/",
        {"login": "sari@acme.example", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert answer.headers["Location"] == "/"


def test_a_forgotten_password_is_reset_by_mail(world: World, mailbox: Mailbox) -> None:
    client = Client()
    known = client.post("/account/password/reset/", {"email": "sari@acme.example"})
    (message,) = mailbox.messages
    assert message["To"] == "sari@acme.example"
    link = mailbox.link()
    unknown = Client().post("/account/password/reset/", {"email": "nobody@acme.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    form = client.get(link, follow=True)
    fresh = "kuda-laut-berenang-9"
    target = form.redirect_chain[-1][0]
    assert client.post(target, {"password1": fresh, "password2": fresh}).status_code == 302
    again = Client()
    sign_in(again, "sari@acme.example", PASSWORD)
    assert not is_in(again)
    sign_in(again, "sari@acme.example", fresh)
    assert is_in(again)
    used = Client().get(link, follow=True).content.decode()
    assert 'name="password1"' not in used


def test_a_new_password_ends_the_other_sessions(world: World) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, "sari@acme.example")
    fresh = "kuda-laut-berenang-9"
    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )
    assert not is_in(elsewhere)


def code(secret: str, at: float) -> str:
    """RFC 6238, six digits, thirty seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at // 30)), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def test_a_second_factor_is_asked_for_once_it_is_on(world: World) -> None:
    client = Client()
    sign_in(client, "sari@acme.example")
    asked = client.get("/account/2fa/totp/activate/").headers["Location"]
    assert asked.startswith("/account/reauthenticate/")
    client.post(asked, {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page.replace(" ", "")
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert wrong.status_code == 200
    done = client.post("/account/2fa/totp/activate/", {"code": code(secret, time.time())})
    assert done.status_code == 302
    again = Client()
    answer = sign_in(again, "sari@acme.example")
    assert re.match("/account/2fa/authenticate/", answer.headers["Location"])
    assert not is_in(again)
    again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not is_in(again)
    recovery = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    again.post("/account/2fa/authenticate/", {"code": recovery})
    assert is_in(again)
    reused = Client()
    sign_in(reused, "sari@acme.example")
    reused.post("/account/2fa/authenticate/", {"code": recovery})
    assert not is_in(reused)


@pytest.mark.parametrize("signed_in", [True, False])
def test_language_and_theme_are_remembered(world: World, signed_in: bool) -> None:
    client = browser_of(world.acme.sari) if signed_in else Client()
    answer = client.post("/preferences/", {"language": "en", "theme": "dark", "next": "/x/"})
    assert answer.headers["Location"] == "/x/"
    assert (client.cookies["language"].value, client.cookies["theme"].value) == ("en", "dark")
    page = client.get("/w/acme/inbox/" if signed_in else LOGIN)
    assert page.headers["Content-Language"] == "en"
    if signed_in:
        world.acme.sari.user.refresh_from_db()
        assert (world.acme.sari.user.language, world.acme.sari.user.theme) == ("en", "dark")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_preferences_lead_nowhere_else(world: World, target: str) -> None:
    answer = Client().post("/preferences/", {"theme": "dark", "next": target})
    assert answer.headers["Location"] == "/"
    wrong = Client().post("/preferences/", {"theme": "x\r\nSet-Cookie: a=b", "language": "xx"})
    assert not wrong.cookies
