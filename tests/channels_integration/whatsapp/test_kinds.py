"""Messages as they come from the wild: nothing in them costs a message."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels_integration.whatsapp.files import digest, harmless, plain_type, size_of
from inbox.channels import (
    AccountNotice,
    IdentityChange,
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    ReactionChange,
    StatusUpdate,
    Unparsable,
)
from tests.channels_integration.whatsapp.readings import (
    adapter,
    changed,
    item_of,
    message,
    only,
    payload_of,
    read,
    value_of,
)
from tests.channels_integration.whatsapp.samples import a_channel

NEW_ID, OLD_ID = "US.70000000000000000999", "US.70000000000000000142"
WABA = "990000000000001"


def content(number: str, **values: Any) -> tuple[str, str]:
    found = message(number, **values)
    return found.kind, found.text


@pytest.mark.parametrize(
    "name", ["ephemeral", "unknown", "request_welcome", "poll_creation", "x" * 300, "", None, 7]
)
def test_a_kind_that_is_not_known_is_kept_whole(name: Any) -> None:
    found = message("01", type=name)
    assert found.kind == "unsupported"
    assert found.data["type"] == (str(name)[:100] if name else "unknown")
    assert found.data["raw"]["text"]["body"].startswith("Hello!")


@pytest.mark.parametrize(
    ("number", "key", "broken"),
    [
        ("01", "text", {"body": None}),
        ("01", "text", {"body": 5}),
        ("01", "text", "hello"),
        ("04", "image", {"caption": "no id"}),
        ("04", "image", {"id": "../../secret"}),
        ("06", "audio", None),
        ("09", "location", {"latitude": 91, "longitude": 0}),
        ("09", "location", {"latitude": "north", "longitude": 0}),
        ("09", "location", {"latitude": True, "longitude": 0}),
        ("10", "contacts", []),
        ("10", "contacts", [{}]),
        ("10", "contacts", "Bob"),
        ("14", "button", {}),
        ("15", "interactive", {"type": "button_reply"}),
        ("15", "interactive", {"type": "call_permission_reply", "call_permission_reply": {}}),
        ("15", "interactive", None),
        ("18", "order", {"product_items": [7, {}]}),
    ],
)
def test_content_that_makes_no_sense_is_kept_whole(number: str, key: str, broken: Any) -> None:
    found = message(number, **{key: broken})
    assert found.kind == "unsupported"
    assert found.data["type"] == key
    assert found.data["raw"].get(key) == broken


def test_an_interactive_message_without_content_is_kept_with_its_reason() -> None:
    payload = payload_of("15")
    del item_of(payload)["interactive"]
    value_of(payload)["errors"] = [{"code": 131000, "title": "Something went wrong"}]
    found = only(IncomingMessage, read(payload))
    assert found.kind == "unsupported"
    assert found.data["raw"]["errors"][0]["code"] == 131000


def test_errors_beside_good_messages_make_no_noise() -> None:
    payload = payload_of("01")
    value_of(payload)["errors"] = [{"code": 131000}]
    assert "raw" not in only(IncomingMessage, read(payload)).data


@pytest.mark.parametrize(
    "given_json",
    ["{not json", "[1, 2]", '{"a": 1, "a": 2}', '{"a": NaN}', "[" * 10_000, "\ud800", "7"],
)
def test_a_form_whose_answers_are_broken_is_not_lost(given_json: str) -> None:
    reply = {"name": "flow", "body": "Sent", "response_json": given_json}
    found = message("17", interactive={"type": "nfm_reply", "nfm_reply": reply})
    assert (found.kind, found.text) == ("form", "Sent")
    assert "answers" not in found.data
    assert found.data["answers_text"] == given_json.replace("\ud800", "\ufffd")


def test_answers_may_come_as_an_object() -> None:
    reply = {"body": "Sent", "response_json": {"rating": 5}}
    found = message("17", interactive={"type": "nfm_reply", "nfm_reply": reply})
    assert found.data == {"answers": {"rating": 5}}


def test_a_choice_without_a_title_shows_its_id() -> None:
    assert content("14", button={"payload": "YES"}) == ("choice", "YES")
    reply = {"type": "list_reply", "list_reply": {"id": "row-1"}}
    assert content("16", interactive=reply) == ("choice", "row-1")


def test_forwarded_often_says_so() -> None:
    assert message("05", context={"frequently_forwarded": True}).data["forwarded"] == "often"
    assert "forwarded" not in message("05", context={"forwarded": "yes"}).data


def test_a_referral_brings_no_address_that_is_none() -> None:
    hostile = {"source_url": "javascript:alert(1)", "image_url": "//x", "headline": ["a"]}
    assert "referral" not in message("20", referral=hostile).data
    kept = {**hostile, "headline": "Sale", "video_url": "https://x.example/v.mp4"}
    assert message("20", referral=kept).data["referral"] == {
        "headline": "Sale",
        "media_url": "https://x.example/v.mp4",
    }


def test_a_location_may_be_bare_or_have_a_link() -> None:
    bare = message("09", location={"latitude": 1, "longitude": "2.5"})
    assert bare.data == {"latitude": 1, "longitude": 2.5}
    for url, kept in (("https://maps.example/x", True), ("javascript:x", False)):
        place = {"latitude": 1, "longitude": 2, "url": url}
        assert ("url" in message("09", location=place).data) is kept


def test_a_card_that_was_typed_by_hand_is_read_from_its_vcard() -> None:
    vcard = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Budi\r\nitem1.TEL;waid=6281:+62 812-5550\r\nEND:VCARD"
    found = message("10", contacts=[{"vcard": vcard, "origin": "contact_request"}])
    assert found.data == {
        "contacts": [{"name": "Budi", "phones": [{"number": "+62 812-5550"}]}],
        "shared": True,
    }


def test_a_card_has_addresses_and_a_name_of_parts() -> None:
    card = {
        "name": {"first_name": "Lena", "last_name": "Vogt"},
        "phones": [{"wa_id": "12025550177"}, {"phone": ""}, 7],
        "addresses": [{"street": "Jl. Mawar 1", "city": "Bogor", "zip": 16110}, {}],
        "emails": [{"type": "HOME"}],
    }
    assert message("10", contacts=[card]).data["contacts"] == [
        {
            "name": "Lena Vogt",
            "phones": [{"number": "+12025550177", "whatsapp": "12025550177"}],
            "addresses": ["Jl. Mawar 1, Bogor, 16110"],
        }
    ]


def test_a_profile_name_can_not_turn_a_line_around() -> None:
    payload = payload_of("01")
    value_of(payload)["contacts"][0]["profile"] = {"name": "\u202egnp.exe\x07\n"}
    assert only(IncomingMessage, read(payload)).sender.name == "gnp.exe"
    value_of(payload)["contacts"][0]["profile"] = {"username": "amina"}
    assert only(IncomingMessage, read(payload)).sender.name == "amina"


@pytest.mark.parametrize("odd", [None, [], "x", {}, [7], [{"wa_id": []}], [{"profile": 5}]])
def test_odd_contact_cards_cost_only_the_name(odd: Any) -> None:
    payload = payload_of("01")
    value_of(payload)["contacts"] = odd
    found = only(IncomingMessage, read(payload))
    assert len(found.sender.keys) == 2
    assert found.sender.name == ""


# Files.


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Rechnung März 2026.pdf", "Rechnung März 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.txt", "a.txt"),
        ("..", ""),
        (".htaccess", "htaccess"),
        ("a.php .", "a.php"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("sh\u200bell.p\u00adhp", "shell.php"),
        ("a\x00b\r\nc\td.txt", "abcd.txt"),
        ("a  \u3000 b.txt", "a b.txt"),
        ("\ue000\U0010ffff.txt", "txt"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
        ("x" * 400, "x" * 255),
        ("a." + "b" * 400, "a." + "b" * 253),
        ("💥.png", "💥.png"),
        ("", ""),
    ],
)
def test_a_file_name_is_made_harmless(name: str, made: str) -> None:
    assert harmless(name) == made


@given(st.text(max_size=400))
def test_a_harmless_name_stays_as_it_is(name: str) -> None:
    made = harmless(name)
    assert harmless(made) == made
    assert len(made) <= 255
    assert not set(made) & set("/\\\0\r\n\u202e\u200b")


def test_a_sum_is_in_hex_whatever_it_came_as() -> None:
    raw = bytes(range(200, 232))
    for given_as in (raw.hex(), raw.hex().upper(), base64.b64encode(raw).decode()):
        assert digest(given_as) == raw.hex()
    assert digest(base64.urlsafe_b64encode(raw).decode().rstrip("=")) == raw.hex()
    wrong: Any
    for wrong in ("", "abc", "=" * 44, "A" * 42, base64.b64encode(raw + b"x").decode(), None, []):
        assert digest(wrong) == ""


def test_types_and_sizes_are_plain_or_nothing() -> None:
    assert plain_type("Audio/OGG; codecs=opus") == "audio/ogg"
    wrong: Any
    for wrong in ("", "image", "a/b/c", "text/html\r\nX: y", "x" * 500, None, 5, {}):
        assert plain_type(wrong) == ""
    assert (size_of("61901"), size_of(61901)) == (61901, 61901)
    for wrong in ("-1", "1e9", "9" * 20, -1, 1.5, True, None):
        assert size_of(wrong) is None


# What is no message of its own.


def identity(number: str, **values: Any) -> IdentityChange:
    return only(IdentityChange, changed(number, **values))


def test_a_new_number_may_be_of_a_person_whose_old_one_is_hidden() -> None:
    found = identity("24", **{"from": None, "from_user_id": OLD_ID})
    assert found.old == IdentityKey("whatsapp", OLD_ID, WABA)
    assert found.new == IdentityKey("whatsapp", "12025550143")


def test_a_new_number_may_bring_a_new_id_as_well() -> None:
    system = {"type": "user_changed_number", "wa_id": "12025550143", "user_id": NEW_ID}
    phone, own_id = changed("24", system=system, from_user_id=OLD_ID)
    assert isinstance(phone, IdentityChange)
    assert isinstance(own_id, IdentityChange)
    assert (phone.old.value, phone.new.value) == ("12025550142", "12025550143")
    assert (own_id.old.value, own_id.new.value) == (OLD_ID, NEW_ID)
    assert phone.external_id != own_id.external_id


@pytest.mark.parametrize(
    ("around", "old"),
    [
        ({"from_user_id": OLD_ID, "from": None}, OLD_ID),
        ({"from_user_id": None, "from": OLD_ID}, OLD_ID),
        ({"from": "12025550142"}, "12025550142"),
        ({"from": None, "said": f"User Jonas changed from {OLD_ID} to {NEW_ID}."}, OLD_ID),
        ({"from": None, "previous": OLD_ID}, OLD_ID),
        ({"from": None, "wa_id": "12025550142"}, "12025550142"),
    ],
)
def test_a_new_id_replaces_the_old_one_wherever_that_stands(
    around: dict[str, Any], old: str
) -> None:
    system = {
        "type": "user_changed_user_id",
        "user_id": NEW_ID,
        "body": around.pop("said", ""),
        "previous_user_id": around.pop("previous", None),
        "wa_id": around.pop("wa_id", None),
    }
    found = identity("24", system=system, **around)
    assert (found.old.value, found.new) == (old, IdentityKey("whatsapp", NEW_ID, WABA))


@pytest.mark.parametrize("kind", ["customer_identity_changed", "viewed", "", None, 5])
def test_other_system_messages_say_nothing(kind: Any) -> None:
    assert changed("24", system={"type": kind, "body": "x", "wa_id": "12025550143"}) == []


@pytest.mark.parametrize(
    "system",
    [
        {"type": "user_changed_number"},
        {"type": "user_changed_number", "wa_id": "none"},
        {"type": "user_changed_user_id", "user_id": "none"},
        "user_changed_number",
    ],
)
def test_a_change_that_does_not_tell_both_sides_is_parked(system: Any) -> None:
    with pytest.raises(Unparsable):
        changed("24", system=system)


@pytest.mark.parametrize(
    "edit",
    [
        None,
        {},
        {"original_message_id": "wamid.1"},
        {"original_message_id": "wamid.1", "message": {"type": "poll"}},
    ],
)
def test_an_edit_without_words_or_target_is_parked(edit: Any) -> None:
    with pytest.raises(Unparsable):
        changed("22", edit=edit)


# Echoes and groups.


def echo(**values: Any) -> list[Any]:
    payload = payload_of("33")
    item_of(payload).update(values)
    return read(payload)


def test_an_echo_may_be_a_file_an_edit_a_deletion_or_a_reaction() -> None:
    image = only(IncomingMessage, echo(type="image", image={"id": "12", "caption": "done"}))
    assert (image.kind, image.text, image.echo, len(image.files)) == ("image", "done", True, 1)
    words = {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "b"}}}
    assert only(MessageEdit, echo(type="edit", edit=words)).text == "b"
    revoke = {"original_message_id": "wamid.1"}
    assert only(MessageDeletion, echo(type="revoke", revoke=revoke)).target == "wamid.1"
    found = only(
        ReactionChange, echo(type="reaction", reaction={"message_id": "wamid.1", "emoji": "❤️"})
    )
    assert (found.ours, found.emoji) == (True, "❤️")
    assert found.sender.keys[0].value == OLD_ID


def test_an_echo_in_a_group_is_for_the_group() -> None:
    payload = payload_of("33")
    item_of(payload).update({"group_id": "G1", "to": "G1", "to_user_id": None})
    assert read(payload) == []
    found = only(IncomingMessage, read(payload, groups=True))
    assert found.room is not None
    assert found.sender.keys == (found.room.key,)


def test_a_reaction_in_a_group_is_ignored_with_the_group() -> None:
    payload = payload_of("12")
    item_of(payload)["group_id"] = "G1"
    assert read(payload) == []
    assert only(ReactionChange, read(payload, groups=True)).sender.keys[0].value == OLD_ID


def test_what_is_read_is_the_same_every_time() -> None:
    for number in ("04", "10", "17", "25", "30", "32", "33"):
        (part,) = adapter.split(json.dumps(payload_of(number)).encode())
        assert adapter.parse(part.body, a_channel()) == adapter.parse(part.body, a_channel())


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (131031, "channel"),
        (190, "channel"),
        (131056, "wait"),
        ("131026", "recipient"),
        (None, "message"),
    ],
)
def test_a_failed_status_has_the_same_classes_as_an_answer(code: Any, failure: str) -> None:
    found = only(StatusUpdate, changed("28", errors=[{"code": code}]))
    assert found.data["failure"] == failure


def test_an_error_of_the_account_may_lose_it() -> None:
    payload = payload_of("30")
    value_of(payload)["errors"] = [{"code": 131031}, {"code": 131031}, {"code": 1}, 7]
    lost, odd = read(payload)
    assert isinstance(lost, AccountNotice)
    assert isinstance(odd, AccountNotice)
    assert (lost.loses, lost.code, odd.loses) == (True, "131031", False)
