"""Every sample means what its index says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from channels_integration.whatsapp.envelope import moment
from channels_integration.whatsapp.phone import normal
from inbox.channels import (
    AccountNotice,
    IdentityChange,
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    ReactionChange,
    RemoteFile,
    StatusUpdate,
    TemplateChange,
    Unparsable,
)
from tests.channels_integration.whatsapp.readings import changed, message, only, updates

BSUID = IdentityKey("whatsapp", "US.70000000000000000142", scope="990000000000001")
PHONE = IdentityKey("whatsapp", "12025550142")
OURS = "wamid.HBgLMTIwMjU1NTAxMDAVAgASGBQ4RTc0QUJFMTYxQUExMjFGQjhBNQA="
FIRST_TEXT = "wamid.HBgLMTIwMjU1NTAxNDIVAgASGBRFNTM1Mzg3OUJENjlCRkREQ0I0NgA="
FIRST_IMAGE = "wamid.HBgLMTIwMjU1NTAxNDIVAgASGBQ0MkEwRDMwNjhERkU3OTQ1RDA4NAA="

# number of the sample -> (kind, text, data)
CONTENTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "01": ("text", "Hello! My order #A-1042 has not arrived yet 😕\nCan you check?", {}),
    "02": ("text", "hi, I have a question", {}),
    "03": ("text", "It is me again", {}),
    "04": ("image", "This is the broken part", {}),
    "05": ("video", "", {"forwarded": True}),
    "06": ("audio", "", {"voice": True}),
    "07": ("document", "invoice", {}),
    "08": ("sticker", "", {"animated": True}),
    "09": (
        "location",
        "",
        {
            "latitude": 52.5200066,
            "longitude": 13.404954,
            "name": "Main Depot",
            "address": "Example Str. 1, 10115 Berlin",
        },
    ),
    "10": (
        "contacts",
        "",
        {
            "contacts": [
                {
                    "name": "Dr. Lena Vogt",
                    "organization": "Example GmbH",
                    "title": "Buyer",
                    "phones": [
                        {"number": "+1 202-555-0177", "type": "WORK", "whatsapp": "12025550177"}
                    ],
                    "emails": [{"address": "lena.vogt@example.org", "type": "WORK"}],
                },
                {"name": "Bob", "phones": [{"number": "+1 202-555-0178"}]},
            ]
        },
    ),
    "11": ("text", "Yes, that one", {}),
    "14": ("choice", "Confirm", {"id": "CONFIRM_DELIVERY_A1042", "via": "template"}),
    "15": ("choice", "Talk to a person", {"id": "btn_agent", "via": "buttons"}),
    "16": (
        "choice",
        "Returns",
        {"id": "row_returns", "description": "Send something back", "via": "list"},
    ),
    "17": (
        "form",
        "Sent",
        {"name": "flow", "answers": {"flow_token": "ft-1", "rating": "4", "comment": "fast"}},
    ),
    "18": (
        "order",
        "please deliver on Friday",
        {
            "catalog_id": "700000000000042",
            "items": [
                {"id": "SKU-1", "quantity": 2, "price": 19.9, "currency": "EUR"},
                {"id": "SKU-9", "quantity": 1, "price": 5, "currency": "EUR"},
            ],
        },
    ),
    "19": (
        "text",
        "Is this in stock?",
        {"product": {"catalog_id": "700000000000042", "id": "SKU-1"}},
    ),
    "20": (
        "text",
        "I saw your ad",
        {
            "referral": {
                "url": "https://fb.me/SYNTHETIC",
                "id": "120200000000000001",
                "type": "ad",
                "headline": "Spring sale",
                "body": "20% off",
                "media_type": "image",
                "media_url": "https://scontent.example.net/ad.jpg",
                "click_id": "SYNTHETIC_CLID",
            }
        },
    ),
}
FILES = {
    "04": RemoteFile(
        "1073258502622718",
        "image",
        content_type="image/jpeg",
        sha256="a898df22bfc74a1ae298c73211ab3b319e5b8da7543d6cd002a8dc4f8723be43",
    ),
    "05": RemoteFile(
        "1144300726322973",
        "video",
        content_type="video/mp4",
        sha256="c0ff93ea8927a7366db0331e5fd9d19f438614c305b66cd24d7c873f77b63b7b",
    ),
    "06": RemoteFile(
        "1275828553041199",
        "audio",
        content_type="audio/ogg",
        sha256="3f98114b0f77b7da78bca527117c4f3126aafbba8b94b68b0bc3ccd13944258d",
    ),
    "07": RemoteFile(
        "1258234266757641",
        "document",
        name="Rechnung März 2026.pdf",
        content_type="application/pdf",
        sha256="ac0b52a2ae6ef99999bc08fb31e19188bf0085a4614204068e677e140e1458be",
    ),
    "08": RemoteFile(
        "1170436542811156",
        "sticker",
        content_type="image/webp",
        sha256="56af4bde70a47ae7d0f1ebb30e45ed336165d5c9ec00ba9a92311e33a4256d74",
    ),
}


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("number", CONTENTS)
def test_a_message_is_read_into_the_shapes_of_the_inbox(number: str) -> None:
    found = message(number)
    assert (found.kind, found.text, found.data) == CONTENTS[number]
    assert found.files == ((FILES[number],) if number in FILES else ())
    assert (found.room, found.echo) == (None, False)


def test_a_text_has_sender_time_and_id() -> None:
    found = message("01")
    assert found.sent_at == at(1793500000)
    assert found.external_id == FIRST_TEXT
    assert found.sender.keys == (BSUID, PHONE)
    assert (found.sender.name, found.sender.phone) == ("Amina Okafor", "+12025550142")


def test_a_person_with_a_user_name_has_no_phone_until_it_is_told() -> None:
    before, after = message("02").sender, message("03").sender
    assert before.keys == (IdentityKey("whatsapp", "DE.70000000000000000777", "990000000000001"),)
    assert before.phone == ""
    assert after.keys == (*before.keys, IdentityKey("whatsapp", "4915550000777"))
    assert after.phone == "+4915550000777"


def test_a_business_scoped_id_in_the_field_of_the_phone_is_recognised() -> None:
    found = message("01", **{"from": "US.70000000000000000142", "from_user_id": None})
    assert found.sender.keys == (BSUID, PHONE)


def test_a_reply_names_what_it_answers() -> None:
    assert message("11").reply_to == OURS
    assert message("19").reply_to


def test_a_reaction_is_about_a_message_and_may_be_taken_back() -> None:
    put = only(ReactionChange, updates("12"))
    assert (put.target, put.emoji, put.at, put.ours) == (OURS, "👍", at(1793500090), False)
    assert put.sender.keys == (BSUID, PHONE)
    assert only(ReactionChange, updates("13")).emoji == ""
    for reaction in ({"message_id": OURS}, {"message_id": OURS, "emoji": None}):
        assert only(ReactionChange, changed("12", reaction=reaction)).emoji == ""


def test_an_unsupported_message_keeps_everything() -> None:
    found = message("21")
    assert (found.kind, found.text, found.data["type"]) == ("unsupported", "", "poll")
    assert found.data["raw"]["errors"][0]["code"] == 131051
    assert found.data["raw"]["id"] == found.external_id


def test_an_edit_brings_the_new_words() -> None:
    found = only(MessageEdit, updates("22"))
    assert (found.target, found.at) == (FIRST_TEXT, at(1793500180))
    assert found.text == "Hello! My order #A-1043 has not arrived yet"
    assert found.external_id not in {"", FIRST_TEXT}


def test_an_edit_may_be_of_a_caption() -> None:
    image = {"type": "image", "image": {"id": "12", "caption": "the other one"}}
    edit = {"original_message_id": FIRST_IMAGE, "message": image}
    found = only(MessageEdit, changed("22", edit=edit))
    assert (found.target, found.text) == (FIRST_IMAGE, "the other one")
    del image["image"]["caption"]  # type: ignore[attr-defined]
    assert only(MessageEdit, changed("22", edit=edit)).text == ""


def test_a_message_may_be_taken_back() -> None:
    found = only(MessageDeletion, updates("23"))
    assert (found.target, found.at) == (FIRST_IMAGE, at(1793500190))


def test_a_new_number_replaces_the_old_one() -> None:
    found = only(IdentityChange, updates("24"))
    new = IdentityKey("whatsapp", "12025550143")
    assert (found.old, found.new, found.phone) == (PHONE, new, "+12025550143")
    assert found.at == at(1793500200)
    assert found.external_id.startswith("wamid.")


PRICING = {
    "billable": False,
    "model": "PMP",
    "type": "free_customer_service",
    "category": "service",
}


@pytest.mark.parametrize(
    ("number", "state", "data"),
    [
        ("25", "sent", {"pricing": PRICING}),
        ("26", "delivered", {"pricing": PRICING}),
        ("27", "read", {}),
        ("28", "failed", {"failure": "message", "closes_window": True}),
        ("29", "failed", {"failure": "recipient"}),
    ],
)
def test_a_status_names_message_state_time_and_price(
    number: str, state: str, data: dict[str, Any]
) -> None:
    found = only(StatusUpdate, updates(number))
    assert (found.status, found.data) == (state, data)
    assert found.external_id.startswith("wamid.")
    assert found.at.year == 2026


def test_a_status_brings_our_reference_back() -> None:
    assert only(StatusUpdate, updates("25")).client_ref == "msg:5f1d"
    assert only(StatusUpdate, updates("26")).client_ref == ""


def test_a_failed_status_says_why_in_plain_words() -> None:
    late, unreachable = (only(StatusUpdate, updates(number)) for number in ("28", "29"))
    assert late.error_code == "131047"
    assert "24-hour window" in late.error_text
    assert unreachable.error_code == "131026"
    assert "can't be reached" in unreachable.error_text


@pytest.mark.parametrize(
    ("word", "meant"), [("played", ["read"]), ("deleted", []), ("warning", []), ("", []), (7, [])]
)
def test_played_counts_as_read_and_unknown_states_are_ignored(word: Any, meant: list[str]) -> None:
    found = changed("26", status=word)
    assert [u.status for u in found if isinstance(u, StatusUpdate)] == meant


def test_statuses_of_groups_are_ignored() -> None:
    assert changed("26", recipient_type="group", recipient_participant_id="1") == []


def test_an_error_without_a_message_is_about_the_account() -> None:
    found = only(AccountNotice, updates("30"))
    assert (found.code, found.loses) == ("130429", False)
    assert "limits how fast" in found.text


def test_a_review_names_the_template_and_the_reason() -> None:
    assert only(TemplateChange, updates("32")) == TemplateChange(
        external_id="1689550000000001",
        name="order_update",
        language="en_US",
        status="rejected",
        reason="The format is wrong: check placeholders, line breaks and characters.",
        category="utility",
    )


def test_an_echo_goes_to_the_customer_to_whom_it_was_written() -> None:
    found = only(IncomingMessage, updates("33"))
    assert (found.kind, found.text, found.echo) == ("text", "answered from the phone", True)
    assert found.sender.keys == (BSUID, PHONE)
    assert found.sender.name == "Amina Okafor"


def test_a_group_is_a_room_of_its_own_and_shown_only_if_the_channel_wants_groups() -> None:
    assert updates("34") == []
    found = only(IncomingMessage, updates("34", groups=True))
    assert found.room is not None
    assert found.room.key == IdentityKey(
        "whatsapp_group", "Y2FwaV9ncm91cDoSYNTHETIC", scope="880000000000001"
    )
    assert found.sender.keys == (BSUID, PHONE)


def test_times_may_come_in_seconds_or_milliseconds() -> None:
    expected = at(1793500000)
    for good in ("1793500000", 1793500000, "1793500000000", 1793500000000):
        assert moment(good) == expected
    value: Any
    for value in ("", "soon", "-1", "1", "99999999999999999", True, 1.5, None, [], "١٢٣٤٥٦٧٨٩٠"):
        with pytest.raises(Unparsable):
            moment(value)


def test_what_the_database_refuses_is_replaced() -> None:
    assert message("01", text={"body": "a\x00b\ud83dc"}).text == "a\ufffdb\ufffdc"


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
