"""Drafts, mentions and what is known of a customer: over HTTP the same as on the page."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from helpdesk.errors import Refused
from inbox import actions
from inbox.actions.drafting import Page, Words
from tests.people import Company, World, browser_of

API = "/w/acme/api/v1/"


@pytest.fixture
def acme(world: World) -> Company:
    """Sari has conversation 1."""
    world.acme.hears()
    with world.acme.acting("sari"):
        actions.accept(world.acme.conversation(1), by=world.acme.sari)
    return world.acme


def ask(company: Company, who: str, method: str, path: str, body: Any = None) -> Any:
    client = browser_of(company.people[who])
    if method == "GET":
        return client.get(API + path)
    return client.generic(method, API + path, json.dumps(body), content_type="application/json")


def test_a_draft_is_the_one_that_the_page_shows(acme: Company) -> None:
    path = "conversations/1/drafts/reply/"
    kept = ask(acme, "sari", "PUT", path, {"version": 0, "text": "Baik, Bapak"}).json()
    assert (kept["version"], kept["text"], kept["kind"]) == (1, "Baik, Bapak", "reply")
    assert "Baik, Bapak" in browser_of(acme.sari).get("/w/acme/inbox/1/").content.decode()
    assert ask(acme, "sari", "GET", "drafts/").json() == [
        {"conversation": 1, "text": "Baik, Bapak"}
    ]
    assert ask(acme, "sari", "GET", "conversations/1/drafts/").json() == [kept]
    assert ask(acme, "admin", "GET", "conversations/1/drafts/").json() == []  # one's own
    late = ask(acme, "sari", "PUT", path, {"version": 0, "text": "lama"})
    assert (late.status_code, late.json()["code"], late.json()["version"]) == (
        409,
        "draft_changed",
        1,
    )
    ask(acme, "sari", "PUT", path, {"version": 1, "text": ""})
    assert ask(acme, "sari", "GET", "drafts/").json() == []
    assert ask(acme, "sari", "GET", "conversations/1/drafts/").json()[0]["version"] == 2


def test_a_page_that_writes_is_not_overwritten(acme: Company) -> None:
    with acme.acting("sari"):
        conversation, page = acme.conversation(1), Page(0, "page", 1)
        actions.save_draft(
            conversation, by=acme.sari, kind="note", words=Words("di halaman"), page=page
        )
    path = "conversations/1/drafts/note/"
    assert ask(acme, "sari", "PUT", path, {"version": 0, "text": "x"}).status_code == 409
    assert ask(acme, "sari", "PUT", path, {"version": 1, "text": "x"}).json()["version"] == 2
    page = Page(1, "page", 2)
    with pytest.raises(Refused), acme.acting("sari"):
        actions.save_draft(conversation, by=acme.sari, kind="note", words=Words("y"), page=page)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("shout", {"version": 0}, 404),
        ("reply", {}, 400),
        ("reply", {"version": -1}, 400),
        ("reply", {"version": 10**30}, 400),
        ("reply", {"version": 0, "text": "x" * 20_001}, 400),
        ("reply", {"version": 0, "text": "a\0b"}, 400),
        ("reply", {"version": 0, "quoting": 99_999_999}, 404),
        ("reply", {"version": 0, "attachments": ["x"]}, 400),
        ("reply", {"version": 0, "attachments": [str(uuid4())]}, 200),  # none of his: no file
        ("reply", [], 400),
    ],
)
def test_what_makes_no_sense_is_told(acme: Company, kind: str, body: Any, status: int) -> None:
    answer = ask(acme, "sari", "PUT", f"conversations/1/drafts/{kind}/", body)
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["attachments"] == []


def test_mentions_are_counted_until_they_are_read(acme: Company) -> None:
    named = ask(acme, "sari", "GET", "conversations/1/mentions/").json()
    assert {"kind": "member", "id": acme.admin.pk, "name": "Admin"} in named
    assert "Gita" not in {one["name"] for one in named}  # she does not see it
    ask(acme, "sari", "POST", "conversations/1/messages/", {"kind": "note", "text": "@Admin lihat"})
    assert ask(acme, "admin", "GET", "mentions/").json() == [{"conversation": 1, "unread": 1}]
    assert ask(acme, "sari", "GET", "mentions/").json() == []
    assert ask(acme, "admin", "DELETE", "conversations/1/mentions/").status_code == 204
    assert ask(acme, "admin", "GET", "mentions/").json() == []


def test_a_contact_is_changed_field_by_field_and_never_over_a_colleague(acme: Company) -> None:
    path = "conversations/1/contact/"
    said = {"field": "email", "value": "rahmat@contoh.example"}
    assert ask(acme, "sari", "PATCH", path, said).json()["email"] == "rahmat@contoh.example"
    other = {"field": "email", "value": "lain@contoh.example", "was": ""}
    late = ask(acme, "admin", "PATCH", path, other)
    assert (late.status_code, late.json()["current"]) == (409, "rahmat@contoh.example")
    phone = {"field": "phone", "value": "0812 3456 7890", "was": "+6281355500001"}
    assert ask(acme, "sari", "PATCH", path, phone).json()["phone"] == "+6281234567890"
    for wrong in (
        {"field": "email", "value": "bukan surel", "was": "rahmat@contoh.example"},
        {"field": "is_group", "value": "true"},
        {"field": "name", "value": "x" * 161, "was": "Rahmat"},
        {},
    ):
        assert ask(acme, "sari", "PATCH", path, wrong).status_code == 400
    assert ask(acme, "sari", "GET", path).json()["email"] == "rahmat@contoh.example"


def test_details_are_added_changed_and_removed(acme: Company) -> None:
    path = "conversations/1/contact/details/"

    def put(**row: str) -> Any:
        return ask(acme, "sari", "PUT", path, row)

    assert put(label="Ukuran", value="M").json()["details"] == [{"label": "Ukuran", "value": "M"}]
    assert put(label="ukuran", value="L").json()["code"] == "detail_taken"
    changed = put(label="Ukuran", value="L", was_label="Ukuran", was_value="M")
    assert changed.json()["details"] == [{"label": "Ukuran", "value": "L"}]
    assert put(label="", value="x").status_code == 400
    assert put(label="", was_label="Ukuran", was_value="L").json()["details"] == []
