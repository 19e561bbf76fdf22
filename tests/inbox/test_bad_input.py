"""What members' programs may send: it is refused in words, or stored harmlessly; never a crash,
and never a message that says what only a provider may say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inbox import actions
from inbox.models import Channel, Conversation, Message, MessageTemplate
from tests.people import Company, World, browser_of


@pytest.fixture
def company(world: World) -> Company:
    """Sari has accepted a conversation."""
    talk = world.acme.conversation(world.acme.hears())
    with world.acme.acting("sari"):
        actions.accept(talk, by=world.acme.sari)
    return world.acme


def talk_of(company: Company) -> Conversation:
    with company.acting():
        return Conversation.objects.select_related("channel").get()


def posts(company: Company, path: str, **given: Any) -> Any:
    address = f"{company.url}/inbox/{talk_of(company).number}/{path}"
    return browser_of(company.sari).post(address, given, headers={"Accept": "application/json"})


def asks(company: Company, body: str) -> Any:
    """A program posts a message."""
    address = f"{company.url}/api/v1/conversations/{talk_of(company).number}/messages/"
    return browser_of(company.sari).post(address, body, content_type="application/json")


def last_of(company: Company) -> Message:
    with company.acting():
        return Message.objects.latest("id")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ('{"latitude":1,"longitude":2,"name":"a\\u0000b"}', 200),
        ('{"latitude":1,"longitude":2,"name":"a\\ud800b"}', 200),
        ('{"latitude":1' + "0" * 400 + ',"longitude":2}', 409),
        ('{"latitude":NaN,"longitude":2}', 409),
        ("[" * 9000, 400),
        ('{"latitude":' + "[" * 9000, 400),
        ("7", 400),
    ],
)
def test_the_data_of_a_reply_may_be_anything(company: Company, data: str, status: int) -> None:
    assert posts(company, "reply/", kind="location", data=data).status_code == status
    if status == 200:
        assert last_of(company).data["name"] == "ab"


def test_a_location_loses_no_words(company: Company) -> None:
    """The provider carries no text with it, so it must not look as if it had been sent."""
    place = '{"latitude":1,"longitude":2}'
    answer = posts(company, "reply/", kind="location", text="Di sini ya", data=place)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_caption")


@pytest.mark.parametrize(
    "data",
    [
        '{"echo": true, "edits": 5, "referral": {"url": "javascript:alert(1)"}, "pricing": 3}',
        '{"x": "\\u0000"}',
        '{"x": "\\ud800"}',
    ],
)
def test_a_text_has_no_data_of_its_senders_making(company: Company, data: str) -> None:
    answer = asks(company, f'{{"text": "Halo", "data": {data}}}')
    assert answer.status_code == 201, answer.content
    assert last_of(company).data == {}


def test_rows_of_two_parts_have_ids_of_their_own(company: Company) -> None:
    part = {"title": "Satu", "rows": [{"id": "same", "title": "A"}]}
    data = {"button": "Pilih", "sections": [part, {**part, "title": "Dua"}]}
    answer = posts(company, "reply/", kind="list", text="Mana?", data=json.dumps(data))
    assert (answer.status_code, answer.json()["code"]) == (409, "bad_choice")


@pytest.mark.parametrize("value", ["a\x00b", "a\rb", "a\nb", "a     b", "x" * 1025])
def test_values_that_no_template_takes_are_refused(company: Company, value: str) -> None:
    with company.acting():
        template = MessageTemplate.objects.create(
            channel=Channel.objects.get(),
            external_id="1",
            name="halo",
            language="id",
            status="approved",
            shape={"body": "Halo {{1}}"},
            fields=[{"key": "body.1", "example": ""}],
        )
    answer = posts(company, "template/", template=template.pk, **{"value:body.1": value})
    assert (answer.status_code, answer.json()["code"]) == (409, "value_invalid")
