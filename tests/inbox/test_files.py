"""Files: from the customer's phone to the agent's screen, and the other way."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.attachments.content import safe_name, type_of_bytes
from inbox.attachments.pictures import pictures_of
from inbox.attachments.ranges import slice_of
from inbox.attachments.storing import keep
from inbox.models import Attachment
from inbox.tasks import send_outgoing
from tests.inbox.conftest import Line, bytes_of
from tests.people import Company, browser_of

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, form)
    return written.getvalue()


def signed_in(company: Company, who: str) -> Client:
    return browser_of(company.people[who])


def status(browser: Client, address: str) -> int:
    answer = browser.get(address)
    close(answer)
    return int(answer.status_code)


def close(answer: Any) -> None:
    """Its files; `answer.close()` would close the test's database connection too."""
    for closer in answer._resource_closers:
        closer()


def upload(line: Line, content: bytes, name: str, who: str = "sari") -> Any:
    file = SimpleUploadedFile(name, content)
    address = f"{line.company.url}/inbox/{line.conversation.number}/attachments/"
    return signed_in(line.company, who).post(address, {"file": file})


def uploaded(line: Line, content: bytes, name: str) -> Attachment:
    answer = upload(line, content, name)
    assert answer.status_code == 200, answer.content
    with line.company.acting():
        return Attachment.objects.get(uuid=answer.json()["attachment"]["uuid"])


def test_a_customers_picture_arrives_with_small_ones_of_our_own(line: Line) -> None:
    line.customer(kind="image", sample="photo", text="Ini rusak")
    message = line.last(kind="image")
    line.fetches()
    with line.company.acting():
        file = Attachment.objects.get(message=message)
    assert (file.state, file.content_type, file.kind) == ("stored", "image/jpeg", "image")
    assert message.text == "Ini rusak"
    with default_storage.open(file.file.name) as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == file.sha256
    for small, most in ((file.thumb, 480), (file.view, 1600)):
        with default_storage.open(small.name) as stored, Image.open(stored) as shown:
            assert shown.format == "WEBP"
            assert max(shown.size) <= most


@pytest.mark.parametrize("kind", ["video", "audio", "document", "sticker"])
def test_every_kind_of_file_arrives(line: Line, kind: str) -> None:
    sample = {"video": "video", "audio": "voice", "document": "invoice", "sticker": "sticker"}
    line.customer(kind=kind, sample=sample[kind])
    line.fetches()
    with line.company.acting():
        file = Attachment.objects.get(message__kind=kind)
    assert (file.state, file.kind) == ("stored", kind)
    assert bool(file.thumb) == (kind == "sticker")


def test_a_file_that_cannot_be_had_now_is_fetched_later(line: Line) -> None:
    with line.knobs(media_fail_next=1, fail_code=131000):
        line.customer(kind="image", sample="photo")
        line.fetches()
    with line.company.acting():
        file = Attachment.objects.get()
    assert (file.state, file.attempts) == ("waiting", 1)
    assert file.due_at > timezone.now()
    line.fetches()
    assert line.again(file).state == "stored"


def test_a_file_that_is_gone_is_said_to_be_gone_and_can_be_asked_for_again(line: Line) -> None:
    with line.knobs(media_gone=True):
        line.customer(kind="image", sample="photo")
        line.fetches()
    with line.company.acting():
        file = Attachment.objects.get()
    assert file.state == "gone"
    assert file.problem
    with line.company.acting():
        actions.fetch_again(file, by=line.company.sari)
    line.fetches()
    assert line.again(file).state == "stored"


def test_a_picture_goes_out_with_its_caption(line: Line) -> None:
    content = picture()
    file = uploaded(line, content, "Bukti kirim.png")
    line.says("Ini buktinya", attachment=file)
    send_outgoing(line.company.id)
    sent = line.ledger[-1]
    assert (sent["type"], sent["text"]) == ("image", "Ini buktinya")
    assert sent["data"]["media"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert bytes_of(line.sandbox, f"/api/media/{sent['data']['media']['id']}") == content
    with pytest.raises(Refused) as refused:
        line.says("Lagi", attachment=file)
    assert refused.value.code == "file_gone"


def test_a_document_keeps_its_name_and_a_voice_has_no_caption(line: Line) -> None:
    file = uploaded(line, b"%PDF-1.4\n" + b"x" * 200, "Faktur №1.pdf")
    line.says("", attachment=file)
    line.sends()
    assert line.ledger[-1]["data"]["media"]["name"] == "Faktur №1.pdf"
    voice = uploaded(line, b"ID3\x03\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 99, "lagu.mp3")
    with pytest.raises(Refused) as refused:
        line.says("Dengarkan", attachment=voice)
    assert refused.value.code == "no_caption"


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"MZ\x90\0" + b"\0" * 100, "faktur.pdf", 422, "file_type"),
        (SVG, "gambar.png", 422, "file_type"),
        (b"", "kosong.txt", 422, "empty_file"),
        (b"#!AMR\n" + b"\0" * 17_000_000, "suara.amr", 413, "too_large"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_once_and_leaves_nothing(
    line: Line, content: bytes, name: str, status: int, code: str, tmp_path: Any
) -> None:
    answer = upload(line, content, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_who_sees_the_conversation_sees_its_files(line: Line) -> None:
    line.customer(kind="image", sample="photo")
    line.fetches()
    draft = uploaded(line, picture(), "rahasia.png")
    with line.company.acting():
        file = Attachment.objects.exclude(message=None).get()
    for path in ("", "thumb/", "view/"):
        address = f"{line.company.url}/inbox/attachments/{file.uuid}/{path}"
        seen = {
            who: status(signed_in(line.company, who), address)
            for who in ("owner", "sari", "gita", "nona")
        }
        assert seen == {"owner": 200, "sari": 200, "gita": 404, "nona": 404}
        assert Client().get(address).status_code in (302, 404)
    address = f"{line.company.url}/inbox/attachments/{draft.uuid}/"
    assert status(signed_in(line.company, "owner"), address) == 404
    assert status(signed_in(line.company, "sari"), address) == 200


def test_files_are_downloads_in_a_sandbox(line: Line) -> None:
    line.customer(kind="document", sample="invoice")
    line.fetches()
    with line.company.acting():
        file = Attachment.objects.get()
    address = f"{line.company.url}/inbox/attachments/{file.uuid}/"
    answer = signed_in(line.company, "sari").get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in answer.headers["Cache-Control"]
    whole = b"".join(answer.streaming_content)
    close(answer)
    part = signed_in(line.company, "sari").get(address, headers={"Range": "bytes=2-9"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[2:10]
    close(part)


def test_unsent_uploads_can_be_dropped_and_are_swept(line: Line, tmp_path: Any) -> None:
    file = uploaded(line, picture(), "a.png")
    address = (
        f"{line.company.url}/inbox/{line.conversation.number}/attachments/{file.uuid}/discard/"
    )
    answer = signed_in(line.company, "sari").post(address, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    uploaded(line, picture(), "b.png")
    with line.company.acting():
        old = timezone.now() - timezone.timedelta(days=3)
        Attachment.objects.update(created_at=old)
        assert actions.sweep_uploads() == 1
        assert not Attachment.objects.exists()


def test_all_files_and_links_of_a_conversation(line: Line) -> None:
    line.customer(kind="image", sample="photo")
    line.customer(kind="document", sample="invoice")
    line.customer(text="Lihat https://toko.example/a?b=1, ya (http://b.example), www.c.example!")
    line.fetches()
    with line.company.acting():
        for tab, kind in (("media", "image"), ("files", "document")):
            assert [f.kind for f in queries.attachments_of(line.conversation, tab)] == [kind]
        assert queries.counts_of_files(line.conversation) == {"media": 1, "files": 1}
        links = {f"{link.host} {link.url}" for link in queries.links_of(line.conversation)}
    hosts = {"toko.example https://toko.example/a?b=1", "b.example http://b.example"}
    assert links == {*hosts, "c.example https://www.c.example"}


def test_a_deleted_message_takes_its_file_along(line: Line) -> None:
    wamid = line.customer(kind="image", sample="photo")["wamid"]
    line.fetches()
    with line.company.acting():
        file = Attachment.objects.get()
    line.customer("revoke", wamid=wamid)
    address = f"{line.company.url}/inbox/attachments/{file.uuid}/"
    assert signed_in(line.company, "sari").get(address).status_code == 404


def test_a_browser_asks_every_time_whether_it_may_still_show_a_file(line: Line) -> None:
    """What it has kept is of no use once sight is lost or the message is taken back."""
    file = uploaded(line, picture(), "a.png")
    sari = signed_in(line.company, "sari")
    for part in ("", "thumb/", "view/"):
        address = f"{line.company.url}/inbox/attachments/{file.uuid}/{part}"
        first = sari.get(address)
        close(first)
        assert {"private", "no-cache"} == set(first.headers["Cache-Control"].split(", "))
        known = {"If-None-Match": first.headers["ETag"]}
        again = sari.get(address, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert signed_in(line.company, "gita").get(address, headers=known).status_code == 404


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int) -> None:
    """A red stripe that is on top of what the camera saw is on top of what we show."""
    seen = Image.new("RGB", (60, 40), "white")
    seen.paste("red", (0, 0, 60, 8))
    lies = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    (seen.transpose(lies) if lies is not None else seen).save(written, "JPEG", exif=exif)
    found = pictures_of(written)
    assert found
    assert (found.width, found.height) == (60, 40)
    with Image.open(io.BytesIO(found.view)) as shown:
        red, _green, blue = shown.convert("RGB").getpixel((30, 2))
    assert red > 200
    assert blue < 80


def test_a_disk_that_fails_half_way_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    save, calls = default_storage.save, iter([True, True, False])

    def fills_up(name: str, content: Any) -> str:
        if not next(calls):
            raise OSError("No space left on device")
        return str(save(name, content))

    monkeypatch.setattr(default_storage, "save", fills_up)
    with pytest.raises(OSError, match="No space"):
        keep(io.BytesIO(picture()), "a.png", 1)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_program_uploads_outside_of_any_transaction(line: Line) -> None:
    address = f"{line.company.url}/api/v1/conversations/{line.conversation.number}/attachments/"
    sent = {"file": SimpleUploadedFile("a.png", picture())}
    made = signed_in(line.company, "sari").post(address, sent)
    assert made.status_code == 201, made.content
    for who in ("gita", "nona"):
        sent = {"file": SimpleUploadedFile("a.png", picture())}
        assert signed_in(line.company, who).post(address, sent).status_code in (403, 404)
    odd = {"file": SimpleUploadedFile("a.bin", b"\x00\x01\x02\xff" * 9)}
    refused = signed_in(line.company, "sari").post(address, odd)
    assert (refused.status_code, refused.json()["code"]) == (409, "file_type")
    with line.company.acting():
        assert Attachment.objects.count() == 1


def test_a_deleted_messages_files_are_not_named_to_programs(line: Line) -> None:
    wamid = line.customer(kind="document", sample="invoice")["wamid"]
    line.customer("revoke", wamid=wamid)
    address = f"{line.company.url}/api/v1/conversations/{line.conversation.number}/messages/"
    rows = signed_in(line.company, "sari").get(address).json()["results"]
    assert [row["attachments"] for row in rows if row["deleted_at"]] == [[]]


def test_pictures_that_would_unfold_are_not_decoded() -> None:
    huge = io.BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    assert pictures_of(huge) is None
    for broken in (b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, picture()[:60], SVG):
        assert pictures_of(io.BytesIO(broken)) is None


def test_pictures_carry_no_words_of_their_maker() -> None:
    exif = Image.Exif()
    exif[0x010E] = "javascript:alert(1)"
    written = io.BytesIO()
    Image.new("RGB", (30, 20)).save(written, "JPEG", exif=exif)
    found = pictures_of(written)
    assert found
    assert b"javascript" not in found.thumb + found.view


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\tmp\\a.txt", "a.txt"),
        ("fak\u202etxt.exe", "faktxt.exe"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("head", "name", "wanted"),
    [
        (picture("JPEG"), "a.png", "image/jpeg"),
        (b"<html><script>", "a.jpg", "text/html"),
        (SVG, "a.png", "image/svg+xml"),
        (b"a,b\n1,2\n", "tabel.csv", "text/csv"),
        (b"halo", "a.pdf", "text/plain"),
        (b"\0\1\2\3\4", "a.txt", "application/octet-stream"),
        (b"OggS\0\2" + b"\0" * 22 + b"OpusHead", "", "audio/ogg"),
    ],
)
def test_the_bytes_say_what_it_is(head: bytes, name: str, wanted: str) -> None:
    assert type_of_bytes(head, name) == wanted


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-3", (0, 3)),
        ("bytes=5-", (5, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=8-99", (8, 9)),
        ("bytes=10-12", None),
        ("bytes=4-2", None),
        ("bytes=0-1,3-4", None),
        ("lines=1-2", None),
        ("bytes=-0", None),
    ],
)
def test_ranges(header: str, wanted: tuple[int, int] | None) -> None:
    found = slice_of(header, 10)
    assert (found and (found.first, found.last)) == wanted


def test_a_file_of_another_workspace_is_no_file_of_ours(line: Line, world: Any) -> None:
    with line.company.acting():
        kept = keep(io.BytesIO(picture()), "a.png", line.company.id)
        file = actions.add_upload(line.conversation, by=line.company.sari, kept=kept)
    address = f"{world.globex.url}/inbox/attachments/{file.uuid}/"
    assert signed_in(world.globex, "stranger").get(address).status_code == 404
    with world.globex.acting():
        assert not Attachment.objects.exists()
