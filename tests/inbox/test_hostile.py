"""Whatever is posted to the door with a good signature is taken and ends in a known place;
with a bad one, nothing is written at all."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inbox import actions
from inbox.models import Channel, InboundPayload, Message, StrayPayload
from inbox.tasks import process_inbound
from tests.guards.tables import digest
from tests.people import Company, World

SAMPLES = sorted((Path(__file__).parents[1] / "samples" / "whatsapp").glob("[0-9]*.json"))
STRANGE: list[Any] = [
    *(None, True, 0, -1, 10**30, 1.5, "", "x" * 70_000, "\x00", "\ud800", [], {}, [None]),
    "\u202e\u0301" * 99,
]
MUTANTS = 4  # of each sample

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def company(world: World) -> Company:
    """Acme as the samples know it."""
    with world.acme.acting():
        config = {**world.acme.channel.config, "groups": True}
        rows = Channel.objects.filter(pk=world.acme.channel.pk)
        rows.update(account_id="880000000000001", config=config)
        world.acme.channel.refresh_from_db()
    return world.acme


def places(value: Any) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


def mutant(body: bytes, chance: random.Random) -> bytes:
    """Something in it is different, absent, or there twice; or its bytes are broken."""
    payload = json.loads(body)
    container, key = chance.choice(places(payload))
    way = chance.randrange(5)
    if way == 0:
        container.pop(key) if isinstance(container, dict) else container.clear()
    elif way == 1:
        at = chance.randrange(len(body))
        return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
    elif way == 2:
        return body.replace(b'"type"', b'"type":"image","type"', 1)
    else:
        container[key] = chance.choice(STRANGE)
    return json.dumps(payload).encode()


def test_every_mutant_is_taken_and_ends_in_a_known_place(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(20261122)
    bodies = [mutant(path.read_bytes(), chance) for path in SAMPLES for _n in range(MUTANTS)]
    for body in bodies:
        assert company.posts(body).status_code == 200
    for _try in range(7):
        process_inbound(company.id)
        with company.acting():
            waiting = InboundPayload.objects.filter(state="received")
            waiting.update(due_at=timezone.now() - timedelta(seconds=1))
    with company.acting():
        states = set(InboundPayload.objects.values_list("state", flat=True))
        assert states == {"processed", "parked"}
        for payload in InboundPayload.objects.filter(state="parked"):
            assert " " in payload.error, f"an exception: {payload.error}"
        assert Message.objects.exists()
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_without_a_good_signature_nothing_is_written(company: Company, path: Path) -> None:
    before, body = digest(company), path.read_bytes()
    assert company.posts(body, secret="wrong").status_code == 401
    bare = Client().post(company.webhook, data=body, content_type="application/json")
    assert bare.status_code == 401
    for header in ("", "sha256=", "sha256=" + "0" * 64, "md5=1", "sha256=é", "x" * 9000):
        answer = Client().post(
            company.webhook,
            data=body,
            content_type="application/json",
            headers={"X-Hub-Signature-256": header},
        )
        assert answer.status_code == 401
    assert digest(company) == before
    assert not StrayPayload.objects.exists()


def test_a_replay_by_hand_changes_nothing(company: Company) -> None:
    """An admin reads a parked payload again after an update of ours; twice is the same."""
    company.posts(SAMPLES[0].read_bytes())
    process_inbound(company.id)
    with company.acting():
        row = InboundPayload.objects.get()
        InboundPayload.objects.update(state="parked")
        messages = Message.objects.count()
        actions.replay_payload(row, by=company.admin)
    process_inbound(company.id)
    with company.acting():
        assert InboundPayload.objects.get().state == "processed"
        assert Message.objects.count() == messages
