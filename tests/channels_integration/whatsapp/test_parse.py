"""Every sample means what its index says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from channels_integration.whatsapp.parse import moment
from channels_integration.whatsapp.phone import normal
from inbox.channels import IdentityKey, IncomingMessage, StatusUpdate, Unparsable, Update
from tests.channels_integration.whatsapp.samples import NAMES, a_channel, body_of

adapter = WhatsAppAdapter()
BSUID = IdentityKey("whatsapp", "US.70000000000000000142", scope="990000000000001")
PHONE = IdentityKey("whatsapp", "12025550142")
TEXTS = {"01", "02", "03", "11", "19", "20"}
PLACEHOLDERS = {
    "04": "image",
    "05": "video",
    "06": "audio",
    "07": "document",
    "08": "sticker",
    "09": "location",
    "10": "contacts",
    "12": "reaction",
    "13": "reaction",
    "14": "button",
    "15": "interactive",
    "16": "interactive",
    "17": "interactive",
    "18": "order",
    "21": "poll",
    "22": "edit",
    "23": "revoke",
    "24": "system",
}
SILENT = {"30", "32", "33", "34"}


def updates(name: str) -> list[Update]:
    found: list[Update] = []
    for part in adapter.split(body_of(next(n for n in NAMES if n.startswith(name)))):
        channel = a_channel()
        channel.account_id = part.account_id
        found += adapter.parse(part.body, channel)
    return found


def message(name: str) -> IncomingMessage:
    (found,) = updates(name)
    assert isinstance(found, IncomingMessage)
    return found


def status(name: str) -> StatusUpdate:
    (found,) = updates(name)
    assert isinstance(found, StatusUpdate)
    return found


def changed(name: str, **values: Any) -> bytes:
    """The first message or status of a sample with other values."""
    payload = json.loads(body_of(next(n for n in NAMES if n.startswith(name))))
    value = payload["entry"][0]["changes"][0]["value"]
    (value.get("messages") or value["statuses"])[0].update(values)
    return json.dumps(payload).encode()


def test_a_text_has_sender_time_and_words() -> None:
    found = message("01")
    assert found.kind == "text"
    assert found.text == "Hello! My order #A-1042 has not arrived yet 😕\nCan you check?"
    assert found.sent_at == datetime.fromtimestamp(1793500000, UTC)
    assert found.external_id.startswith("wamid.")
    assert found.sender.keys == (BSUID, PHONE)
    assert (found.sender.name, found.sender.phone) == ("Amina Okafor", "+12025550142")


def test_a_person_with_a_user_name_has_no_phone_until_it_is_told() -> None:
    before, after = message("02").sender, message("03").sender
    assert before.keys == (IdentityKey("whatsapp", "DE.70000000000000000777", "990000000000001"),)
    assert before.phone == ""
    assert after.keys == (*before.keys, IdentityKey("whatsapp", "4915550000777"))
    assert after.phone == "+4915550000777"


def test_a_business_scoped_id_in_the_field_of_the_phone_is_recognised() -> None:
    body = changed("01", **{"from": "US.70000000000000000142", "from_user_id": None})
    (found,) = adapter.parse(body, a_channel())
    assert isinstance(found, IncomingMessage)
    assert found.sender.keys == (BSUID, PHONE)


def test_a_reply_names_what_it_answers() -> None:
    assert (
        message("11").reply_to == "wamid.HBgLMTIwMjU1NTAxMDAVAgASGBQ4RTc0QUJFMTYxQUExMjFGQjhBNQA="
    )


def test_an_ad_and_a_product_are_kept_with_the_text() -> None:
    assert message("20").data["referral"]["headline"] == "Spring sale"
    assert message("19").data["context"]["referred_product"]["product_retailer_id"] == "SKU-1"


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_texts(name: str) -> None:
    assert message(name).kind == "text"


@pytest.mark.parametrize(("name", "kind"), PLACEHOLDERS.items())
def test_other_kinds_are_placeholders_that_keep_everything(name: str, kind: str) -> None:
    found = message(name)
    assert (found.kind, found.text, found.data["type"]) == ("unsupported", "", kind)
    assert found.data["raw"]["id"] == found.external_id
    assert found.sender.keys


def test_a_text_without_words_is_a_placeholder_too() -> None:
    (found,) = adapter.parse(changed("01", text={"body": None}), a_channel())
    assert isinstance(found, IncomingMessage)
    assert (found.kind, found.data["type"]) == ("unsupported", "text")


@pytest.mark.parametrize("name", SILENT)
def test_what_is_not_for_a_conversation_says_nothing(name: str) -> None:
    assert updates(name) == []


@pytest.mark.parametrize(
    ("name", "state"), [("25", "sent"), ("26", "delivered"), ("27", "read"), ("28", "failed")]
)
def test_a_status_names_message_state_and_time(name: str, state: str) -> None:
    found = status(name)
    assert found.status == state
    assert found.external_id.startswith("wamid.")
    assert found.at.year == 2026


def test_a_status_brings_our_reference_back() -> None:
    assert status("25").client_ref == "msg:5f1d"
    assert status("26").client_ref == ""


def test_a_failed_status_says_why_in_plain_words() -> None:
    assert (status("28").error_code, status("28").data["failure"]) == ("131047", "message")
    assert "24-hour window" in status("28").error_text
    assert (status("29").error_code, status("29").data["failure"]) == ("131026", "recipient")
    assert "can't be reached" in status("29").error_text


@pytest.mark.parametrize(
    ("word", "meant"), [("played", ["read"]), ("deleted", []), ("warning", []), ("", [])]
)
def test_played_counts_as_read_and_unknown_states_are_ignored(word: str, meant: list[str]) -> None:
    found = adapter.parse(changed("26", status=word), a_channel())
    assert [u.status for u in found if isinstance(u, StatusUpdate)] == meant


def test_one_post_for_two_numbers_becomes_one_part_for_each() -> None:
    parts = list(adapter.split(body_of("31_batch_two_numbers.json")))
    assert [part.account_id for part in parts] == ["880000000000001", "880000000000002"]
    first = adapter.parse(parts[0].body, a_channel())
    assert [u.text for u in first if isinstance(u, IncomingMessage)] == ["one", "two"]
    with pytest.raises(Unparsable):
        adapter.parse(parts[1].body, a_channel())


def test_the_same_content_gives_the_same_part_whatever_its_spelling() -> None:
    body = body_of("01_text.json")
    respelled = json.dumps(json.loads(body), indent=3, sort_keys=True).encode()
    assert list(adapter.split(body)) == list(adapter.split(respelled))


def test_a_change_without_a_number_is_for_the_door_it_came_to() -> None:
    (part,) = adapter.split(body_of("32_template_status_rejected.json"))
    assert part.account_id == ""
    assert adapter.parse(part.body, a_channel()) == []


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


def test_times_may_come_in_seconds_or_milliseconds() -> None:
    expected = datetime.fromtimestamp(1793500000, UTC)
    for good in ("1793500000", 1793500000, "1793500000000", 1793500000000):
        assert moment(good) == expected
    value: Any
    for value in ("", "soon", "-1", "1", "99999999999999999", True, 1.5, None, [], "١٢٣٤٥٦٧٨٩٠"):
        with pytest.raises(Unparsable):
            moment(value)


def test_what_the_database_refuses_is_replaced() -> None:
    (found,) = adapter.parse(changed("01", text={"body": "a\x00b\ud83dc"}), a_channel())
    assert isinstance(found, IncomingMessage)
    assert found.text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("551187654321", "5511987654321"),
        ("541145678901", "5491145678901"),
        ("525512345678", "5215512345678"),
        ("+6281255500142", "6281255500142"),
    ],
)
def test_two_spellings_of_a_number_are_one_identity(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_a_brazilian_landline_stays_as_it_is() -> None:
    assert normal("551132345678") == "551132345678"
