"""Reads what providers posted: each payload is a unit of its own, and fails alone."""

from __future__ import annotations

import logging
import time

from helpdesk.tenancy import acting_in
from helpdesk.turns import Turn
from inbox import actions
from inbox.channels import Unparsable, adapter_for
from inbox.models import InboundPayload

log = logging.getLogger("helpdesk.inbox")
BUDGET_SECONDS = 3  # then the turn goes to other work and other workspaces
READ_SECONDS = 6  # less than the lease of what was claimed


def read_all(workspace_id: int, mine: Turn) -> bool:
    """Whether everything was read within the budget."""
    until = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < until:
        mine.renew()
        with acting_in(workspace_id):
            claimed = actions.claim_payloads()
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
