"""The main job, end to end below the browser: from the signed POST to the resolved chat."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from activity.models import LedgerEntry
from helpdesk.errors import Refused
from inbox import actions, queries
from inbox.channels import DeliveryFailed
from inbox.models import Conversation, InboundPayload, Message, StrayPayload
from inbox.tasks import process_inbound
from tests.people import World


def test_a_signed_message_becomes_a_queued_conversation(world: World) -> None:
    number = world.acme.hears("Pesanan belum sampai")
    conversation = world.acme.conversation(number)
    assert conversation.status == "queued"
    assert conversation.preview == "Pesanan belum sampai"
    assert conversation.unread_count == 1
    assert conversation.contact.name == "Rahmat"
    assert conversation.contact.phone == "+6281355500001"
    assert conversation.window_expires_at > conversation.last_customer_at
    assert [m.direction for m in world.acme.messages(number)] == ["fact", "in"]


def test_a_wrong_signature_writes_nothing(world: World) -> None:
    body = world.acme.payload("Halo")
    assert world.acme.posts(body, secret="wrong").status_code == 401
    with world.acme.acting():
        assert not InboundPayload.objects.exists()
    assert not StrayPayload.objects.exists()


def test_the_same_message_again_changes_nothing(world: World) -> None:
    body = world.acme.payload("Halo", wamid="wamid.1")
    for _again in range(2):
        world.acme.posts(body)
        process_inbound(world.acme.id)
    # The same message in other bytes: past the payload's digest, stopped at the message's id.
    world.acme.posts(body + b" ")
    process_inbound(world.acme.id)
    with world.acme.acting():
        assert Message.objects.filter(direction="in").count() == 1
        assert Conversation.objects.get().unread_count == 1


def test_what_cannot_be_parsed_is_parked_and_can_be_replayed(world: World) -> None:
    assert world.acme.posts(b"[1, 2").status_code == 200
    process_inbound(world.acme.id)
    with world.acme.acting():
        payload = queries.parked(world.acme.channel).get()
        assert payload.error
        actions.replay_payload(payload, by=world.acme.admin)
        assert InboundPayload.objects.get().state == "received"
    with pytest.raises(PermissionDenied), world.acme.acting():
        actions.replay_payload(payload, by=world.acme.sari)


def test_a_payload_of_a_foreign_account_is_a_stray_even_if_it_is_signed(world: World) -> None:
    body = world.globex.payload("Halo")
    assert world.acme.posts(body).status_code == 200
    process_inbound(world.acme.id)
    process_inbound(world.globex.id)
    for company in (world.acme, world.globex):
        with company.acting():
            assert not Message.objects.exists()
    assert StrayPayload.objects.get().account_id == world.globex.channel.account_id


def test_of_two_who_accept_one_wins_and_the_other_is_told_by_whom(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
        actions.accept(conversation, by=world.acme.sari)  # twice by the same: no change
    with pytest.raises(Refused) as refused, world.acme.acting():
        actions.accept(conversation, by=world.acme.budi)
    assert refused.value.code == "taken"
    assert refused.value.facts["by_name"] == "Sari"


def test_a_member_of_another_department_cannot_accept(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with pytest.raises(PermissionDenied), world.acme.acting():
        actions.accept(conversation, by=world.acme.gita)


def test_a_reply_needs_an_accepted_conversation(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with pytest.raises(Refused) as refused, world.acme.acting():
        actions.send_reply(conversation, by=world.acme.sari, text="Halo")
    assert refused.value.code == "not_assigned"


def test_a_reply_with_the_same_client_id_is_one_message(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
        first = actions.send_reply(conversation, by=world.acme.sari, text="A", client_id="c1")
        again = actions.send_reply(conversation, by=world.acme.sari, text="A", client_id="c1")
    assert first.pk == again.pk
    assert first.state == "queued"


@pytest.mark.parametrize(("text", "code"), [("  ", "empty_text"), ("x" * 4097, "text_too_long")])
def test_a_reply_that_cannot_be_sent_is_refused(world: World, text: str, code: str) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
    with pytest.raises(Refused) as refused, world.acme.acting():
        actions.send_reply(conversation, by=world.acme.sari, text=text)
    assert refused.value.code == code


def test_outside_the_window_free_text_is_refused(world: World) -> None:
    old = world.acme.payload("Halo", at=1_700_000_000)
    world.acme.posts(old)
    process_inbound(world.acme.id)
    conversation = world.acme.conversation(1)
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
    with pytest.raises(Refused) as refused, world.acme.acting():
        actions.send_reply(conversation, by=world.acme.sari, text="Halo")
    assert refused.value.code == "window_closed"


def test_resolving_ends_it_and_a_new_message_opens_a_linked_one(world: World) -> None:
    number = world.acme.hears("satu")
    conversation = world.acme.conversation(number)
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
        actions.resolve(conversation, by=world.acme.sari)
    second = world.acme.conversation(world.acme.hears("dua"))
    assert second.number == number + 1
    assert second.previous_id == conversation.pk
    assert second.status == "queued"
    with world.acme.acting():
        assert queries.previous_of(second, world.acme.sari) == [conversation]
        assert queries.hidden_before(second, world.acme.sari) == 0
        assert not queries.previous_of(second, world.acme.budi)
        assert queries.hidden_before(second, world.acme.budi) == 1
        assert not queries.previous_of(conversation, world.acme.sari)


def test_transfer_to_a_member_takes_the_sight_of_the_sender_away(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    acme = world.acme
    with acme.acting():
        actions.accept(conversation, by=acme.sari)
        actions.transfer(conversation, by=acme.sari, member=acme.gita, note="tolong bantu")
        assert not queries.visible_to(acme.sari).exists()
        assert queries.visible_to(acme.gita).get() == conversation
    with acme.acting():
        entry = LedgerEntry.objects.filter(name="conversation.assigned").latest("seq")
        assert f"m:{acme.sari.pk}" in entry.lost
    assert [m.text for m in acme.messages(1) if m.direction == "note"] == ["tolong bantu"]


def test_transfer_to_a_department_and_release_go_to_a_queue(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    acme = world.acme
    with acme.acting():
        actions.accept(conversation, by=acme.sari)
        moved = actions.transfer(conversation, by=acme.sari, department=acme.departments["Finance"])
        assert (moved.status, moved.assignee, moved.department.name) == ("queued", None, "Finance")
        actions.accept(moved, by=acme.gita)
        released = actions.release(moved, by=acme.gita)
        assert released.status == "queued"
    with pytest.raises(Refused, match="no_target"), acme.acting():
        actions.transfer(released, by=acme.admin)


def test_a_note_is_no_reply(world: World) -> None:
    number = world.acme.hears()
    conversation = world.acme.conversation(number)
    with world.acme.acting():
        note = actions.add_note(conversation, by=world.acme.budi, text="cek dulu")
        assert actions.claim_outgoing() == []
    assert note.direction == "note"
    assert world.acme.conversation(number).preview == "Halo"


def test_only_the_assignee_and_those_who_steer_may_end_it(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    acme = world.acme
    with acme.acting():
        actions.accept(conversation, by=acme.sari)
    conversation = acme.conversation(1)
    with pytest.raises(PermissionDenied), acme.acting():
        actions.resolve(conversation, by=acme.budi)
    with acme.acting():
        assert actions.resolve(conversation, by=acme.supervisor).is_resolved


def test_search_finds_by_name_phone_number_and_text(world: World) -> None:
    acme = world.acme
    acme.hears("Paket resi sudah dikirim", "6281355500001", "Rahmat Hidayat")
    acme.hears("lain", "6281299900002", "Dewi")
    world.globex.hears("Paket resi", "6281355500001", "Rahmat Hidayat")
    with acme.acting():
        for words in ("rahmat", "0813555", "+62 813-5550", "resi paket", "#1"):
            found = [row.number for row in queries.inbox_list(acme.sari, q=words)]
            assert found == [1], words
        assert queries.inbox_list(acme.sari, q="tidak ada") == []
        assert not queries.inbox_list(acme.gita, q="rahmat")


def test_a_failed_send_says_why_and_can_be_tried_again(world: World) -> None:
    conversation = world.acme.conversation(world.acme.hears())
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
        message = actions.send_reply(conversation, by=world.acme.sari, text="Halo")
        ((claimed, _outgoing),) = actions.claim_outgoing()
        failure = DeliveryFailed("message", "Not allowed.", code="131047")
        actions.record_failure(claimed, failure)
        message.refresh_from_db()
        assert (message.state, message.error_text) == ("failed", "Not allowed.")
        assert actions.retry_message(message, by=world.acme.sari).state == "queued"
        ((claimed, _outgoing),) = actions.claim_outgoing()
        actions.record_failure(claimed, DeliveryFailed("unknown", "No answer."))
        message.refresh_from_db()
        assert message.state == "unknown"
        assert actions.claim_outgoing() == []
        assert actions.discard_message(message, by=world.acme.sari).state == "discarded"


def test_a_lost_token_holds_the_queue_until_a_new_one_is_saved(world: World) -> None:
    acme = world.acme
    conversation = acme.conversation(acme.hears())
    with acme.acting():
        actions.accept(conversation, by=acme.sari)
        first = actions.send_reply(conversation, by=acme.sari, text="satu")
        second = actions.send_reply(conversation, by=acme.sari, text="dua")
        ((claimed, _outgoing),) = actions.claim_outgoing()  # one per conversation: in order
        assert claimed.pk == first.pk
        actions.record_failure(claimed, DeliveryFailed("channel", "Token expired.", code="190"))
        acme.channel.refresh_from_db()
        assert acme.channel.state == "reconnect"
        assert actions.claim_outgoing() == []
        actions.edit_channel(
            acme.channel,
            by=acme.admin,
            name=acme.channel.name,
            account_id=acme.channel.account_id,
            department=acme.departments["Support"],
            config=acme.channel.config,
            secrets={"access_token": "new", "app_secret": ""},
        )
        assert acme.channel.refresh_from_db() is None
        assert acme.channel.secrets["access_token"] == "new"
        assert acme.channel.secrets["app_secret"] == acme.secret
        ((claimed, _outgoing),) = actions.claim_outgoing()
        assert claimed.pk == first.pk
        actions.record_sent(claimed, "wamid.out1")
        ((claimed, _outgoing),) = actions.claim_outgoing()
        assert claimed.pk == second.pk
