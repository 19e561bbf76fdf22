"""The product's adapter and the sandbox understand each other, on good days and bad ones."""

from __future__ import annotations

import json
import time
import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from channels_integration.whatsapp import graph
from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import DeliveryFailed, IdentityKey, IncomingMessage, Outgoing, StatusUpdate
from tests.sandbox.conftest import Sandbox, number

adapter = WhatsAppAdapter()
RAHMAT, PUTU = "6281355500177", "6282155500188"


def outgoing(to: str = RAHMAT, text: str = "Selamat pagi", scope: str = "") -> Outgoing:
    return Outgoing(ref=str(uuid.uuid4()), to=(IdentityKey("whatsapp", to, scope),), text=text)


def failure(sandbox: Sandbox, message: Outgoing | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(message or outgoing(), sandbox.channel)
    return caught.value


def updates(sandbox: Sandbox) -> list[Any]:
    """Everything the product was told, as its adapter reads it; every signature is checked."""
    found: list[Any] = []
    product = sandbox.product
    for body, signature in zip(list(product.bodies), list(product.signatures), strict=False):
        adapter.verify({"X-Hub-Signature-256": signature}, body, sandbox.channel)
        for part in adapter.split(body):
            found += adapter.parse(part.body, sandbox.channel)
    return found


def states(sandbox: Sandbox, wamid: str) -> list[str]:
    return [u.status for u in about(sandbox, wamid) if isinstance(u, StatusUpdate)]


def about(sandbox: Sandbox, wamid: str) -> list[Any]:
    """What the product was told of one message."""
    return [u for u in updates(sandbox) if getattr(u, "external_id", "") == wamid]


def test_a_customers_message_reaches_the_product_signed(sandbox: Sandbox) -> None:
    sent = sandbox.write("Halo 🙏 <b>")
    assert sent["webhook_status"] == 200
    found = about(sandbox, sent["wamid"])[0]
    assert isinstance(found, IncomingMessage)
    assert found.text == "Halo 🙏 <b>"
    assert found.sender.name == "Rahmat Hidayat"
    assert found.sender.phone == f"+{RAHMAT}"


def test_a_customer_who_hides_the_number_can_be_answered(sandbox: Sandbox) -> None:
    sent = sandbox.write("Ukuran XL?", PUTU)
    found = about(sandbox, sent["wamid"])[0]
    assert found.sender.phone == ""
    (key,) = found.sender.keys
    wamid = adapter.send(outgoing(key.value, scope=key.scope), sandbox.channel)
    assert sandbox.ledger()[-1]["wamid"] == wamid


def test_an_answer_is_in_the_ledger_and_brings_its_statuses(sandbox: Sandbox) -> None:
    sandbox.write("Halo")
    message = outgoing(text="Pagi, Pak 🙂")
    wamid = adapter.send(message, sandbox.channel)
    row = sandbox.ledger()[-1]
    assert (row["ref"], row["to"], row["text"]) == (message.ref, RAHMAT, message.text)
    assert row["wamid"] == wamid
    sandbox.product.wait_for(lambda: states(sandbox, wamid) == ["sent", "delivered"])
    sandbox.post(f"/api/chats/{sandbox.channel.account_id}/{RAHMAT}/seen", {})
    sandbox.product.wait_for(lambda: states(sandbox, wamid) == ["sent", "delivered", "read"])
    told = about(sandbox, wamid)
    assert {u.client_ref for u in told} == {message.ref}


def test_a_refused_webhook_is_tried_again(sandbox: Sandbox) -> None:
    sandbox.product.answers[:] = [500]
    sent = sandbox.write("Masih ada?")
    assert sent["webhook_status"] == 500
    sandbox.product.wait_for(
        lambda: [m["id"] for m in sandbox.product.values("messages")].count(sent["wamid"]) == 2
    )
    bubbles = sandbox.get(f"/api/chats/{sandbox.channel.account_id}/{RAHMAT}")["bubbles"]
    assert bubbles[-1]["state"] == "taken"


def test_everything_comes_twice_and_shuffled_if_asked(sandbox: Sandbox) -> None:
    sandbox.post("/api/knobs", {"twice": True, "shuffled": True})
    sent = sandbox.write("Halo")
    wamid = adapter.send(outgoing(), sandbox.channel)
    sandbox.product.wait_for(
        lambda: sorted(states(sandbox, wamid)) == ["delivered", "delivered", "sent", "sent"]
    )
    sandbox.product.wait_for(
        lambda: [m["id"] for m in sandbox.product.values("messages")].count(sent["wamid"]) == 2
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (131000, "retry"),
        (2, "retry"),
        (190, "channel"),
        (131031, "channel"),
        (131026, "recipient"),
        (131049, "recipient"),
        (131057, "wait"),
        (100, "message"),
    ],
)
def test_a_failure_on_order_is_understood(sandbox: Sandbox, code: int, kind: str) -> None:
    sandbox.write("Halo")
    sandbox.post("/api/knobs", {"fail_next": 1, "fail_code": code})
    before = len(sandbox.ledger())
    found = failure(sandbox)
    assert (found.kind, found.code) == (kind, str(code))
    assert len(sandbox.ledger()) == before
    adapter.send(outgoing(), sandbox.channel)


def test_a_failure_may_come_late_as_a_status(sandbox: Sandbox) -> None:
    sandbox.write("Halo")
    sandbox.post("/api/knobs", {"fail_next": 1, "fail_code": 131026, "fail_late": True})
    wamid = adapter.send(outgoing(), sandbox.channel)
    sandbox.product.wait_for(lambda: states(sandbox, wamid) == ["failed"])
    told = about(sandbox, wamid)[0]
    assert (told.error_code, told.data["failure"]) == ("131026", "recipient")


def test_the_window_is_kept(sandbox: Sandbox) -> None:
    path = f"/api/chats/{sandbox.channel.account_id}/{RAHMAT}/window"
    sandbox.post(path, {"open": False})
    assert failure(sandbox).code == "131047"
    sandbox.write("Halo lagi")
    adapter.send(outgoing(), sandbox.channel)
    assert failure(sandbox, outgoing("6280000000001")).code == "131047"
    sandbox.post("/api/knobs", {"window_open": True})
    adapter.send(outgoing("6280000000001"), sandbox.channel)


def test_limits_refuse_and_recover(sandbox: Sandbox) -> None:
    sandbox.write("Halo")
    sandbox.post("/api/knobs", {"per_second": 2})
    for _message in range(2):
        adapter.send(outgoing(), sandbox.channel)
    found = failure(sandbox)
    assert (found.kind, found.code) == ("wait", "130429")
    time.sleep(1.1)
    adapter.send(outgoing(), sandbox.channel)
    sandbox.post("/api/knobs", {"per_second": 0, "per_pair": 1})
    adapter.send(outgoing(), sandbox.channel)
    assert failure(sandbox).code == "131056"


def test_an_accepted_message_without_an_answer_is_uncertain(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.write("Halo")
    monkeypatch.setattr(graph, "SEND_SECONDS", 0.5)
    sandbox.post("/api/knobs", {"silent_next": 1})
    message = outgoing()
    assert failure(sandbox, message).kind == "unknown"
    row = sandbox.ledger()[-1]
    assert row["ref"] == message.ref
    sandbox.product.wait_for(lambda: "delivered" in states(sandbox, row["wamid"]))
    told = about(sandbox, row["wamid"])
    assert told[0].client_ref == message.ref


def test_garbage_is_uncertain_and_a_service_that_is_down_is_tried_again(sandbox: Sandbox) -> None:
    sandbox.write("Halo")
    sandbox.post("/api/knobs", {"garbage_next": 1})
    assert failure(sandbox).kind == "unknown"
    sandbox.post("/api/knobs", {"offline": True})
    assert failure(sandbox).kind == "retry"


def test_a_wrong_token_number_or_text_is_refused(sandbox: Sandbox) -> None:
    sandbox.write("Halo")
    channel: Any = SimpleNamespace(**vars(sandbox.channel))
    channel.secrets = {"access_token": "wrong"}
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(outgoing(), channel)
    assert (caught.value.kind, caught.value.code) == ("channel", "190")
    channel = SimpleNamespace(**{**vars(sandbox.channel), "account_id": "880000000000099"})
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(outgoing(), channel)
    assert (caught.value.kind, caught.value.code) == ("channel", "100")
    for text in ("", "   ", "x" * 4097):
        assert failure(sandbox, outgoing(text=text)).kind == "message"
    assert failure(sandbox, outgoing("ID.unknown", scope="99")).kind == "recipient"


def test_a_channel_can_be_tested(sandbox: Sandbox) -> None:
    assert "Toko Nusantara CS" in adapter.test(sandbox.channel)


def test_the_file_of_numbers_is_read_again_when_it_changes(sandbox: Sandbox) -> None:
    before = sandbox.numbers.read_text()
    rows = json.loads(before)["numbers"]
    rows.append(number("880000000000002", sandbox.product.url))
    sandbox.numbers.write_text(json.dumps({"numbers": rows}))
    assert [n["id"] for n in sandbox.get("/api/state")["numbers"]] == [
        "880000000000001",
        "880000000000002",
    ]
    sandbox.numbers.write_text("{half")
    assert len(sandbox.get("/api/state")["numbers"]) == 2
    sandbox.numbers.write_text(before)
    assert len(sandbox.get("/api/state")["numbers"]) == 1
