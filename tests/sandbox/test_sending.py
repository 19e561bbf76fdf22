"""Every type that a company may send: accepted, drawn, in the ledger; or refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import JPEG, OGG, PDF, PUTU, PUTU_ID, RAHMAT, Graph, code

BUTTONS = [{"type": "reply", "reply": {"id": f"b{n}", "title": f"Pilihan {n}"}} for n in range(3)]
ROWS = [{"id": f"r{n}", "title": f"Baris {n}", "description": "..."} for n in range(10)]


def buttons(**changes: Any) -> dict[str, Any]:
    action = {"buttons": BUTTONS}
    return {"type": "button", "body": {"text": "Pilih"}, "action": action, **changes}


def rows(*sections: Any, **changes: Any) -> dict[str, Any]:
    action = {"button": "Lihat", "sections": list(sections)}
    return {"type": "list", "body": {"text": "Pilih"}, "action": action, **changes}


def last(sandbox: Sandbox, customer: str = RAHMAT) -> Any:
    return sandbox.get(f"/api/chats/{sandbox.channel.account_id}/{customer}")["bubbles"][-1]


@pytest.mark.parametrize(
    ("kind", "content", "content_type"),
    [
        ("image", JPEG, "image/jpeg"),
        ("video", b"\0\0\0\x18ftypmp42", "video/mp4"),
        ("document", PDF, "application/pdf"),
        ("audio", OGG, "audio/ogg"),
        ("sticker", b"RIFF....WEBP", "image/webp"),
    ],
)
def test_a_file_is_sent_by_its_id(
    sandbox: Sandbox, graph: Graph, kind: str, content: bytes, content_type: str
) -> None:
    part: dict[str, Any] = {"id": graph.uploaded(content, content_type)}
    if kind == "document":
        part |= {"filename": "faktur.pdf", "caption": "Terlampir"}
    answer = graph.send(kind, part)
    assert answer.status_code == 200, answer.text
    row = sandbox.ledger()[-1]
    assert (row["type"], row["wamid"]) == (kind, answer.json()["messages"][0]["id"])
    assert row["data"]["media"]["size"] == len(content)
    assert row["text"] == part.get("caption", "")
    assert last(sandbox)["data"] == row["data"]


def test_places_contacts_and_reactions_arrive(sandbox: Sandbox, graph: Graph) -> None:
    assert graph.send("location", {"latitude": "-6.2", "longitude": 106.8, "name": "Toko"})
    assert last(sandbox)["data"] == {"latitude": -6.2, "longitude": 106.8, "name": "Toko"}
    card = {"name": {"formatted_name": "Budi", "first_name": "Budi"}, "phones": [{"phone": "1"}]}
    assert graph.send("contacts", [card]).status_code == 200
    assert last(sandbox)["data"]["contacts"] == [card]
    wamid = sandbox.write("Terima kasih")["wamid"]
    assert graph.send("reaction", {"message_id": wamid, "emoji": "👍"}).status_code == 200
    assert last(sandbox)["reactions"] == {"company": "👍"}
    assert sandbox.ledger()[-1]["type"] == "reaction"
    assert graph.send("reaction", {"message_id": wamid, "emoji": ""}).status_code == 200
    assert last(sandbox)["reactions"] == {}


def test_buttons_and_lists_are_drawn(sandbox: Sandbox, graph: Graph) -> None:
    wamid = sandbox.write("Bagaimana?")["wamid"]
    header = {"type": "text", "text": "Pesanan"}
    part = buttons(header=header, footer={"text": "Toko"})
    answer = graph.send("interactive", part, context={"message_id": wamid})
    assert answer.status_code == 200, answer.text
    found = last(sandbox)
    assert (found["kind"], found["text"], found["reply_to"]) == ("buttons", "Pilih", wamid)
    assert found["data"]["header"] == "Pesanan"
    assert found["data"]["buttons"][0] == {"id": "b0", "title": "Pilihan 0"}
    assert graph.send("interactive", rows({"rows": ROWS})).status_code == 200
    assert last(sandbox)["data"]["sections"][0]["rows"] == ROWS


@pytest.mark.parametrize(
    ("kind", "part", "expected"),
    [
        ("image", {}, 100),
        ("image", {"id": "404"}, 100),
        ("sticker", {"id": "404", "caption": "x"}, 100),
        ("location", {"latitude": 1}, 100),
        ("location", {"latitude": 91, "longitude": 0}, 131009),
        ("contacts", [], 100),
        ("contacts", [{"name": {"formatted_name": "Budi"}}], 131009),
        ("reaction", {"emoji": "👍"}, 100),
        ("reaction", {"message_id": "x", "emoji": "ok"}, 131009),
        ("interactive", buttons(body={"text": "x" * 1025}), 131009),
        ("interactive", buttons(body={}), 131008),
        ("interactive", buttons(action={"buttons": [*BUTTONS, BUTTONS[0]]}), 131009),
        ("interactive", buttons(action={"buttons": BUTTONS[:1] * 2}), 131009),
        ("interactive", buttons(footer={"text": "x" * 61}), 131009),
        ("interactive", rows({"rows": ROWS}, {"rows": ROWS[:1], "title": "B"}), 131008),
        ("interactive", rows({"rows": [*ROWS, {"id": "z", "title": "Z"}]}), 131009),
        ("interactive", rows({"rows": [{"id": "z", "title": "x" * 25}]}), 131009),
        (
            "interactive",
            rows({"rows": [{"id": "z", "title": "Z", "description": "x" * 73}]}),
            131009,
        ),
        ("interactive", {"type": "flow", "body": {"text": "x"}, "action": {}}, 131009),
        ("poll", {"question": "x"}, 131051),
    ],
)
def test_what_breaks_a_limit_is_refused(
    sandbox: Sandbox, graph: Graph, kind: str, part: Any, expected: int
) -> None:
    before = len(sandbox.ledger())
    assert code(graph.send(kind, part)) == expected
    assert len(sandbox.ledger()) == before


def test_a_file_must_fit_its_kind(graph: Graph) -> None:
    assert code(graph.send("video", {"id": graph.uploaded()})) == 131053
    mp3 = graph.uploaded(b"ID3", "audio/mpeg")
    assert code(graph.send("audio", {"id": mp3, "voice": True})) == 131053
    voice = graph.uploaded(OGG, "audio/ogg; codecs=opus")
    assert graph.send("audio", {"id": voice, "voice": True}).status_code == 200


def test_outside_the_window_only_templates_go(sandbox: Sandbox, graph: Graph) -> None:
    chat = f"/api/chats/{graph.number}/{RAHMAT}"
    sandbox.post(f"{chat}/window", {"open": False})
    assert code(graph.send("location", {"latitude": 1, "longitude": 1})) == 131047
    template = {"name": "sapa_kembali", "language": {"code": "id"}}
    answer = graph.send("template", template)
    assert answer.json()["messages"][0]["message_status"] == "accepted"


def test_who_hides_the_phone_gets_no_codes(sandbox: Sandbox, graph: Graph) -> None:
    sandbox.write("Halo", PUTU)
    value = [{"type": "text", "text": "9"}]
    template = {
        "name": "kode_masuk",
        "language": {"code": "id"},
        "components": [
            {"type": "body", "parameters": value},
            {"type": "button", "sub_type": "url", "index": "0", "parameters": value},
        ],
    }
    assert code(graph.send("template", template, PUTU_ID)) == 131062
    assert graph.send("template", template, PUTU).status_code == 200
    sandbox.post("/api/knobs", {"bsuid_refused": "location, template"})
    assert code(graph.send("location", {"latitude": 1, "longitude": 1}, PUTU_ID)) == 131062
    assert code(graph.send("template", template, PUTU_ID)) == 131062


def test_prices_and_held_templates_are_told(sandbox: Sandbox, graph: Graph) -> None:
    sandbox.post("/api/knobs", {"template_held": True})
    promo = [
        {"type": "header", "parameters": [{"type": "image", "image": {"id": graph.uploaded()}}]},
        {"type": "body", "parameters": [{"type": "text", "text": t} for t in ("Sari", "40%")]},
    ]
    part = {"name": "promo_akhir_tahun", "language": {"code": "id"}, "components": promo}
    sent = graph.send("template", part).json()["messages"][0]
    assert sent["message_status"] == "held_for_quality_assessment"
    text = graph.send("text", {"body": "Halo"}).json()["messages"][0]["id"]

    def prices(wamid: str) -> list[Any]:
        statuses = sandbox.product.values("statuses")
        return [s["pricing"] for s in statuses if s["id"] == wamid and s["status"] == "delivered"]

    sandbox.product.wait_for(lambda: bool(prices(text) and prices(sent["id"])))
    assert prices(sent["id"])[0]["category"] == "marketing"
    assert prices(sent["id"])[0]["billable"] is True
    assert prices(text)[0]["type"] == "free_customer_service"


def test_a_revoked_token_stops_everything(sandbox: Sandbox, graph: Graph) -> None:
    sandbox.post("/api/knobs", {"token_revoked": True})
    assert code(graph.send("text", {"body": "x"})) == 190
    assert code(graph.client.get(graph.number)) == 190
    assert code(graph.upload(JPEG, "image/jpeg")) == 190
    assert code(graph.client.get(f"{graph.waba}/message_templates")) == 190


def test_a_busy_account_says_when_to_come_back(sandbox: Sandbox, graph: Graph) -> None:
    sandbox.post("/api/knobs", {"fail_next": 1, "fail_code": 80007})
    answer = graph.send("text", {"body": "x"})
    assert code(answer) == 80007
    assert '"estimated_time_to_regain_access": 1' in answer.headers["X-Business-Use-Case-Usage"]
