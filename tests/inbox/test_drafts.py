"""Unsent words: kept at the server, never brought back once they were sent."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.actions.drafting import Page, Words
from inbox.actions.files import DRAFT_KEPT, UNSENT_KEPT
from inbox.models import Attachment, Conversation, Draft
from tests.people import Company, World, browser_of

PAGE = Page(0, "page-one", 1)


@pytest.fixture
def talk(world: World) -> Conversation:
    """Sari handles it."""
    return world.acme.taken()


def save(
    company: Company,
    talk: Conversation,
    text: str = "",
    *,
    who: str = "sari",
    kind: str = "reply",
    page: Page = PAGE,
    **words: Any,
) -> Draft:
    member = company.people[who]
    with company.acting(who):
        kept = Words(text, **words)
        return actions.save_draft(talk, by=member, kind=kind, words=kept, page=page)


def draft(company: Company, talk: Conversation, who: str = "sari", kind: str = "reply") -> Draft:
    with company.acting():
        return Draft.objects.get(member=company.people[who], conversation=talk, kind=kind)


def send(company: Company, talk: Conversation, text: str = "Baik", **more: Any) -> Any:
    with company.acting("sari"):
        return actions.send_reply(talk, by=company.sari, text=text, **{"rest": "", **more})


def test_words_are_kept_and_come_back(world: World, talk: Conversation) -> None:
    acme = world.acme
    assert save(acme, talk, "Selamat p").version == 1
    assert save(acme, talk, "Selamat pagi", page=Page(0, "page-one", 2)).version == 2
    with acme.acting("sari"):
        (kept,) = queries.drafts_in(acme.sari, talk)
        assert kept.draft.text == "Selamat pagi"
        assert queries.drafts_of(acme.sari) == {talk.number: "Selamat pagi"}


def test_saves_that_overtake_each_other_end_with_the_later_words(
    world: World, talk: Conversation
) -> None:
    save(world.acme, talk, "Selamat pagi", page=Page(0, "page-one", 2))
    save(world.acme, talk, "Selamat", page=Page(0, "page-one", 1))
    assert draft(world.acme, talk).text == "Selamat pagi"


def test_a_save_that_comes_after_the_send_brings_nothing_back(
    world: World, talk: Conversation
) -> None:
    acme = world.acme
    save(acme, talk, "Ba")
    send(acme, talk)
    assert draft(acme, talk).text == ""
    for page in (Page(0, "page-one", 2), Page(1, "page-one", 3), Page(1, "page-two", 1)):
        with pytest.raises(Refused, match="draft_changed") as refused:
            save(acme, talk, "Baik", page=page)
        assert refused.value.facts == {"version": 2}
    row = draft(acme, talk)
    assert (row.text, row.is_filled) == ("", False)
    assert save(acme, talk, "Lagi", page=Page(2, "page-one", 4)).text == "Lagi"


def test_the_same_where_nothing_had_been_saved_before(world: World, talk: Conversation) -> None:
    send(world.acme, talk)
    with pytest.raises(Refused, match="draft_changed"):
        save(world.acme, talk, "Baik")
    assert not draft(world.acme, talk).is_filled


def test_a_send_that_is_repeated_spends_nothing_of_what_was_written_since(
    world: World, talk: Conversation
) -> None:
    acme = world.acme
    first = send(acme, talk, client_id="c1")
    save(acme, talk, "Berikutnya", page=Page(1, "page-one", 2))
    assert send(acme, talk, client_id="c1") == first
    assert draft(acme, talk).text == "Berikutnya"


def test_a_send_that_is_refused_leaves_the_draft(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "Baik")
    with acme.acting("sari"):
        actions.resolve(talk, by=acme.sari)
    with pytest.raises(Refused, match="already_resolved"):
        send(acme, talk)
    assert draft(acme, talk).text == "Baik"


def test_what_stays_behind_is_named_by_the_send(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "satu\ndua", seen=7)
    send(acme, talk, "satu", rest="dua")
    row = draft(acme, talk)
    assert (row.text, row.is_filled, row.seen) == ("dua", True, 7)


def test_reply_and_note_are_two_drafts(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "untuk pelanggan")
    save(acme, talk, "untuk kita", kind="note")
    with acme.acting("sari"):
        actions.add_note(talk, by=acme.sari, text="untuk kita", rest="")
    assert draft(acme, talk).text == "untuk pelanggan"
    assert draft(acme, talk, kind="note").text == ""
    send(acme, talk)
    assert draft(acme, talk).text == ""


def test_drafts_belong_to_one_member_and_one_conversation(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "dari Sari")
    save(acme, talk, "dari admin", who="admin")
    other = acme.conversation(acme.hears(phone="6281355500002"))
    with acme.acting("admin"):
        assert queries.drafts_of(acme.admin) == {talk.number: "dari admin"}
        assert queries.drafts_in(acme.sari, other) == []
    send(acme, talk)
    assert draft(acme, talk, "admin").text == "dari admin"


def test_another_page_must_know_what_it_replaces(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "di kantor")
    with pytest.raises(Refused, match="draft_changed"):
        save(acme, talk, "di ponsel", page=Page(0, "phone", 1))
    assert save(acme, talk, "di ponsel", page=Page(1, "phone", 1)).text == "di ponsel"
    with pytest.raises(Refused, match="draft_changed"):
        save(acme, talk, "di kantor lagi", page=Page(1, "page-one", 2))


def test_a_draft_outlives_a_change_of_owner(world: World, talk: Conversation) -> None:
    acme = world.acme
    save(acme, talk, "hampir selesai")
    with acme.acting("sari"):
        actions.transfer(talk, by=acme.sari, member=acme.gita)
        assert queries.drafts_of(acme.sari) == {}, "what he does not see is not told either"
    with pytest.raises(PermissionDenied):
        save(acme, acme.conversation(talk.number), "masih", page=Page(1, "page-one", 2))
    with acme.acting("gita"):
        actions.transfer(talk, by=acme.gita, member=acme.sari)
    with acme.acting("sari"):
        assert queries.drafts_of(acme.sari) == {talk.number: "hampir selesai"}


def test_files_and_the_quoted_message_belong_to_it(world: World, talk: Conversation) -> None:
    acme = world.acme
    with acme.acting("sari"):
        mine = upload(talk, acme.sari)
        foreign = upload(talk, acme.admin)
        heard = talk.messages.filter(direction="in").latest("id")
    files = [mine.uuid, foreign.uuid, uuid.uuid4()]
    assert save(acme, talk, "", files=files, quoting=heard).is_filled
    with acme.acting("sari"):
        (kept,) = queries.drafts_in(acme.sari, talk)
        assert [file.uuid for file in kept.files] == [mine.uuid]
        assert kept.draft.quoting == heard
    row = save(acme, talk, "", page=Page(0, "page-one", 2), files=[foreign.uuid])
    assert not row.is_filled
    with acme.acting("sari"):
        assert not Attachment.objects.filter(draft=row).exists()


def test_a_file_leaves_the_draft_when_it_is_sent(world: World, talk: Conversation) -> None:
    acme = world.acme
    with acme.acting("sari"):
        first, second = upload(talk, acme.sari), upload(talk, acme.sari)
        Attachment.objects.update(content_type="image/png", size=9)
    save(acme, talk, "lihat ini", files=[first.uuid, second.uuid])
    send(acme, talk, "lihat ini", attachment=first, kind="image")
    with acme.acting("sari"):
        (kept,) = queries.drafts_in(acme.sari, talk)
        assert (kept.draft.text, kept.files) == ("", [second])
        assert kept.draft.is_filled
    send(acme, talk, "", attachment=second, kind="image")
    assert not draft(acme, talk).is_filled


def test_files_of_a_draft_are_not_swept_while_it_lives(world: World, talk: Conversation) -> None:
    acme = world.acme
    with acme.acting("sari"):
        kept, loose = upload(talk, acme.sari), upload(talk, acme.sari)
        old = timezone.now() - UNSENT_KEPT * 2
        Attachment.objects.filter(message=None).update(created_at=old)
    save(acme, talk, "", files=[kept.uuid])
    with acme.acting():
        assert actions.sweep_uploads() == 1
        assert not Attachment.objects.filter(pk=loose.pk).exists()
        Draft.objects.update(saved_at=timezone.now() - DRAFT_KEPT * 2)
        assert actions.sweep_uploads() == 1
    assert not draft(acme, talk).is_filled


def test_the_sweep_leaves_a_draft_that_is_taken_up_again_at_this_moment(
    committed_world: World,
) -> None:
    acme = committed_world.acme
    talk = acme.taken()
    with acme.acting():
        file = upload(talk, acme.sari)
    save(acme, talk, "", files=[file.uuid])
    with acme.acting():
        Draft.objects.update(saved_at=timezone.now() - DRAFT_KEPT * 2)

    def sweep() -> int:
        try:
            with acme.acting():
                return actions.sweep_uploads()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, acme.acting("sari"):
        words, page = Words("Maaf, baru sekarang", files=[file.uuid]), Page(0, "page-one", 2)
        actions.save_draft(talk, by=acme.sari, kind="reply", words=words, page=page)
        assert pool.submit(sweep).result(10) == 0, "neither waits for the other"
    with acme.acting():
        assert Attachment.objects.filter(pk=file.pk).exists()
    assert draft(acme, talk).is_filled


def upload(talk: Conversation, by: Any) -> Attachment:
    return Attachment.objects.create(conversation=talk, kind="image", name="a.png", uploaded_by=by)


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_who_does_not_see_it_keeps_nothing_there(
    world: World, talk: Conversation, kind: str
) -> None:
    with pytest.raises(PermissionDenied):
        save(world.acme, talk, "x", who="gita", kind=kind)


def test_the_door_answers_with_the_version(world: World, talk: Conversation) -> None:
    client = browser_of(world.acme.sari)
    path = f"/w/acme/inbox/{talk.number}/draft/"
    said = {"kind": "reply", "text": " Halo ", "base": 0, "writer": "p", "step": 1}
    headers = {"Accept": "application/json"}
    assert client.post(path, said, headers=headers).json() == {"ok": True, "version": 1}
    late = client.post(path, {**said, "writer": "q"}, headers=headers)
    assert late.status_code == 409
    assert late.json()["code"] == "draft_changed"
    assert late.json()["version"] == 1
    page = client.get(f"/w/acme/inbox/{talk.number}/").content.decode()
    assert '"text": " Halo "' in page
    assert client.get("/w/acme/inbox/own/").json()["drafts"] == {str(talk.number): " Halo "}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "letter"},
        {"text": "x" * 20_001},
        {"base": "-1"},
        {"base": ""},
        {"writer": "x" * 33},
        {"step": "0"},
        {"attachments": "nonsense"},
        {"attachments": "," * 5000},
        {"seen": "9" * 30},
        {"reply_to": "one"},
    ],
)
def test_a_save_that_makes_no_sense_is_refused(
    world: World, talk: Conversation, wrong: dict[str, str]
) -> None:
    said = {"kind": "reply", "text": "Halo", "base": "0", "writer": "p", "step": "1", **wrong}
    answer = browser_of(world.acme.sari).post(f"/w/acme/inbox/{talk.number}/draft/", said)
    assert answer.status_code == 400
    with world.acme.acting():
        assert not Draft.objects.exists()


def test_a_send_and_a_late_save_at_the_same_moment(committed_world: World) -> None:
    acme = committed_world.acme
    talk = acme.taken()
    for round_ in range(8):
        known = draft(acme, talk).version if round_ else 0
        save(acme, talk, "Ba", page=Page(known, f"page-{round_}", 1))

        def late(known: int = known, name: str = f"page-{round_}") -> str:
            try:
                save(acme, talk, "Baik", page=Page(known, name, 2))
                return "kept"
            except Refused:
                return "late"
            finally:
                connection.close()

        def sends() -> None:
            send(acme, talk)
            connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda work: work(), (sends, late)))
        row = draft(acme, talk)
        assert (row.text, row.is_filled) == ("", False), round_


def test_two_first_saves_at_once_make_one_row(committed_world: World) -> None:
    acme = committed_world.acme
    talk = acme.taken()

    def first(step: int) -> None:
        save(acme, talk, "x" * step, page=Page(0, "page-one", step))
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(first, range(1, 5)))
    assert draft(acme, talk).text == "xxxx"


def test_a_file_is_sent_while_its_draft_is_saved(committed_world: World) -> None:
    """Both hold the draft and the file, in the same order: nobody waits for ever."""
    acme = committed_world.acme
    talk = acme.taken()
    for round_ in range(8):
        with acme.acting("sari"):
            file = upload(talk, acme.sari)
            Attachment.objects.filter(pk=file.pk).update(content_type="image/png", size=9)
        known = draft(acme, talk).version if round_ else 0
        name = f"page-{round_}"
        save(acme, talk, "", page=Page(known, name, 1), files=[file.uuid])

        def saves(known: int = known, name: str = name, file: Any = file) -> None:
            with suppress(Refused):
                save(acme, talk, "", page=Page(known, name, 2), files=[file.uuid])
            connection.close()

        def sends(file: Any = file) -> None:
            send(acme, talk, "", attachment=file, kind="image")
            connection.close()

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(saves), pool.submit(sends)]:
                done.result(20)
        assert not draft(acme, talk).is_filled
