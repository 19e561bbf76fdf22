"""Sends replies: several customers at once, each customer's in their order."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from time import sleep

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from helpdesk.tenancy import acting_in
from inbox import actions
from inbox.channels import DeliveryFailed, Outgoing, adapter_for
from inbox.drains.threads import ThreadedDrain
from inbox.models import Message

log = logging.getLogger("helpdesk.inbox")
AT_ONCE = 8
AGAIN_AFTER = (0.2, 1.0, 3.0)  # seconds: the database may be restarting
SEND_TIME = timedelta(seconds=11)  # the longest that one call to a provider takes
Claimed = tuple[Message, Outgoing]


class TooLate(Exception):
    """The lease would end before an answer could come, so nothing was sent."""


def _claim(workspace_id: int, most: int) -> list[Claimed]:
    with acting_in(workspace_id):
        actions.expire_leases()  # which frees the streams that they held
        return actions.claim_outgoing(most)


def _send(claimed: Claimed) -> str:
    message, outgoing = claimed
    if message.lease_until is None or timezone.now() + SEND_TIME > message.lease_until:
        raise TooLate
    return adapter_for(message.channel.kind).send(outgoing, message.channel)


def _record(workspace_id: int, claimed: Claimed, future: Future[str]) -> None:
    message = claimed[0]
    try:
        external_id = future.result()
    except TooLate:
        _kept(workspace_id, lambda: actions.unclaim(message))
    except DeliveryFailed as failure:
        told = failure
        _kept(workspace_id, lambda: actions.record_failure(message, told))
    except Exception:  # a fault of ours: its lease ends, and then it is unknown
        log.exception("send", extra={"fields": {"message": message.pk}})
    else:
        _kept(workspace_id, lambda: actions.record_sent(message, external_id))


def _kept(workspace_id: int, write: Callable[[], None]) -> None:
    """Write it, also if the database is away for a moment: what the provider has answered is
    not told again."""
    for seconds in AGAIN_AFTER:
        try:
            with acting_in(workspace_id):
                write()
        except (OperationalError, InterfaceError):
            sleep(seconds)
        else:
            return
    with acting_in(workspace_id):
        write()


sending = ThreadedDrain("inbox.send_outgoing", AT_ONCE, _claim, _send, _record)
