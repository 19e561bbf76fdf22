"""Quick replies: kept for whom they are meant, filled in, with their file (F28, F118)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from helpdesk.errors import Refused
from helpdesk.events import attempt
from inbox import actions, queries
from inbox.emojis import found_emojis
from inbox.filling import filled
from inbox.models import Attachment, QuickReply
from tests.people import Company, World, browser_of

JSON = {"Accept": "application/json"}


@pytest.fixture
def acme(world: World) -> Company:
    """A conversation that Sari has, and some quick replies."""
    company = world.acme
    row = company.conversation(company.hears(name="Rahmat Hidayat"))
    with company.acting("sari"):
        actions.accept(row, by=company.sari)
        made(company, "sari", "salam", "Halo {customer_first_name}, saya {agent_name}.")
    with company.acting("admin"):
        made(company, "admin", "jam", "Kami buka pukul 8.", is_own=False)
        support = company.departments["Support"]
        made(company, "admin", "garansi", "Dua tahun.", is_own=False, department=support)
        made(company, "admin", "rahasia", "Hanya saya.")
    return company


def made(company: Company, who: str, shortcut: str, text: str, **more: Any) -> QuickReply:
    by = company.people[who]
    return actions.save_quick_reply(by=by, shortcut=shortcut, title=shortcut, text=text, **more)


def test_everybody_finds_what_is_meant_for_him(acme: Company) -> None:
    with acme.acting():
        names = {
            who: {row.shortcut for row in queries.quick_replies_for(acme.people[who])}
            for who in ("sari", "gita", "admin")
        }
    assert names["sari"] == {"salam", "jam", "garansi"}
    assert names["gita"] == {"jam"}
    assert names["admin"] == {"jam", "garansi", "rahasia"}


@pytest.mark.parametrize("text", ["%00", "ga%00", "%F0%9F%98%80", "%25_", "x" * 5000])
def test_whatever_is_typed_finds_something_or_nothing(acme: Company, text: str) -> None:
    assert browser_of(acme.sari).get(f"/w/acme/inbox/quick-replies/?q={text}").status_code == 200


def test_the_ones_that_begin_like_this_come_first(acme: Company) -> None:
    with acme.acting("sari"):
        made(acme, "sari", "ga", "pendek")
        QuickReply.objects.filter(shortcut="garansi").update(used=9)
        found = [row.shortcut for row in queries.found_quick_replies(acme.sari, "ga")]
        inside = [row.shortcut for row in queries.found_quick_replies(acme.sari, "buka")]
    assert found == ["garansi", "ga"]
    assert inside == ["jam"]


def test_it_is_filled_in_and_counted(acme: Company) -> None:
    page = browser_of(acme.sari)
    (one,) = page.get("/w/acme/inbox/quick-replies/?q=sal").json()["found"]
    answer = page.post(f"/w/acme/inbox/1/quick-replies/{one['id']}/use/", headers=JSON).json()
    assert answer["text"] == f"Halo Rahmat, saya {acme.sari.name}."
    assert answer["file"] is None
    with acme.acting():
        row = QuickReply.objects.get(shortcut="salam")
    assert (row.used, row.used_at is not None) == (1, True)


def test_a_name_with_braces_is_not_filled_in_again(acme: Company) -> None:
    row = acme.conversation(1)
    with acme.acting("sari"):
        row.contact.name = "{agent_name}"
        assert filled("{customer_name} {x} {", row, acme.sari) == "{agent_name} {x} {"


def test_its_file_comes_along_as_an_upload_of_its_own(acme: Company) -> None:
    page = browser_of(acme.sari)
    with acme.acting():
        pk = QuickReply.objects.get(shortcut="salam").pk
    settings = f"/w/acme/settings/quick-replies/{pk}/"
    brochure = SimpleUploadedFile("Brosur.pdf", b"%PDF-1.4 brosur", "application/pdf")
    assert page.post(f"{settings}file/", {"file": brochure}).status_code == 302
    use = f"/w/acme/inbox/1/quick-replies/{pk}/use/"
    assert page.post(use, {"mode": "note"}, headers=JSON).json()["file"] is None
    file = page.post(use, headers=JSON).json()["file"]
    assert (file["name"], file["kind"]) == ("Brosur.pdf", "document")
    with acme.acting():
        reply, upload = QuickReply.objects.get(pk=pk), Attachment.objects.get(uuid=file["uuid"])
    assert upload.uploaded_by_id == acme.sari.pk
    assert upload.file.name != reply.file
    assert page.post(f"{settings}file/").status_code == 302
    assert not default_storage.exists(reply.file)
    with default_storage.open(str(upload.file.name)) as kept:
        assert kept.read() == b"%PDF-1.4 brosur"
    assert page.post(use, headers=JSON).json()["file"] is None


def test_a_file_that_the_channel_does_not_carry_leaves_the_words(acme: Company) -> None:
    page = browser_of(acme.sari)
    with acme.acting():
        pk = QuickReply.objects.get(shortcut="salam").pk
    odd = SimpleUploadedFile("x.bin", bytes(range(256)), "application/octet-stream")
    page.post(f"/w/acme/settings/quick-replies/{pk}/file/", {"file": odd})
    answer = page.post(f"/w/acme/inbox/1/quick-replies/{pk}/use/", headers=JSON).json()
    assert answer["text"]
    assert answer["problem"]
    assert answer["file"] is None
    with acme.acting():
        assert not Attachment.objects.exists()


@pytest.mark.parametrize("breaks", ["gone", "broken"])
def test_a_file_that_cannot_be_had_leaves_the_words(acme: Company, breaks: str) -> None:
    page = browser_of(acme.sari)
    with acme.acting():
        pk = QuickReply.objects.get(shortcut="salam").pk
        # A folder in its place: the disk answers with another error than "not found".
        name = "attachments/none" if breaks == "gone" else "attachments"
        default_storage.save("attachments/there", SimpleUploadedFile("a", b"a"))
        QuickReply.objects.filter(pk=pk).update(file=name, file_name="a.pdf", file_size=1)
    answer = page.post(f"/w/acme/inbox/1/quick-replies/{pk}/use/", headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["text"]
    assert answer.json()["problem"]


def test_a_deleted_one_takes_its_file_along_and_only_then(acme: Company) -> None:
    page = browser_of(acme.sari)
    with acme.acting():
        pk = QuickReply.objects.get(shortcut="salam").pk
    brochure = SimpleUploadedFile("Brosur.pdf", b"%PDF-1.4 brosur", "application/pdf")
    page.post(f"/w/acme/settings/quick-replies/{pk}/file/", {"file": brochure})
    with acme.acting():
        reply = QuickReply.objects.get(pk=pk)
    with pytest.raises(ZeroDivisionError):
        deletes_in_vain(acme, reply)
    assert default_storage.exists(reply.file), "what was not done takes nothing away"
    assert page.post(f"/w/acme/settings/quick-replies/{pk}/delete/").status_code == 302
    assert not default_storage.exists(reply.file)


def deletes_in_vain(company: Company, reply: QuickReply) -> None:
    with company.acting("sari"):
        actions.delete_quick_reply(reply, by=company.sari)
        raise ZeroDivisionError


def test_a_customer_of_blanks_has_a_first_name(acme: Company) -> None:
    row = acme.conversation(1)
    with acme.acting("sari"):
        row.contact.name = "\u2003 "
        assert filled("{customer_first_name}", row, acme.sari)


def test_what_can_not_be_filled_in_and_what_is_there_already_is_refused(acme: Company) -> None:
    with acme.acting("sari"):
        with pytest.raises(Refused) as refused, attempt():
            made(acme, "sari", "baru", "Nomor {ticket}")
        assert refused.value.code == "unknown_variable"
        with pytest.raises(Refused) as refused, attempt():
            made(acme, "sari", "SALAM", "dua kali")
        assert refused.value.code == "shortcut_taken"
        made(acme, "sari", "jam", "Jam saya sendiri")  # another's word may be one's own as well


def test_an_agent_makes_them_for_himself_only(acme: Company) -> None:
    with acme.acting("sari"), pytest.raises(PermissionDenied), attempt():
        made(acme, "sari", "semua", "Untuk semua", is_own=False)
    with acme.acting("sari"):
        shared = QuickReply.objects.get(shortcut="jam")
        with pytest.raises(PermissionDenied), attempt():
            actions.delete_quick_reply(shared, by=acme.sari)


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(acme: Company) -> None:
    page = browser_of(acme.sari)
    typed = {"shortcut": "dua kata", "title": "T", "text": "{nama}", "for_whom": "own"}
    answer = page.post("/w/acme/settings/quick-replies/", typed)
    assert answer.status_code == 422
    assert "dua kata" in answer.content.decode()
    answer = page.post("/w/acme/settings/quick-replies/", {**typed, "shortcut": "/satu"})
    assert answer.status_code == 422
    assert "{nama}" in answer.content.decode()


def test_one_that_was_put_away_is_not_offered(acme: Company) -> None:
    page = browser_of(acme.sari)
    with acme.acting():
        pk = QuickReply.objects.get(shortcut="salam").pk
    page.post(f"/w/acme/settings/quick-replies/{pk}/activity/")
    assert page.get("/w/acme/inbox/quick-replies/?q=salam").json()["found"] == []
    use = f"/w/acme/inbox/1/quick-replies/{pk}/use/"
    assert page.post(use, headers=JSON).status_code == 404


def test_emoji_are_found_in_both_languages(acme: Company) -> None:
    assert found_emojis("jempol", "id")[0].mark == "👍"
    assert found_emojis("thumbs up", "en")[0].mark == "👍"
    assert found_emojis("thumbs up", "id")[0].mark == "👍"
    assert found_emojis("zzzz", "id") == []
    assert len(found_emojis("", "id")) > 10
    found = browser_of(acme.sari).get("/w/acme/inbox/emoji/?q=hati merah").json()["found"]
    assert found[0]["mark"] == "❤️"
