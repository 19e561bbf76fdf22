"""Every sample of the provider, posted twice and in any order, ends in the same place."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from contacts.models import Contact
from inbox import actions
from inbox.models import Attachment, Channel, InboundPayload, Message
from inbox.tasks import process_inbound
from tests.people import Company, World

SAMPLES = Path(__file__).parents[1] / "samples" / "whatsapp"
ACCOUNT = "880000000000001"
OURS = "wamid.HBgLMTIwMjU1NTAxMDAVAgASGBQ4RTc0QUJFMTYxQUExMjFGQjhBNQA="
LATE_FAILURE = "wamid.HBgLMTIwMjU1NTAxMDAVAgASGBRGNzI4QUY5MzUwMjkzMDU4MzlFMAA="

pytestmark = pytest.mark.timeout(120)


def samples() -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("[0-9]*.json"))}


def test_there_are_samples() -> None:
    assert len(samples()) == 34


@pytest.fixture(name="company")
def fixture_company(world: World) -> Company:
    """Acme as the samples know it."""
    return prepared(world.acme)


def prepared(company: Company) -> Company:
    """With the samples' phone number, and groups shown. Two messages were once sent to the
    samples' customer: the ones that statuses and reactions are about."""
    with company.acting():
        config = {**company.channel.config, "groups": True}
        Channel.objects.filter(pk=company.channel.pk).update(account_id=ACCOUNT, config=config)
        company.channel.refresh_from_db()
    first_words(company)
    return company


def play(company: Company, bodies: list[bytes]) -> None:
    """The posts, each read at once; then what waits for something is read until it had its
    chances."""
    for body in bodies:
        assert company.posts(body).status_code == 200
        process_inbound(company.id)
    for _try in range(8):
        with company.acting():
            rows = InboundPayload.objects.filter(state="received")
            rows.update(due_at=timezone.now() - timedelta(seconds=1))
        process_inbound(company.id)


def first_words(company: Company) -> None:
    """The customer writes, and is answered twice."""
    body = json.loads(samples()["01_text"])
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    message["id"], message["timestamp"] = "wamid.first", "1793400000"
    play(company, [json.dumps(body).encode()])
    with company.acting():
        conversation = Message.objects.get(external_id="wamid.first").conversation
        for wamid in (OURS, LATE_FAILURE):
            Message.objects.create(
                conversation=conversation,
                channel=company.channel,
                direction="out",
                text="Kami cek dulu",
                state="sending",
                external_id=wamid,
                sent_at=timezone.now(),
            )


def outcome(company: Company) -> dict[str, Any]:
    """Everything that a person could notice, without ids."""
    with company.acting():
        messages = {
            row.external_id: {
                "who": str(row.conversation.contact),
                "author": row.author_name,
                **{key: getattr(row, key) for key in ("direction", "kind", "text", "state")},
                "data": row.data,
                "reply_to": row.reply_to,
                "reactions": sorted(one["emoji"] for one in row.reactions.values()),
                "deleted": row.deleted_at is not None,
                "edited": row.edited_at,
                "error": row.error_code,
                "files": [
                    (file.kind, file.name, file.remote)
                    for file in Attachment.objects.filter(message=row)
                ],
            }
            for row in Message.objects.exclude(direction="fact").select_related(
                "conversation__contact"
            )
        }
        contacts = sorted(
            (
                contact.name,
                contact.phone,
                contact.is_group,
                sorted(contact.identities.values_list("kind", "scope", "value")),
                contact.conversation_set.exclude(status="resolved").count(),
            )
            for contact in Contact.objects.filter(merged_into__isnull=True)
        )
        parked = list(InboundPayload.objects.filter(state="parked").values_list("error", flat=True))
    return {"messages": messages, "contacts": contacts, "parked": parked}


def test_in_their_order_they_say_what_they_mean(company: Company) -> None:
    play(company, list(samples().values()))
    found = outcome(company)
    assert found["parked"] == []
    texts = [message["text"] for message in found["messages"].values()]
    assert "Hello! My order #A-1043 has not arrived yet" in texts
    assert found["messages"][OURS]["state"] == "read"
    assert found["messages"][OURS]["reactions"] == [""]
    assert found["messages"][OURS]["data"]["pricing"]["category"] == "service"
    assert found["messages"][LATE_FAILURE]["error"] == "131047"
    kinds = {message["kind"] for message in found["messages"].values()}
    assert kinds >= {
        *("text", "image", "video", "audio", "document", "sticker", "location", "contacts"),
        *("choice", "form", "order", "unsupported"),
    }
    (deleted,) = [message for message in found["messages"].values() if message["deleted"]]
    assert (deleted["kind"], deleted["text"]) == ("image", "")
    (echo,) = [m for m in found["messages"].values() if m["data"].get("echo")]
    assert (echo["direction"], echo["state"]) == ("out", "sent")
    by_name = {contact[0]: contact for contact in found["contacts"]}
    assert by_name["Jonas"][1] == "+4915550000777"
    assert len(by_name["Jonas"][3]) == 2
    assert by_name["Amina Okafor"][1] == "+12025550143"
    groups = [contact for contact in found["contacts"] if contact[2]]
    assert len(groups) == 1


@pytest.mark.parametrize("seed", range(3))
def test_twice_and_shuffled_they_end_in_the_same_place(world: World, seed: int) -> None:
    """Globex hears them in order, acme twice and shuffled."""
    prepared(world.acme)
    prepared(world.globex)
    ordered = list(samples().values())
    shuffled = ordered * 2
    random.Random(seed).shuffle(shuffled)
    play(world.globex, ordered)
    play(world.acme, shuffled)
    assert outcome(world.acme) == outcome(world.globex)


def test_the_same_again_is_no_news(company: Company) -> None:
    play(company, list(samples().values()))
    with company.acting():
        before = Message.objects.count()
    seen = outcome(company)
    with company.acting():
        InboundPayload.objects.all().delete()  # so that it is read again, not only recognised
    play(company, list(samples().values()))
    assert outcome(company) == seen
    with company.acting():
        assert Message.objects.count() == before


def test_a_file_that_comes_is_kept_once(company: Company) -> None:
    play(company, [samples()["04_image_caption"]])
    with company.acting():
        ((row, _channel, remote),) = actions.claim_files(4)
        assert (row.kind, remote.remote_id, remote.content_type) == (
            "image",
            "1073258502622718",
            "image/jpeg",
        )
        assert actions.claim_files(4) == []
