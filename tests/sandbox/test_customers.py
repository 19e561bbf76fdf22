"""What customers do reaches the product in the provider's shapes (the stored samples)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import PUTU, RAHMAT, Graph

SAMPLES = Path(__file__).parents[1] / "samples" / "whatsapp"
OWN_CHOICE = {"context", "referral", "caption", "url", "email", "emails", "org", "origin", "vcard"}
SHOP = [{"id": "SKU-1", "quantity": 2, "price": 19.9, "currency": "EUR"}]


def sample(name: str) -> dict[str, Any]:
    change = json.loads((SAMPLES / f"{name}.json").read_text())["entry"][0]["changes"][0]
    found: dict[str, Any] = change["value"]["messages"][0]
    return found


def shape(value: Any) -> Any:
    """Only the keys and the kinds of values; what a person may leave out is left out."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items() if k not in OWN_CHOICE}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return "number"
    return type(value)


def act(sandbox: Sandbox, path: str, **fields: Any) -> Any:
    """As Rahmat; the change that the product was told."""
    before = len(sandbox.product.bodies)
    number = sandbox.channel.account_id
    answer = sandbox.post(path, {"number": number, "from": RAHMAT, **fields})
    assert answer["webhook_status"] == 200
    found = [c for c in changes_in(sandbox)[before:] if "statuses" not in c["value"]]
    assert len(found) == 1
    return found[0]["value"]["messages"][0] if "messages" in found[0]["value"] else found[0]


def changes_in(sandbox: Sandbox) -> list[Any]:
    """What the product was told, the statuses of earlier tests' messages among it."""
    return [json.loads(body)["entry"][0]["changes"][0] for body in sandbox.product.bodies]


def bubbles(sandbox: Sandbox, customer: str = RAHMAT) -> Any:
    return sandbox.get(f"/api/chats/{sandbox.channel.account_id}/{customer}")["bubbles"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("04_image_caption", {"kind": "image", "sample": "photo", "text": "Rusak"}),
        ("05_video", {"kind": "video", "sample": "video", "forwarded": True}),
        ("06_voice_note", {"kind": "audio", "sample": "voice"}),
        ("07_document", {"kind": "document", "sample": "invoice", "text": "Faktur"}),
        ("08_sticker_animated", {"kind": "sticker", "sample": "sticker"}),
        (
            "09_location",
            {
                "kind": "location",
                "data": {"latitude": -6.1, "longitude": 106.8, "name": "Monas", "address": "Jl."},
            },
        ),
        (
            "10_contacts",
            {"kind": "contacts", "data": {"contacts": [sample("10_contacts")["contacts"][0]]}},
        ),
        ("18_order", {"kind": "order", "text": "Jumat", "data": {"items": SHOP}}),
        ("19_product_enquiry", {"text": "Ada?", "product": {"id": "SKU-1"}}),
        ("20_referral_ctwa_ad", {"text": "Saya lihat iklan", "referral": True}),
        ("21_unsupported", {"kind": "unsupported", "data": {"type": "poll"}}),
    ],
)
def test_a_message_looks_as_the_provider_sends_it(
    sandbox: Sandbox, name: str, fields: dict[str, Any]
) -> None:
    found, expected = act(sandbox, "/api/customers/send", **fields), sample(name)
    assert shape(found) == shape(expected)
    if "referral" in expected:
        assert shape(found["referral"]) == shape(expected["referral"])
    if "context" in expected and "id" not in expected["context"]:
        assert found["context"] == expected["context"]
    assert bubbles(sandbox)[-1]["kind"] == fields.get("kind", "text")


def test_a_file_is_sent_by_form_and_fetched_by_the_company(sandbox: Sandbox, graph: Graph) -> None:
    answer = sandbox.client.post(
        "/api/customers/send",
        data={"number": graph.number, "from": RAHMAT, "kind": "document", "text": "Bukti"},
        files={"file": ("Bukti März.zip", b"PK-bytes", "application/zip")},
    )
    assert answer.status_code == 200
    told = sandbox.product.values("messages")[-1]["document"]
    assert (told["filename"], told["caption"]) == ("Bukti März.zip", "Bukti")
    lies = graph.client.get(told["id"]).json()
    assert graph.client.get(lies["url"]).content == b"PK-bytes"
    shown = sandbox.client.get(f"/api/media/{told['id']}")
    assert shown.content == b"PK-bytes"
    assert shown.headers["content-disposition"].startswith("attachment")


def test_a_foreign_pages_form_with_a_file_is_not_taken(sandbox: Sandbox) -> None:
    answer = sandbox.client.post(
        "/api/customers/send",
        files={"file": ("x.png", b"x", "image/png")},
        headers={"Origin": "http://elsewhere.example"},
    )
    assert answer.status_code == 403


def test_taps_answer_buttons_lists_and_templates(sandbox: Sandbox, graph: Graph) -> None:
    reply = {"type": "reply", "reply": {"id": "agent", "title": "Bicara dengan orang"}}
    body = {"body": {"text": "Pilih"}}
    part = {"type": "button", "action": {"buttons": [reply]}, **body}
    wamid = graph.send("interactive", part).json()["messages"][0]["id"]
    found = act(sandbox, "/api/customers/tap", wamid=wamid, id="agent")
    assert shape(found) == shape(sample("15_interactive_button_reply"))
    assert found["context"]["id"] == wamid
    row = {"id": "retur", "title": "Retur", "description": "Kembalikan barang"}
    part = {"type": "list", "action": {"button": "Lihat", "sections": [{"rows": [row]}]}, **body}
    wamid = graph.send("interactive", part).json()["messages"][0]["id"]
    found = act(sandbox, "/api/customers/tap", wamid=wamid, id="retur")
    assert shape(found) == shape(sample("16_interactive_list_reply"))
    template = {"name": "sapa_kembali", "language": {"code": "id"}}
    wamid = graph.send("template", template).json()["messages"][0]["id"]
    found = act(sandbox, "/api/customers/tap", wamid=wamid, id="Ya, lanjutkan")
    assert shape(found) == shape(sample("14_template_quick_reply_button"))
    assert bubbles(sandbox)[-2]["tapped"] == "Ya, lanjutkan"
    answers = {"rating": "4"}
    found = act(sandbox, "/api/customers/send", kind="form", data={"answers": answers})
    assert json.loads(found["interactive"]["nfm_reply"]["response_json"]) == answers


def test_reactions_edits_and_deletions(sandbox: Sandbox, graph: Graph) -> None:
    wamid = graph.send("text", {"body": "Sudah dikirim"}).json()["messages"][0]["id"]
    found = act(sandbox, "/api/customers/react", wamid=wamid, emoji="👍")
    assert shape(found) == shape(sample("12_reaction"))
    assert bubbles(sandbox)[-1]["reactions"] == {RAHMAT: "👍"}
    assert act(sandbox, "/api/customers/react", wamid=wamid, emoji="")["reaction"]["emoji"] == ""
    assert bubbles(sandbox)[-1]["reactions"] == {}
    own = sandbox.write("Pesanan A-1042")["wamid"]
    found = act(sandbox, "/api/customers/edit", wamid=own, text="Pesanan A-1043")
    assert shape(found) == shape(sample("22_edit"))
    assert (bubbles(sandbox)[-1]["text"], bubbles(sandbox)[-1]["edited"]) == (
        "Pesanan A-1043",
        True,
    )
    found = act(sandbox, "/api/customers/revoke", wamid=own)
    assert shape(found) == shape(sample("23_revoke"))
    assert (bubbles(sandbox)[-1]["text"], bubbles(sandbox)[-1]["deleted"]) == ("", True)


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/api/customers/edit", {"text": "x"}, 409),
        ("/api/customers/revoke", {}, 409),
        ("/api/customers/react", {"wamid": "wamid.none", "emoji": "👍"}, 404),
        ("/api/customers/tap", {"id": "none"}, 404),
        ("/api/customers/send", {"kind": "hologram"}, 400),
        ("/api/customers/send", {"kind": "image"}, 400),
        ("/api/customers/send", {"kind": "order"}, 400),
        ("/api/customers/location", {"latitude": "x"}, 400),
        ("/api/customers/contact", {"name": "Budi"}, 400),
        ("/api/customers/phone", {"customer": PUTU, "phone": "628111222333"}, 409),
        ("/api/customers/phone", {"customer": RAHMAT, "phone": PUTU}, 409),
        ("/api/groups", {"name": "Keluarga"}, 400),
        ("/api/account", {"event": "party"}, 400),
        ("/api/templates", {"name": "nothing", "language": "id"}, 404),
        ("/api/templates", {"name": "faktur", "language": "id", "status": "GREAT"}, 400),
        ("/api/webhooks", {}, 400),
    ],
)
def test_what_a_customer_cannot_do(
    sandbox: Sandbox, graph: Graph, path: str, fields: dict[str, Any], status: int
) -> None:
    wamid = graph.send("text", {"body": "Milik kami"}).json()["messages"][0]["id"]
    body = {"number": graph.number, "from": RAHMAT, "wamid": wamid, **fields}
    answer = sandbox.client.post(path, json=body)
    assert (answer.status_code, bool(answer.json()["error"])) == (status, True)


def test_short_forms_for_places_and_contacts(sandbox: Sandbox) -> None:
    found = act(sandbox, "/api/customers/location", latitude=-6.1, longitude=106.8)
    assert found["location"] == {"latitude": -6.1, "longitude": 106.8}
    found = act(sandbox, "/api/customers/contact", name="Budi Santoso", phone="+62 811-1")
    assert found["contacts"][0]["phones"] == [
        {"phone": "+62 811-1", "type": "CELL", "wa_id": "628111"}
    ]


def test_a_phone_is_hidden_then_shown_then_changed(sandbox: Sandbox) -> None:
    made = sandbox.post(
        "/api/customers", {"name": "Jonas", "phone": "4915550000777", "hides_phone": True}
    )
    sandbox.post("/api/customers/change", {"customer": made["id"], "username": "jonas.k"})
    sandbox.write("hi", made["id"])
    expected = json.loads((SAMPLES / "02_text_username_no_phone.json").read_text())
    expected = expected["entry"][0]["changes"][0]["value"]
    changes = changes_in(sandbox)
    said = [change["value"] for change in changes if "messages" in change["value"]]
    assert shape(said[-1]) == shape(expected)
    sandbox.post("/api/customers/change", {"customer": made["id"], "hides_phone": False})
    sandbox.write("It is me again", made["id"])
    assert sandbox.product.values("messages")[-1]["from"] == "4915550000777"
    sandbox.post("/api/customers/phone", {"customer": made["id"], "phone": "4915550000778"})
    assert shape(sandbox.product.values("messages")[-1]) == shape(sample("24_system_number_change"))
    sandbox.write("New phone", made["id"])
    assert sandbox.product.values("messages")[-1]["from"] == "4915550000778"
    graph = Graph(sandbox)
    assert graph.send("text", {"body": "x"}, "4915550000777").json()["error"]["code"] == 131026
    assert graph.send("text", {"body": "x"}, "4915550000778").status_code == 200
    graph.client.close()


def test_a_group_talks(sandbox: Sandbox, graph: Graph) -> None:
    group = sandbox.post("/api/groups", {"name": "Keluarga", "members": [RAHMAT, PUTU]})
    found = act(sandbox, "/api/customers/send", group=group["id"], text="Halo semua")
    assert shape(found) == shape(sample("34_group_message"))
    assert bubbles(sandbox, group["id"])[-1]["author"] == RAHMAT
    part = {"body": "Selamat pagi semua"}
    message = {"messaging_product": "whatsapp", "recipient_type": "group", "to": group["id"]}
    answer = graph.client.post(
        f"{graph.number}/messages", json={**message, "type": "text", "text": part}
    )
    wamid = answer.json()["messages"][0]["id"]
    sandbox.product.wait_for(
        lambda: any(s["id"] == wamid for s in sandbox.product.values("statuses"))
    )
    status = next(s for s in sandbox.product.values("statuses") if s["id"] == wamid)
    assert (status["recipient_type"], status["recipient_id"]) == ("group", group["id"])


def test_the_company_writes_on_its_own_phone(sandbox: Sandbox) -> None:
    chat = f"/api/chats/{sandbox.channel.account_id}/{RAHMAT}"
    sandbox.post(f"{chat}/window", {"open": False})
    found = act(sandbox, "/api/echo", to=RAHMAT, text="Dijawab dari HP")
    expected = json.loads((SAMPLES / "33_smb_message_echo.json").read_text())
    expected = expected["entry"][0]["changes"][0]
    assert shape(found) == shape(expected)
    assert sandbox.get(chat)["window_open"] is False
    wamid = found["value"]["message_echoes"][0]["id"]
    sandbox.post(f"{chat}/seen", {})
    assert bubbles(sandbox)[-1]["state"] == "read"
    assert wamid not in {status["id"] for status in sandbox.product.values("statuses")}
    found = act(sandbox, "/api/echo", to=RAHMAT, kind="edit", wamid=wamid, text="Dari HP toko")
    edit = found["value"]["message_echoes"][0]["edit"]
    assert (edit["original_message_id"], edit["message"]["text"]["body"]) == (wamid, "Dari HP toko")
    act(sandbox, "/api/echo", to=RAHMAT, kind="revoke", wamid=wamid)
    assert bubbles(sandbox)[-1]["deleted"] is True
    own = sandbox.write("Oke")["wamid"]
    act(sandbox, "/api/echo", to=RAHMAT, kind="reaction", wamid=own, emoji="🙏")
    assert bubbles(sandbox)[-1]["reactions"] == {"company": "🙏"}


def test_news_of_templates_and_the_account(sandbox: Sandbox, graph: Graph) -> None:
    template = {"name": "sapa_kembali", "language": "id"}
    found = act(sandbox, "/api/templates", **template, status="PAUSED", reason="LOW_QUALITY")
    expected = json.loads((SAMPLES / "32_template_status_rejected.json").read_text())
    assert shape(found) == shape(expected["entry"][0]["changes"][0])
    part = {"name": "sapa_kembali", "language": {"code": "id"}}
    assert graph.send("template", part).json()["error"]["code"] == 132015
    act(sandbox, "/api/templates", **template, status="APPROVED")
    assert graph.send("template", part).status_code == 200
    found = act(sandbox, "/api/account", event="quality_red")
    assert found["field"] == "phone_number_quality_update"
    shown = graph.client.get(graph.number, params={"fields": "quality_rating"}).json()
    assert shown["quality_rating"] == "RED"
    act(sandbox, "/api/account", event="quality_green")
    found = act(sandbox, "/api/account", event="banned")
    assert found["value"]["ban_info"]["waba_ban_state"] == "DISABLE"
    assert "errors" in act(sandbox, "/api/account", event="error")["value"]
    found = act(sandbox, "/api/webhooks", field="calls", value={"calls": []})
    assert found["field"] == "calls"
