"""A drain whose work waits for others: claims in units, waits in threads, records in units.

The threads never touch the database. So a provider that is slow for one customer holds up
nobody else, and one process serves many workspaces at once.

What has come back is always recorded: neither a claim that fails nor another result that
cannot be kept makes a drain forget the rest of what it asked for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from helpdesk.doorbells import LISTENING, ring
from helpdesk.places import Places
from helpdesk.turns import Turn, turn

log = logging.getLogger("helpdesk.inbox")
BUDGET_SECONDS = 3  # then the turn goes to other workspaces
LOOK_AGAIN_SECONDS = 0.03
STAY_SECONDS = 0.2  # after a ring: who is busy hears the next one, and spares it a task
GATHER_SECONDS = 0.01
MOST_WAITING = 2  # drains of a workspace that wait here for slow answers, without the turn

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
        self._waiting = Places(MOST_WAITING)

    def run(self, workspace_id: int) -> None:
        """Do what is due in a workspace, if no other worker does."""
        with turn(self._task, workspace_id, LISTENING) as mine:
            if mine:
                with ThreadPoolExecutor(self._at_once, thread_name_prefix=self._task) as threads:
                    self._run(workspace_id, mine, threads)

    def _run(self, workspace_id: int, mine: Turn, threads: ThreadPoolExecutor) -> None:
        """Claim as many as threads are free, when one has become free (its customer's next may
        go) and when somebody rings. When the budget is used up the turn is given away at once,
        and what still runs is awaited without it; but where enough drains of the workspace wait
        like that already, this one goes on, so that they never fill the process."""
        until = time.monotonic() + BUDGET_SECONDS
        running: dict[Future[Result], Item] = {}
        is_due, stays_until = True, 0.0
        try:
            while not (time.monotonic() >= until and self._waiting.take(workspace_id)):
                mine.renew()
                if is_due:
                    running |= self._started(workspace_id, threads, self._at_once - len(running))
                if running:
                    is_due = self._finish(workspace_id, running)
                elif time.monotonic() < stays_until:
                    time.sleep(LOOK_AGAIN_SECONDS)
                    is_due = False
                else:
                    return
                if mine.is_asked():
                    is_due, stays_until = True, time.monotonic() + STAY_SECONDS
        except BaseException:  # the claim failed; what is under way is kept all the same
            self._finish_all(workspace_id, running)
            raise
        try:
            mine.end()
            ring(self._task, workspace_id)
            self._finish_all(workspace_id, running)
        finally:
            self._waiting.give_back(workspace_id)

    def _started(
        self, workspace_id: int, threads: ThreadPoolExecutor, most: int
    ) -> dict[Future[Result], Item]:
        claimed = self._claim(workspace_id, most) if most else []
        return {threads.submit(self._work, item): item for item in claimed}

    def _finish_all(self, workspace_id: int, running: dict[Future[Result], Item]) -> None:
        while running:
            self._finish(workspace_id, running)

    def _finish(self, workspace_id: int, running: dict[Future[Result], Item]) -> bool:
        """Record what is done after a short while; whether anything was. One that cannot be
        recorded is left to its lease, and stops no other. Answers that come close together are
        taken together, so that one claim fills all their places."""
        done, _rest = wait(running, LOOK_AGAIN_SECONDS, return_when=FIRST_COMPLETED)
        if done and len(running) > 1:
            done, _rest = wait(running, GATHER_SECONDS)
        for future in done:
            item = running.pop(future)
            try:
                self._record(workspace_id, item, future)
            except Exception:
                log.exception("record", extra={"fields": {"task": self._task}})
        return bool(done)
