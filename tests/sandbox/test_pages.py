"""The pages' API: customers, knobs, mail; and what it does not swallow."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import httpx
import pytest

from tests.sandbox.conftest import Sandbox


def test_a_customer_can_be_added_and_writes_under_the_new_name(sandbox: Sandbox) -> None:
    made = sandbox.post("/api/customers", {"name": "Sinta", "phone": "+62 811-5550-123"})
    assert made["id"] == "628115550123"
    sandbox.write("Halo", made["id"])
    assert sandbox.product.values("contacts")[-1]["profile"]["name"] == "Sinta"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/customers", {"name": "x", "phone": "12"}, 400),
        ("/api/customers/send", {"number": "0", "from": "6281355500177", "text": "x"}, 404),
        ("/api/customers/send", {"number": "880000000000001", "from": "x", "text": "y"}, 400),
        ("/api/customers/send", {"number": "880000000000001", "from": "x", "text": ""}, 400),
        ("/api/knobs", {"fail_next": "many"}, 400),
        ("/api/knobs", {"fail_next": -1}, 400),
        ("/api/knobs", {"twice": 1}, 400),
        ("/api/knobs", {"explode": True}, 400),
        ("/api/chats/880000000000001/nobody/seen", {}, 404),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    sandbox: Sandbox, path: str, body: dict[str, object], status: int
) -> None:
    answer = sandbox.client.post(path, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_foreign_pages_form_is_not_taken(sandbox: Sandbox) -> None:
    answer = sandbox.client.post("/api/knobs", content=b'{"offline":true}')
    assert answer.status_code == 415


def test_the_pages_and_their_parts_are_served(sandbox: Sandbox) -> None:
    for path in ("/", "/mail", "/static/phone.js", "/static/knobs.js", "/static/icons.svg"):
        assert sandbox.client.get(path).status_code == 200


def test_mails_are_caught_and_can_be_found_by_address(sandbox: Sandbox) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "helpdesk@localhost", "sari@toko.example"
    mail["Subject"] = "Undangan — Toko"
    mail.set_content("Terima: http://127.0.0.1:8000/invitations/abc/\n")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as server:
        server.send_message(mail)
        server.sendmail("a@b.example", ["c@d.example"], b"\xff\xfe not a mail \x00")
    (found,) = sandbox.get("/api/mails?to=sari@toko.example")
    assert found["subject"] == "Undangan — Toko"
    text = sandbox.get(f"/api/mails/{found['id']}")["text"]
    assert "http://127.0.0.1:8000/invitations/abc/" in text
    assert len(sandbox.get("/api/mails?to=c@d.example")) == 1


def test_the_stream_tells_the_pages_what_changed(sandbox: Sandbox) -> None:
    with httpx.stream("GET", sandbox.url + "/api/events", trust_env=False, timeout=5) as stream:
        lines = stream.iter_lines()
        next(lines)
        sandbox.write("Halo")
        told = next(line for line in lines if line.startswith("data:"))
    assert '"chat"' in told
