"""A drain whose work waits for others: claims in units, waits in threads, records in units.

The threads never touch the database. So a provider that is slow for one customer holds up
nobody else, and one process serves many workspaces at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from helpdesk.doorbells import ring
from helpdesk.turns import Turn, turn

BUDGET_SECONDS = 3  # then the turn goes to other workspaces
LOOK_AGAIN_SECONDS = 0.5

Item = TypeVar("Item")
Result = TypeVar("Result")


class ThreadedDrain(Generic[Item, Result]):
    """`claim(workspace_id, most)` gives work, `work(item)` does it in a thread, and
    `record(workspace_id, item, future)` keeps what came of it and handles every error."""

    def __init__(
        self,
        task: str,
        at_once: int,
        claim: Callable[[int, int], list[Item]],
        work: Callable[[Item], Result],
        record: Callable[[int, Item, Future[Result]], None],
    ) -> None:
        self._task, self._at_once = task, at_once
        self._claim, self._work, self._record = claim, work, record

    def run(self, workspace_id: int) -> None:
        """Do what is due in a workspace, if no other worker does."""
        with turn(self._task, workspace_id) as mine:
            if mine:
                with ThreadPoolExecutor(self._at_once, thread_name_prefix=self._task) as threads:
                    self._run(workspace_id, mine, threads)

    def _run(self, workspace_id: int, mine: Turn, threads: ThreadPoolExecutor) -> None:
        """Claim as many as threads are free. When the budget is used up the turn is given
        away at once; what still runs is awaited without it."""
        until = time.monotonic() + BUDGET_SECONDS
        running: dict[Future[Result], Item] = {}
        is_mine = True
        while is_mine or running:
            if is_mine:
                mine.renew()
                running |= self._started(workspace_id, threads, self._at_once - len(running))
                if not running:
                    return
                if time.monotonic() >= until:
                    is_mine = False
                    mine.end()
                    ring(self._task, workspace_id)
            done, _rest = wait(running, LOOK_AGAIN_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                self._record(workspace_id, running.pop(future), future)

    def _started(
        self, workspace_id: int, threads: ThreadPoolExecutor, most: int
    ) -> dict[Future[Result], Item]:
        claimed = self._claim(workspace_id, most) if most else []
        return {threads.submit(self._work, item): item for item in claimed}
