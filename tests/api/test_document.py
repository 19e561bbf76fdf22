"""The API's document is the committed one, and its lists cost the same however long they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from contacts.models import Contact, ContactIdentity
from inbox.models import Attachment, Conversation, Message
from tests.guards.doors import API
from tests.guards.source import ROOT
from tests.people import Company, World, browser_of

DOCUMENT = ROOT / "docs/openapi.yaml"
REFRESH = "manage.py spectacular --lang en --file docs/openapi.yaml (with make manage ARGS=...)"


def test_the_committed_document_is_what_the_api_is(tmp_path: Any) -> None:
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(made), "--fail-on-warn", "--validate", "--lang", "en")
    assert made.read_text() == DOCUMENT.read_text(), f"Refresh it: {REFRESH}"


def test_every_route_of_the_api_is_in_the_document() -> None:
    text = DOCUMENT.read_text()
    for route in set(API) - {"api/v1/schema/"}:
        path = "/" + re.sub(r"<[a-z]+:([a-z_]+)>", r"{\1}", route)
        assert f"\n  {path}:\n" in text, path


def fill(company: Company, count: int) -> None:
    """`count` more conversations with two messages each, handled by sari."""
    with company.acting():
        start = Conversation.objects.count()
        base = company.conversation(company.hears()) if not start else Conversation.objects.first()
        assert base is not None
        for number in range(start, start + count):
            contact = Contact.objects.create(name=f"C{number}")
            identity = ContactIdentity.objects.create(contact=contact, kind="t", value=str(number))
            conversation = Conversation.objects.create(
                number=1000 + number,
                channel=company.channel,
                contact=contact,
                identity=identity,
                status="handled",
                assignee=company.sari,
                department=company.departments["Support"],
                opened_at=base.opened_at,
                last_message_at=base.last_message_at,
            )
            for text in ("satu", "dua"):
                say(conversation, text, company.sari)


def say(conversation: Conversation, text: str, author: Member) -> None:
    """A photo that quotes the one before it, as expensive to show as a message can be."""
    photo = Message.objects.create(
        conversation=conversation,
        channel=conversation.channel,
        direction="out",
        kind="image",
        text=text,
        external_id=f"{conversation.pk}.{text}",
        reply_to=f"{conversation.pk}.satu",
        reactions={"us": {"emoji": "👍", "at": "2026-11-22T10:00:00+00:00", "by": "Sari"}},
        sent_at=conversation.opened_at,
        author_member=author,
    )
    Attachment.objects.create(conversation=conversation, message=photo, kind="image", name="a.png")


def cost(world: World, path: str) -> int:
    client = browser_of(world.acme.sari)
    client.get("/w/acme/inbox/counts/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"/w/acme/{path}").status_code == 200
    return len(queries)


LISTS = [
    "api/v1/conversations/",
    "api/v1/conversations/?q=satu",
    "api/v1/conversations/1001/messages/",
    "api/v1/members/",
    "api/v1/departments/",
    "inbox/?view=mine",
    "inbox/?view=all&q=satu",
    "inbox/1001/",
    "inbox/1001/thread/",
    "inbox/1001/attachments/?tab=media",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_five_and_for_sixty(world: World, path: str) -> None:
    fill(world.acme, 5)
    few = cost(world, path)
    fill(world.acme, 55)
    with world.acme.acting():
        one = Conversation.objects.get(number=1001)
        for number in range(40):
            say(one, f"x{number}", world.acme.budi)
    many = cost(world, path)
    assert many == few
    assert many <= 25
