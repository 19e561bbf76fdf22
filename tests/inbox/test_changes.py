"""What is told twice, late, at once or wrongly about messages and people changes nothing more
than it says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actors import SYSTEM
from contacts.actions import identify, merge_contacts, move_identity
from contacts.models import Contact, ContactIdentity
from helpdesk.errors import Refused
from inbox import actions
from inbox.actions.reacting import is_emoji
from inbox.channels import (
    DeliveryFailed,
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    ReactionChange,
    Sender,
    StatusUpdate,
)
from inbox.models import Channel, Conversation, Message
from tests.inbox.conftest import Line
from tests.inbox.test_races import wait_for_a_waiting_lock
from tests.people import Company, World

JOINER = "\u200d"
KISS = JOINER.join(("👩🏻", "❤️", "💋", "👩🏻"))
FLAG = "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng\x7f")
PHONE, BSUID = IdentityKey("whatsapp", "6281355500001"), IdentityKey("whatsapp", "ID.1", "99")


def accepted(company: Company) -> Conversation:
    talk = company.conversation(company.hears())
    with company.acting("sari"):
        return actions.accept(talk, by=company.sari)


def test_an_edit_after_a_deletion_changes_nothing_that_is_shown(world: World) -> None:
    acme = world.acme
    talk = accepted(acme)
    with acme.acting():
        [said] = Message.objects.filter(direction="in")
        target, now = str(said.external_id), timezone.now()
        actions.apply_deletion(acme.channel, MessageDeletion(target, now))
        shown = Conversation.objects.get(pk=talk.pk).preview
        actions.apply_edit(acme.channel, MessageEdit("wamid.edit", target, "Baru", now))
        again = Message.objects.get(pk=said.pk)
        assert (again.text, len(again.data["edits"])) == ("", 2)
        assert Conversation.objects.get(pk=talk.pk).preview == shown != ""


def test_an_edit_and_a_reaction_at_once_do_not_lock_each_other_out(
    committed_world: World,
) -> None:
    """The edit changes the list's row after the message, the reaction of an agent holds the
    conversation before it: in one order, or one of them would be told "in a moment"."""
    acme = committed_world.acme
    talk = accepted(acme)
    with acme.acting():
        said = Message.objects.get(direction="in")
    held = Event()

    def agent() -> None:
        with acme.acting("sari"):
            Conversation.objects.select_for_update().get(pk=talk.pk)
            held.set()
            wait_for_a_waiting_lock()
            actions.react(said, by=acme.sari, emoji="👍")
        connection.close()

    def worker() -> None:
        held.wait(5)
        with acme.acting():
            edit = MessageEdit("wamid.edit", str(said.external_id), "Baru", timezone.now())
            assert actions.apply_edit(acme.channel, edit)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for run in (pool.submit(agent), pool.submit(worker)):
            run.result(15)
    with acme.acting():
        again = Message.objects.get(pk=said.pk)
        assert (again.text, again.reactions["us"]["emoji"]) == ("Baru", "👍")


def test_a_failure_that_is_told_again_does_not_take_a_mended_channel_away(line: Line) -> None:
    line.says("Halo")
    line.sends()
    sent = line.last(direction="out")
    failed = StatusUpdate(
        external_id=str(sent.external_id),
        status="failed",
        at=timezone.now(),
        error_text="No money",
        data={"failure": "channel"},
    )
    with line.company.acting():
        actions.apply_status(line.company.channel, failed)
        assert Channel.objects.get().state == "reconnect"
        Channel.objects.update(state="active")
        actions.apply_status(line.company.channel, failed)
        assert Channel.objects.get().state == "active"


def test_a_reaction_that_is_sent_again_is_shown_again(line: Line) -> None:
    said = line.last(direction="in")
    with line.company.acting("sari"):
        actions.react(said, by=line.company.sari, emoji="🎉")
        [(job, _outgoing)] = actions.claim_outgoing(1)
        actions.record_failure(job, DeliveryFailed("message", "No"))
    assert line.again(said).reactions["us"]["emoji"] == ""
    with line.company.acting("sari"):
        actions.retry_message(line.again(job), by=line.company.sari)
    assert line.again(said).reactions["us"]["emoji"] == "🎉"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *((text, True) for text in ("👍", "❤️", "↔️", "‼️", "1️⃣", "🇮🇩", "👍🏽", FLAG, KISS)),
        *(
            (text, False)
            for text in ("a", "1", "+", "!", "👍\n", "👍!!", "👍 👍", JOINER, "👍\x00")
        ),
    ],
)
def test_a_reaction_is_an_emoji(text: str, is_one: bool) -> None:
    assert is_emoji(text) == is_one


def test_a_card_is_saved_once_and_not_after_it_was_taken_back(line: Line) -> None:
    wamid = line.customer("contact", name="Tanpa Nomor", phone="+62 811-1111-1111")["wamid"]
    with line.company.acting("sari"):
        card = Message.objects.get(external_id=wamid)
        [only] = card.data["contacts"]
        card.data = {"contacts": [{"name": only["name"]}]}  # no number by which it is known
        card.save(update_fields=["data"])
        first, is_new = actions.save_shared_contact(card, 0, by=line.company.sari)
        second, is_new_again = actions.save_shared_contact(card, 0, by=line.company.sari)
        assert (is_new, is_new_again, first) == (True, False, second)
        deletion = MessageDeletion(wamid, timezone.now())
        assert actions.apply_deletion(line.company.channel, deletion)
    with pytest.raises(Refused, match="no_card"), line.company.acting("sari"):
        actions.save_shared_contact(card, 0, by=line.company.sari)


def test_a_merge_takes_nothing_from_what_was_written_meanwhile(world: World) -> None:
    """What is filled is what is blank now, not when somebody looked last."""
    with world.acme.acting():
        kept, dropped = Contact.objects.create(), Contact.objects.create(name="Dari WhatsApp")
        Contact.objects.filter(pk=kept.pk).update(name="Bu Rahma")
        merge_contacts(kept, dropped, by=SYSTEM)
        assert Contact.objects.get(pk=kept.pk).name == kept.name == "Bu Rahma"


def test_one_person_has_one_reaction_also_when_he_was_two(world: World) -> None:
    acme = world.acme
    talk = accepted(acme)
    with acme.acting():
        said = Message.objects.get(direction="in")
        other = identify([BSUID], by=SYSTEM).contact
        now = timezone.now()
        for contact, emoji, at in ((talk.contact, "👍", now), (other, "❤️", now + timedelta(1))):
            sender = Sender(tuple(_keys(contact)))
            change = ReactionChange(str(said.external_id), sender, emoji, at)
            assert actions.apply_reaction(acme.channel, change)
        identify([PHONE, BSUID], by=SYSTEM)
        kept = Message.objects.get(pk=said.pk).reactions
        assert {key: one["emoji"] for key, one in kept.items()} == {f"c:{talk.contact_id}": "❤️"}


def _keys(contact: Contact) -> list[IdentityKey]:
    rows = ContactIdentity.objects.filter(contact=contact)
    return [IdentityKey(row.kind, row.value, row.scope) for row in rows]


def test_two_who_find_the_same_person_at_once_end_with_the_contact_that_stands(
    committed_world: World,
) -> None:
    acme = committed_world.acme
    with acme.acting():
        older = identify([IdentityKey("whatsapp", "ID.0", "99")], by=SYSTEM).contact
        first = identify([PHONE], by=SYSTEM).contact
        second = identify([BSUID], by=SYSTEM).contact
    held = Event()

    def merges() -> None:
        with acme.acting():
            merge_contacts(older, first, by=SYSTEM)
            held.set()
            wait_for_a_waiting_lock()
        connection.close()

    def hears() -> Any:
        held.wait(5)
        with acme.acting():
            found = identify([BSUID, PHONE], by=SYSTEM).contact
        connection.close()
        return found

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(merges), pool.submit(hears)
        one.result(15)
        found = other.result(15)
    with acme.acting():
        assert found == older
        assert Contact.objects.get(pk=second.pk).merged_into_id == older.pk
        assert set(ContactIdentity.objects.values_list("contact", flat=True)) == {older.pk}


def test_a_message_follows_its_sender_who_is_merged_at_this_moment(
    committed_world: World,
) -> None:
    """It goes on in his open conversation, and opens no second one for a contact that is gone."""
    acme = committed_world.acme
    with acme.acting():
        older = identify([BSUID], by=SYSTEM).contact
    talk = accepted(acme)
    held = Event()

    def merges() -> None:
        with acme.acting():
            merge_contacts(older, talk.contact, by=SYSTEM)
            held.set()
            wait_for_a_waiting_lock()
        connection.close()

    def hears() -> None:
        held.wait(5)
        with acme.acting():
            sender = Sender((PHONE,), name="Rahmat")
            said = IncomingMessage("wamid.new", sender, timezone.now(), "text", "Lagi")
            actions.receive_message(acme.channel, said)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for run in (pool.submit(merges), pool.submit(hears)):
            run.result(15)
    with acme.acting():
        assert Conversation.objects.get().contact_id == older.pk
        assert Message.objects.get(external_id="wamid.new").conversation_id == talk.pk


def test_an_address_that_changes_into_itself_stays(world: World) -> None:
    accepted(world.acme)
    with world.acme.acting():
        assert move_identity(PHONE, PHONE, by=SYSTEM) is not None
        assert ContactIdentity.objects.filter(value=PHONE.value).count() == 1
