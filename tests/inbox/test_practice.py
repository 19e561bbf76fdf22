"""The test customer: the whole path without a provider, within bounds, and nobody's channel."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.actions import practice
from inbox.channels import BadSignature, Unparsable, adapter_for, kinds
from inbox.models import Channel, Conversation, InboundPayload, Message
from inbox.tasks import process_inbound
from tests.people import Company, World


def browser(company: Company, who: str) -> Client:
    client = Client()
    client.force_login(company.people[who].user)
    return client


def sends(company: Company) -> None:
    """What the sender does, in this thread; then what comes back is read."""
    with company.acting():
        claimed = actions.claim_outgoing(9)
    for message, outgoing in claimed:
        external_id = adapter_for(message.channel.kind).send(outgoing, message.channel)
        with company.acting():
            actions.record_sent(message, external_id)
    process_inbound(company.id)


def practises(company: Company, who: str = "sari") -> Conversation:
    with company.acting(who):
        assert actions.practise(by=company.people[who]) is None
    process_inbound(company.id)
    with company.acting():
        mine = Conversation.objects.filter(channel__kind="practice")
        mine = mine.select_related("contact")
        return mine.get(identity__value=str(company.people[who].pk), status="queued")


def answers(company: Company, row: Conversation, who: str = "sari") -> None:
    with company.acting(who):
        actions.send_reply(company.conversation(row.number), by=company.people[who], text="Ada")
    sends(company)


def test_from_the_click_to_the_customers_answer(world: World) -> None:
    company = world.acme
    row = practises(company)
    assert company.sari.name in row.contact.name
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
    answers(company, row)
    _fact, hello, _accepted, reply, thanks = company.messages(row.number)
    assert [m.direction for m in (hello, reply, thanks)] == ["in", "out", "in"]
    assert reply.state == "read"
    assert thanks.text == hello.data["answer"]
    assert "answer" not in thanks.data
    answers(company, row)  # once is enough: no chat of machines
    assert [m.direction for m in company.messages(row.number)].count("in") == 2
    with company.acting():
        assert not InboundPayload.objects.exclude(state="processed").exists()


def test_who_is_practising_is_taken_to_his_conversation(world: World) -> None:
    company = world.acme
    row = practises(company)
    with company.acting("sari"):
        assert actions.practise(by=company.sari) == row
    other = practises(company, "budi")
    assert other.pk != row.pk  # everybody has a customer of his own
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
    assert (
        browser(company, "sari")
        .post(f"{company.url}/inbox/practice/")
        .url.endswith(f"/inbox/{row.number}/")
    )


def test_two_clicks_before_the_first_is_read_are_one_message(world: World) -> None:
    company = world.acme
    for _click in range(2):
        with company.acting("sari"):
            actions.practise(by=company.sari)
    process_inbound(company.id)
    with company.acting():
        assert Message.objects.filter(direction="in").count() == 1
        assert Channel.objects.filter(kind="practice").count() == 1


def test_it_is_limited(world: World) -> None:
    company = world.acme
    for _again in range(practice.AT_MOST):
        row = practises(company)
        with company.acting("owner"):
            actions.resolve(row, by=company.owner)
    with pytest.raises(Refused) as refused, company.acting("sari"):
        actions.practise(by=company.sari)
    assert refused.value.code == "practice_often"
    practises(company, "budi")  # the limit is each member's own


def test_what_a_colleague_has_is_told_and_not_shown(world: World) -> None:
    company = world.acme
    row = practises(company)
    with company.acting("gita"):
        actions.accept(row, by=company.gita)
    with pytest.raises(Refused) as refused, company.acting("sari"):
        actions.practise(by=company.sari)
    assert refused.value.code == "practice_taken"
    answer = browser(company, "sari").post(f"{company.url}/inbox/practice/")
    assert answer.url.endswith("/inbox/")


def test_only_who_answers_customers_may_and_only_here(world: World) -> None:
    with pytest.raises(PermissionDenied), world.acme.acting("nona"):
        actions.practise(by=world.acme.nona)
    row = practises(world.acme)
    with world.globex.acting():
        assert not Conversation.objects.filter(channel__kind="practice").exists()
    answer = browser(world.globex, "stranger").get(f"{world.acme.url}/inbox/{row.number}/")
    assert answer.status_code == 404


def test_a_reply_that_ends_the_conversation_is_not_answered(world: World) -> None:
    company = world.acme
    row = practises(company)
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
        actions.send_reply(company.conversation(row.number), by=company.sari, text="Ada")
        actions.resolve(company.conversation(row.number), by=company.sari)
    sends(company)
    with company.acting():
        assert Conversation.objects.filter(channel__kind="practice").count() == 1


def test_practice_is_no_channel_of_the_settings_or_of_the_web(world: World) -> None:
    company = world.acme
    practises(company)
    assert "practice" not in kinds()
    with company.acting():
        channel = Channel.objects.get(kind="practice")
        assert channel not in queries.channels()
    admin = browser(company, "admin")
    assert admin.get(f"{company.url}/settings/channels/{channel.pk}/").status_code == 404
    assert admin.get(f"{company.url}/settings/channels/connect/practice/").status_code == 404
    assert company.posts(b"{}", path=f"/hooks/practice/{channel.token}").status_code == 404
    with pytest.raises(BadSignature):
        adapter_for("practice").verify({}, b"", channel)


def hello(at: object) -> bytes:
    message = {"id": 1, "customer": 1, "name": "", "text": "", "at": at}
    return json.dumps({"messages": [message]}).encode()


BROKEN = [b"", b"[]", b"\xff", b'{"messages": 1}', b'{"messages": [{}]}', b'{"statuses": [3]}']


@pytest.mark.parametrize("body", [*BROKEN, hello(""), hello(None), hello(3)])
def test_what_it_did_not_write_is_unparsable(body: bytes) -> None:
    with pytest.raises(Unparsable):
        adapter_for("practice").parse(body, Channel(account_id="practice"))
