"""Tokens, sessions and idempotency keys: who may use the API, and what a repeat does."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from accounts import actions as accounts
from accounts.models import ApiToken, IdempotencyKey, Member
from inbox.models import Message
from tests.guards.things import things_of
from tests.people import Company, World, browser_of

ME = "/api/v1/me/"


def token_of(company: Company, name: str) -> tuple[ApiToken, str]:
    with company.acting(name):
        return accounts.create_token(by=company.people[name], name="program")


def asks(text: str, path: str = ME, **more: Any) -> Any:
    return Client().get(path, headers={"Authorization": text}, **more)


def test_a_token_acts_as_its_maker(world: World) -> None:
    token, text = token_of(world.acme, "sari")
    answer = asks(f"Bearer {text}")
    assert answer.json()["id"] == world.acme.sari.pk
    assert answer.headers["Cache-Control"] == "no-store"
    assert text not in token.digest
    assert text.endswith(token.hint)


def test_a_token_works_no_longer_when_it_is_revoked_or_its_member_leaves(world: World) -> None:
    token, text = token_of(world.acme, "sari")
    _token, other = token_of(world.acme, "budi")
    with world.acme.acting():
        accounts.revoke_token(token, by=world.acme.sari)
        accounts.deactivate_member(world.acme.budi, by=world.acme.admin)
    assert asks(f"Bearer {text}").status_code == 401
    assert asks(f"Bearer {other}").status_code == 401
    world.acme.gita.user.is_active = False
    _token, third = token_of(world.acme, "gita")
    world.acme.gita.user.save()
    assert asks(f"Bearer {third}").status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Token x", "Bearer " + "x" * 9000]
)
def test_what_is_no_token_is_nobody(world: World, header: str) -> None:
    answer = asks(header)
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


def test_a_token_does_not_open_the_pages_of_a_workspace(world: World) -> None:
    _token, text = token_of(world.acme, "admin")
    header = f"Bearer {text}"
    assert asks(header, "/w/acme/inbox/").status_code == 302
    assert asks(header, "/w/acme/api/v1/me/").status_code == 401


def test_a_token_of_one_workspace_shows_nothing_of_another(world: World) -> None:
    world.globex.hears("rahasia globex")
    _token, text = token_of(world.acme, "admin")
    body = asks(f"Bearer {text}", "/api/v1/conversations/").content.decode()
    assert json.loads(body)["results"] == []
    members = asks(f"Bearer {text}", "/api/v1/members/").json()
    assert {row["id"] for row in members} == {m.pk for m in world.acme.people.values()}


def test_secrets_are_in_no_answer(world: World) -> None:
    things_of(world.acme, "sari", "Support", "62813555000")
    client = browser_of(world.acme.owner)
    paths = ["channels/", "conversations/", "members/", "departments/", "me/", "schema/"]
    text = "".join(client.get(f"/w/acme/api/v1/{path}").content.decode() for path in paths)
    pages = ["settings/channels/", f"settings/channels/{world.acme.channel.pk}/", "inbox/"]
    text += "".join(client.get(f"/w/acme/{page}").content.decode() for page in pages)
    for secret in (world.acme.secret, "token-of-acme", "verify-acme", world.acme.channel.sealed):
        assert secret not in text
    assert "password" not in text.split("schema")[0]


def test_a_session_without_the_csrf_token_changes_nothing(world: World) -> None:
    things = things_of(world.acme, "sari", "Support", "62813555000")
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser_of(world.acme.sari).cookies
    path = f"/w/acme/api/v1/conversations/{things['handled']}/messages/"
    body = json.dumps({"text": "x"})
    assert client.post(path, body, content_type="application/json").status_code == 403
    assert client.get("/w/acme/inbox/").status_code == 200
    csrf = {"X-CSRFToken": client.cookies["csrf"].value}
    assert client.post(path, body, content_type="application/json", headers=csrf).status_code == 201


def reply(member: Member, number: int, key: str, text: str = "Halo") -> Any:
    return browser_of(member).post(
        f"/w/acme/api/v1/conversations/{number}/messages/",
        json.dumps({"text": text}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def replies(company: Company) -> int:
    with company.acting():
        return Message.objects.filter(direction="out", state="queued").count()


def test_a_request_that_is_repeated_is_answered_and_not_done_again(world: World) -> None:
    number = things_of(world.acme, "sari", "Support", "62813555000")["handled"]
    first, again = (reply(world.acme.sari, number, "k1") for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert replies(world.acme) == 1
    other = reply(world.acme.sari, number, "k1", "Lain")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert reply(world.acme.sari, number, "k2").status_code == 201
    assert reply(world.acme.admin, number, "k1").status_code == 201
    assert replies(world.acme) == 3
    assert reply(world.acme.sari, number, "k" * 256).status_code == 400


def test_a_request_that_failed_may_be_tried_again_with_its_key(world: World) -> None:
    number = things_of(world.acme, "sari", "Support", "62813555000")["queued"]
    assert reply(world.acme.sari, number, "k1").status_code == 409
    with world.acme.acting():
        assert not IdempotencyKey.objects.exists()
    browser_of(world.acme.sari).post(f"/w/acme/inbox/{number}/accept/")
    assert reply(world.acme.sari, number, "k1").status_code == 201


def test_two_requests_with_a_key_at_once_are_one_message(committed_world: World) -> None:
    acme = committed_world.acme
    number = things_of(acme, "sari", "Support", "62813555000")["handled"]
    client = browser_of(acme.sari)
    barrier, answers = threading.Barrier(4), []

    def send() -> None:
        own = Client()
        own.cookies = client.cookies
        barrier.wait()
        answers.append(
            own.post(
                f"/w/acme/api/v1/conversations/{number}/messages/",
                '{"text": "sekali"}',
                content_type="application/json",
                headers={"Idempotency-Key": "k"},
            )
        )
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert replies(acme) == 1
