"""One ordeal: traffic, a kill at a random moment, the drain, the audit."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.faults import audit, evidence, times
from tests.faults.book import Book
from tests.faults.product import Product
from tests.faults.traffic import Traffic

SECONDS = 9.0
DRAIN_LIMIT = 100.0


class Ordeal:
    """A block of traffic; the audit follows at its end and asserts."""

    def __init__(self, product: Product, folder: Path, seed: str) -> None:
        self.product, self.rng = product, random.Random(seed)
        self.book = Book(folder / "ledger.jsonl")
        self.times: times.Times | None = None

    def __enter__(self) -> Ordeal:
        self.traffic = Traffic(self.product, self.book, self.rng, SECONDS)
        self.traffic.start()
        return self

    def wait_a_moment(self) -> None:
        """Until some time in the middle of the traffic."""
        time.sleep(SECONDS * self.rng.uniform(0.25, 0.55))

    def killed(self, *names: str, at: float) -> None:
        """Write it down."""
        self.book.note("killed", names=names, killed=at)

    def outage(self, longest: float) -> None:
        """Let some time go by in which nothing is restarted."""
        time.sleep(self.rng.uniform(0, longest))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the generators, the queue and the sockets; then count."""
        try:
            if error is None:
                self._count()
        finally:
            with suppress(RuntimeError):
                self.traffic.end()
            self.book.close()

    def _count(self) -> None:
        assert self.traffic.generated.wait(SECONDS + 90), "the generators do not end"
        if self.traffic.failure:
            raise self.traffic.failure
        took = evidence.drain(self.product, DRAIN_LIMIT)
        found = audit.complaints(self.product, self.traffic, self.book)
        who = self.traffic.watchers[0].who
        self.times = times.measure(self.product, self.book, who, took)
        print(self.times)
        assert not found, "\n".join(found)
