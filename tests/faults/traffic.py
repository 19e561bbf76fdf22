"""The thread's traffic: customers, agents and sockets of one ordeal, in a loop of their own."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from contextlib import suppress

from tests.faults.agents import Agent
from tests.faults.book import Book
from tests.faults.customers import Customers
from tests.faults.doors import Door
from tests.faults.product import Product
from tests.faults.sockets import Watcher

HOME, ABROAD = "toko-nusantara", "kopi-senja"
PER_SECOND, CUSTOMERS = 5.0, 10


class Traffic(threading.Thread):
    """Starts at once, generates for `seconds`, and keeps its sockets open until `end`."""

    def __init__(self, product: Product, book: Book, rng: random.Random, seconds: float) -> None:
        super().__init__(name="traffic", daemon=True)
        self.product, self.book, self.seconds = product, book, seconds
        self.canary = f"RAHASIA{rng.getrandbits(40):010x} "
        self.door = Door(product.web, book, self.canary.strip())
        numbers = [product.number(HOME), product.number(ABROAD)]
        self.customers = Customers(self.door, book, numbers[0], rng, CUSTOMERS)
        self.strangers = Customers(self.door, book, numbers[1], rng, 1)
        self.strangers.canary = self.canary
        self.customers.introduce(product.sandbox)
        people = product.people
        agents = [people[f"sari@{HOME}"], people[f"budi@{HOME}"]]
        phones = self.customers.phones
        self.agents = [Agent(self.door, book, person, rng, phones) for person in agents]
        watching = [people[f"owner@{HOME}"], people[f"sari@{HOME}"]]
        self.watchers = [Watcher(product, person, book, rng) for person in watching]
        self.generated, self.ended = threading.Event(), threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        """What the thread does."""
        try:
            asyncio.run(self._run())
        except BaseException as failure:
            self.failure = failure
        finally:
            self.generated.set()

    async def _run(self) -> None:
        name = self.canary.strip()
        watching = [asyncio.create_task(one.watch(name)) for one in self.watchers]
        until = time.time() + self.seconds
        try:
            await asyncio.gather(
                self.customers.write_until(until, PER_SECOND),
                self.strangers.write_until(until, 0.5),
                *(agent.work_until(until, 0.5) for agent in self.agents),
            )
            self.generated.set()
            while not self.ended.is_set():
                await asyncio.sleep(0.1)
        finally:
            for task in watching:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await self.door.close()

    def end(self) -> None:
        """Close the sockets and wait for the thread; raises what it raised."""
        self.ended.set()
        self.join(30)
        if self.failure is not None:
            raise self.failure
