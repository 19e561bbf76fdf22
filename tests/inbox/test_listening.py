"""A drain at work hears the bell itself: what is rung for goes out beside what is slow, and no
task is spent on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from helpdesk import valkey
from helpdesk.doorbells import LISTENING, ring
from helpdesk.turns import turn
from inbox.drains.threads import ThreadedDrain
from tests.people import World

TASK = "tests.listening"


def until(holds: Event, what: str) -> None:
    assert holds.wait(5), what


class Desk:
    """What is to be done, by name; `slow` takes until somebody lets it go."""

    def __init__(self, *items: str) -> None:
        self.items = list(items)
        self.begun, self.let_go = Event(), Event()
        self.done: dict[str, Event] = {name: Event() for name in ("slow", "quick", "next")}
        self.claims = 0
        self.drain = ThreadedDrain(TASK, 4, self.claim, self.work, self.record)

    def claim(self, workspace_id: int, most: int) -> list[str]:
        self.claims += 1
        taken, self.items = self.items[:most], self.items[most:]
        return taken

    def work(self, item: str) -> str:
        self.begun.set()
        if item == "slow":
            self.let_go.wait(10)
        return item

    def record(self, workspace_id: int, item: str, future: Future[str]) -> None:
        self.done[future.result()].set()

    @contextmanager
    def at_work(self, workspace_id: int) -> Iterator[Future[None]]:
        with ThreadPoolExecutor(1) as pool:
            run = pool.submit(self.drain.run, workspace_id)
            until(self.begun, "the drain did not begin")
            try:
                yield run
            finally:
                self.let_go.set()
                run.result(10)


def is_rung(workspace_id: int) -> bool:
    """Whether a task is on its way; the bell is quiet after that."""
    return bool(valkey.client().delete(f"helpdesk:ring:{TASK}:{workspace_id}"))


def test_what_is_rung_for_goes_out_beside_what_is_slow(world: World) -> None:
    desk = Desk("slow")
    with desk.at_work(world.acme.id):
        desk.items.append("quick")
        began = time.monotonic()
        assert not ring(TASK, world.acme.id), "the drain listens: nobody else is asked"
        until(desk.done["quick"], "nobody heard the bell")
        assert time.monotonic() - began < 2
        assert not desk.done["slow"].is_set()
        assert not is_rung(world.acme.id)


def test_without_a_ring_nobody_asks_the_database_again_and_again(world: World) -> None:
    desk = Desk("slow")
    with desk.at_work(world.acme.id):
        time.sleep(0.6)
        assert desk.claims == 1


def test_the_next_of_a_customer_follows_without_a_ring(world: World) -> None:
    desk = Desk("slow")
    with desk.at_work(world.acme.id):
        desk.items.append("next")
        desk.let_go.set()
        until(desk.done["next"], "it was not looked for when a place became free")


def test_others_are_rung_for_as_ever(world: World) -> None:
    with turn(TASK, world.acme.id, LISTENING) as mine:
        assert mine is not None
        assert ring(TASK, world.globex.id)
        assert is_rung(world.globex.id)
        assert not ring(TASK, world.acme.id)
        assert mine.is_asked()
        assert not mine.is_asked()
    assert not is_rung(world.acme.id)
    assert ring(TASK, world.acme.id), "nobody listens any more"
    assert is_rung(world.acme.id)


def test_a_ring_at_the_very_end_is_not_lost(world: World) -> None:
    with turn(TASK, world.acme.id, LISTENING):
        ring(TASK, world.acme.id)
        assert not is_rung(world.acme.id)
    assert is_rung(world.acme.id), "whoever stops listening passes it on"
