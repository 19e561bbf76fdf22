"""Payloads that make trouble: each fails alone, and ends where a person sees it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from activity import due
from inbox import actions, queries
from inbox.actions.payloads import ATTEMPTS
from inbox.models import InboundPayload
from inbox.tasks import process_inbound
from tests.people import World


def make_due(world: World) -> None:
    with world.acme.acting():
        InboundPayload.objects.filter(state="received").update(due_at=timezone.now())


def test_one_that_ends_its_worker_every_time_is_parked(world: World) -> None:
    world.acme.posts(world.acme.payload("Halo"))
    for _death in range(ATTEMPTS):
        make_due(world)
        with world.acme.acting():
            assert len(actions.claim_payloads()) == 1
    make_due(world)
    with world.acme.acting():
        assert actions.claim_payloads() == []
        assert queries.parked(world.acme.channel).get().error


def test_a_status_of_an_unknown_message_is_given_up_after_a_few_tries(world: World) -> None:
    world.acme.posts(world.acme.status("wamid.elsewhere", "sent"))
    for _try in range(4):
        make_due(world)
        process_inbound(world.acme.id)
    with world.acme.acting():
        assert InboundPayload.objects.get().state == "processed"


def test_old_processed_payloads_are_swept_and_parked_ones_stay(world: World) -> None:
    world.acme.posts(world.acme.payload("Halo"))
    world.acme.posts(b"[1, 2")
    process_inbound(world.acme.id)
    with world.acme.acting():
        InboundPayload.objects.update(received_at=timezone.now() - timedelta(days=15))
    due.sweep()
    with world.acme.acting():
        assert InboundPayload.objects.get().state == "parked"
