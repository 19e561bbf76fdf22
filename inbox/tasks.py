"""Celery doors of the inbox: the two drains."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from helpdesk.doorbells import answered, ring
from helpdesk.tenancy import acting_in
from inbox import actions
from inbox.actions.payloads import TooEarly
from inbox.channels import DeliveryFailed, Outgoing, Unparsable, adapter_for
from inbox.models import InboundPayload, Message

log = logging.getLogger("helpdesk.inbox")
BUDGET_SECONDS = 3  # then the turn goes to other work and other workspaces
READ_SECONDS = 6  # less than the lease of what was claimed
SEND_TIME = timedelta(seconds=20)  # the longest that one call to a provider takes


@shared_task(name="inbox.process_inbound")
def process_inbound(workspace_id: int) -> None:
    """Read what providers posted: each payload is a unit of its own, and fails alone."""
    answered("inbox.process_inbound", workspace_id)
    until = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < until:
        with acting_in(workspace_id):
            claimed = actions.claim_payloads()
        claim_ends = time.monotonic() + READ_SECONDS
        for payload in claimed:
            if time.monotonic() < claim_ends:
                _digest(workspace_id, payload)
        if not claimed:
            return
    ring("inbox.process_inbound", workspace_id)


def _digest(workspace_id: int, payload: InboundPayload) -> None:
    try:
        updates = adapter_for(payload.channel.kind).parse(bytes(payload.body), payload.channel)
        with acting_in(workspace_id):
            actions.digest_payload(payload, updates)
    except Unparsable as error:
        with acting_in(workspace_id):
            actions.park_payload(payload, str(error))
    except TooEarly:
        with acting_in(workspace_id):
            actions.postpone_payload(payload, "status before its message")
    except Exception as error:  # whatever it is, it concerns this payload alone
        log.exception("payload", extra={"fields": {"payload": payload.pk}})
        with acting_in(workspace_id):
            actions.postpone_payload(payload, type(error).__name__)


@shared_task(name="inbox.send_outgoing")
def send_outgoing(workspace_id: int) -> None:
    """Send what is due; the provider is asked outside any transaction."""
    answered("inbox.send_outgoing", workspace_id)
    until = time.monotonic() + BUDGET_SECONDS
    while time.monotonic() < until:
        with acting_in(workspace_id):
            actions.expire_leases()
            claimed = actions.claim_outgoing()
        for message, outgoing in claimed:
            _send(workspace_id, message, outgoing)
        if not claimed:
            return
    ring("inbox.send_outgoing", workspace_id)


def _send(workspace_id: int, message: Message, outgoing: Outgoing) -> None:
    if message.lease_until is None or timezone.now() + SEND_TIME > message.lease_until:
        with acting_in(workspace_id):
            actions.unclaim(message)
        return
    try:
        external_id = adapter_for(message.channel.kind).send(outgoing, message.channel)
    except DeliveryFailed as failure:
        with acting_in(workspace_id):
            actions.record_failure(message, failure)
    else:
        with acting_in(workspace_id):
            actions.record_sent(message, external_id)
