"""Files to and from the provider, over real HTTP."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

import pytest

from channels_integration.whatsapp.adapter import WhatsAppAdapter
from inbox.channels import DeliveryFailed, IdentityKey, Outgoing, OutgoingFile, RemoteFile
from tests.channels_integration.whatsapp.fake import FakeGraph
from tests.egress.test_transfer import form_of

adapter = WhatsAppAdapter()
PHONE = IdentityKey("whatsapp", "12025550142")
UPLOAD, SEND = "POST /v25.0/880000000000001/media", "POST /v25.0/880000000000001/messages"
ASK, LIES = "GET /v25.0/1073258502622718", "GET /file"
PICTURE = b"\xff\xd8\xff\xe0 a picture"
SUM = hashlib.sha256(PICTURE).hexdigest()
REMOTE = RemoteFile("1073258502622718", "image", content_type="image/jpeg", sha256=SUM)


def a_file(kind: Any = "image", name: str = "foto.jpg", **values: Any) -> OutgoingFile:
    told = {"content_type": "image/jpeg", "size": len(PICTURE), "open": lambda: io.BytesIO(PICTURE)}
    return OutgoingFile(kind, name, **{**told, **values})


def with_file(file: OutgoingFile, text: str = "", **values: Any) -> Outgoing:
    return Outgoing(ref="r", to=(PHONE,), text=text, kind=file.kind, file=file, **values)


def failure(provider: FakeGraph, outgoing: Outgoing) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        adapter.send(outgoing, provider.channel)
    return caught.value


def test_a_picture_is_brought_first_and_then_mentioned(provider: FakeGraph) -> None:
    provider.sample(UPLOAD, "upload_ok")
    provider.sample(SEND, "send_ok")
    assert adapter.send(with_file(a_file(), "Ini fotonya"), provider.channel).startswith("wamid.")
    brought, mentioned = provider.asked
    fields = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in form_of(f"{brought.head}\r\n\r\n".encode() + brought.body)
    }
    assert fields == {"messaging_product": b"whatsapp", "type": b"image/jpeg", "file": PICTURE}
    assert "Authorization: Bearer EAAG-token" in brought.head
    assert "Content-Length" in brought.head
    assert mentioned.json()["type"] == "image"
    assert mentioned.json()["image"] == {"id": "1000000000000001", "caption": "Ini fotonya"}


@pytest.mark.parametrize(
    ("file", "text", "content"),
    [
        (
            a_file("document", "../Rechnung März\u202e.pdf", content_type="application/pdf"),
            "invoice",
            {"id": "1000000000000001", "caption": "invoice", "filename": "Rechnung März.pdf"},
        ),
        (
            a_file("audio", "note.ogg", content_type="audio/ogg", voice=True),
            "",
            {"id": "1000000000000001", "voice": True},
        ),
        (a_file("audio", "song.mp3", content_type="audio/mpeg"), "", {"id": "1000000000000001"}),
        (a_file("video", "film.mp4", content_type="video/mp4"), "", {"id": "1000000000000001"}),
    ],
)
def test_what_is_said_of_each_kind_of_file(
    provider: FakeGraph, file: OutgoingFile, text: str, content: dict[str, Any]
) -> None:
    provider.sample(UPLOAD, "upload_ok")
    provider.sample(SEND, "send_ok")
    adapter.send(with_file(file, text, reply_to="wamid.1"), provider.channel)
    body = provider.asked[-1].json()
    assert body[file.kind] == content
    assert body["context"] == {"message_id": "wamid.1"}


@pytest.mark.parametrize(
    "file",
    [
        a_file(content_type="image/webp"),
        a_file(content_type="application/x-msdownload"),
        a_file("sticker", content_type="image/webp"),
        a_file(size=5_000_001),
        a_file("video", content_type="video/mp4", size=16_000_001),
        a_file("document", content_type="application/pdf", size=100_000_001),
    ],
)
def test_a_file_that_can_not_go_is_refused_before_it_is_brought(
    provider: FakeGraph, file: OutgoingFile
) -> None:
    assert failure(provider, with_file(file)).kind == "message"
    assert provider.asked == []


def test_a_text_with_a_sound_is_refused_rather_than_lost(provider: FakeGraph) -> None:
    sound = a_file("audio", content_type="audio/ogg")
    assert failure(provider, with_file(sound, "listen")).kind == "message"
    assert provider.asked == []


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, b"", "retry"),
        (502, b"<html>", "retry"),
        (200, b"{}", "retry"),
        (200, b"OK", "retry"),
        (500, {"error": {"code": 1}}, "retry"),
        (400, {"error": {"code": 100}}, "message"),
        (400, {"error": {"code": 131053}}, "message"),
        (413, b"", "message"),
        (401, {"error": {"code": 190}}, "channel"),
        (400, {"error": {"code": 100, "error_subcode": 33}}, "channel"),
        (429, {"error": {"code": 130429}}, "wait"),
        (429, b"slow down", "wait"),
    ],
)
def test_a_file_that_was_not_taken_is_never_uncertain(
    provider: FakeGraph, status: int, body: Any, kind: str
) -> None:
    provider.on(UPLOAD, status, body)
    found = failure(provider, with_file(a_file()))
    assert found.kind == kind
    assert found.message
    assert [asked.path for asked in provider.asked] == ["/v25.0/880000000000001/media"]


def test_a_connection_that_breaks_while_a_file_is_brought_is_tried_again(
    provider: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.server._script = lambda connection: connection.close()
    assert failure(provider, with_file(a_file())).kind == "retry"


def test_the_message_after_the_file_can_be_uncertain(provider: FakeGraph) -> None:
    provider.sample(UPLOAD, "upload_ok")
    provider.on(SEND, 500, b"")
    assert failure(provider, with_file(a_file())).kind == "unknown"


def test_a_file_that_is_gone_from_the_disk_is_final(provider: FakeGraph) -> None:
    def missing() -> Any:
        raise FileNotFoundError

    assert failure(provider, with_file(a_file(open=missing))).kind == "message"


# Fetching.


def fetched(provider: FakeGraph, remote: RemoteFile = REMOTE, max_bytes: int = 1000) -> bytes:
    into = io.BytesIO()
    adapter.fetch(remote, provider.channel, into, max_bytes)
    return into.getvalue()


def not_fetched(provider: FakeGraph, remote: RemoteFile = REMOTE) -> str:
    with pytest.raises(DeliveryFailed) as caught:
        fetched(provider, remote, 1000)
    assert caught.value.message
    return caught.value.kind


def lying_at(provider: FakeGraph, **told: Any) -> None:
    known = {"sha256": SUM, "file_size": str(len(PICTURE)), "mime_type": "image/jpeg"}
    provider.on(ASK, 200, {"url": provider.url("/file?mid=1"), **known, **told})


def test_a_file_is_fetched_with_our_token(provider: FakeGraph) -> None:
    lying_at(provider)
    provider.on(LIES, 200, PICTURE)
    assert fetched(provider) == PICTURE
    asked, got = provider.asked
    assert asked.path == "/v25.0/1073258502622718?phone_number_id=880000000000001"
    assert got.path == "/file?mid=1"
    for request in (asked, got):
        assert "Authorization: Bearer EAAG-token" in request.head
        assert "user-agent: helpdesk" in request.head.lower()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_address_that_has_died_is_asked_for_once_more(provider: FakeGraph, status: int) -> None:
    lying_at(provider)
    provider.on(LIES, status, b"expired")
    provider.on(LIES, 200, PICTURE)
    assert fetched(provider) == PICTURE
    assert len(provider.asked) == 4


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, "retry"),
        (403, "retry"),
        (404, "message"),
        (410, "message"),
        (429, "wait"),
        (500, "retry"),
        (503, "retry"),
    ],
)
def test_a_place_that_does_not_give_the_file(provider: FakeGraph, status: int, kind: str) -> None:
    lying_at(provider)
    provider.on(LIES, status, b"no")
    assert not_fetched(provider) == kind


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, {"error": {"code": 100, "error_subcode": 33}}, "message"),
        (400, {"error": {"code": 131052}}, "message"),
        (401, {"error": {"code": 190}}, "channel"),
        (429, {"error": {"code": 4}}, "wait"),
        (500, b"", "retry"),
        (200, b"{}", "retry"),
        (200, {"url": 5}, "message"),
        (200, {"url": "file:///etc/passwd"}, "message"),
        (200, {"url": "http://169.254.169.254/latest/"}, "message"),
    ],
)
def test_a_file_that_the_provider_does_not_describe(
    provider: FakeGraph, status: int, body: Any, kind: str
) -> None:
    provider.on(ASK, status, body)
    assert not_fetched(provider) == kind


def test_a_file_that_differs_from_its_sum_is_fetched_again(provider: FakeGraph) -> None:
    lying_at(provider)
    provider.on(LIES, 200, PICTURE + b"?")
    assert not_fetched(provider) == "retry"


def test_a_sum_in_base64_is_the_same_sum(provider: FakeGraph) -> None:
    lying_at(provider, sha256=base64.b64encode(hashlib.sha256(PICTURE).digest()).decode())
    provider.on(LIES, 200, PICTURE)
    assert fetched(provider, RemoteFile("1073258502622718", "image")) == PICTURE


def test_too_large_a_file_is_final_whether_told_or_found(provider: FakeGraph) -> None:
    lying_at(provider, file_size="1001")
    assert not_fetched(provider) == "message"
    provider.replies.clear()
    lying_at(provider, file_size=None)
    provider.on(LIES, 200, b"x" * 1001)
    assert not_fetched(provider) == "message"


def test_a_provider_that_is_away_is_asked_again(provider: FakeGraph) -> None:
    provider.channel.config["base_url"] = "http://127.0.0.1:9"
    assert not_fetched(provider) == "retry"
