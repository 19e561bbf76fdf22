"""Events: documented, emitted, JSON-safe, all or nothing, and never a gap."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from accounts import actions as accounts
from accounts.events import DepartmentChanged
from accounts.models import Invitation, User
from activity import queries
from activity.models import LedgerEntry
from helpdesk.events import attempt, emit, registry
from helpdesk.tenancy import acting_in
from inbox import actions as inbox
from inbox.channels import (
    IdentityChange,
    IdentityKey,
    IncomingMessage,
    ReactionChange,
    RemoteFile,
    Sender,
)
from inbox.models import InboundPayload, Step
from inbox.tasks import process_inbound
from tests.guards.source import ROOT
from tests.people import Company, World

ROW = re.compile(
    r"^\| `(?P<name>[a-z_.]+)` \| (?P<when>[^|]+) \| (?P<facts>[^|]*) \|", re.MULTILINE
)
THREADS, UNITS = 6, 30


def test_every_event_is_documented_with_its_facts() -> None:
    text = (ROOT / "docs/events.md").read_text()
    documented = {row["name"]: row["facts"].strip() for row in ROW.finditer(text)}
    assert documented == {
        name: ", ".join(field.name for field in fields(kind)) for name, kind in registry.items()
    }


def test_names_are_in_the_past_tense_and_belong_to_a_subject() -> None:
    for name in registry:
        assert re.fullmatch(r"[a-z]+\.(state_)?([a-z]+ed|(un)?read)", name), name


def everything(company: Company) -> None:
    """A day on which everything happens once."""
    admin, sari, gita = company.admin, company.sari, company.gita
    number = company.hears()
    company.posts(company.payload("nama", "6281355500009", ""))
    process_inbound(company.id)
    company.posts(company.payload("nama", "6281355500009", "Kini Bernama"))
    process_inbound(company.id)
    company.posts(b"[garbage")
    process_inbound(company.id)
    conversation = company.conversation(number)
    with company.acting("sari"):
        inbox.accept(conversation, by=sari)
        inbox.practise(by=sari)
        inbox.add_note(conversation, by=sari, text="Rahasia dapur @Admin")
        reply = inbox.send_reply(conversation, by=sari, text="Halo Bapak")
        ((claimed, _out),) = inbox.claim_outgoing()
        inbox.record_sent(claimed, "wamid.9")
    company.hears("lagi")
    with company.acting("sari"):
        inbox.mark_read(company.conversation(number), by=sari)
        inbox.mark_unread(company.conversation(number), by=sari)
        moved = [(conversation.number, "")]
        inbox.start_batch(by=admin, operation="transfer", items=moved, members=[sari])
        inbox.start_batch(by=admin, operation="transfer", items=moved, members=[company.budi])
        inbox.undo(Step.objects.latest("id"), by=admin)
        inbox.save_view(by=sari, name="Retur", query="view=all")
        inbox.save_quick_reply(by=sari, shortcut="salam", title="Salam", text="Halo")
        label = inbox.create_label(by=admin, name="Keluhan", hue=2)
        inbox.set_labels(conversation, by=sari, labels=[label])
        inbox.snooze(conversation, by=sari, until=timezone.now() + timedelta(hours=1))
        inbox.wake(conversation, by=sari)
        inbox.transfer(conversation, by=sari, member=gita)
        inbox.release(conversation, by=gita)
        inbox.resolve(conversation, by=admin)
        assert reply.pk
    _elsewhere(company)
    _settings(company)


def _elsewhere(company: Company) -> None:
    """What providers tell besides messages, and two contacts that are one."""
    wrote: dict[str, Any] = {"sent_at": timezone.now(), "kind": "text", "text": "Halo"}
    phone, name = IdentityKey("whatsapp", "628120001"), IdentityKey("whatsapp", "ID.1", "99")
    photo = RemoteFile("1", "image")
    channel = company.channel
    with company.acting():
        first = IncomingMessage("wamid.a", Sender((phone,)), files=(photo,), **wrote)
        inbox.receive_message(channel, first)
        inbox.receive_message(channel, IncomingMessage("wamid.b", Sender((name,)), **wrote))
        both = Sender((name, phone))
        inbox.receive_message(channel, IncomingMessage("wamid.c", both, **wrote))
        inbox.receive_echo(channel, IncomingMessage("wamid.d", both, echo=True, **wrote))
        inbox.apply_reaction(channel, ReactionChange("wamid.a", both, "👍", timezone.now()))
        new = IdentityKey("whatsapp", "628120002")
        moved = IdentityChange("wamid.e", phone, new, timezone.now())
        other = IncomingMessage("wamid.f", Sender((moved.new,)), **wrote)
        inbox.receive_message(channel, other)
        inbox.apply_identity_change(channel, moved)
        inbox.store_templates(channel, [])


def _settings(company: Company) -> None:
    admin = company.admin
    with company.acting("admin"):
        token, _text = accounts.create_token(by=admin, name="t")
        accounts.revoke_token(token, by=admin)
        first = accounts.invite(by=admin, email="a@x.example", role="agent")
        accounts.revoke_invitation(first, by=admin)
        second = accounts.invite(by=admin, email="b@x.example", role="agent")
        person = User.objects.create(email="b@x.example", name="Baru")
        accounts.accept_invitation(Invitation.objects.get(pk=second.pk), user=person)
        accounts.change_member(company.budi, by=admin, role="supervisor")
        inbox.replay_payload(InboundPayload.objects.get(state="parked"), by=admin)
        inbox.disconnect_channel(company.channel, by=admin)


def test_every_event_is_emitted_by_an_action(world: World) -> None:
    everything(world.acme)
    with world.acme.acting():
        found = set(LedgerEntry.objects.values_list("name", flat=True))
    assert found == set(registry)


def test_facts_are_ids_and_small_words_and_name_no_person(world: World) -> None:
    everything(world.acme)
    with world.acme.acting():
        entries = list(LedgerEntry.objects.all())
    personal = re.compile(r"(?i)rahmat|628|rahasia|halo|bapak|@|wamid|secret|token-of")
    for entry in entries:
        assert json.loads(json.dumps(entry.facts)) == entry.facts
        assert not personal.search(json.dumps(entry.facts)), entry.name
        for value in entry.facts.values():
            words = value if isinstance(value, list) else [value]
            for word in words:
                assert isinstance(word, (int, bool, type(None))) or re.fullmatch(
                    r"[a-z_]{1,30}", word
                )
        for tag in [*entry.audience, *entry.lost]:
            assert re.fullmatch(r"w|q|all|[mp]:\d+|d:\d+:(queue|all)", tag)
        assert not set(entry.audience) & set(entry.lost)


def test_who_did_it_is_kept_with_the_name_of_that_day(world: World) -> None:
    everything(world.acme)
    with world.acme.acting():
        accepted = LedgerEntry.objects.filter(name="conversation.assigned").earliest("seq")
        received = LedgerEntry.objects.filter(name="message.received").earliest("seq")
    assert (accepted.member_id, accepted.actor_name) == (world.acme.sari.pk, "Sari")
    assert (received.member_id, received.actor_name) == (None, "Rahmat")


def change(company_id: int) -> None:
    emit(DepartmentChanged(company_id, ["name"]), audience={"w"})


def test_a_unit_that_rolls_back_has_no_events(world: World) -> None:
    before = seqs(world.acme)

    def fails() -> None:
        with world.acme.acting():
            change(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert seqs(world.acme) == before


def test_an_attempt_that_fails_takes_only_its_own_events(world: World) -> None:
    before = len(seqs(world.acme))

    def fails() -> None:
        with attempt():
            change(2)
            raise ZeroDivisionError

    with world.acme.acting() as unit:
        change(1)
        with pytest.raises(ZeroDivisionError):
            fails()
        change(3)
        assert [event.event.department_id for event in unit.events] == [1, 3]  # type: ignore[attr-defined]
    assert len(seqs(world.acme)) == before + 2


def seqs(company: Company) -> list[int]:
    with company.acting():
        return list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))


def test_under_threads_there_is_no_gap_and_a_reader_misses_nothing(
    committed_world: World,
) -> None:
    company_id = committed_world.acme.id
    with acting_in(company_id):
        start = queries.cursor()
    done = threading.Event()
    seen: list[int] = []

    def write() -> None:
        for number in range(UNITS):
            with acting_in(company_id):
                for _event in range(1 + number % 3):
                    change(number)
        connections.close_all()

    def read() -> None:
        cursor = start
        while True:
            last_round = done.is_set()
            with acting_in(company_id):
                batch = [entry.seq for entry in queries.entries_after(cursor, 50)]
            seen.extend(batch)
            cursor = batch[-1] if batch else cursor
            if last_round and not batch:
                break
        connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(THREADS)]
    reader = threading.Thread(target=read)
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join(30)
    count = THREADS * sum(1 + number % 3 for number in range(UNITS))
    assert seen == list(range(start + 1, start + 1 + count))
    with acting_in(company_id):
        assert queries.cursor() == start + count


def test_numbers_of_one_workspace_do_not_wait_for_another(committed_world: World) -> None:
    acme, globex = committed_world.acme, committed_world.globex
    before = seqs(globex)

    def other() -> None:
        with acting_in(globex.id):
            change(1)
        connections.close_all()

    with acting_in(acme.id):
        change(1)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
    assert len(seqs(globex)) == len(before) + 1
