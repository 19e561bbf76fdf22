"""Drains when something goes wrong: what was asked is recorded, nobody takes every place, and
nothing is tried for ever or given up unread."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from helpdesk.errors import Refused
from helpdesk.turns import turn
from inbox import actions
from inbox.channels import DeliveryFailed
from inbox.drains import reading, sending, threads
from inbox.drains.threads import ThreadedDrain
from inbox.models import Attachment, InboundPayload, Message
from inbox.tasks import send_signal, signals
from tests.inbox.conftest import Line
from tests.people import Company, World


def test_what_was_asked_is_recorded_though_the_next_claim_fails(world: World) -> None:
    claims = iter([["a", "b"]])
    recorded: list[str] = []

    def claim(workspace_id: int, most: int) -> list[str]:
        try:
            return next(claims)
        except StopIteration:
            raise OperationalError("the database is away") from None

    def work(item: str) -> str:
        time.sleep(0.8 if item == "b" else 0)
        return item

    def record(workspace_id: int, item: str, future: Future[str]) -> None:
        recorded.append(future.result())

    drain = ThreadedDrain("tests.claim", 4, claim, work, record)
    with pytest.raises(OperationalError):
        drain.run(world.acme.id)
    assert recorded == ["a", "b"]


def test_a_result_that_cannot_be_recorded_stops_no_other(world: World) -> None:
    claims = iter([["bad", "good"], []])
    recorded: list[str] = []

    def record(workspace_id: int, item: str, future: Future[str]) -> None:
        if item == "bad":
            raise ValueError(item)
        recorded.append(item)

    def claim(workspace_id: int, most: int) -> list[str]:
        return next(claims, [])

    ThreadedDrain("tests.record", 4, claim, str, record).run(world.acme.id)
    assert recorded == ["good"]


def test_slow_work_of_one_workspace_never_takes_every_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "BUDGET_SECONDS", 0.1)
    slow, claimed = Event(), []

    def claim(workspace_id: int, most: int) -> list[int]:
        if slow.is_set():
            return []
        claimed.append(most)
        return [len(claimed)]

    def work(item: int) -> bool:
        return slow.wait(20)

    drain = ThreadedDrain("tests.places", 2, claim, work, lambda *_told: None)
    with ThreadPoolExecutor(8) as pool:
        runs = []
        for _n in range(8):
            runs.append(pool.submit(drain.run, world.acme.id))
            time.sleep(0.8)
        busy = [run for run in runs if not run.done()]
        slow.set()
    assert len(busy) == threads.MOST_WAITING + 1


def test_signals_of_one_workspace_never_take_every_place(line: Line) -> None:
    """Ticks are dropped before somebody else's reply waits for them."""

    def tick() -> None:
        send_signal(line.company.id, line.conversation.pk, typing=False)

    places = [signals.take(line.company.id) for _n in range(5)]
    assert places == [True, True, True, True, False]
    with line.knobs(offline=True):
        tick()  # is not even tried: it would take its time
    for _n in range(4):
        signals.give_back(line.company.id)
    tick()
    assert signals.take(line.company.id), "a place that was taken is given back"
    signals.give_back(line.company.id)


def test_an_answer_is_kept_though_the_database_was_away(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the provider has said is not said again."""
    line.says("Sudah dikirim")
    row = line.last(direction="out")
    with line.company.acting():
        [claimed] = actions.claim_outgoing(1)
    calls = iter([OperationalError("server closed the connection")])

    def acting_in(workspace_id: int) -> Any:
        for error in calls:
            raise error
        return line.company.acting()

    monkeypatch.setattr(sending, "acting_in", acting_in)
    answer: Future[str] = Future()
    answer.set_result("wamid.kept")
    sending._record(line.company.id, claimed, answer)
    again = line.again(row)
    assert (again.state, again.external_id) == ("sent", "wamid.kept")


def test_a_late_failure_does_not_touch_what_was_sent_again(line: Line) -> None:
    line.says("Dua kali")
    with line.company.acting():
        [(first, _outgoing)] = actions.claim_outgoing(1)
        Message.objects.filter(pk=first.pk).update(lease_until=timezone.now() - timedelta(1))
        actions.expire_leases()
        actions.retry_message(first, by=line.company.sari)
        [(second, _outgoing)] = actions.claim_outgoing(1)
        assert second.pk == first.pk
        actions.record_failure(first, DeliveryFailed("retry", "late"))
        actions.unclaim(first)
    assert line.again(first).state == "sending"


def test_a_message_sent_again_after_a_day_may_wait_again(line: Line) -> None:
    line.says("Lama")
    with line.company.acting():
        old = timezone.now() - timedelta(hours=30)
        Message.objects.filter(direction="out").update(sent_at=old)
        [(claimed, _outgoing)] = actions.claim_outgoing(1)
        actions.record_failure(claimed, DeliveryFailed("wait", "slowly", wait_seconds=5))
    assert line.again(claimed).state == "queued"


def test_payloads_that_were_not_looked_at_lose_no_attempt(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slow it is: a payload is parked for its own faults only."""
    acme = world.acme
    for number in range(4):
        acme.posts(acme.payload(f"Pesan {number}"))
    monkeypatch.setattr(reading, "READ_SECONDS", 0)
    monkeypatch.setattr(reading, "BUDGET_SECONDS", 0.5)
    reading.read_all(acme.id)
    with acme.acting():
        assert set(InboundPayload.objects.values_list("state", "attempts")) == {("received", 0)}


def test_a_file_that_breaks_us_is_given_up_in_the_end(line: Line) -> None:
    """Whatever goes wrong: it is not fetched again for ever."""
    line.customer(kind="image", sample="photo")
    with line.company.acting():
        Attachment.objects.update(remote={"remote_id": "x", "kind": "image", "size": "many"})
    for _try in range(9):
        line.fetches()
    with line.company.acting():
        file = Attachment.objects.get()
    assert (file.state, file.due_at) == ("gone", None)
    assert file.problem


def test_replies_that_wait_say_that_their_channel_is_gone(line: Line) -> None:
    line.says("Masih antre")
    with line.company.acting("admin"):
        actions.disconnect_channel(line.company.channel, by=line.company.people["admin"])
    row = line.last(direction="out")
    assert (row.state, row.error_code, row.due_at) == ("failed", "disconnected", None)
    assert row.error_text


def test_nobody_waits_for_files_of_a_channel_that_is_gone(line: Line) -> None:
    line.customer(kind="image", sample="photo")
    admin = line.company.people["admin"]
    with line.company.acting("admin"):
        actions.disconnect_channel(line.company.channel, by=admin)
        file = Attachment.objects.get()
        assert (file.state, bool(file.problem)) == ("gone", True)
    with pytest.raises(Refused, match="channel_disconnected"), line.company.acting("sari"):
        actions.fetch_again(file, by=line.company.sari)


def test_a_file_that_kills_its_worker_is_given_up_in_the_end(line: Line) -> None:
    line.customer(kind="image", sample="photo")
    for _try in range(9):
        with line.company.acting():
            Attachment.objects.filter(state="waiting").update(due_at=timezone.now())
            actions.claim_files(4)
    with line.company.acting():
        assert Attachment.objects.get().state == "gone"


def test_a_reader_at_work_is_helped_for_a_moment(world: World) -> None:
    """So one workspace alone is read by two, and a third goes home."""
    acme = world.acme
    for number in range(60):
        acme.posts(acme.payload(f"Pesan {number}"))
    with turn(reading.TASK, acme.id), turn(reading.TASK, acme.id, seat="helper"):
        assert reading.read_all(acme.id), "there is nobody to be rung for"
        assert unread(acme) == 60
    with turn(reading.TASK, acme.id):
        is_done = reading.read_all(acme.id)
        left = unread(acme)
    assert left < 60
    assert is_done == (left == 0)


def unread(company: Company) -> int:
    with company.acting():
        return InboundPayload.objects.filter(state="received").count()
