"""What each kind looks like on the wire, and what is refused before it gets there."""

from __future__ import annotations

import io
from typing import Any

import pytest

from channels_integration.whatsapp.bodies import message_body
from inbox.channels import DeliveryFailed, IdentityKey, Outgoing, OutgoingFile

PHONE = IdentityKey("whatsapp", "12025550142")
BSUID = IdentityKey("whatsapp", "US.70000000000000000142", scope="990000000000001")
GROUP = IdentityKey("whatsapp_group", "Y2FwaV9ncm91cDo", scope="880000000000001")
ROW = {"id": "r1", "title": "Returns", "description": "Send something back"}
BUTTONS = {"buttons": [{"id": "yes", "title": "Ya"}, {"id": "no", "title": "Tidak"}]}
LIST = {"button": "Pilih", "sections": [{"title": "", "rows": [ROW]}]}


def out(kind: str = "text", text: str = "Halo", **values: Any) -> Outgoing:
    return Outgoing(**{"ref": "ref-1", "to": (PHONE,), "text": text, "kind": kind, **values})


def body(kind: str = "text", text: str = "Halo", **values: Any) -> dict[str, Any]:
    return message_body(out(kind, text, **values))


def refused(kind: str, text: str = "Halo", **values: Any) -> str:
    with pytest.raises(DeliveryFailed) as caught:
        body(kind, text, **values)
    assert caught.value.kind == "message"
    assert caught.value.message
    return caught.value.message


def test_whom_it_is_for() -> None:
    assert {"to": "12025550142", "recipient_type": "individual"}.items() <= body().items()
    named = body(to=(BSUID, PHONE))
    assert named["recipient"] == BSUID.value
    assert "to" not in named
    group = body(to=(GROUP,), is_group=True)
    assert (group["recipient_type"], group["to"]) == ("group", GROUP.value)
    assert "recipient" not in group


def test_every_kind_carries_our_reference_and_the_quote() -> None:
    place = {"latitude": 1, "longitude": 2}
    for kind, data in (("text", {}), ("location", place), ("buttons", BUTTONS), ("list", LIST)):
        made = body(kind, data=data, reply_to="wamid.1")
        assert made["messaging_product"] == "whatsapp"
        assert made["biz_opaque_callback_data"] == "ref-1"
        assert made["context"] == {"message_id": "wamid.1"}
        assert made["type"] in made
    assert len(body(ref="x" * 900)["biz_opaque_callback_data"]) == 512


def test_a_location() -> None:
    place = {
        "latitude": -6.2,
        "longitude": 106.8,
        "name": "Toko",
        "address": "Jl. Mawar",
        "url": "x",
    }
    made = body("location", "", data=place)
    assert made["location"] == {
        key: place[key] for key in ("latitude", "longitude", "name", "address")
    }
    odd: Any
    for odd in ({}, {"latitude": 91, "longitude": 0}, {"latitude": 0, "longitude": "east"}):
        refused("location", data=odd)
    refused("location", data={**place, "name": "x" * 1001})


def test_buttons() -> None:
    made = body("buttons", "Sudah sampai?", data={**BUTTONS, "header": "Paket", "footer": "Toko"})
    assert made["type"] == "interactive"
    assert made["interactive"] == {
        "type": "button",
        "header": {"type": "text", "text": "Paket"},
        "body": {"text": "Sudah sampai?"},
        "footer": {"text": "Toko"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "yes", "title": "Ya"}},
                {"type": "reply", "reply": {"id": "no", "title": "Tidak"}},
            ]
        },
    }


def test_a_list() -> None:
    parts = [
        {"title": "A", "rows": [ROW]},
        {"title": "B", "rows": [{"id": "r2", "title": "Other"}]},
    ]
    assert body("list", "Apa?", data={"button": "Pilih", "sections": parts})["interactive"] == {
        "type": "list",
        "body": {"text": "Apa?"},
        "action": {"button": "Pilih", "sections": parts},
    }
    alone = body("list", "Apa?", data=LIST)["interactive"]["action"]["sections"]
    assert alone == [{"rows": [ROW]}]


def row(number: int, **values: Any) -> dict[str, Any]:
    return {"id": f"r{number}", "title": f"Row {number}", **values}


@pytest.mark.parametrize(
    ("kind", "text", "data"),
    [
        ("text", "", {}),
        ("text", " \n", {}),
        ("text", "x" * 4097, {}),
        ("buttons", "", BUTTONS),
        ("buttons", "x" * 1025, BUTTONS),
        ("buttons", "?", {}),
        ("buttons", "?", {"buttons": []}),
        ("buttons", "?", {"buttons": [row(n) for n in range(4)]}),
        ("buttons", "?", {"buttons": [row(1), row(1)]}),
        ("buttons", "?", {"buttons": [row(1), row(2, id="r1")]}),
        ("buttons", "?", {"buttons": [row(1), row(2, title="Row 1")]}),
        ("buttons", "?", {"buttons": [row(1, title="x" * 21)]}),
        ("buttons", "?", {"buttons": [row(1, title="")]}),
        ("buttons", "?", {"buttons": [row(1, id="x" * 257)]}),
        ("buttons", "?", {**BUTTONS, "header": "x" * 61}),
        ("buttons", "?", {**BUTTONS, "footer": "x" * 61}),
        ("list", "", LIST),
        ("list", "?", {}),
        ("list", "?", {**LIST, "button": ""}),
        ("list", "?", {**LIST, "button": "x" * 21}),
        ("list", "?", {**LIST, "sections": [{"rows": []}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(n) for n in range(11)]}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(1)]}, {"rows": [row(2)]}]}),
        ("list", "?", {**LIST, "sections": [{"title": "x" * 25, "rows": [row(1)]}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(1, title="x" * 25)]}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(1, description="x" * 73)]}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(1, id="x" * 201)]}]}),
        ("list", "?", {**LIST, "sections": [{"rows": [row(1), row(1)]}]}),
        ("image", "no file", {}),
        ("template", "", {}),
        ("reaction", "👍", {}),
        ("sticker", "", {}),
        ("contacts", "", {}),
        ("something", "", {}),
    ],
)
def test_what_the_provider_would_refuse_is_refused_here(
    kind: str, text: str, data: dict[str, Any]
) -> None:
    refused(kind, text, data=data)


@pytest.mark.parametrize("text", ["x" * 4096, "😕" * 4096])
def test_the_longest_text_goes(text: str) -> None:
    assert body(text=text)["text"] == {"body": text, "preview_url": False}


@pytest.mark.parametrize("emoji", ["👍", "❤️", "👩‍👩‍👧‍👦", ""])
def test_a_reaction_is_about_a_message_and_not_an_answer_to_it(emoji: str) -> None:
    made = body("reaction", emoji, reply_to="wamid.1", data={"target": 7})
    assert made["reaction"] == {"message_id": "wamid.1", "emoji": emoji}
    assert "context" not in made


# Templates.


def template(
    values: dict[str, Any], file: OutgoingFile | None = None, media_id: str = ""
) -> dict[str, Any]:
    which = {"id": 5, "name": "order_update", "language": "id", "category": "utility"}
    data = {"template": which, "values": values}
    made: dict[str, Any] = message_body(out("template", data=data, file=file), media_id)["template"]
    assert (made["name"], made["language"]) == ("order_update", {"code": "id"})
    return made


def test_a_template_without_values() -> None:
    assert "components" not in template({})


def test_positional_values_stand_in_their_order() -> None:
    values = {f"body.{n}": f"v{n}" for n in (10, 2, 1, 3, 4, 5, 6, 7, 8, 9)}
    (made,) = template(values)["components"]
    assert made["type"] == "body"
    assert [p["text"] for p in made["parameters"]] == [f"v{n}" for n in range(1, 11)]
    assert "parameter_name" not in made["parameters"][0]


def test_named_values_bring_their_names() -> None:
    (made,) = template({"body.name": "Sari", "body.day": "Jumat"})["components"]
    assert made["parameters"] == [
        {"type": "text", "parameter_name": "name", "text": "Sari"},
        {"type": "text", "parameter_name": "day", "text": "Jumat"},
    ]


def test_header_button_and_code() -> None:
    values = {"header.1": "A-1042", "button.1.1": "A-1042", "button.0.code": "SPRING20"}
    assert template(values)["components"] == [
        {"type": "header", "parameters": [{"type": "text", "text": "A-1042"}]},
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": "0",
            "parameters": [{"type": "coupon_code", "coupon_code": "SPRING20"}],
        },
        {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [{"type": "text", "text": "A-1042"}],
        },
    ]


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_file_is_the_header(kind: Any) -> None:
    file = OutgoingFile(kind, "faktur.pdf", "application/pdf", 3, lambda: io.BytesIO(b"abc"))
    (made,) = template({}, file, "m1")["components"]
    told = {"id": "m1", "filename": "faktur.pdf"} if kind == "document" else {"id": "m1"}
    assert made == {"type": "header", "parameters": [{"type": kind, kind: told}]}


def test_a_place_is_the_header() -> None:
    values = {"latitude": "-6.2", "longitude": "106.8", "name": "Toko", "address": "Jl. Mawar"}
    (made,) = template({f"header.{key}": value for key, value in values.items()})["components"]
    assert made["parameters"] == [{"type": "location", "location": values}]


@pytest.mark.parametrize(
    "values",
    [
        {"body.1": ""},
        {"body.1": "  "},
        {"body.1": None},
        {"body.1": "two\nlines"},
        {"body.1": "a\tb"},
        {"body.1": "a     b"},
        {"body.1": "x" * 1025},
        {"button.0.1": "x" * 2001},
        {"header.latitude": "91", "header.longitude": "0", "header.name": "x"},
        {"header.latitude": "1", "header.longitude": "0"},
    ],
)
def test_values_that_the_provider_would_refuse(values: dict[str, Any]) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        template(values)
    assert caught.value.kind == "message"


def test_a_sound_is_no_header() -> None:
    file = OutgoingFile("audio", "a.ogg", "audio/ogg", 3, lambda: io.BytesIO(b"abc"))
    with pytest.raises(DeliveryFailed):
        template({}, file)
