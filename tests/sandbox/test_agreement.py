"""Adapter and sandbox agree on every kind, out and in, and on files and templates."""

from __future__ import annotations

import hashlib
import io
import uuid
from pathlib import Path
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import (
    DeliveryFailed,
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    Outgoing,
    OutgoingFile,
    ReactionChange,
    StatusUpdate,
    TemplateChange,
)
from tests.sandbox.conftest import Sandbox
from tests.sandbox.graph import RAHMAT

SAMPLES = Path(__file__).parents[2] / "sandbox" / "samples"
FILES = {
    "image": ("photo.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "audio": ("voice.ogg", "audio/ogg"),
    "document": ("invoice.pdf", "application/pdf"),
}
adapter = WhatsAppAdapter()


def message(kind: str, text: str = "", **more: Any) -> Outgoing:
    to = (IdentityKey("whatsapp", RAHMAT),)
    return Outgoing(ref=str(uuid.uuid4()), to=to, text=text, kind=kind, **more)


def stored(kind: str) -> OutgoingFile:
    name, content_type = FILES[kind]
    path = SAMPLES / name
    size = path.stat().st_size
    return OutgoingFile(kind, name, content_type, size, lambda: path.open("rb"), kind == "audio")  # type: ignore[arg-type]


def read(sandbox: Sandbox, path: str, **fields: Any) -> Any:
    """What the adapter reads of something that Rahmat does."""
    spot = {"number": sandbox.channel.account_id, "from": RAHMAT}
    before = len(sandbox.product.bodies)
    assert sandbox.post(path, {**spot, **fields})["webhook_status"] == 200
    found = [
        update
        for body in sandbox.product.bodies[before:]
        for part in adapter.split(body)
        for update in adapter.parse(part.body, sandbox.channel)
        if not isinstance(update, StatusUpdate)
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("kind", list(FILES))
def test_a_file_goes_out_and_comes_in(sandbox: Sandbox, kind: str) -> None:
    sandbox.write("Halo")
    caption = "" if kind == "audio" else "Silakan"
    wamid = adapter.send(message(kind, caption, file=stored(kind)), sandbox.channel)
    row = sandbox.ledger()[-1]
    content = (SAMPLES / FILES[kind][0]).read_bytes()
    assert (row["wamid"], row["type"], row["text"]) == (wamid, kind, caption)
    assert row["data"]["media"]["sha256"] == hashlib.sha256(content).hexdigest()
    sample = FILES[kind][0].partition(".")[0]
    found = read(sandbox, "/api/customers/send", kind=kind, sample=sample)
    assert isinstance(found, IncomingMessage)
    (file,) = found.files
    into = io.BytesIO()
    adapter.fetch(file, sandbox.channel, into, 20_000_000)
    assert (file.kind, into.getvalue()) == (kind, content)
    sandbox.post("/api/knobs", {"media_gone": True})
    with pytest.raises(DeliveryFailed):
        adapter.fetch(file, sandbox.channel, io.BytesIO(), 20_000_000)


def test_buttons_lists_places_and_reactions_go_out(sandbox: Sandbox) -> None:
    target = sandbox.write("Halo")["wamid"]
    buttons = [{"id": "ya", "title": "Ya"}, {"id": "tidak", "title": "Tidak"}]
    row = {"id": "a", "title": "Pagi", "description": "Sebelum 12"}
    sections = [{"title": "Jam", "rows": [row]}]
    for one in (
        message("buttons", "Setuju?", data={"buttons": buttons, "footer": "Toko"}),
        message("list", "Kapan?", data={"button": "Jadwal", "sections": sections}),
        message("location", data={"latitude": -6.1, "longitude": 106.8, "name": "Toko"}),
        message("reaction", "👍", reply_to=target),
    ):
        adapter.send(one, sandbox.channel)
        assert sandbox.ledger()[-1]["type"] == one.kind
    adapter.signal(target, sandbox.channel, typing=True)
    chat = sandbox.get(f"/api/chats/{sandbox.channel.account_id}/{RAHMAT}")
    assert chat["typing"] is True


def test_every_template_is_listed_and_one_is_sent(sandbox: Sandbox) -> None:
    found = {(one.name, one.language): one for one in adapter.templates(sandbox.channel)}
    assert len(found) == 10
    promo = found["promo_akhir_tahun", "id"]
    told = {"id": 1, "name": promo.name, "language": promo.language, "category": promo.category}
    data = {"template": told, "values": {"body.1": "Sari", "body.2": "40%"}}
    adapter.send(message("template", data=data, file=stored("image")), sandbox.channel)
    row = sandbox.ledger()[-1]
    assert row["text"].startswith("Hai Sari! Diskon akhir tahun sampai *40%*")
    assert row["data"]["header_media"]["size"] == (SAMPLES / "photo.jpg").stat().st_size


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("sticker", {"kind": "sticker", "sample": "sticker"}),
        ("location", {"kind": "location", "data": {"latitude": 1, "longitude": 2}}),
        ("contacts", {"kind": "contacts", "data": {"contacts": [{"name": "B", "phone": "628"}]}}),
        ("order", {"kind": "order", "data": {"items": [{"id": "A", "price": 1}]}}),
        ("form", {"kind": "form", "data": {"answers": {"rating": "4"}}}),
        ("unsupported", {"kind": "unsupported", "data": {"type": "poll"}}),
        ("text", {"text": "Dari iklan", "referral": True, "forwarded": True}),
    ],
)
def test_what_customers_send_is_understood(
    sandbox: Sandbox, kind: str, fields: dict[str, Any]
) -> None:
    found = read(sandbox, "/api/customers/send", **fields)
    assert isinstance(found, IncomingMessage)
    assert found.kind == kind


def test_what_customers_change_is_understood(sandbox: Sandbox) -> None:
    wamid = sandbox.write("Satu")["wamid"]
    found = read(sandbox, "/api/customers/react", wamid=wamid, emoji="👍")
    assert isinstance(found, ReactionChange)
    found = read(sandbox, "/api/customers/edit", wamid=wamid, text="Dua")
    assert isinstance(found, MessageEdit)
    assert (found.target, found.text) == (wamid, "Dua")
    found = read(sandbox, "/api/customers/revoke", wamid=wamid)
    assert isinstance(found, MessageDeletion)
    found = read(sandbox, "/api/echo", to=RAHMAT, text="Dari HP toko")
    assert (found.echo, found.text) == (True, "Dari HP toko")
    template = {"name": "faktur", "language": "id", "status": "APPROVED"}
    assert isinstance(read(sandbox, "/api/templates", **template), TemplateChange)
