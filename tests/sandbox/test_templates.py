"""The company's templates: listed page by page, sent with their values, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import PDF, RAHMAT, Graph, code


def texts(*values: str, **named: str) -> list[dict[str, str]]:
    found = [{"type": "text", "text": value} for value in values]
    return found + [
        {"type": "text", "parameter_name": name, "text": value} for name, value in named.items()
    ]


def template(name: str, language: str = "id", **components: Any) -> dict[str, Any]:
    """Parts by type; `button0` is the button at index 0."""
    parts: list[dict[str, Any]] = []
    for kind, parameters in components.items():
        if kind.startswith("button"):
            button = {"type": "button", "sub_type": "url", "index": kind[6:]}
            parts.append({**button, "parameters": parameters})
        else:
            parts.append({"type": kind, "parameters": parameters})
    return {"name": name, "language": {"code": language}, "components": parts}


ORDER: dict[str, Any] = {
    "header": texts("A-1"),
    "body": texts("Sari", "A-1", "JNE", "Kamis"),
    "button0": texts("A-1"),
}


def test_the_list_comes_in_pages(graph: Graph) -> None:
    first = graph.client.get(f"{graph.waba}/message_templates", params={"limit": 100}).json()
    names, page = [row["name"] for row in first["data"]], first
    while "next" in page.get("paging", {}):
        page = graph.client.get(page["paging"]["next"]).json()
        names += [row["name"] for row in page["data"]]
    assert len(names) == 10
    after = {"after": first["paging"]["cursors"]["after"], "limit": 2, "fields": "name,status"}
    second = graph.client.get(f"{graph.waba}/message_templates", params=after).json()["data"]
    assert [row["name"] for row in second] == names[5:7]
    assert set(second[0]) == {"id", "name", "status"}
    paused = graph.client.get(f"{graph.waba}/message_templates", params={"status": "PAUSED"})
    assert [row["name"] for row in paused.json()["data"]] == ["customer_survey"]
    assert code(graph.client.get("1/message_templates")) == 100


def test_a_template_is_read_with_its_values(sandbox: Sandbox, graph: Graph) -> None:
    answer = graph.send("template", template("order_update", **ORDER))
    assert answer.status_code == 200, answer.text
    row = sandbox.ledger()[-1]
    assert row["text"].startswith("Halo Sari, pesanan Anda A-1 sudah")
    assert row["data"]["header"] == "Pesanan A-1"
    assert row["data"]["buttons"][0]["url"] == "https://toko.example/lacak/A-1"
    assert row["data"]["buttons"][1] == {
        "kind": "reply",
        "text": "Sudah diterima",
        "payload": "Sudah diterima",
    }
    named = texts(jam="10.00", nama="Rahmat", tanggal="27 November", cabang="Toko Bekasi")
    assert graph.send("template", template("appointment_reminder", body=named)).status_code == 200
    assert "Halo Rahmat" in sandbox.ledger()[-1]["text"]
    assert "pukul 10.00" in sandbox.ledger()[-1]["text"]


def test_a_header_may_be_a_file(sandbox: Sandbox, graph: Graph) -> None:
    file = {"id": graph.uploaded(PDF, "application/pdf"), "filename": "A-1.pdf"}
    part = template("faktur", header=[{"type": "document", "document": file}], body=texts("A-1"))
    assert graph.send("template", part).status_code == 200
    assert sandbox.ledger()[-1]["data"]["header_media"]["name"] == "A-1.pdf"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (template("order_update", "de", **ORDER), 132001),
        (template("nothing"), 132001),
        (template("shipping_delay", "en", body=texts("a", "b")), 132001),
        (template("hadiah_gratis", body=texts("a")), 132001),
        (template("customer_survey", "en", body=texts(name="Liam")), 132015),
        (template("order_update", **{**ORDER, "body": texts("Sari")}), 132000),
        (template("order_update", **{**ORDER, "button0": []}), 131008),
        (template("order_update", **{**ORDER, "body": texts("a\nb", "1", "2", "3")}), 100),
        (template("order_update", **{**ORDER, "body": texts("x" * 1000, "1", "2", "3")}), 132005),
        (template("appointment_reminder", body=texts("1", "2", "3", "4")), 100),
        (template("faktur", header=texts("x"), body=texts("A-1")), 132012),
        (template("faktur", body=texts("A-1")), 132012),
        ({"name": "order_update"}, 100),
    ],
)
def test_what_does_not_match_is_refused(graph: Graph, part: dict[str, Any], expected: int) -> None:
    assert code(graph.send("template", part, RAHMAT)) == expected


def test_the_app_subscribes_and_the_token_is_explained(graph: Graph) -> None:
    path = f"{graph.waba}/subscribed_apps"
    assert graph.client.delete(path).json() == {"success": True}
    assert graph.client.get(path).json() == {"data": []}
    assert graph.client.post(path).json() == {"success": True}
    assert len(graph.client.get(path).json()["data"]) == 1
    token = {"input_token": "EAAG-token"}
    assert graph.client.get("debug_token", params=token).json()["data"]["is_valid"] is True
    assert graph.client.get("debug_token").json()["data"]["is_valid"] is False
