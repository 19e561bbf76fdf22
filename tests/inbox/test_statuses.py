"""Statuses of what we sent: any order, any number of times, never backwards."""

from __future__ import annotations

import itertools

import pytest

from inbox import actions
from inbox.models import InboundPayload, Message
from inbox.tasks import process_inbound
from tests.people import World


def sent(world: World, external_id: str | None = "wamid.out") -> Message:
    conversation = world.acme.conversation(world.acme.hears())
    with world.acme.acting():
        actions.accept(conversation, by=world.acme.sari)
        message = actions.send_reply(conversation, by=world.acme.sari, text="Halo")
        ((claimed, _outgoing),) = actions.claim_outgoing()
        if external_id:
            actions.record_sent(claimed, external_id)
    return message


def tell(world: World, body: bytes) -> None:
    assert world.acme.posts(body).status_code == 200
    process_inbound(world.acme.id)


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_in_any_order_twice_the_furthest_state_stays(world: World, order: tuple[str, ...]) -> None:
    message = sent(world)
    for status in (*order, *order):
        tell(world, world.acme.status("wamid.out", status))
    with world.acme.acting():
        message.refresh_from_db()
    assert message.state == "read"


def test_a_status_with_our_reference_heals_an_answer_that_got_lost(world: World) -> None:
    message = sent(world, external_id=None)
    tell(world, world.acme.status("wamid.late", "delivered", ref=str(message.uuid)))
    with world.acme.acting():
        message.refresh_from_db()
        assert (message.state, message.external_id) == ("delivered", "wamid.late")
        actions.record_sent(message, "wamid.late")
        message.refresh_from_db()
        assert message.state == "delivered"


def test_a_late_failure_is_told_but_not_after_delivery(world: World) -> None:
    message = sent(world)
    error = [{"code": 131047, "title": "Re-engagement message"}]
    tell(world, world.acme.status("wamid.out", "failed", errors=error))
    with world.acme.acting():
        message.refresh_from_db()
        assert message.state == "failed"
        assert message.error_code == "131047"
        assert message.error_text
    tell(world, world.acme.status("wamid.out", "delivered"))
    tell(world, world.acme.status("wamid.out", "failed", errors=error, pricing={}))
    with world.acme.acting():
        message.refresh_from_db()
        assert message.state == "delivered"


def test_a_status_before_its_message_is_read_again_later(world: World) -> None:
    world.acme.posts(world.acme.status("wamid.unknown", "sent"))
    process_inbound(world.acme.id)
    with world.acme.acting():
        payload = InboundPayload.objects.get()
        assert payload.state == "received"
        assert payload.attempts == 1
