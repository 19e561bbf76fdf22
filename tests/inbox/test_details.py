"""The customer's details: edited by whoever sees him, never over what a colleague wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.queries import access_of
from activity.live.render import prepare
from activity.models import LedgerEntry
from contacts.actions import merge_contacts
from contacts.models import Contact
from helpdesk.errors import Refused
from inbox import actions
from inbox.models import Conversation
from tests.people import World, browser_of


@pytest.fixture
def conversation(world: World) -> Conversation:
    row = world.acme.conversation(world.acme.hears())
    with world.acme.acting("sari"):
        return actions.accept(row, by=world.acme.sari)


def post(world: World, who: str, row: Conversation, path: str = "", **says: str) -> Any:
    client = browser_of(world.acme.people[who])
    return client.post(
        f"/w/acme/inbox/{row.number}/contact/{path}", says, headers={"Accept": "application/json"}
    )


def contact_of(world: World, row: Conversation) -> Contact:
    with world.acme.acting():
        return Contact.objects.get(pk=row.contact_id)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "  Rahmat   Hidayat ", "Rahmat Hidayat"),
        ("phone", "0813-5550-0001", "+6281355500001"),
        ("phone", "", ""),
        ("phone", "+65 6123 4567", "+6561234567"),
        ("email", "rahmat@x.example", "rahmat@x.example"),
        ("organization", "PT Maju", "PT Maju"),
        ("address", "Jl. Kemang 12\r\nJakarta", "Jl. Kemang 12\nJakarta"),
        ("note", "Pelanggan lama", "Pelanggan lama"),
    ],
)
def test_every_field_is_edited_and_told(
    world: World, conversation: Conversation, field: str, value: str, kept: str
) -> None:
    was = getattr(contact_of(world, conversation), field)
    answer = post(world, "sari", conversation, field=field, value=value, was=was)
    assert answer.status_code == 200
    assert answer.json()["value"] == kept
    assert getattr(contact_of(world, conversation), field) == kept
    if kept != was:
        with world.acme.acting():
            entry = LedgerEntry.objects.filter(name="contact.changed").latest("seq")
        assert entry.facts == {"contact_id": conversation.contact_id, "changed": [field]}
        assert f"m:{world.acme.sari.pk}" in entry.audience


@pytest.mark.parametrize(
    "says",
    [
        {"field": "email", "value": "no address"},
        {"field": "phone", "value": "call me"},
        {"field": "phone", "value": "12"},
        {"field": "name", "value": "n" * 161},
        {"field": "is_group", "value": "1"},
        {"field": "merged_into", "value": "1"},
        {"field": "note", "value": "nul \0"},
        {"value": "nothing"},
    ],
)
def test_what_does_not_fit_changes_nothing(
    world: World, conversation: Conversation, says: dict[str, str]
) -> None:
    before = contact_of(world, conversation)
    answer = post(world, "sari", conversation, **says)
    assert answer.status_code == 422
    assert answer.json()["message"]
    after = contact_of(world, conversation)
    assert (after.name, after.email, after.phone) == (before.name, before.email, before.phone)


def test_nobody_overwrites_what_he_has_not_seen(world: World, conversation: Conversation) -> None:
    assert post(world, "sari", conversation, field="note", value="A", was="").status_code == 200
    answer = post(world, "supervisor", conversation, field="note", value="B", was="")
    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["current"]) == ("contact_changed", "A")
    assert contact_of(world, conversation).note == "A"
    other = post(world, "supervisor", conversation, field="address", value="Jl. 1", was="")
    assert other.status_code == 200, "another field is another matter"
    seen = post(world, "supervisor", conversation, field="note", value="B", was="A")
    assert seen.status_code == 200
    assert post(world, "sari", conversation, field="note", value="B", was="A").status_code == 200


def test_who_does_not_see_the_conversation_finds_nothing(
    world: World, conversation: Conversation
) -> None:
    for who in ("gita", "budi", "nona"):
        assert post(world, who, conversation, field="note", value="x").status_code == 404
    stranger = browser_of(world.globex.stranger)
    path = f"/w/globex/inbox/{conversation.number}/contact/"
    assert stranger.post(path, {"field": "note", "value": "x"}).status_code == 404
    with pytest.raises(PermissionDenied), world.acme.acting("gita"):
        actions.edit_contact(conversation, by=world.acme.gita, field="note", value="x", was="")
    with pytest.raises(PermissionDenied), world.acme.acting("gita"):
        actions.set_contact_detail(conversation, by=world.acme.gita, label="a", value="x")
    assert contact_of(world, conversation).note == ""


def test_the_frame_names_the_contact_and_nothing_of_it(
    world: World, conversation: Conversation
) -> None:
    acme = world.acme
    post(world, "sari", conversation, field="note", value="Rahasia dapur")
    with acme.acting():
        entry = LedgerEntry.objects.filter(name="contact.changed").latest("seq")
        (prepared,) = prepare([entry], ["id"])
        told = {who: prepared.frame_for(access_of(m).tags, "id") for who, m in acme.people.items()}
    assert {who for who, frame in told.items() if frame} == {"owner", "admin", "supervisor", "sari"}
    assert "Rahasia" not in "".join(frame or "" for frame in told.values())


def test_a_number_is_shown_once_with_its_channel(world: World, conversation: Conversation) -> None:
    shown = "+62 813-5550-0001"

    def panel() -> str:
        path = f"/w/acme/inbox/{conversation.number}/thread/"
        page = browser_of(world.acme.sari).get(path).content.decode()
        return page[page.index('class="person"') :]

    assert panel().count(f">{shown}<") == 1
    assert "<dt>Telepon · WhatsApp</dt>" in panel()
    post(world, "sari", conversation, field="phone", value="+6561234567", was="+6281355500001")
    assert panel().count(f">{shown}<") == 1, "where replies go is another number now"
    assert "<dt>WhatsApp</dt>" in panel()
    assert "<dt>Telepon</dt>" in panel()


def details(world: World, row: Conversation) -> list[tuple[str, str]]:
    return [(one["label"], one["value"]) for one in contact_of(world, row).details]


def test_rows_are_added_changed_and_removed(world: World, conversation: Conversation) -> None:
    def row(**says: str) -> int:
        status: int = post(world, "sari", conversation, "detail/", **says).status_code
        return status

    assert row(label="Ukuran", value="XL") == 200
    assert row(label="Warna", value="biru") == 200
    assert row(label="Ukuran baju", value="M", was_label="Ukuran", was_value="XL") == 200
    assert details(world, conversation) == [("Ukuran baju", "M"), ("Warna", "biru")]
    assert row(label="warna", value="merah") == 409, "the name is taken"
    assert row(label="Warna", value="merah", was_label="Warna", was_value="hijau") == 409
    assert row(label="", value="merah") == 422
    assert row(label="", value="", was_label="Warna", was_value="biru") == 200
    assert row(label="", value="", was_label="Warna", was_value="biru") == 409
    assert details(world, conversation) == [("Ukuran baju", "M")]


def test_there_are_no_rows_without_end(world: World, conversation: Conversation) -> None:
    with world.acme.acting("sari"):
        for number in range(30):
            actions.set_contact_detail(
                conversation, by=world.acme.sari, label=f"L{number}", value="x"
            )
    with pytest.raises(Refused), world.acme.acting("sari"):
        actions.set_contact_detail(conversation, by=world.acme.sari, label="L30", value="x")


def test_merged_contacts_keep_the_rows_of_both(world: World, conversation: Conversation) -> None:
    with world.acme.acting("sari"):
        actions.set_contact_detail(conversation, by=world.acme.sari, label="Ukuran", value="XL")
        rows = [{"label": "ukuran", "value": "S"}, {"label": "Warna", "value": "biru"}]
        other = Contact.objects.create(name="R.", address="Jl. 2", details=rows)
        merge_contacts(contact_of(world, conversation), other, by=world.acme.owner)
    assert details(world, conversation) == [("Ukuran", "XL"), ("Warna", "biru")]
    assert contact_of(world, conversation).address == "Jl. 2"


def test_earlier_conversations_have_their_number_and_state(
    world: World, conversation: Conversation
) -> None:
    with world.acme.acting("sari"):
        actions.resolve(conversation, by=world.acme.sari)
    later = world.acme.hears("lagi")
    page = browser_of(world.acme.sari).get(f"/w/acme/inbox/{later}/thread/").content.decode()
    assert f"<b>#{conversation.number}</b>" in page
    assert "<small>Selesai</small>" in page


def test_what_is_written_while_two_contacts_are_merged_is_kept(
    world: World, conversation: Conversation
) -> None:
    acme = world.acme
    other = acme.conversation(acme.hears(phone="6281355500888", name="Rahmat Dua"))
    with acme.acting("sari"):
        shown = Conversation.objects.select_related("contact").get(pk=conversation.pk)
        merge_contacts(other.contact, Contact.objects.get(pk=shown.contact_id), by=acme.sari)
        given = {"label": "Ukuran", "value": "XL"}
        actions.set_contact_detail(shown, by=acme.sari, **given)
        actions.edit_contact(shown, by=acme.sari, field="note", value="Lama", was="")
        kept = Contact.objects.get(pk=other.contact_id)
    assert kept.note == "Lama"
    assert kept.details == [given]
