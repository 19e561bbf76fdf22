"""Testing a channel, read receipts, and the line that says somebody is typing."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import DeliveryFailed
from tests.channels_integration.whatsapp.fake import FakeGraph

adapter = WhatsAppAdapter()
NUMBER = "GET /v25.0/880000000000001"
SUBSCRIBE = "POST /v25.0/990000000000001/subscribed_apps"
SEND = "POST /v25.0/880000000000001/messages"
KNOWN = {"display_phone_number": "+1 202-555-0100", "verified_name": "Acme", "id": "88"}


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def test_testing_a_channel_names_the_number_and_subscribes_the_app(provider: FakeGraph) -> None:
    provider.on(NUMBER, 200, KNOWN)
    provider.on(SUBSCRIBE, 200, {"success": True})
    said = adapter.test(provider.channel)
    assert said.startswith("Connected: +1 202-555-0100, Acme. WhatsApp sends what customers write")
    assert [asked.method for asked in provider.asked] == ["GET", "POST"]


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, b"Not Found"), (403, {"error": {"code": 200}}), (500, b""), (200, b"OK")],
)
def test_a_provider_that_does_not_subscribe_is_no_failure(
    provider: FakeGraph, status: int, body: Any
) -> None:
    provider.on(NUMBER, 200, KNOWN)
    provider.on(SUBSCRIBE, status, body)
    said = adapter.test(provider.channel)
    assert "+1 202-555-0100" in said
    assert ("could not be checked" in said) is (status != 200)


def test_a_wrong_account_id_is_told(provider: FakeGraph) -> None:
    provider.on(NUMBER, 200, KNOWN)
    provider.on(SUBSCRIBE, 400, {"error": {"code": 100, "error_subcode": 33}})
    with pytest.raises(DeliveryFailed) as caught:
        adapter.test(provider.channel)
    assert (caught.value.kind, "account ID" in caught.value.message) == ("channel", True)


def test_without_an_account_id_only_the_number_is_asked(provider: FakeGraph) -> None:
    del provider.channel.config["waba_id"]
    provider.on(NUMBER, 200, KNOWN)
    assert "+1 202-555-0100" in adapter.test(provider.channel)
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, {"error": {"code": 190}}), (200, b"<html>"), (200, b"[]"), (404, b"")],
)
def test_testing_a_broken_channel_says_what_to_do(
    provider: FakeGraph, status: int, body: Any
) -> None:
    provider.on(NUMBER, status, body)
    with pytest.raises(DeliveryFailed) as caught:
        adapter.test(provider.channel)
    assert caught.value.kind == "channel"
    assert len(provider.asked) == 1


def test_a_customer_is_told_that_his_message_was_read(provider: FakeGraph) -> None:
    provider.sample(SEND, "mark_read_ok")
    adapter.signal("wamid.1", provider.channel, typing=False)
    adapter.signal("wamid.1", provider.channel, typing=True)
    read, typing = (asked.json() for asked in provider.asked)
    assert read == {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert typing == {**read, "typing_indicator": {"type": "text"}}


def test_a_channel_may_keep_to_itself_what_was_read(provider: FakeGraph) -> None:
    provider.channel.config["no_read_receipts"] = True
    for typing in (False, True):
        adapter.signal("wamid.1", provider.channel, typing=typing)
    assert provider.asked == []


def test_a_signal_that_is_refused_is_a_failed_delivery(provider: FakeGraph) -> None:
    provider.on(SEND, 400, {"error": {"code": 131009}})
    with pytest.raises(DeliveryFailed):
        adapter.signal("wamid.1", provider.channel, typing=False)
