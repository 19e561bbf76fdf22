"""What an operator's monitor reads: the age of the oldest due work of each kind."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from activity import due
from inbox import actions
from inbox.models import (
    Attachment,
    AttentionMail,
    Batch,
    Channel,
    Conversation,
    InboundPayload,
    Message,
)
from tests.people import World

KINDS = {"inbound", "outgoing", "files", "batches", "snoozed", "mails"}


def ages() -> dict[str, float | None]:
    found: dict[str, float | None] = Client().get("/health/ready").json()["oldest_due_seconds"]
    return found


def test_every_kind_of_due_work_has_its_age(world: World) -> None:
    acme = world.acme
    assert ages() == dict.fromkeys(KINDS)
    assert len(due.kinds) == len(KINDS) + 1, "invitations and calls are both mails"
    row, past = acme.taken(), timezone.now() - timedelta(minutes=2)
    acme.posts(acme.payload("lagi"))
    with acme.acting("sari"):
        actions.send_reply(row, by=acme.sari, text="Baik")
        InboundPayload.objects.filter(state="received").update(due_at=past)
        Message.objects.filter(direction="out").update(due_at=past)
        Conversation.objects.update(snoozed_until=past)
        Attachment.objects.create(conversation=row, kind="image", state="waiting", due_at=past)
        AttentionMail.objects.create(member=acme.sari, due_at=past)
        Batch.objects.create(by=acme.sari, operation="accept", total=1)
        Batch.objects.update(created_at=past)
    assert all(age and 110 < age < 300 for age in ages().values()), ages()


def test_what_a_channel_holds_back_does_not_make_the_workers_look_slow(world: World) -> None:
    acme = world.acme
    row, past = acme.taken(), timezone.now() - timedelta(minutes=2)
    with acme.acting("sari"):
        actions.send_reply(row, by=acme.sari, text="Baik")
        Message.objects.filter(direction="out").update(due_at=past)
        assert ages()["outgoing"]
        Channel.objects.update(state="reconnect")
        assert ages()["outgoing"] is None
        Channel.objects.update(state="active", paused_until=timezone.now() + timedelta(minutes=1))
        assert ages()["outgoing"] is None
