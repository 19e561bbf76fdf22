"""The send guard: whoever answers knows what colleagues have answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from helpdesk.errors import Refused
from inbox import actions
from inbox.actions.drafting import Page, Words
from inbox.channels import IdentityKey, IncomingMessage, Sender
from inbox.models import Conversation, Draft, Message
from tests.people import Company, World, browser_of


@pytest.fixture
def talk(world: World) -> Conversation:
    """Sari has it; the administrator sees it too."""
    return world.acme.taken()


def newest(company: Company, talk: Conversation) -> int:
    with company.acting():
        return Message.objects.filter(conversation=talk).latest("id").pk


def reply(company: Company, talk: Conversation, who: str, text: str, **more: Any) -> Message:
    with company.acting(who):
        return actions.send_reply(talk, by=company.people[who], text=text, **more)


def replies(company: Company, talk: Conversation) -> list[str]:
    with company.acting():
        rows = Message.objects.filter(conversation=talk, direction="out").order_by("id")
        return list(rows.values_list("text", flat=True))


def test_a_colleagues_reply_stops_the_next_one(world: World, talk: Conversation) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    reply(acme, talk, "admin", "Sudah dikirim", seen=seen)
    with acme.acting("sari"):
        actions.save_draft(
            talk,
            by=acme.sari,
            kind="reply",
            words=Words("Sedang dicek"),
            page=Page(0, "p", 1),
        )
    with pytest.raises(Refused, match="overtaken") as refused:
        reply(acme, talk, "sari", "Sedang dicek", seen=seen, rest="")
    facts = refused.value.facts
    assert [(row["by"], row["text"]) for row in facts["since"]] == [("Admin", "Sudah dikirim")]
    assert "Admin" in str(refused.value.message)
    with acme.acting():
        assert Draft.objects.get(conversation=talk).text == "Sedang dicek"
    reply(acme, talk, "sari", "Sedang dicek", seen=facts["seen"], rest="")
    assert replies(acme, talk) == ["Sudah dikirim", "Sedang dicek"]


@pytest.mark.parametrize("wrong", [{"seen": "abc"}, {"seen": "-1"}, {"rest": "x" * 20_001}])
def test_what_cannot_be_read_does_not_open_the_guard(
    world: World, talk: Conversation, wrong: dict[str, str]
) -> None:
    acme = world.acme
    given = {"text": "juga", "seen": str(newest(acme, talk)), "rest": "", **wrong}
    reply(acme, talk, "admin", "Sudah dikirim")
    path = f"/w/acme/inbox/{talk.number}/reply/"
    answer = browser_of(acme.sari).post(path, given, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert replies(acme, talk) == ["Sudah dikirim"]


def test_customers_notes_and_ones_own_replies_never_stop_a_reply(
    world: World, talk: Conversation
) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    acme.hears("Halo lagi")
    reply(acme, talk, "sari", "satu")
    with acme.acting("admin"):
        actions.add_note(talk, by=acme.admin, text="catatan")
    assert reply(acme, talk, "sari", "dua", seen=seen)
    assert reply(acme, talk, "sari", "tanpa tahu apa-apa"), "who says nothing is not asked"


def test_a_change_of_owner_or_state_stops_it(world: World, talk: Conversation) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    with acme.acting("admin"):
        actions.transfer(talk, by=acme.admin, member=acme.gita)
    with pytest.raises(Refused, match="overtaken") as refused:
        reply(acme, talk, "owner", "Halo", seen=seen)
    (fact,) = refused.value.facts["since"]
    assert fact["kind"] == "fact"
    assert "Gita" in fact["text"]
    assert "<" not in fact["text"]


def test_ones_own_acceptance_does_not(world: World) -> None:
    acme = world.acme
    row = acme.conversation(acme.hears())
    seen = newest(acme, row)
    with acme.acting("sari"):
        actions.accept(row, by=acme.sari)
    assert reply(acme, row, "sari", "Halo", seen=seen)


def test_a_reply_from_elsewhere_counts_and_one_given_up_does_not(
    world: World, talk: Conversation
) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    with acme.acting():
        sender = Sender((IdentityKey("whatsapp", "6281355500001"),))
        echo = IncomingMessage(
            "wamid.echo", sender, echo=True, sent_at=timezone.now(), kind="text", text="dari HP"
        )
        actions.receive_echo(acme.channel, echo)
    with pytest.raises(Refused, match="overtaken"):
        reply(acme, talk, "sari", "Halo", seen=seen)
    with acme.acting():
        Message.objects.filter(text="dari HP").update(state="discarded")
    assert reply(acme, talk, "sari", "Halo", seen=seen)


def test_a_repeated_send_is_never_stopped(world: World, talk: Conversation) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    first = reply(acme, talk, "sari", "Halo", seen=seen, client_id="c1")
    reply(acme, talk, "admin", "Saya juga")
    assert reply(acme, talk, "sari", "Halo", seen=seen, client_id="c1") == first
    assert replies(acme, talk) == ["Halo", "Saya juga"]


def test_of_two_replies_at_once_the_second_is_asked(committed_world: World) -> None:
    acme = committed_world.acme
    talk = acme.taken()
    for round_ in range(5):
        seen = newest(acme, talk)

        def send(who: str, seen: int = seen, text: str = f"putaran {round_}") -> str:
            try:
                reply(acme, talk, who, text, seen=seen)
            except Refused as refused:
                return refused.code
            finally:
                connection.close()
            return "sent"

        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(send, ("sari", "admin", "owner")))
        assert sorted(answers) == ["overtaken", "overtaken", "sent"]
    assert len(replies(acme, talk)) == 5


def test_the_page_is_told_why(world: World, talk: Conversation) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    reply(acme, talk, "admin", "Sudah dikirim")
    said = {"text": "Halo", "client_id": "c2", "seen": seen, "rest": ""}
    path = f"/w/acme/inbox/{talk.number}/reply/"
    answer = browser_of(acme.sari).post(path, said, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    told = answer.json()
    assert told["code"] == "overtaken"
    assert told["since"][0]["text"] == "Sudah dikirim"
    again = browser_of(acme.sari).post(
        path, {**said, "seen": told["seen"]}, headers={"Accept": "application/json"}
    )
    assert again.status_code == 200
    assert again.json()["draft"] == {"version": 1}


def test_the_api_takes_it_as_an_option(world: World, talk: Conversation) -> None:
    acme = world.acme
    seen = newest(acme, talk)
    reply(acme, talk, "admin", "Sudah dikirim")
    client = browser_of(acme.sari)
    path = f"/w/acme/api/v1/conversations/{talk.number}/messages/"

    def post(**body: Any) -> Any:
        return client.post(path, body, content_type="application/json")

    stopped = post(text="Halo", seen=seen)
    assert (stopped.status_code, stopped.json()["code"]) == (409, "overtaken")
    assert post(text="Halo", seen=stopped.json()["seen"]).status_code == 201
    assert post(text="Tanpa").status_code == 201
    assert post(text="Halo", seen="x").status_code == 400
