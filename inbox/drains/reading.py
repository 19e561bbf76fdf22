"""Reads what providers posted: each payload is a unit of its own, and fails alone."""

from __future__ import annotations

import logging
import time

from helpdesk.tenancy import acting_in
from helpdesk.turns import Turn, turn
from inbox import actions
from inbox.channels import Unparsable, adapter_for
from inbox.models import InboundPayload

log = logging.getLogger("helpdesk.inbox")
TASK = "inbox.process_inbound"
BUDGET_SECONDS = 3  # then the turn goes to other work and other workspaces
HELP_SECONDS = 0.15
READ_SECONDS = 6  # less than the lease of what was claimed


def read_all(workspace_id: int) -> bool:
    """Whether everything was read within the budget, or somebody else is at it.

    Who finds a reader at work helps him: a second turn, so short that those who come
    meanwhile hardly wait for it. It was rung for at the back of the queue, so whoever
    rang before has been served. A third goes home.
    """
    with turn(TASK, workspace_id) as mine:
        if mine is not None:
            return _read(workspace_id, mine, BUDGET_SECONDS, most=25)
    with turn(TASK, workspace_id, seat="helper") as mine:
        return mine is None or _read(workspace_id, mine, HELP_SECONDS, most=8)


def _read(workspace_id: int, mine: Turn, seconds: float, most: int) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        mine.renew()
        with acting_in(workspace_id):
            claimed = actions.claim_payloads(most)
        claim_ends = time.monotonic() + READ_SECONDS
        left = list(claimed)
        while left and time.monotonic() < claim_ends:
            _digest(workspace_id, left.pop(0))
        if left:  # they were not even looked at: this is no attempt, lest they be parked for it
            with acting_in(workspace_id):
                actions.unclaim_payloads(left)
        if not claimed:
            return True
    return False


def _digest(workspace_id: int, payload: InboundPayload) -> None:
    try:
        updates = adapter_for(payload.channel.kind).parse(bytes(payload.body), payload.channel)
        with acting_in(workspace_id):
            actions.digest_payload(payload, updates)
    except Unparsable as error:
        with acting_in(workspace_id):
            actions.park_payload(payload, str(error))
    except Exception as error:  # whatever it is, it concerns this payload alone
        log.exception("payload", extra={"fields": {"payload": payload.pk}})
        with acting_in(workspace_id):
            actions.postpone_payload(payload, type(error).__name__)
