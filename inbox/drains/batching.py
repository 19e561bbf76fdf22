"""Does what was asked for of many conversations, a few of them in each unit."""

from __future__ import annotations

import time

from helpdesk.tenancy import acting_in
from helpdesk.turns import Turn, turn
from inbox import actions, queries

TASK = "inbox.run_batches"
BUDGET_SECONDS = 3  # then the turn goes to other work and other workspaces
STEP = 20  # conversations that are held at the same time


def run_all(workspace_id: int) -> bool:
    """Whether everything was done within the budget, or somebody else is at it."""
    with turn(TASK, workspace_id) as mine:
        return mine is None or _run(workspace_id, mine)


def _run(workspace_id: int, mine: Turn) -> bool:
    """Batches take turns."""
    until = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < until:
        with acting_in(workspace_id):
            waiting = list(queries.waiting_batches())
        if not waiting:
            return True
        for batch in waiting:
            mine.renew()
            with acting_in(workspace_id, by=batch.by):
                actions.run_batch(batch, limit=STEP)
    return False
