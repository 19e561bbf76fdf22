"""Each number gets its own part, and what can't be read holds nothing else back."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from inbox.channels import IncomingMessage, StatusUpdate, Unparsable
from tests.channels_integration.whatsapp.readings import (
    adapter,
    file_of,
    item_of,
    news,
    payload_of,
    value_of,
)
from tests.channels_integration.whatsapp.samples import a_channel, body_of


def test_one_post_for_two_numbers_becomes_one_part_for_each() -> None:
    parts = list(adapter.split(body_of("31_batch_two_numbers.json")))
    assert [part.account_id for part in parts] == ["880000000000001", "880000000000002"]
    first = adapter.parse(parts[0].body, a_channel())
    assert [u.text for u in first if isinstance(u, IncomingMessage)] == ["one", "two"]
    with pytest.raises(Unparsable):
        adapter.parse(parts[1].body, a_channel())


@pytest.mark.parametrize("number", ["01", "18", "31", "32"])
def test_the_same_content_gives_the_same_part_whatever_its_spelling(number: str) -> None:
    body = body_of(file_of(number))
    respelled = json.dumps(json.loads(body), indent=3, sort_keys=True).encode()
    assert list(adapter.split(body)) == list(adapter.split(respelled))


def test_a_change_without_a_number_is_for_the_door_it_came_to() -> None:
    (part,) = adapter.split(body_of("32_template_status_rejected.json"))
    assert part.account_id == ""
    assert len(adapter.parse(part.body, a_channel())) == 1


def test_the_time_of_the_delivery_tells_news_apart_but_not_messages() -> None:
    for number, is_told in (("01", False), ("25", False), ("32", True), ("30", True)):
        payload = payload_of(number)
        before = list(adapter.split(json.dumps(payload).encode()))
        payload["entry"][0]["time"] = 1793500999
        assert (list(adapter.split(json.dumps(payload).encode())) != before) is is_told


def test_a_broken_change_does_not_hold_back_the_good_one() -> None:
    payload = json.loads(body_of("01_text.json"))
    payload["entry"][0]["changes"].append({"field": "messages", "value": 7})
    payload["entry"].append("nonsense")
    good, *broken = adapter.split(json.dumps(payload).encode())
    assert len(adapter.parse(good.body, a_channel())) == 1
    for part in broken:
        assert part.account_id == ""
        with pytest.raises(Unparsable):
            adapter.parse(part.body, a_channel())


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        "text",
        [],
        {},
        {"id": "x"},
        {"id": "wamid.x", "from": "12025550142", "type": "text"},
    ],
)
def test_a_broken_message_is_parked_alone(broken: Any) -> None:
    payload = payload_of("01")
    messages = value_of(payload)["messages"]
    second = {**copy.deepcopy(messages[0]), "id": "wamid.second"}
    messages += [broken, second]
    value_of(payload)["statuses"] = [item_of(payload_of("25")), {"status": "read"}]
    good, bad = adapter.split(json.dumps(payload).encode())
    found = adapter.parse(good.body, a_channel())
    assert [type(u) for u in found] == [IncomingMessage, IncomingMessage, StatusUpdate]
    assert good.account_id == bad.account_id == "880000000000001"
    assert value_of(json.loads(bad.body))["messages"] == [broken]
    with pytest.raises(Unparsable):
        adapter.parse(bad.body, a_channel())


def test_a_message_that_is_only_odd_stays_with_the_others() -> None:
    payload = payload_of("31")
    value_of(payload)["messages"][0]["text"] = {"body": {"no": "text"}}
    parts = list(adapter.split(json.dumps(payload).encode()))
    assert len(parts) == 2
    found = adapter.parse(parts[0].body, a_channel())
    assert [u.kind for u in found if isinstance(u, IncomingMessage)] == ["unsupported", "text"]


def test_a_thousand_updates_at_once_are_cut_soon_enough() -> None:
    payload = payload_of("01")
    value = value_of(payload)
    value["messages"] = [{**value["messages"][0], "id": f"wamid.{n}"} for n in range(1000)]
    value["contacts"] = [{**value["contacts"][0], "wa_id": f"1202555{n:04}"} for n in range(1000)]
    (part,) = adapter.split(json.dumps(payload).encode())
    assert len(adapter.parse(part.body, a_channel())) == 1000


def test_news_for_a_sister_account_or_another_number_are_not_ours() -> None:
    change = {"event": "ACCOUNT_DELETED"}
    assert news("account_update", change)
    assert news("account_update", change, waba_id="990000000000001")
    assert news("account_update", change, waba_id="990000000000002") == []
    quality = {"event": "FLAGGED", "display_phone_number": "1 202-555-0100"}
    assert news("phone_number_quality_update", quality, display_phone_number="12025550100")
    assert news("phone_number_quality_update", quality, display_phone_number="12025550101") == []
